"""The faults R13 to R21: database, disk, clocks, timers and releases fail, and many come at once."""

from __future__ import annotations

import resource
import statistics
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from complaints.channels.base import TIMEOUT

from .faults import CRASHING, Fault, Told, begin, meanwhile, must
from .office import multipart
from .stage import OPTIONS, Posted, Stage

FULL = """
CREATE FUNCTION proof_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER proof_full BEFORE INSERT ON complaints_attachment FOR EACH ROW EXECUTE FUNCTION proof_full();
"""
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200_000)
SMALLEST = 64 * 1024  # bytes that fit on the full disk


def database_killed(stage: Stage, count: int) -> Told:
    begin(stage)

    def kill_the_server() -> None:
        for _ in range(3):
            time.sleep(2 if stage.is_quick else 5)
            stage.server.restart()

    killing = meanwhile(kill_the_server)
    posted = stage.post_many(count)
    killing.join()
    again = sum(one.tries > 1 for one in posted)
    return Told(posted, stage.drain(180), f"{again} pressed again")


def disk_full(stage: Stage, count: int) -> Told:
    stage.start_agency()
    small = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (SMALLEST, SMALLEST))  # noqa: E731
    stage.start_web(preexec_fn=small)
    refused = [post_file(stage) for _ in range(count)]
    both_or_neither(stage, 0)
    stage.kill("web")
    stage.ask(FULL)
    stage.start_web()
    refused += [post_file(stage) for _ in range(count)]
    both_or_neither(stage, 0)
    stage.ask("DROP FUNCTION proof_full CASCADE")
    must(not any(one.reference for one in refused), "a receipt was shown for what was not kept")
    stage.start_workers(1)
    stage.start_beat()
    posted = stage.post_many(count)
    for one in posted:
        one.broken += sum(other.broken for other in refused)
        refused = []
    return Told(posted, stage.drain(120), f"{count * 2} refused, nothing half kept")


def both_or_neither(stage: Stage, rows: int) -> None:
    """Raise NotHeld unless there are as many files as rows."""
    folder = stage.folder / "files" / "evidence"
    files = [path for path in folder.glob("*") if path.is_file()] if folder.exists() else []
    kept = stage.ask("SELECT count(*) FROM complaints_attachment")[0][0]
    must(len(files) == kept == rows, f"{len(files)} files, {kept} rows")


def post_file(stage: Stage) -> Posted:
    """File one complaint with a picture, once."""
    from complaints.forms import new_token

    from .stage import SAID, receipt_on

    kind, body = multipart(SAID | {"token": new_token()}, [("a.png", "image/png", PICTURE)])
    headers = {"Content-Type": kind, "Origin": "null"}
    request = urllib.request.Request(f"http://127.0.0.1:{stage.web}/complaints/new/", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            reference, key = receipt_on(answer.read().decode())
            return Posted(reference, key, tries=1)
    except urllib.error.HTTPError as error:
        return Posted(broken=int(error.code >= 500), tries=1)


def poison(stage: Stage, count: int) -> Told:
    folder = stage.folder / f"crashes-{stage.database}"
    folder.mkdir()
    begin(stage, workers=0)
    posted = stage.post_many(count)
    deadly = [row[0] for row in stage.ask("SELECT id FROM complaints_dispatch ORDER BY random() LIMIT 5")]
    for pk in deadly:
        (folder / f"poison-{pk}").touch()
    stage.start_workers(2, program=CRASHING, environment={"CRASH_FOLDER": str(folder)})
    listed = ", ".join(map(str, deadly))

    def never_wait() -> None:
        while stage.states().get("pending"):
            stage.ask(
                "UPDATE complaints_dispatch SET next_attempt_at = now() "
                f"WHERE state = 'pending' AND id IN ({listed})"
            )
            time.sleep(1)

    hurrying = meanwhile(never_wait)
    drained = stage.drain(300)
    hurrying.join(5)
    states = stage.states()
    must(states.get("exhausted") == len(deadly), f"the states are {states}")
    must(stage.programs["worker1"].is_running and stage.programs["worker2"].is_running, "a worker ended")
    return Told(posted, drained, "5 poisonous handed to a person", kept_back=len(deadly))


def clocks_off(stage: Stage, count: int) -> Told:
    begin(stage, workers=0)
    for number, hours in ((1, 2), (2, -2)):
        shift = {"CLOCK_SHIFT": str(hours * 3_600)}
        stage.start(f"worker{number}", *CRASHING, *OPTIONS, environment=shift)
    posted = stage.post_many(count)
    drained = stage.drain(180)
    early = stage.ask(
        "SELECT count(*) FROM complaints_dispatch "
        "WHERE delivered_at > now() + interval '1 minute' OR delivered_at < now() - interval '30 minutes'"
    )
    must(early[0][0] == 0, "a time was taken from a wrong clock")
    return Told(posted, drained, "workers 2 h fast and 2 h slow")


def two_of_each(stage: Stage, count: int) -> Told:
    begin(stage)
    stage.start_beat("second-beat")
    sweeping = [meanwhile(lambda: sweep(stage, 5)) for _ in range(2)]
    posted = stage.post_many(count)
    for thread in sweeping:
        thread.join()
    return Told(posted, stage.drain(180), "2 beats, 2 timers")


def sweep(stage: Stage, times: int) -> None:
    """`manage.py sweep`, as a timer runs it."""
    for turn in range(times):
        stage.start(f"sweep{turn}-{uuid4()}", "manage.py", "sweep").finish()


def beat_dead(stage: Stage, count: int) -> Told:
    stage.start_agency()
    stage.start_web(environment={"CELERY_BROKER_URL": "amqp://guest:guest@127.0.0.1:1//"})
    posted = stage.post_many(count)
    stage.pass_time(24)
    must(stage.health()["deliveries"] == "late", "nobody is told that nothing is delivered")
    timer = meanwhile(lambda: sweep(stage, 3))
    drained = stage.drain(180)
    timer.join(60)
    must(stage.health()["deliveries"] == "on time", "what was delivered is said to be late")
    return Told(posted, drained, "no beat, no queue, no worker: the timer alone; said by /health/")


def released_anew(stage: Stage, count: int) -> Told:
    begin(stage)
    halves = stage.post_many(max(1, count // 2))
    send = (
        "from config.celery import app\n"
        "for pk in range(1, 20):\n"
        "    app.send_task('complaints.tasks.deliver_as_it_was_called', [pk])\n"
        "    app.send_task('complaints.tasks.deliver', [pk], {'priority': 'new'})\n"
        "    app.send_task('complaints.tasks.deliver', [])\n"
    )
    stage.start("other-version", "-c", send).finish(60)
    for name in ("worker1", "worker2"):
        stage.programs.pop(name).stop(60)
    stage.start_workers()
    posted = halves + stage.post_many(count - len(halves))
    return Told(posted, stage.drain(180), "57 tasks of other versions")


def one_desk_dead(stage: Stage, count: int) -> Told:
    begin(stage, late=20)
    usual, others = file_for_both(stage, max(8, count // 2))
    stage.drain(240)
    calm = latency(stage, usual)
    stage.behave("silent@nacc")
    healthy, dead = file_for_both(stage, count // 2)
    posted = [*usual, *others, *healthy, *dead]
    wait_healthy(stage)
    busy = latency(stage, healthy)
    most = most_at_once(stage)
    stage.behave("")
    drained = stage.drain(400, rests=True)
    if not stage.is_quick:  # of a handful of citizens a percentile says nothing
        must(
            busy <= calm * 1.1 + 1,
            f"the other desk waited {busy:.1f} s beside a silent one, {calm:.1f} s when both answered",
        )
    said = f"the other desk's p95 {calm:.1f} s when both answer, {busy:.1f} s beside a silent one"
    return Told(posted, drained, f"{said}, which held {most} places at most")


def file_for_both(stage: Stage, count: int) -> tuple[list[Posted], list[Posted]]:
    """Citizens of two desks at the same time, as many of each: the one that stays, the one that dies."""
    with ThreadPoolExecutor(1) as pool:
        dies = pool.submit(stage.post_many, count // 2, 4, suspicion="wealth", level="politician")
        return stage.post_many(count // 2, 4, suspicion="corruption", level="official"), dies.result()


def most_at_once(stage: Stage) -> int:
    """How many attempts at the silent desk ran at the same moment, by the log of their failures."""
    rows = stage.ask(
        "SELECT event.at FROM complaints_event AS event JOIN complaints_dispatch AS dispatch "
        "ON event.detail->>'dispatch' = dispatch.number::text JOIN complaints_desk AS desk "
        "ON desk.id = desk_id WHERE kind = 'failed' AND code = 'nacc' ORDER BY event.at"
    )
    ends = [row[0].timestamp() for row in rows]
    return max((sum(end <= other < end + TIMEOUT - 1 for other in ends) for end in ends), default=0)


def wait_healthy(stage: Stage) -> None:
    deadline = time.monotonic() + 120
    waiting = (
        "SELECT count(*) FROM complaints_dispatch JOIN complaints_desk AS desk ON desk.id = desk_id "
        "WHERE state = 'pending' AND code <> 'nacc'"
    )
    while stage.ask(waiting)[0][0] and time.monotonic() < deadline:
        time.sleep(0.3)


def latency(stage: Stage, posted: list[Posted]) -> float:
    """Seconds from filing to delivery that 95 of 100 did not exceed."""
    listed = ", ".join(f"'{one.reference}'" for one in posted) or "''"
    rows = stage.ask(
        "SELECT extract(epoch FROM delivered_at - sent.created_at)::float FROM complaints_dispatch AS sent "
        f"JOIN complaints_complaint AS filed ON filed.id = complaint_id WHERE reference IN ({listed}) "
        "AND delivered_at IS NOT NULL"
    )
    waits: list[Any] = sorted(row[0] for row in rows)
    return float(statistics.quantiles(waits, n=20)[-1]) if len(waits) > 1 else 0.0


def all_at_once(stage: Stage, count: int) -> Told:
    from complaints.forms import new_token

    begin(stage)
    token = new_token()
    with ThreadPoolExecutor(10) as pool:
        same = list(pool.map(lambda _: stage.post(token=token), range(10)))
    must(len({one.key for one in same}) == 1, "one form has two receipts")
    distinct = stage.post_many(count - 10, threads=50)
    must(len({one.key for one in distinct}) == count - 10, "two forms have one receipt")
    return Told([same[0], *distinct], stage.drain(120), "10 posts of one form are one case")


OUTAGES = (
    Fault("R13", "PostgreSQL killed 3 times", 300, 180, database_killed),
    Fault("R14", "disk full for evidence, then for the database", 20, 120, disk_full),
    Fault("R15", "5 deliveries that kill whoever touches them", 500, 300, poison),
    Fault("R16", "workers' clocks 2 hours off", 100, 180, clocks_off),
    Fault("R17", "two beats and two timers", 500, 180, two_of_each),
    Fault("R18", "beat dead, queue gone: the timer alone", 100, 180, beat_dead),
    Fault("R19", "release: tasks of other versions, workers asked to stop", 200, 180, released_anew),
    Fault("R20", "one desk silent, half of the load for it", 1_000, 400, one_desk_dead),
    Fault("R21", "10 posts of one form, 50 of others, at once", 60, 120, all_at_once),
)
