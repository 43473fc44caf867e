"""R24, the soak: thirty days, on each of which one of the faults R1 to R15 comes while citizens file.

The clock is not the machine's: waits of the timetable, nights, and the leases of workers that died are passed
over. That a lease ends by itself is what R1 to R3 wait for. Citizens file for two desks, each of which takes
as many letters at once as there are hands: for one alone with two places, a month of deliveries takes longer
than one of filing. That places are kept to is what R20 looks at.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psutil

from .faults import AGAIN, CRASHING, REOPEN, Fault, Told, begin, must, speak_of
from .outages import FULL, post_file
from .recoveries import KEEP
from .stage import OPTIONS, Posted, Stage

Trouble = Callable[[Stage], list[Posted]]
"""What fails on a day. Returns the citizens whom it turned away, who hold no receipt."""

SEED = 24
DAYS = 30
DAYS_OF_A_QUICK_RUN = 3
OF_THE_OTHER_DESK = {"suspicion": "wealth", "level": "politician"}
PLACES = "UPDATE complaints_desk SET at_once = 4"
BOUND = 300  # seconds until everything of a day has arrived


def month(stage: Stage, count: int) -> Told:
    """Each day some file, one thing fails, everything arrives; at night the clock moves on to the next."""
    folder = marks(stage)
    folder.mkdir()
    stage.clock_jumps = True
    stage.ask(PLACES)
    begin(stage, program=CRASHING, environment={"CRASH_FOLDER": str(folder)})
    days = DAYS_OF_A_QUICK_RUN if stage.is_quick else DAYS
    troubles = list(TROUBLES) * -(-days // len(TROUBLES))
    if not stage.is_quick:
        random.Random(SEED).shuffle(troubles)
    posted: list[Posted] = []
    slowest, began = 0.0, time.monotonic()
    for day, (name, trouble) in enumerate(troubles[:days]):
        morning = time.monotonic()
        filed, drained = one_day(stage, count // days + (day < count % days), trouble)
        posted += filed
        slowest, evening = max(slowest, drained), time.monotonic()
        a_minute = len(posted) / (evening - began) * 60
        print(
            f"     day {day + 1:2} of {days}, {name}: {so_far(stage, posted)}; "
            f"{evening - morning:.0f} s, of these {drained:.0f} to drain; {a_minute:.0f} a minute",
            flush=True,
        )
    drained = max(slowest, stage.drain(BOUND, rests=True))
    numbers = " ".join(name.partition(" ")[0] for name, _ in troubles[:days])
    return Told(posted, drained, f"{a_minute:.0f} a minute; day by day {numbers}")


def one_day(stage: Stage, count: int, trouble: Trouble) -> tuple[list[Posted], float]:
    """The citizens of a day, and how long it took until everything had arrived, after the fault was over."""
    with ThreadPoolExecutor(2) as pool:
        troubling = pool.submit(trouble, stage)
        others = pool.submit(stage.post_many, count // 2, 4, **OF_THE_OTHER_DESK)
        posted = stage.post_many(count - count // 2, 4)
        posted += others.result() + troubling.result()
    stage.behave("")
    stage.supervise()
    stage.ask(REOPEN)
    stage.ask(AGAIN)
    drained = stage.drain(BOUND, rests=True)
    stage.pass_time(24)
    stage.start("night", "-c", KEEP).finish(60)
    return posted, drained


def so_far(stage: Stage, posted: list[Posted]) -> str:
    """What stands at the end of a day, so that a month that is interrupted tells something too."""
    accepted = {one.reference for one in [*stage.warm, *posted] if one.reference}
    registered = [letter["reference"] for letter in stage.letters()]
    lost, doubled = len(accepted - set(registered)), len(registered) - len(set(registered))
    broken = sum(one.broken for one in posted)
    return f"{len(accepted)} accepted, {lost} not arrived, {doubled} doubled, {broken} answered 5xx"


def marks(stage: Stage) -> Path:
    """Where workers look for what they are to die of."""
    return stage.folder / f"crashes-{stage.database}"


def for_a_while(stage: Stage) -> None:
    """So long does a fault last."""
    time.sleep(3 if stage.is_quick else 10)


def lose_workers(stage: Stage) -> list[Posted]:
    for name in ("worker1", "worker2"):
        time.sleep(1)
        stage.kill(name)
        stage.start(name, *CRASHING, *OPTIONS, environment={"CRASH_FOLDER": str(marks(stage))})
    return []


def lose_children(stage: Stage) -> list[Posted]:
    """Whichever child comes first, at work or waiting for it."""
    for _ in range(3):
        time.sleep(1)
        with suppress(psutil.Error, KeyError, IndexError):
            psutil.Process(stage.programs["worker2"].process.pid).children()[0].kill()
    return []


def die_at_each_point(stage: Stage) -> list[Posted]:
    (marks(stage) / "each").touch()
    for_a_while(stage)
    (marks(stage) / "each").unlink()
    return []


def lose_the_queue(stage: Stage) -> list[Posted]:
    stage.broker.stop()
    for_a_while(stage)
    stage.broker.start()
    return []


def hang_the_queue(stage: Stage) -> list[Posted]:
    stage.broker.hang()
    for_a_while(stage)
    stage.broker.resume()
    return []


def empty_the_queue(stage: Stage) -> list[Posted]:
    time.sleep(2)
    stage.broker.wipe()
    return []


def restart_the_queue(stage: Stage) -> list[Posted]:
    time.sleep(2)
    stage.broker.restart()
    return []


def behaves(how: str) -> Trouble:
    """The agency fails in this way for a while."""

    def misbehave(stage: Stage) -> list[Posted]:
        stage.behave(how)
        for_a_while(stage)
        stage.behave("")
        return []

    return misbehave


def forge_acknowledgements(stage: Stage) -> list[Posted]:
    for_a_while(stage)
    numbers = stage.ask("SELECT number FROM complaints_dispatch WHERE state = 'delivered' LIMIT 4")
    for place, (number,) in enumerate(numbers):
        answers = speak_of(stage, place, str(number))
        must(set(answers["forged"]) == {401}, f"a forged acknowledgement was answered {answers['forged']}")
    return []


def kill_the_database(stage: Stage) -> list[Posted]:
    time.sleep(2)
    stage.server.restart()
    return []


def fill_the_disk(stage: Stage) -> list[Posted]:
    stage.ask(FULL)
    refused = [post_file(stage) for _ in range(3)]
    stage.ask("DROP FUNCTION proof_full CASCADE")
    must(not any(one.reference for one in refused), "a receipt was shown for what was not kept")
    return refused


def poison_some(stage: Stage) -> list[Posted]:
    """Some that are filed a moment later kill whoever touches them, until somebody mends that."""
    newest = stage.ask("SELECT max(id) FROM complaints_dispatch")[0][0]
    poisonous = [marks(stage) / f"poison-{newest + more}" for more in (3, 5, 7)]
    for mark in poisonous:
        mark.touch()
    for_a_while(stage)
    for mark in poisonous:
        mark.unlink()
    return []


TROUBLES: tuple[tuple[str, Trouble], ...] = (
    ("R1 workers killed", lose_workers),
    ("R9 answers lost", behaves("lost:0.5")),
    ("R2 children killed", lose_children),
    ("R3 deaths at 4 points", die_at_each_point),
    ("R4 queue gone", lose_the_queue),
    ("R5 queue hung", hang_the_queue),
    ("R6 queue emptied", empty_the_queue),
    ("R7 queue restarted", restart_the_queue),
    ("R8 agency errs", behaves("error:0.5")),
    ("R10 no receipts", behaves("garbage:0.3,empty:0.3")),
    ("R11 redirects, gone, busy", behaves("redirect:0.3,gone:0.1,busy:0.3")),
    ("R12 forged acknowledgements", forge_acknowledgements),
    ("R13 database killed", kill_the_database),
    ("R14 disk full", fill_the_disk),
    ("R15 poison", poison_some),
)

MONTHS = (Fault("R24", "a month in which each day something fails", 30_000, BOUND, month),)
