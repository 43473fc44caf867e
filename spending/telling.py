"""Amounts as `?per=` and `?prices=` ask for them, beside the published ones: in sums, rows and files.

The published amount always stands where it stood; the measured figure is added to it as `measured`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any

from django.db.models import Case, CharField, DecimalField, ExpressionWrapper, F, Value, When
from django.db.models.functions import Round
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .breakdowns import Breakdown, Dimension, Series, over_years
from .columns import Column
from .exports import plain
from .filters import Filter
from .fiscal import buddhist
from .models import ReferenceValue
from .references import Key, Measure, unasked, with_total
from .resources import Resource
from .yardsticks import DIGITS, NOWHERE, Per, trimmed
from .yardsticks import Series as Published

SCALE = 30  # decimals the database keeps while it divides: far beyond what is told
Json = dict[str, Any]
MEANS = {
    "measured": gettext_noop(
        "the amount as per and prices ask for it, rounded by itself, so that the sum of such figures may "
        "differ from that of the sum; empty where it is not known"
    ),
    "measured_in": gettext_noop("what the measured figure counts"),
    "measured_by": gettext_noop("editions of the published values it was measured by"),
}


# Sums


def told_breakdown(query: Filter, parts: Breakdown, measure: Measure) -> tuple[list[Decimal | None], Json]:
    """The measured figures of the slices of a breakdown, in their order; and of its rest and total."""
    if measure.per is Per.TOTAL:
        measure = with_total(measure, parts.total)
    slices = _by_year(query, parts)
    rows = [measure.yardstick.together(slices[row.code], measure.area_of(row.code)) for row in parts.rows]
    whole = _years(query, parts)
    left = _less(whole, [slices[row.code] for row in parts.rows])
    area = measure.area if not measure.areas else measure.area_of("") if parts.rest else measure.area
    rest = measure.yardstick.together(left, area) if parts.rest else None
    return rows, {"rest": rest, "total": measure.yardstick.together(whole, measure.area)}


Years = list[tuple[int, Decimal]]  # fiscal years (Common Era), each with its amount


def _by_year(query: Filter, parts: Breakdown) -> dict[str, Years]:
    """The amounts of each slice by fiscal year."""
    if parts.dimension is Dimension.YEAR:
        return {row.code: [(int(row.code), row.amount)] for row in parts.rows}
    if query.year is not None:
        return {row.code: [(query.year, row.amount)] for row in parts.rows}
    codes = [row.code for row in parts.rows]
    by = parts.dimension
    found = over_years(query.facts(by), by, codes, level=query.level, measure=query.measure)
    return {
        one.code: [(point.year, point.amount) for point in one.points if point.amount is not None]
        for one in found
    }


def _years(query: Filter, parts: Breakdown) -> Years:
    """The whole sum by fiscal year."""
    if parts.dimension is Dimension.YEAR and parts.rest is None:
        return [(int(row.code), row.amount) for row in parts.rows]
    if query.year is not None:
        return [(query.year, parts.total)]
    found = query.broken_down(Dimension.YEAR, measure=query.measure)
    return [(int(row.code), row.amount) for row in found.rows]


def _less(whole: Years, slices: Sequence[Years]) -> Years:
    """What is left of a sum by year when slices of it are taken away."""
    left = dict(whole)
    for years in slices:
        for year, amount in years:
            left[year] -= amount
    return [(year, amount) for year, amount in left.items() if amount]


def told_series(query: Filter, series: Sequence[Series], by: Dimension, measure: Measure) -> list[list[Any]]:
    """The measured figures of the points of each series, in their order; shares are of each year's total."""
    totals: dict[int, Decimal] = {}
    if measure.per is Per.TOTAL:
        found = query.broken_down(Dimension.YEAR, measure=query.measure)
        totals = {int(row.code): row.amount for row in found.rows}
    return [
        [
            measure.yardstick.measured(
                point.amount, point.year, measure.area_of(one.code), totals.get(point.year)
            )
            for point in one.points
        ]
        for one in series
    ]


# Rows and files


def with_measured(resource: Resource, query: Filter, measure: Measure) -> Resource:
    """The resource with three more columns: the measured figure, what it counts, what measured it."""
    if measure.per is Per.TOTAL:
        measure = with_total(measure, query.broken_down(Dimension.YEAR, measure=query.measure).total)
    measure = unasked(measure)
    years = [query.year] if query.year is not None else _known_years(measure)
    return replace(resource, columns=(*resource.columns, *_columns(query.measure, years, measure)))


def _columns(amount: str, years: Sequence[int], measure: Measure) -> list[Column]:
    kind = DecimalField(max_digits=38, decimal_places=measure.yardstick.places)
    wide = DecimalField(max_digits=76, decimal_places=SCALE)
    figures, editions = [], []
    for year in years:
        ratio = measure.yardstick.ratio(year, measure.area)
        if ratio is None:
            continue
        with localcontext(prec=2 * DIGITS):
            times = ratio.times.quantize(Decimal(1).scaleb(-SCALE))
        exact = ExpressionWrapper(F(amount) * Value(times, wide) / Value(ratio.by, wide), wide)
        figures.append(When(fiscal_year=year, then=Round(exact, measure.yardstick.places)))
        editions.append(When(fiscal_year=year, then=Value(" ".join(_editions(measure, year)))))
    if measure.per is Per.TOTAL:  # the same ratio for every year, also those that nobody counted
        figures = [When(fiscal_year__isnull=False, then=figures[0].result)] if figures else []
        editions = []
    nothing: Any = Value(None, kind)
    sources: dict[str, Any] = {
        "measured": Case(*figures, default=nothing, output_field=kind) if figures else nothing,
        "measured_in": Value(unit_of(measure), CharField()),
        "measured_by": Case(*editions, default=Value(None), output_field=CharField())
        if editions
        else Value(None, CharField()),
    }
    return [Column(name, _only_in_the_database, MEANS[name], source) for name, source in sources.items()]


def _only_in_the_database(fact: Any) -> Any:
    raise NotImplementedError  # a measured figure is computed by the database alone


def _known_years(measure: Measure) -> list[int]:
    """The fiscal years of which values are at hand; any one for shares of the total, which need none."""
    if measure.per is Per.TOTAL:
        return [1]
    return sorted({year for _series, _area, year in measure.rows})


def _editions(measure: Measure, year: int) -> list[str]:
    """The editions whose values measure the amounts of a year."""
    keys: list[Key] = []
    if measure.per is Per.CAPITA:
        keys.append((Published.POPULATION, measure.area, year))
    if measure.per is Per.GDP:
        keys.append((Published.GDP, "", year))
    if measure.prices is not None:
        keys += [(Published.CPI, "", year), (Published.CPI, "", measure.prices)]
    found = [measure.rows[key].edition.key for key in keys if key in measure.rows]
    return list(dict.fromkeys(found))


# Answers


def in_breakdown(answer: Json, query: Filter, parts: Breakdown, measure: Measure | None) -> Json:
    """A breakdown as JSON with the measured figures beside the published ones."""
    if measure is None:
        return answer
    rows, more = told_breakdown(query, parts, measure)
    told = [row | {"measured": figure} for row, figure in zip(answer["rows"], rows, strict=True)]
    rest = answer["rest"] and answer["rest"] | {"measured": more["rest"]}
    total = more["total"] if parts.rows else None
    whole = {"measured_total": total, "yardstick": as_json(measure)}
    return answer | {"rows": told, "rest": rest} | whole


def in_series(
    answer: Json, query: Filter, series: Sequence[Series], by: Dimension, measure: Measure | None
) -> Json:
    """Series as JSON with the measured figures beside the published ones."""
    if measure is None:
        return answer
    figures = told_series(query, series, by, measure)
    told = [
        line
        | {
            "points": [
                point | {"measured": figure} for point, figure in zip(line["points"], of_line, strict=True)
            ]
        }
        for line, of_line in zip(answer["series"], figures, strict=True)
    ]
    return answer | {"series": told, "yardstick": as_json(measure)}


def of_rows(measure: Measure | None, resource: Resource, keys: Sequence[int]) -> Json:
    """What a page of rows says of how its amounts were measured. Asks for the years of its rows."""
    if measure is None:
        return {}
    rows = resource.filter.model.objects.filter(pk__in=keys).order_by()
    for year in rows.values_list("fiscal_year", flat=True).distinct():
        measure.yardstick.ratio(year, measure.area)
    return {"yardstick": as_json(measure)}


def unit_of(measure: Measure) -> str:
    """What the measured figures count, as data say it."""
    units = {Per.CAPITA: "baht per person", Per.GDP: "share of GDP", Per.TOTAL: "share of the total"}
    unit = units[measure.per] if measure.per else "baht"
    return unit if measure.prices is None else f"{unit} in prices of {buddhist(measure.prices)}"


def as_json(measure: Measure) -> Json:
    """How the amounts of an answer were measured, by which published values, and what was not known."""
    return {
        "per": measure.per.value if measure.per else None,
        "prices": buddhist(measure.prices) if measure.prices else None,
        "unit": unit_of(measure),
        "reference": [reference_as_json(row) for row in measure.used],
        "not_known": [_missing_as_json(key) for key in measure.missing],
    }


def reference_as_json(row: ReferenceValue) -> Json:
    """One published value with its origin."""
    edition = row.edition
    return {
        "series": row.series,
        "area": row.province.code if row.province is not None else "TH",
        "fiscal_year": row.fiscal_year,
        "year": row.year,
        "counted_on": plain(row.counted_on),
        "value": trimmed(row.value),
        "unit": row.unit,
        "base_year": row.base_year,
        "basis": row.basis,
        "publisher": edition.publisher,
        "address": edition.address,
        "licence": edition.licence,
        "as_of": plain(edition.as_of),
        "edition": edition.key,
    }


def _missing_as_json(key: Key) -> Json:
    series, area, year = key
    words = {
        Published.POPULATION: _("No count of people is published here for fiscal year %(year)s."),
        Published.GDP: _("No gross domestic product is published here for fiscal year %(year)s."),
        Published.CPI: _("No consumer price index is published here for fiscal year %(year)s."),
    }
    detail = words[series] % {"year": buddhist(year)}
    if area == NOWHERE:
        detail = _("This money is in no province, so nobody is counted there.")
    return {"series": series.value, "area": area or "TH", "fiscal_year": year, "detail": detail}
