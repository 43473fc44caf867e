"""The faults R1 to R12: processes, queue and agency fail. Each says how many, and what must hold."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import psutil

from .programs import ending
from .stage import OPTIONS, WORKER, Posted, Stage

CRASHING = ("-m", "proofs.crashing", "--quiet", "--skip-checks", "-A", "config", "worker")
MOST_ASKED = 20  # attempts in a second: the cap of 200 in a round of ten seconds
SLOWEST = 3.0  # seconds until a receipt, with the queue gone or hung
AGAIN = (
    "UPDATE complaints_dispatch SET state = 'pending', attempts = 0, next_attempt_at = now() "
    "WHERE state = 'exhausted'"
)
"""What staff do with what used up its attempts, or was wanted no more."""
REOPEN = "UPDATE complaints_desk SET held_for_triage = false"
"""What staff do once a desk that wanted no more takes letters again."""
RETRY_AFTER = 7  # seconds, as the agency says when it is busy; longer than the first wait of the timetable
FIRST_WAITS = """
    SELECT coalesce(extract(epoch FROM next_attempt_at - event.at), 0)::float
    FROM complaints_dispatch AS dispatch JOIN complaints_event AS event
        ON event.detail->>'dispatch' = dispatch.number::text AND kind IN ('failed', 'exhausted')
    WHERE attempts = 1 AND leased_until IS NULL AND event.detail->>'error' LIKE '%{}%'
"""
LEAST_WAIT = RETRY_AFTER - 0.5  # the failure is written down a moment after the next attempt is booked


class NotHeld(AssertionError):
    """Raised if something that must hold in spite of a fault did not."""


@dataclass
class Told:
    """What a fault did: the citizens, the drain, and what was seen besides."""

    posted: list[Posted]
    drained: float
    noted: str = ""
    kept_back: int = 0
    """Deliveries that a person has now, as they must."""
    listed: int = 0
    """Complaints that the restored database does not know, each of which the reconciliation names."""


@dataclass(frozen=True)
class Fault:
    """One way to fail."""

    number: str
    what: str
    count: int
    """How many complaints, in the long form."""
    bound: float
    """Seconds until everything has arrived, once the fault is over."""
    run: Callable[[Stage, int], Told] = field(repr=False)


def must(held: bool, said: str) -> None:
    """Raise NotHeld unless it is so."""
    if not held:
        raise NotHeld(said)


def begin(stage: Stage, *, workers: int = 2, late: float = 20, **options: Any) -> None:
    """The usual cast."""
    stage.start_agency(late, acknowledge=options.pop("acknowledge", False))
    stage.start_web()
    if workers:
        stage.start_workers(workers, **options)
    stage.start_beat()
    if workers:  # a site that has delivered before, as any has
        stage.warm = [stage.post()]
        must(stage.drain(120) < 120, "the workers did not begin")


def meanwhile(work: Callable[[], None]) -> threading.Thread:
    """Have something done at the same time."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def quick_enough(posted: list[Posted]) -> str:
    """The 95th percentile of the citizens' waits. Raises NotHeld."""
    waits = sorted(one.slowest for one in posted)
    slow = waits[int(len(waits) * 0.95) - 1 if len(waits) > 1 else 0]
    must(slow <= SLOWEST, f"a receipt took {slow:.1f} s")
    return f"receipt in {slow:.2f} s"


# Workers


def workers_killed(stage: Stage, count: int) -> Told:
    begin(stage)
    kills = 3 if stage.is_quick else 15

    def kill_again_and_again() -> None:
        for turn in range(kills):
            time.sleep(4)
            name = f"worker{turn % 2 + 1}"
            stage.kill(name)
            stage.start(name, *WORKER, *OPTIONS)

    killing = meanwhile(kill_again_and_again)
    posted = stage.post_many(count)
    killing.join()
    return Told(posted, stage.drain(120), f"{kills} kills")


def child_killed(stage: Stage, count: int) -> Told:
    begin(stage, late=0.6)
    stage.behave("late:0.5")
    over, killed = threading.Event(), []

    def kill_children() -> None:
        while not over.wait(0.05):
            for child in children_that_post(stage):
                with suppress(psutil.Error):
                    child.kill()
                    killed.append(child.pid)
                    over.wait(1)

    killing = meanwhile(kill_children)
    posted = stage.post_many(count)
    time.sleep(5)
    over.set()
    killing.join()
    return Told(posted, stage.drain(180), f"{len(killed)} children killed")


def children_that_post(stage: Stage) -> list[psutil.Process]:
    """Processes of the workers that hold a connection to the agency just now."""
    posting = []
    for name in ("worker1", "worker2"):
        with suppress(psutil.Error):
            for child in psutil.Process(stage.programs[name].process.pid).children():
                talks = [c for c in child.net_connections("tcp") if c.raddr and c.raddr.port == stage.agency]
                posting += [child] if talks else []
    return posting


def crash_points(stage: Stage, count: int) -> Told:
    folder = stage.folder / f"crashes-{stage.database}"
    folder.mkdir()
    (folder / "each").touch()
    begin(stage, program=CRASHING, environment={"CRASH_FOLDER": str(folder)})
    posted = stage.post_many(count)
    drained = stage.drain(240)
    return Told(posted, drained, f"{len(list(folder.glob('died-*')))} deaths at 4 points")


# The queue


def broker_down(stage: Stage, count: int) -> Told:
    begin(stage)
    stage.broker.stop()
    posted = stage.post_many(count)
    said = quick_enough(posted)
    stage.broker.start()
    return Told(posted, stage.drain(120), said)


def broker_hung(stage: Stage, count: int) -> Told:
    begin(stage)
    stage.broker.hang()
    posted = stage.post_many(count)
    said = quick_enough(posted)
    stage.broker.resume()
    return Told(posted, stage.drain(120), said)


def broker_wiped(stage: Stage, count: int) -> Told:
    begin(stage, workers=0)
    posted = stage.post_many(count)
    time.sleep(2)
    stage.broker.wipe()
    stage.start_workers()
    return Told(posted, stage.drain(120))


def broker_restarted(stage: Stage, count: int) -> Told:
    begin(stage)
    posted: list[Posted] = []
    slowest = 0.0
    for _ in range(5):
        posted += stage.post_many(max(1, count // 5))
        stage.broker.restart()
        slowest = max(slowest, stage.drain(90))
    alive = all(stage.programs[name].is_running for name in ("worker1", "worker2"))
    must(alive, "a worker ended")
    return Told(posted, slowest, "workers kept")


# The agency


def agency_broken(stage: Stage, count: int) -> Told:
    begin(stage)
    stage.behave("error")
    posted = stage.post_many(count)
    began = time.monotonic()
    for _ in range(4):  # an hour of the timetable
        time.sleep(3)
        must(not off_timetable(stage), "an attempt is booked off the timetable")
        stage.hurry(rests=True)
    failed = stage.ask("SELECT count(*) FROM complaints_event WHERE kind = 'failed'")[0][0]
    rate = failed / (time.monotonic() - began)
    must(rate <= MOST_ASKED, f"the broken agency was asked {rate:.0f} times a second")
    stage.behave("")
    return Told(posted, stage.drain(300, rests=True), f"asked {rate:.1f} times a second while broken")


def off_timetable(stage: Stage) -> list[Any]:
    """Deliveries whose next attempt is not the timetable's wait, give or take a fifth, behind a failure."""
    from complaints.models.dispatches import WAITS

    rows = stage.ask(
        "SELECT (event.detail->>'attempt')::int, extract(epoch FROM next_attempt_at - event.at)::float "
        "FROM complaints_dispatch AS dispatch JOIN complaints_event AS event "
        "ON event.detail->>'dispatch' = dispatch.number::text AND kind = 'failed' "
        "AND (event.detail->>'attempt')::int = dispatch.attempts WHERE state = 'pending'"
        "AND next_attempt_at > now() + interval '1 second'"
    )
    return [row for row in rows if not 0.79 * WAITS[row[0] - 1] - 1 < row[1] < 1.21 * WAITS[row[0] - 1] + 1]


def answer_lost(stage: Stage, count: int) -> Told:
    begin(stage)
    stage.behave("lost:0.4,late:0.01")
    posted = stage.post_many(count)
    time.sleep(5)
    stage.behave("")
    drained = stage.drain(300, rests=True)
    return Told(posted, drained, f"{stage.requests() - len(stage.letters())} came twice")


def no_receipt(stage: Stage, count: int) -> Told:
    begin(stage)
    stage.behave("garbage:0.5,empty:0.5")
    posted = stage.post_many(count)
    time.sleep(8)
    must(stage.states()["delivered"] == len(stage.warm), "an answer that is no receipt counted as delivered")
    stage.behave("")
    return Told(posted, stage.drain(180, rests=True))


def redirected_busy_gone(stage: Stage, count: int) -> Told:
    """One after the other, so that each is seen; what came while the agency wants no more waits for staff."""
    begin(stage)
    posted, part = [], max(1, count // 4)
    for how, said in (("redirect", "redirects (302)"), ("busy", "answered 429"), ("gone", "no more")):
        stage.behave(how)
        posted += stage.post_many(part)
        soonest = first_answered(stage, how, said)
        if how == "busy":
            must(soonest >= LEAST_WAIT, f"asked to wait {RETRY_AFTER} s, it is tried again in {soonest:.1f}")
    must(stage.states()["delivered"] == len(stage.warm), "an answer that is no receipt counted as delivered")
    must(bool(stage.ask("SELECT code FROM complaints_desk WHERE held_for_triage")), "no desk waits for staff")
    posted += stage.post_many(count - len(posted))
    states = stage.states()
    must(states.get("held", 0) > 0, f"letters go on to an agency that wants no more: {states}")
    stage.behave("")
    stage.ask(REOPEN)
    stage.ask(AGAIN)
    said = f"{states['exhausted']} handed to a person, {states['held']} waited for one; then sent again"
    return Told(posted, stage.drain(180, rests=True), said)


def first_answered(stage: Stage, how: str, error: str) -> float:
    """Wait until a first attempt was answered so; the desk never rests meanwhile. Returns the seconds until
    the next attempt is due, the fewest of all; 0 where there is to be none.
    """
    deadline = time.monotonic() + 60
    while True:
        stage.ask("UPDATE complaints_desk SET rests_until = NULL, failures = 0")
        waits = [row[0] for row in stage.ask(FIRST_WAITS.format(error))]
        if waits:
            return float(min(waits))
        must(time.monotonic() < deadline and not ending.is_set(), f"no first attempt was answered {how}")
        time.sleep(0.3)


def acknowledgements(stage: Stage, count: int) -> Told:
    begin(stage)
    posted = stage.post_many(count)
    drained = stage.drain(120)
    numbers = [str(row[0]) for row in stage.ask("SELECT number FROM complaints_dispatch ORDER BY id")]
    with ThreadPoolExecutor(4) as pool:
        heard = list(pool.map(lambda pair: speak_of(stage, *pair), enumerate(numbers)))
    forged = [status for answers in heard for status in answers["forged"]]
    must(set(forged) <= {401}, f"a forged acknowledgement was answered {set(forged)}")
    states = stage.states()
    must(states == {"acknowledged": len(numbers)}, f"the states are {states}")
    return Told(posted, drained, f"{len(forged)} forged, {len(numbers) * 2} late or double: no effect")


def speak_of(stage: Stage, place: int, number: str) -> dict[str, list[int]]:
    """Acknowledge a delivery, again, too late with the contrary, and with wrong signatures."""
    from complaints import signatures

    right = (stage.folder / "stand-in-signing-key").read_text(encoding="ascii")
    now, wrong = int(time.time()), signatures.new_signing_key()
    yes, no = said_of(number, "acknowledged"), said_of(number, "refused")
    message = f"ack-{uuid4()}"
    first = say(stage, yes, message, now, right)
    must(first == 200, f"an acknowledgement was answered {first}")
    again = [say(stage, yes, message, now, right), say(stage, no, f"ack-{uuid4()}", now, right)]
    forged = [
        say(stage, no, f"ack-{uuid4()}", now, wrong),
        say(stage, no, f"ack-{uuid4()}", now - 900 + (place % 2) * 1800, right),
        say(stage, no, f"ack-{uuid4()}", now, right, sent=yes.replace(b"acknowledged", b"refused ") + b" "),
    ]
    return {"again": again, "forged": forged}


def said_of(number: str, kind: str) -> bytes:
    """A message about a delivery."""
    return json.dumps({"type": f"complaint.{kind}", "data": {"received": number, "register": "1"}}).encode()


def say(stage: Stage, body: bytes, message: str, at: int, signing: str, sent: bytes = b"") -> int:
    """Send a message signed for `body`; `sent` travels in its place. Returns the status."""
    from complaints import signatures

    signed = signatures.sign(body, id=message, at=at, signing=signing)
    address = f"http://127.0.0.1:{stage.web}/api/v1/complaints/acknowledgements/"
    request = urllib.request.Request(address, sent or body, signed.headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


FAULTS = (
    Fault("R1", "worker groups killed again and again", 1_000, 120, workers_killed),
    Fault("R2", "single children killed while they post", 200, 180, child_killed),
    Fault("R3", "death before and after claim, post and record", 200, 240, crash_points),
    Fault("R4", "queue gone while citizens file", 200, 120, broker_down),
    Fault("R5", "queue hung: takes connections, never answers", 200, 120, broker_hung),
    Fault("R6", "queue emptied with everything in it", 1_000, 120, broker_wiped),
    Fault("R7", "queue restarted 5 times, workers kept", 100, 60, broker_restarted),
    Fault("R8", "agency answers 500 for an hour", 200, 300, agency_broken),
    Fault("R9", "agency registers, its answer is lost or late", 300, 300, answer_lost),
    Fault("R10", "agency answers 200 with garbage", 50, 180, no_receipt),
    Fault("R11", "agency redirects, is busy, wants no more", 30, 180, redirected_busy_gone),
    Fault("R12", "acknowledgements late, double, forged", 120, 120, acknowledgements),
)
