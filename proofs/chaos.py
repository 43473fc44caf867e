"""`make chaos`: each fault on a fresh site of real processes, against each queue; prints what was lost."""

from __future__ import annotations

import sys
import time
import traceback
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from .brokers import RABBITMQ, Broker, InPostgres, RabbitMQ
from .faults import FAULTS, Fault, NotHeld, Told
from .months import MONTHS
from .outages import OUTAGES
from .programs import all_ended
from .recoveries import RECOVERIES
from .stage import Server, Stage, serving, stage

ALL = {fault.number: fault for fault in (*FAULTS, *OUTAGES, *RECOVERIES, *MONTHS)}
QUICK = 60  # complaints, below which a shortened run lets leases pass quickly too


@dataclass
class Row:
    """One line of the table."""

    fault: Fault
    broker: str
    accepted: int = 0
    lost: int = 0
    doubled: int = 0
    broken: int = 0
    drained: float = 0
    noted: str = ""
    trouble: str = ""

    @property
    def has_held(self) -> bool:
        """Whether nothing was lost, doubled, answered 5xx or too slow."""
        return (
            not (self.trouble or self.lost or self.doubled or self.broken)
            and self.drained <= self.fault.bound
        )

    def __str__(self) -> str:
        drained = f"{self.drained:.0f} of {self.fault.bound:.0f}"
        mark = "held" if self.has_held else "NOT HELD"
        counts = f"{self.accepted:8} {self.lost:5} {self.doubled:8} {self.broken:4}"
        said = f"{self.fault.what}; {self.noted}"
        return f"{self.fault.number:4} {self.broker:9} {counts} {drained:>10}  {mark:8} {said}"


HEAD = f"{'':4} {'queue':9} {'accepted':>8} {'lost':>5} {'doubled':>8} {'5xx':>4} {'drain, s':>10}"


def main(arguments: list[str]) -> int:
    """Run the faults that are named, or all. Returns the status for the shell."""
    parser = ArgumentParser(prog="make chaos")
    parser.add_argument("faults", nargs="*", help=f"of {', '.join(ALL)}; all unless named")
    parser.add_argument(
        "--n", type=int, default=0, help="complaints per fault at most; as stated unless given"
    )
    parser.add_argument("--broker", choices=["pgmq", "rabbitmq", "both"], default="both")
    given = parser.parse_args(arguments)
    names = [name.upper() for name in given.faults] or list(ALL)
    brokers = ["pgmq", "rabbitmq"] if given.broker == "both" else [given.broker]
    if "rabbitmq" in brokers and not RABBITMQ:
        print("RabbitMQ is not installed here: its faults are not run.")
        brokers.remove("rabbitmq")
    rows: list[Row] = []
    began = time.monotonic()
    try:
        with all_ended():
            rows.extend(run([ALL[name] for name in names], brokers, given.n))
    finally:
        print(table(rows, len(names) * len(brokers), time.monotonic() - began), flush=True)
    return 0 if rows and all(row.has_held for row in rows) else 1


def run(faults: list[Fault], brokers: list[str], most: int) -> Iterator[Row]:
    """The lines of the table, each printed as it is known, with what went wrong."""
    with serving() as server:
        print(HEAD, flush=True)
        for name in brokers:
            for fault in faults:
                row = tried(server, fault, name, min(most or fault.count, fault.count))
                print(row, flush=True)
                if row.trouble:
                    print(row.trouble, flush=True)
                yield row


def table(rows: list[Row], planned: int, seconds: float) -> str:
    """All of it in one place, whatever was printed on the way; of an interrupted run what is known."""
    untried = f", {planned - len(rows)} not tried to the end" if len(rows) < planned else ""
    held, lost = sum(row.has_held for row in rows), sum(row.lost for row in rows)
    doubled, broken = sum(row.doubled for row in rows), sum(row.broken for row in rows)
    said = f"{held} of {planned} held{untried}; lost {lost}, doubled {doubled}, 5xx {broken}"
    said += f"; {seconds / 60:.0f} min"
    return "\n".join(["", HEAD, *map(str, rows), said])


def tried(server: Server, fault: Fault, broker: str, count: int) -> Row:
    """One fault against one queue."""
    row = Row(fault, broker)
    if fault.number == "R21":
        count = max(count, 15)
    database = f"proof_{fault.number.lower()}_{int(time.time())}"
    try:
        with (
            a_broker(server, broker) as broker_of,
            stage(server, database, broker_of, is_quick=count < min(QUICK, fault.count)) as made,
        ):
            told = fault.run(made, count)
            row.noted = told.noted + (
                f"; {made.restarted} restarted by the supervisor" if made.restarted else ""
            )
            row.noted += f"; {made.released} released by staff" if made.released else ""
            row.drained = told.drained
            citizens = [*made.warm, *told.posted]
            row.accepted = sum(bool(one.reference) for one in citizens)
            row.broken = sum(one.broken for one in citizens)
            compare(row, made, {one.reference for one in citizens if one.reference}, told)
    except (NotHeld, TimeoutError, OSError, psycopg.Error) as error:
        row.trouble = f"     {type(error).__name__}: {error}"
        if not isinstance(error, NotHeld):
            row.trouble += "\n" + traceback.format_exc(limit=-4)
    return row


def compare(row: Row, made: Stage, accepted: set[str], told: Told) -> None:
    """What the citizens were promised, beside what the agency registered and what was written down."""
    letters = made.letters()
    registered = [letter["reference"] for letter in letters]
    row.lost = len(accepted - set(registered)) - told.kept_back
    kept = made.ask("SELECT count(*) FROM complaints_complaint")[0][0]
    row.lost += abs(kept + told.listed - len(accepted))
    row.doubled = len(registered) - len(set(registered))
    row.doubled += made.ask(
        "SELECT coalesce(sum(times - 1), 0)::int FROM (SELECT count(*) AS times FROM complaints_event "
        "WHERE kind = 'delivered' GROUP BY complaint_id) AS deliveries"
    )[0][0]
    from complaints.models import Event

    if Event.objects.broken():
        raise NotHeld("the chain of events is broken")


@contextmanager
def a_broker(server: Server, name: str) -> Iterator[Callable[[str], Broker]]:
    """Makes the queue of a run, and takes it away afterwards."""
    made: list[Broker] = []

    def broker_of(database: str) -> Broker:
        if name == "pgmq":
            made.append(InPostgres(database, server.restart))
        else:
            made.append(RabbitMQ(server.folder / f"rabbitmq-{time.time_ns()}"))
            made[-1].start()
        return made[-1]

    try:
        yield broker_of
    finally:
        for broker in made:
            broker.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
