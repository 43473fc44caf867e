"""A body beside others of its kind: how much of its money each has paid out by the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, QuerySet, Sum

from .models import Agency, Disbursement
from .purses import CUTS, share

FEWEST = 4  # bodies, itself counted, that make a comparison


@dataclass(frozen=True, slots=True)
class Peer:
    """One body: its money after transfer and what is paid out, in baht, and the share (0 to 1) of the one
    in the other.
    """

    code: str
    name: str
    name_en: str
    after_transfer: Decimal
    disbursed: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Peers:
    """Bodies of one kind by the share they have paid out, largest first; `own` is the place of the body,
    from 0.

    `of_ministry` says that they are the agencies of the same ministry; else they are all bodies of the kind.
    """

    bodies: tuple[Peer, ...]
    own: int
    of_ministry: bool

    @property
    def body(self) -> Peer:
        return self.bodies[self.own]

    @property
    def rank(self) -> int:
        """The body's place, from 1; equal shares have the same place."""
        return 1 + sum(1 for peer in self.bodies if peer.share > self.body.share)

    @property
    def middle(self) -> Decimal:
        """The share of the body in the middle; of two in the middle the smaller one."""
        return self.bodies[len(self.bodies) // 2].share

    def around(self, size: int) -> tuple[Peer, ...]:
        """The body and those nearest to it in the order, `size` in all."""
        first = min(max(self.own - size // 2, 0), max(len(self.bodies) - size, 0))
        return self.bodies[first : first + size]


def peers(agency: Agency, year: int, day: date | None = None) -> Peers | None:
    """The peers of a body in the newest week of a fiscal year (Common Era), in one query or two; None where
    there are too few to compare.
    """
    rows = _rows(agency, year, day)
    if agency.kind == Agency.Kind.AGENCY and agency.ministry_id:
        found = _ranked(agency, rows.filter(agency__ministry=agency.ministry_id), of_ministry=True)
        if found is not None:
            return found
    return _ranked(agency, rows, of_ministry=False)


def _rows(agency: Agency, year: int, day: date | None) -> QuerySet[Disbursement]:
    cut = CUTS[Agency.Kind(agency.kind)][0]
    facts = Disbursement.objects.current(day).in_year(year).in_cut(cut)
    rows: QuerySet[Disbursement] = facts.exclude(agency=None)
    return rows


def _ranked(agency: Agency, rows: QuerySet[Disbursement], *, of_ministry: bool) -> Peers | None:
    sums = (
        rows.order_by()
        .values(code=F("agency__code"), name=F("agency__name"), name_en=F("agency__name_en"))
        .annotate(after_transfer=Sum("after_transfer"), disbursed=Sum("disbursed"))
    )
    bodies = [
        Peer(**row, share=part)
        for row in sums
        if (part := share(row["disbursed"], row["after_transfer"])) is not None
    ]
    bodies.sort(key=lambda peer: (-peer.share, peer.code))
    own = next((place for place, peer in enumerate(bodies) if peer.code == agency.code), None)
    if own is None or len(bodies) < FEWEST:
        return None
    return Peers(tuple(bodies), own, of_ministry)
