"""Who receives public money: the bodies by kind and ministry, each with its money in the newest week and
book.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value

from .coverage import BOOK
from .models import Agency, AllocationTotal, Disbursement, Edition
from .models.places import AgencyQuerySet
from .overview import WEEKLY
from .purses import CUTS, PRINCIPAL_CUTS, share

KINDS = tuple(kind for kind in Agency.Kind if kind is not Agency.Kind.MINISTRY)


@dataclass(frozen=True, slots=True)
class Group:
    """All bodies of a kind: how many, their money after transfer and what is paid of it, in baht, in the
    newest week.
    """

    kind: Agency.Kind
    bodies: int
    after_transfer: Decimal | None
    disbursed: Decimal | None

    @property
    def disbursed_share(self) -> Decimal | None:
        return share(self.disbursed, self.after_transfer)


def roster(
    *,
    kind: str = "",
    ministry: str = "",
    words: str = "",
    day: date | None = None,
    year: int | None = None,
) -> AgencyQuerySet:
    """Bodies with their money: `given` after transfer and `paid` in the newest week, `book` in the newest
    book, in baht; in those of one fiscal year (Common Era), if given.

    `words` are looked for in every name under which a body was published, and in its code.
    """
    bodies = Agency.objects.select_related("ministry")
    if kind:
        bodies = bodies.filter(kind=kind)
    if ministry:
        bodies = bodies.filter(ministry__code=ministry)
    for word in words.split():
        bodies = bodies.filter(pk__in=_named(word))
    return with_money(bodies, day, year)


def with_money(bodies: AgencyQuerySet, day: date | None = None, year: int | None = None) -> AgencyQuerySet:
    """The bodies with `given`, `paid` and `book` beside them, as known on `day` (None: now)."""
    weekly = Disbursement.objects.current(day).filter(fiscal_year=year or newest_year(WEEKLY, day))
    weekly = weekly.filter(agency=OuterRef("pk"), cut__in=PRINCIPAL_CUTS)
    book = AllocationTotal.objects.current(day).filter(fiscal_year=year or newest_year(BOOK, day))
    own = book.filter(Q(agency=OuterRef("pk")) | Q(ministry=OuterRef("pk")))
    found: AgencyQuerySet = bodies.annotate(
        given=_sum(weekly, "after_transfer"), paid=_sum(weekly, "disbursed"), book=_sum(own, "amount")
    )
    return found


def newest_year(dataset: str, day: date | None = None) -> Subquery:
    """The newest fiscal year (Common Era) of a data set, for use within a query."""
    dated = Edition.objects.of(dataset).known_on(day).exclude(fiscal_year=None)
    return Subquery(dated.order_by("-fiscal_year").values("fiscal_year")[:1])


def groups(day: date | None = None) -> Sequence[Group]:
    """The kinds of bodies outside the ministries with their sums, in two queries."""
    counts = dict(Agency.objects.order_by().values_list("kind").annotate(Count("pk")))
    cuts = {CUTS[kind][0]: kind for kind in KINDS}
    sums = {
        cuts[row["cut"]]: row
        for row in Disbursement.objects.current(day)
        .filter(cut__in=cuts, fiscal_year=newest_year(WEEKLY, day))
        .order_by()
        .values("cut")
        .annotate(given=Sum("after_transfer"), paid=Sum("disbursed"))
    }
    none: dict[str, Decimal | None] = {"given": None, "paid": None}
    return [
        Group(kind, counts[kind], sums.get(kind, none)["given"], sums.get(kind, none)["paid"])
        for kind in KINDS
        if counts.get(kind)
    ]


def _named(word: str) -> QuerySet[Any, Any]:
    return Agency.objects.filter(
        Q(code__iexact=word)
        | Q(name__icontains=word)
        | Q(name_en__icontains=word)
        | Q(names__name__icontains=word)
    ).values("pk")


def _sum(facts: QuerySet[Any], measure: str) -> Subquery:
    """The sum of one amount over facts that are tied to a body by OuterRef."""
    sums = facts.order_by().annotate(one=Value(1)).values("one").annotate(sum=Sum(measure)).values("sum")
    return Subquery(sums, output_field=DecimalField(max_digits=20, decimal_places=2))
