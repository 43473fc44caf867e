"""What a desk says it has got, beside what stands here: once a month, and after a backup was restored.

A restored database knows nothing of what came after the backup. The desks do: their lists name each
delivery by its number and each complaint by its reference, and so does the receipt of the citizen.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .models import Complaint, Dispatch

COLUMNS = ("number", "reference", "register")
"""Number of the delivery, reference of the complaint, number in the desk's own register."""
ARRIVED = frozenset({"delivered", "acknowledged", "refused"})
ALIVE = frozenset({"held", "pending", "ready", "exhausted", "bounced"}) | ARRIVED


class ListError(Exception):
    """Raised if a desk's list cannot be read; says where."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a desk's list: a delivery that it has registered."""

    number: str
    reference: str
    register: str = ""


@dataclass(frozen=True, slots=True)
class Ours:
    """One delivery as it stands here."""

    number: str
    reference: str
    state: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What does not agree."""

    unknown_here: Sequence[Entry]
    """The desk has them, this database does not: they came after the backup that it was restored from."""
    unknown_there: Sequence[Ours]
    """Delivered, as it stands here; the desk's list does not name them."""
    on_their_way: Sequence[Ours]
    """The desk has them, and they are still on their way here: sent again, they are received once."""


def read_list(lines: Iterable[str]) -> list[Entry]:
    """The entries of a desk's list, a CSV file with COLUMNS. Raises ListError."""
    rows = csv.DictReader(lines)
    missing = set(COLUMNS) - set(rows.fieldnames or ())
    if missing:
        raise ListError(f"The list has no column {', '.join(sorted(missing))}.")
    entries = []
    for row in rows:
        values = [(row[name] or "").strip() for name in COLUMNS]
        if not values[0] or not values[1]:
            raise ListError(f"Line {rows.line_num} names no delivery or no complaint.")
        entries.append(Entry(*values))
    return entries


def compare(listed: Iterable[Entry], ours: Iterable[Ours]) -> Findings:
    """What does not agree between a desk's list and what stands here."""
    theirs, known = {entry.number: entry for entry in listed}, {one.number: one for one in ours}
    return Findings(
        [entry for number, entry in theirs.items() if number not in known],
        [one for number, one in known.items() if one.state in ARRIVED and number not in theirs],
        [one for number, one in known.items() if one.state not in ARRIVED and number in theirs],
    )


def deliveries(desk: str = "") -> list[Ours]:
    """The deliveries to a desk, by its code, or to all."""
    rows = Dispatch.objects.filter(desk__code=desk) if desk else Dispatch.objects.all()
    values = rows.order_by("pk").values_list("number", "complaint__reference", "state")
    return [Ours(str(number), reference, state) for number, reference, state in values]


def stranded() -> list[str]:
    """References of open complaints without a delivery that has arrived or still can. There are none, unless
    staff cancelled it and chose no other desk.
    """
    alive = Dispatch.objects.filter(state__in=ALIVE).values("complaint")
    rows = Complaint.objects.open().exclude(pk__in=alive)
    return list(rows.order_by("pk").values_list("reference", flat=True))
