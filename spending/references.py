"""What the amounts under a query are measured by: the published values that `?per=` and `?prices=` need.

Values of later editions stand before those of earlier ones; the index of an answer is that of one edition
throughout, since two indices with other bases cannot be compared. Nothing is extrapolated: a year without a
published value is not known, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from .breakdowns import Dimension
from .filters import BadQuery, Filter
from .fiscal import buddhist
from .models import Province, ReferenceValue
from .yardsticks import COUNTRY, NEEDS, NOWHERE, Per, Series, Yardstick

Key = tuple[Series, str, int]  # series, area, fiscal year (Common Era)


@dataclass(frozen=True)
class Measure:
    """How the amounts of one answer are measured, and the published values behind it.

    `areas` are the codes of provinces by name, where an answer is split by province. `area` is where the
    people behind all amounts live: the country, one province, or nowhere where money is in no province.
    """

    yardstick: Yardstick
    rows: Mapping[Key, ReferenceValue]
    areas: Mapping[str, str] = field(default_factory=dict)
    area: str = COUNTRY

    @property
    def per(self) -> Per | None:
        return self.yardstick.per

    @property
    def prices(self) -> int | None:
        return self.yardstick.prices

    def area_of(self, place: str) -> str:
        """The area of a slice, by the name or the code of a province; nowhere where it is none."""
        if not self.areas:
            return self.area
        return place if place in self.areas.values() else self.areas.get(place, NOWHERE)

    @property
    def used(self) -> list[ReferenceValue]:
        """The published values that measured the answer so far."""
        return [self.rows[key] for key in self.yardstick.used]

    @property
    def missing(self) -> list[Key]:
        """What was looked up so far and is not published."""
        return self.yardstick.missing


def measure_of(query: Filter, by: Dimension | None = None) -> Measure | None:
    """How a query wants its amounts told; None where it wants them as published. In one query, or two.

    Raises BadQuery where the two words exclude each other, or nothing at all is published of what they need.
    """
    per, prices = query.values.get("per"), query.values.get("prices")
    place = query.values.get("province")
    found = measure_for(per, prices, query.as_of)
    if found is None or per is not Per.CAPITA or (by is not Dimension.PROVINCE and place is None):
        return found
    areas = dict(Province.objects.values_list("name", "code"))
    area = COUNTRY if place is None else areas.get(place, NOWHERE)
    return replace(found, areas=areas if by is Dimension.PROVINCE else {}, area=area)


def measure_for(per: Per | None, prices: int | None, day: date | None) -> Measure | None:
    """How amounts are to be told, as known on `day`; None where as published. In one query, or none.

    Raises BadQuery as `measure_of` does.
    """
    if per is None and prices is None:
        return None
    if prices is not None and per in (Per.GDP, Per.TOTAL):
        message = _("prices and per=%(per)s exclude each other: a share is told in its own year's prices.")
        raise BadQuery("prices", message % {"per": per.value})
    rows = _rows(per, prices, day)
    _refuse_the_unknown(per, prices, rows)
    if prices is not None and (Series.CPI, COUNTRY, prices) not in rows:
        raise BadQuery("prices", _no_prices_of(prices, rows))
    return Measure(Yardstick(per, prices, {key: row.value for key, row in rows.items()}), rows)


def with_total(measure: Measure, total: Decimal) -> Measure:
    """The same with the sum that shares of the total are of."""
    return replace(measure, yardstick=replace(measure.yardstick, total=total))


def unasked(measure: Measure) -> Measure:
    """The same with nothing looked up yet: for figures whose years an answer does not name."""
    return replace(measure, yardstick=replace(measure.yardstick, asked=set()))


def people(day: date | None = None) -> dict[Key, ReferenceValue]:
    """Every count of people that is published as known on `day`, by area and fiscal year. One query."""
    return _rows(Per.CAPITA, None, day)


def people_of(year: int, counts: Mapping[Key, ReferenceValue]) -> dict[str, Decimal]:
    """The people of each area in one fiscal year (Common Era), from the counts of all years."""
    return {area: row.value for (_series, area, of), row in counts.items() if of == year}


def at_hand(day: date | None = None) -> dict[Series, int]:
    """The series of which anything is published, each with its newest fiscal year (Common Era). One query."""
    found = ReferenceValue.objects.current(day).filter(province=None).order_by().values("series")
    return {Series(row["series"]): row["newest"] for row in found.annotate(newest=Max("fiscal_year"))}


def _rows(per: Per | None, prices: int | None, day: date | None) -> dict[Key, ReferenceValue]:
    """The published values that an answer may need; the latest edition of each place and year stands."""
    needed = {NEEDS[per]} if per is not None and per in NEEDS else set()
    needed |= {Series.CPI} if prices is not None else set()
    if not needed:
        return {}
    found = ReferenceValue.objects.current(day).filter(series__in=needed)
    ordered = found.select_related("edition", "province").order_by("edition__as_of", "edition")
    rows: dict[Key, Any] = {}
    for row in _of_one_index(list(ordered), prices):
        area = row.province.code if row.province is not None else COUNTRY
        rows[Series(row.series), area, row.fiscal_year] = row
    return rows


def _of_one_index(rows: list[ReferenceValue], prices: int | None) -> list[ReferenceValue]:
    """The values with but one edition of the index: the latest that has the year in whose prices is told."""
    indices = [row for row in rows if row.series == Series.CPI]
    having = [row for row in indices if row.fiscal_year == prices] or indices
    if not having:
        return rows
    chosen = having[-1].edition_id
    return [row for row in rows if row.series != Series.CPI or row.edition_id == chosen]


def _refuse_the_unknown(per: Per | None, prices: int | None, rows: Mapping[Key, ReferenceValue]) -> None:
    known = {series for series, _area, _year in rows}
    how = _("Whoever runs the site can load one; see “What amounts are measured by” in docs/operations.md.")
    if per is Per.CAPITA and Series.POPULATION not in known:
        message = _("per=capita is not available: no published population is loaded on this site.")
        raise BadQuery("per", f"{message} {how}")
    if per is Per.GDP and Series.GDP not in known:
        message = _("per=gdp is not available: no published gross domestic product is loaded on this site.")
        raise BadQuery("per", f"{message} {how}")
    if prices is not None and Series.CPI not in known:
        message = _("prices is not available: no published price index is loaded on this site.")
        raise BadQuery("prices", f"{message} {how}")


def _no_prices_of(prices: int, rows: Mapping[Key, ReferenceValue]) -> str:
    years = [year for series, _area, year in rows if series is Series.CPI]
    message = _(
        "prices takes a year whose price index is published here, %(first)s to %(last)s; %(year)s is none."
    )
    figures = {"first": buddhist(min(years)), "last": buddhist(max(years)), "year": buddhist(prices)}
    return message % figures
