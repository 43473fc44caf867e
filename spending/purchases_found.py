"""What a search finds among purchases: their titles, who won, and who bought. No natural person is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Func, Max, Q, QuerySet, Sum, Value, Window

from . import lately, winners
from .found import NOTHING, Group, Hit, Kind, answering, estimated, of_keys, spans
from .kept_readings import Among, Answering, Question
from .matching import named, rank
from .models import Buyer, BuyerTotal, Project, ProjectBuyerTotal, Supplier
from .questions import Reading
from .statements import Row, compared

MOST = 2_000  # purchases that are counted and ranked; of more the newest are shown
SURELY_FEW = 1_000  # purchases that the database expects; where it expects more, the newest are looked at
SURELY_QUICK = 50_000  # pages of the table that it expects to cost as much; where more, likewise
RANKED_WELL = 1_000  # purchases whose words are compared one by one
MOST_NAMES_COUNTED = 1_000  # suppliers
PURCHASE = ("number", "name", "budget", "fiscal_year", "buyer__name", "province__name")
KINDS = (Kind.PURCHASE, Kind.SUPPLIER, Kind.BUYER)


def purchases_found(
    purchases: Among,
    reading: Reading,
    day: date | None,
    *,
    year: int | None = None,
    start: int,
    size: int,
    names: int,
) -> dict[Kind, Group]:
    """The purchases under a query that answer a reading, and the suppliers and departments so called.

    `year` (Common Era) is the one that the query asks for, None for all. Amounts are budgets of purchases
    (baht), what suppliers won, and what departments agreed on. `start` and `size` are of purchases, `names`
    the most of suppliers and departments each.
    """
    kept = winners.counted(reading.year) if day is None else None
    return {
        Kind.PURCHASE: _purchases(purchases, reading, day, year, slice(start, start + size)),
        Kind.SUPPLIER: _suppliers(reading, day, names, kept),
        Kind.BUYER: _buyers(reading, day, names, is_kept=kept is not None and reading.year is None),
    }


def _purchases(purchases: Among, reading: Reading, day: date | None, year: int | None, shown: slice) -> Group:
    editions = _newest_editions(day, reading.year or year)
    if not editions:
        return NOTHING
    found = answering(purchases, reading)
    number, cost = found.ask("keys", _keys).expected()
    if number > SURELY_FEW or cost > SURELY_QUICK:
        every = Answering(purchases, reading.of_year, lambda _reading: Q())
        number = lately.share(found, editions[0]).of(every.ask("keys", _keys).expected().rows)
    ranked = _ranked(found, number, shown) if number <= MOST else None
    if ranked is not None:
        return ranked
    keys = lately.newest_first(found, editions, shown)
    return Group(max(number, MOST), None, _shown(keys, reading), about=True)


def _keys(purchases: QuerySet[Any], answers: Q, _reading: Reading) -> QuerySet[Any, Any]:
    return purchases.filter(answers).order_by().values_list("pk")


def _newest_editions(day: date | None, year: int | None) -> list[int]:
    """The editions that answer, the newest year first."""
    among = winners.editions_and_years(day, year)
    return [edition for edition, _year in sorted(among, key=lambda one: (-(one[1] or 0), -one[0]))]


def _ranked(found: Answering, expected: int, shown: slice) -> Group | None:
    """The purchases that answer, counted, best first; None if they are more than MOST."""
    roughly = expected > RANKED_WELL

    def scored(purchases: QuerySet[Any], answers: Q, reading: Reading) -> Any:
        score = rank(reading, roughly=roughly)
        rows = purchases.filter(answers).order_by().annotate(score=score)
        return rows.values_list("pk", "score", "budget", "number")[: MOST + 1]

    rows: list[Any] = found.ask(f"scored {roughly} {MOST}", scored).rows()
    if len(rows) > MOST:
        return None
    rows.sort(key=_order)
    amount = sum((row[2] for row in rows if row[2] is not None), Decimal(0))
    return Group(len(rows), amount, _shown([row[0] for row in rows[shown]], found.reading))


def _order(row: tuple[int, int, Decimal | None, str]) -> tuple[int, bool, Decimal, str]:
    """Best first; equals by budget, the largest first and those without one last; then by number."""
    _key, score, budget, number = row
    return -score, budget is None, -(budget or Decimal(0)), number


def _shown(keys: Sequence[int], reading: Reading) -> tuple[Hit, ...]:
    return tuple(_purchase(row, reading) for row in of_keys(Project, keys, PURCHASE))


def _purchase(row: Row, reading: Reading) -> Hit:
    number, name, budget, year, buyer, place = row
    shown = spans(name, reading)
    return Hit(Kind.PURCHASE, number, name, shown, budget, year=year, agency=buyer, place=place or "")


def _suppliers(reading: Reading, day: date | None, size: int, kept: int | None) -> Group:
    if not reading.terms:
        return NOTHING
    about = 0 if kept is not None and kept <= MOST_NAMES_COUNTED else _so_called_about(reading, kept)
    is_about = about > MOST_NAMES_COUNTED

    def won(called: Reading) -> Any:
        rows = winners.kept_sums(called.year) if kept is not None else winners.winners(day, called.year)
        if is_about:  # the largest winners are looked through until so many are found
            found = rows.filter(supplier__in=_so_called(Supplier, called)).order_by("-won", "supplier")
            return found.values_list("supplier", "won", Value(0))[:size]  # not counted
        # All are found, counted and sorted: a sum is in the order of no index.
        found = rows.filter(_one_of("supplier", _so_called(Supplier, called)))
        found = found.annotate(every=Window(Count("*"))).order_by((F("won") + Decimal(0)).desc(), "supplier")
        return found.values_list("supplier", "won", "every")[:size]

    shape = None if kept is None else ("suppliers", is_about, size)
    rows = Question(shape, won, reading.with_synonyms).rows()
    called = of_keys(Supplier, [row[0] for row in rows], ("code", "name"))
    hits = (
        Hit(Kind.SUPPLIER, code, name, spans(name, reading), won)
        for (code, name), (_key, won, _every) in zip(called, rows, strict=True)
    )
    return Group(about if is_about else _counted(rows), None, tuple(hits), about=is_about)


def _counted(rows: Sequence[Row]) -> int:
    """How many rows there are of which these are the first: each tells it last."""
    return rows[0][-1] if rows else 0


def _so_called_about(reading: Reading, suppliers: int | None) -> int:
    """About how many of so many suppliers (None: of all) are so called: what the database expects where that
    is few, else by the share of those that were met last.
    """
    every = Among(Supplier.objects.order_by(), "suppliers")
    called = Answering(every, reading.with_synonyms, named)
    number = called.ask("keys", _keys).expected().rows
    if number <= MOST_NAMES_COUNTED:
        return number
    met = lately.share(called)
    return met.of(estimated(Supplier.objects.values_list("pk")) if suppliers is None else suppliers)


def _buyers(reading: Reading, day: date | None, size: int, *, is_kept: bool) -> Group:
    if not reading.terms:
        return NOTHING

    def kept(called: Reading) -> Any:
        sums = BuyerTotal.objects.filter(_one_of("buyer", _so_called(Buyer, called)))
        rows = sums.annotate(every=Window(Count("*"))).order_by("-agreed_price", "buyer")
        return rows.values_list("buyer", "agreed_price", "last_year", "every")[:size]

    def summed(called: Reading, editions: Any) -> Any:
        totals = ProjectBuyerTotal.objects.filter(
            compared(F("edition"), "= ANY", editions), _one_of("buyer", _so_called(Buyer, called))
        )
        if called.year is not None:
            totals = totals.in_year(called.year)
        # Summed by their keys: names are read of those that are shown.
        groups = totals.order_by().values("buyer").annotate(sum=Sum("agreed_price"), last=Max("fiscal_year"))
        rows = groups.annotate(every=Window(Count("*"))).order_by("-sum", "buyer")
        return rows.values_list("buyer", "sum", "last", "every")[:size]

    if is_kept:
        asked = Question(("buyers kept", size), kept, reading.with_synonyms)
    else:
        editions = {"editions": winners.editions(day, reading.year)}
        asked = Question(("buyers", size), summed, reading.with_synonyms, editions)
    rows = asked.rows()
    called = of_keys(Buyer, [row[0] for row in rows], ("code", "name"))
    hits = (
        Hit(Kind.BUYER, code, name, spans(name, reading), amount, year=year)  # the newest, where its page is
        for (code, name), (_key, amount, year, _every) in zip(called, rows, strict=True)
    )
    return Group(_counted(rows), None, tuple(hits))


def _one_of(column: str, keys: QuerySet[Any, Any]) -> Func:
    """The condition that a column has one of some keys, which are looked up first: what is expected of how
    many there are had let whole tables be read for some hundred of them.
    """
    return compared(F(column), "= ANY", ArraySubquery(keys))


def _so_called(model: Any, reading: Reading) -> Any:
    return model._default_manager.filter(named(reading)).order_by().values("pk")
