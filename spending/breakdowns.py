"""Where a sum of money goes: the one way in which facts become the numbers a reader sees.

`break_down()` groups a QuerySet of facts (or of the totals kept beside them) by one `Dimension`; the
page, the chart, the API and the download all show its answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Count, F, Func, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Concat

from . import terms
from .models import Area
from .models.classification import PATH_SEPARATOR

NONE_CODE = (
    "-"  # code of the row for facts that have no value in a dimension, e.g. personnel without a project
)


class Dimension(Enum):
    """A way to slice spending; the value is its name in addresses (`?by=ministry`)."""

    MINISTRY = "ministry"
    AGENCY = "agency"
    PLAN = "plan"
    ACTIVITY = "activity"
    CATEGORY = "category"
    CROSS_CUTTING = "cross_cutting"
    YEAR = "year"
    PROVINCE = "province"
    DISTRICT = "district"
    STRATEGY = "strategy"
    ECONOMIC = "economic"
    METHOD = "method"
    TYPE = "type"
    BUYER = "buyer"
    SUPPLIER = "supplier"
    WINNER = "winner"
    FUNCTION = "function"
    TASK = "task"
    BUDGET_TYPE = "budget_type"
    GROUP = "group"
    RULE = "rule"
    PUBLISHER = "publisher"
    STATUS = "status"
    DIRECTION = "direction"
    PHASE = "phase"
    OF_PACKAGE = "dimension"

    @property
    def fields(self) -> tuple[str, str, str]:
        """Lookups of the code, the name and the English name, from a fact."""
        return _FIELDS[self]


_FIELDS = {
    Dimension.MINISTRY: ("ministry__code", "ministry__name", "ministry__name_en"),
    Dimension.AGENCY: ("agency__code", "agency__name", "agency__name_en"),
    Dimension.PLAN: ("plan__name", "plan__name", ""),
    Dimension.ACTIVITY: ("activity__name", "activity__name", ""),
    Dimension.CATEGORY: ("category__path", "category__path", ""),
    Dimension.CROSS_CUTTING: ("plan__cross_cutting", "plan__cross_cutting", ""),
    Dimension.YEAR: ("fiscal_year", "fiscal_year", ""),
    Dimension.PROVINCE: ("budget_province", "budget_province", ""),
    Dimension.DISTRICT: ("district", "district", ""),
    Dimension.STRATEGY: ("strategy", "strategy", ""),
    Dimension.ECONOMIC: ("economic", "economic", ""),
    Dimension.METHOD: ("method", "method", ""),
    Dimension.TYPE: ("kind", "kind", ""),
    Dimension.BUYER: ("buyer__code", "buyer__name", ""),
    Dimension.SUPPLIER: ("supplier__code", "supplier__name", ""),
    Dimension.WINNER: ("winner_kind", "winner_kind", ""),
    Dimension.FUNCTION: ("function", "function", ""),
    Dimension.TASK: ("task", "task", ""),
    Dimension.BUDGET_TYPE: ("budget_type", "budget_type", ""),
    Dimension.GROUP: ("group", "group", ""),
    Dimension.RULE: ("rule", "rule", ""),
    Dimension.PUBLISHER: ("publisher", "publisher", ""),
    Dimension.STATUS: ("status", "status", ""),
    Dimension.DIRECTION: ("direction", "direction", ""),
    Dimension.PHASE: ("phase", "phase", ""),
    Dimension.OF_PACKAGE: ("dimension_value", "dimension_value", ""),
}

OF_TERMS = (Dimension.CATEGORY, Dimension.METHOD, Dimension.BUDGET_TYPE, Dimension.GROUP)
"""The dimensions whose slices have fixed names."""


@dataclass(frozen=True, slots=True)
class Row:
    """One slice: its published code and name, its sum in baht (or in the currency asked for), and its share
    of the whole (0 to 1).

    `share` is None where the whole is zero. `lines` is how many facts were summed.
    """

    code: str
    name: str
    name_en: str
    amount: Decimal
    lines: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The slices of a sum, largest first; their amounts add up to `total` exactly. Amounts in baht.

    With a limit, the slices beyond it are summed in `rest` (None where nothing is left over), and
    `hidden` counts them.
    """

    dimension: Dimension
    rows: tuple[Row, ...]
    total: Decimal
    lines: int
    rest: Row | None = None
    hidden: int = 0

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows and, where there is one, the rest."""
        return self.rows if self.rest is None else (*self.rows, self.rest)


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a series: its sum in baht, None where nothing is known of that year."""

    year: int
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Series:
    """The sums of one slice over the years, oldest first. Years in Common Era, amounts in baht."""

    code: str
    name: str
    name_en: str
    points: tuple[Point, ...]


def break_down(
    facts: QuerySet[Any],
    dimension: Dimension,
    *,
    limit: int | None = None,
    level: int = 1,
    measure: str = "amount",
) -> Breakdown:
    """Sum `measure` (baht) of `facts` by one dimension, in one query.

    `level` is the depth for categories: 1 for the five budget types. `limit` keeps the largest slices and
    sums the others.
    """
    groups = _grouped(facts, dimension, level, measure)
    if limit is not None:
        return _largest(groups, dimension, limit)
    return breakdown_of(_read(groups, dimension), dimension)


def breakdown_of(slices: Iterable[Mapping[str, Any]], dimension: Dimension) -> Breakdown:
    """The breakdown by a dimension of slices with `code`, `name`, `name_en`, `sum` (baht) and `counted`."""
    found = list(slices)
    total = sum((group["sum"] for group in found), Decimal(0))
    rows = [_row(group, dimension, total) for group in found]
    rows.sort(key=lambda row: (-row.amount, row.code))
    return Breakdown(dimension, tuple(rows), total, sum(row.lines for row in rows))


def _largest(groups: QuerySet[Any, Any], dimension: Dimension, limit: int) -> Breakdown:
    """The breakdown of which only the largest slices leave the database, with the sums of all."""
    names = [*groups.query.values_select, *groups.query.annotation_select]
    try:
        sql, values = groups.query.sql_with_params()
    except EmptyResultSet:
        return Breakdown(dimension, (), Decimal(0), 0)
    with connection.cursor() as cursor:
        cursor.execute(_FIRST.format(sql=sql), [*values, limit])
        found = [dict(zip((*names, *_WHOLE), row, strict=True)) for row in cursor.fetchall()]
    if not found:
        return Breakdown(dimension, (), Decimal(0), 0)
    total, lines, number = found[0]["whole"], int(found[0]["lines"]), found[0]["number"]
    named = _with_districts_named([_plain(group) for group in found], dimension)
    rows = [_row(group, dimension, total) for group in named]
    rows.sort(key=lambda row: (-row.amount, row.code))
    rest, hidden = beside(rows, number, total, lines)
    return Breakdown(dimension, tuple(rows), total, lines, rest, hidden)


_WHOLE = ("whole", "lines", "number")
_FIRST = (
    "SELECT found.*, sum(slice_sum) OVER (), sum(slice_counted) OVER (), count(*) OVER () "
    "FROM ({sql}) found ORDER BY slice_sum DESC, slice_code LIMIT %s"
)


def beside(rows: list[Row], number: int, total: Decimal, lines: int) -> tuple[Row | None, int]:
    """What is left of a sum of `number` slices beside some of them, in one row, and how many it hides."""
    hidden = number - len(rows)
    if not hidden:
        return None, 0
    amount = total - sum((row.amount for row in rows), Decimal(0))
    counted = lines - sum(row.lines for row in rows)
    return Row("", "", "", amount, counted, share_of(amount, total)), hidden


def over_years(
    facts: QuerySet[Any],
    dimension: Dimension,
    codes: Iterable[str],
    *,
    level: int = 1,
    measure: str = "amount",
) -> tuple[Series, ...]:
    """The sums of some slices over all years of `facts`, in one query; a year without facts of any slice
    is left out.
    """
    groups = _read(_grouped(facts, dimension, level, measure, by_year=True), dimension)
    years = sorted({group["year"] for group in groups})
    slices: dict[str, dict[int, Any]] = {}
    for group in groups:
        slices.setdefault(_code(group, dimension), {})[group["year"]] = group
    return tuple(_series(code, dimension, slices[code], years) for code in codes if code in slices)


def _grouped(
    facts: QuerySet[Any], dimension: Dimension, level: int, measure: str, *, by_year: bool = False
) -> QuerySet[Any, Any]:
    code, name, name_en = fields_from(facts.model, dimension)
    columns: dict[str, Any] = {"slice_code": F(code), "slice_name": F(name)}
    if name_en:
        columns["slice_name_en"] = F(name_en)
    if dimension is Dimension.CATEGORY:
        columns = {"slice_code": PathTo(level), "slice_name": PathTo(level)}
    if dimension is Dimension.DISTRICT:
        columns["slice_code"] = in_its_province()
    if by_year:
        columns["slice_year"] = F("fiscal_year")
    counted = Sum("lines") if _is_totals(facts) else Count("pk")
    groups: QuerySet[Any, Any] = (
        facts.order_by()
        .values(**columns)
        .annotate(slice_sum=Coalesce(Sum(measure), Value(Decimal(0))), slice_counted=counted)
        .values(*columns, "slice_sum", "slice_counted")
    )
    return groups


def _read(groups: QuerySet[Any, Any], dimension: Dimension) -> list[dict[str, Any]]:
    return _with_districts_named([_plain(group) for group in groups], dimension)


def _with_districts_named(groups: list[dict[str, Any]], dimension: Dimension) -> list[dict[str, Any]]:
    """Slices by district with their English names, where the list of districts at hand has them."""
    if dimension is Dimension.DISTRICT and groups:
        english = districts_in_english()
        groups = [{**group, "name_en": english.get(group["code"], "")} for group in groups]
    return groups


def districts_in_english() -> dict[str, str]:
    """The English names of the districts, by what stands for them in addresses (`นนทบุรี/ปากเกร็ด`)."""
    areas = Area.objects.current().filter(level=Area.Level.DISTRICT).order_by()
    return dict(areas.values_list(in_its_province("name"), "name_en"))


def _plain(group: dict[str, Any]) -> dict[str, Any]:
    return {name.removeprefix("slice_"): value for name, value in group.items()}


def fields_from(model: Any, dimension: Dimension) -> tuple[str, str, str]:
    """Lookups of the code, the name and the English name from a model that may reach them in its own way."""
    found: tuple[str, str, str] = getattr(model, "slices", {}).get(dimension.value, dimension.fields)
    return found


def _is_totals(facts: QuerySet[Any]) -> bool:
    return any(field.name == "lines" for field in facts.model._meta.concrete_fields)


def in_its_province(name: str = "district") -> Case:
    """The code of a district by the column of its name, behind its province: two may have the same name."""
    province = Coalesce("province__name", Value(NONE_CODE))
    code = Concat(province, Value(PATH_SEPARATOR), name)
    return Case(When(**{name: ""}, then=Value("")), default=code, output_field=CharField())


class PathTo(Func):
    """The code of a fact's category, cut off at a depth: `งบลงทุน/ค่าครุภัณฑ์/…` to level 1 is `งบลงทุน`."""

    template = "array_to_string((string_to_array(%(expressions)s, '/'))[1:%(level)s], '/')"
    output_field = CharField()

    def __init__(self, level: int) -> None:
        super().__init__(F("category__path"), level=int(level))


def _code(group: Mapping[str, Any], dimension: Dimension) -> str:
    code = group["code"]
    if code is None or code == "":
        return NONE_CODE
    if dimension is Dimension.CROSS_CUTTING:
        return "yes" if code else "no"
    return str(code)


def _name(group: Mapping[str, Any], dimension: Dimension) -> str:
    name = "" if group["name"] is None else str(group["name"])
    return name.rsplit(PATH_SEPARATOR, 1)[-1] if dimension is Dimension.CATEGORY else name


def _name_en(group: Mapping[str, Any], dimension: Dimension) -> str:
    known = group.get("name_en") or ""
    return known or (terms.in_english(_name(group, dimension)) if dimension in OF_TERMS else "")


def _row(group: Mapping[str, Any], dimension: Dimension, total: Decimal) -> Row:
    code = _code(group, dimension)
    return Row(
        code=code,
        name=_name(group, dimension),
        name_en=_name_en(group, dimension),
        amount=group["sum"],
        lines=group["counted"],
        share=share_of(group["sum"], total),
    )


def share_of(amount: Decimal, whole: Decimal) -> Decimal | None:
    """The share of an amount in a whole, exact to six places, and to twelve where six would make it nothing.

    None where the whole is zero.
    """
    if whole == 0:
        return None
    share = (amount / whole).quantize(Decimal("0.000001"))
    return share if share or not amount else (amount / whole).quantize(Decimal("0.000000000001"))


def _series(code: str, dimension: Dimension, groups: dict[int, Any], years: list[int]) -> Series:
    first = next(iter(groups.values()))
    points = tuple(Point(year, groups[year]["sum"] if year in groups else None) for year in years)
    return Series(code, _name(first, dimension), _name_en(first, dimension), points)
