"""A breakdown as a page shows it: the same slices as rows of a table and as parts of a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .breakdowns import NONE_CODE, Breakdown, Dimension, share_of
from .breakdowns import Row as Slice
from .dimension_names import counted, row_name, split_by, title_of
from .palette import OTHER, PLAIN, UNKNOWN, hue_of
from .pictures import Part
from .sentences import name_and_language
from .tables import Column, Kind, Row, Table, bar_lengths

OWN_HUES = (Dimension.MINISTRY, Dimension.AGENCY)
DRAWN = 18  # slices drawn as areas; smaller ones together, for no eye tells them apart

SORTS: Mapping[str, Callable[[Slice], object]] = {
    "name": lambda row: row.name,
    "amount": lambda row: row.amount,
    "lines": lambda row: row.lines,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A breakdown, where each of its slices leads, and its colour where it has none of its own.

    `whole` is the year's sum in baht that slices are also compared with, and `unknown` the part of it that no
    published line accounts for; both None where the page compares with nothing.
    """

    breakdown: Breakdown
    link: Callable[[Slice], str]
    hue: str = PLAIN
    whole: Decimal | None = None
    unknown: Decimal | None = None

    def hue_of(self, row: Slice) -> str:
        """The colour class of one slice."""
        if self.breakdown.dimension not in OWN_HUES:
            return self.hue
        own = hue_of(row.code)
        return self.hue if own == OTHER and self.hue != PLAIN else own

    def name_of(self, row: Slice) -> tuple[str, str]:
        """A slice's name in the reader's language, and the language it is in where it is another."""
        dimension = self.breakdown.dimension
        name = row_name(dimension, row)
        if row.code == NONE_CODE or dimension is Dimension.CROSS_CUTTING:
            return name, ""
        return name_and_language(name, row.name_en)


def ordered(rows: Iterable[Slice], key: str, *, descending: bool) -> list[Slice]:
    """Slices by one of `SORTS`, equal ones by code, so that the order is the same on every page."""
    by_code = sorted(rows, key=lambda row: row.code)
    return sorted(by_code, key=SORTS[key], reverse=descending)  # type: ignore[arg-type]


def table(shown: Shown, rows: Sequence[Slice], columns: Sequence[Column]) -> Table:
    """Some of the slices as a table with bars and shares, above the sum of them all."""
    breakdown = shown.breakdown
    longest = max((row.amount for row in breakdown.rows), default=Decimal(0))
    lengths = bar_lengths([*(row.amount for row in rows), longest])[:-1]
    lines = [_table_row(shown, row, length) for row, length in zip(rows, lengths, strict=True)]
    if breakdown.rest is not None:
        lines.append(_rest_row(shown, breakdown.rest))
    return Table(
        caption=split_by(breakdown.dimension),
        columns=tuple(columns),
        rows=tuple(lines),
        sums=_sums(shown),
    )


def columns(shown: Shown, sort: Callable[[str], str], key: str, *, descending: bool) -> tuple[Column, ...]:
    """The heads of the table: links that sort it, the share of the year where there is something to
    compare.
    """

    def order(name: str) -> str:
        return ("descending" if descending else "ascending") if name == key else ""

    title = title_of(shown.breakdown.dimension)
    heads = [
        Column(title, Kind.NAME, sort=sort("name"), order=order("name")),
        Column(_("Baht"), Kind.MONEY, sort=sort("amount"), order=order("amount")),
        Column(_("Beside the largest"), Kind.BAR),
        Column(_("Share"), Kind.PERCENT),
    ]
    if shown.whole is not None:
        heads.append(Column(_("Of the year's budget"), Kind.PERCENT, wide=True))
    heads.append(
        Column(
            pgettext("of the budget", "Lines"),
            Kind.COUNT,
            wide=True,
            sort=sort("lines"),
            order=order("lines"),
        )
    )
    return tuple(heads)


def plain_columns(shown: Shown) -> tuple[Column, ...]:
    """The heads of a table that the server does not sort."""
    return columns(shown, lambda key: "", "", descending=False)


def parts(shown: Shown) -> tuple[Part, ...]:
    """The slices as parts of a picture, largest first; the smallest together, what is unknown hatched."""
    rows = shown.breakdown.rows
    drawn, left = (rows, ()) if len(rows) <= DRAWN + 1 else (rows[:DRAWN], rows[DRAWN:])
    found = [_part(shown, row) for row in drawn]
    if left:
        found.append(Part(_more(shown, len(left)), sum((row.amount for row in left), Decimal(0)), OTHER))
    if shown.unknown:
        found.append(Part(_("In no published line"), shown.unknown, UNKNOWN))
    return tuple(found)


def _part(shown: Shown, row: Slice) -> Part:
    name, lang = shown.name_of(row)
    return Part(name, row.amount, shown.hue_of(row), shown.link(row), lang)


def _table_row(shown: Shown, row: Slice, length: Decimal) -> Row:
    name, lang = shown.name_of(row)
    values: list[object] = [name, row.amount, length, row.share]
    if shown.whole is not None:
        values.append(share_of(row.amount, shown.whole))
    return Row((*values, row.lines), href=shown.link(row), hue=shown.hue_of(row), lang=lang)


def _rest_row(shown: Shown, rest: Slice) -> Row:
    values: list[object] = [_more(shown, shown.breakdown.hidden), rest.amount, None, rest.share]
    if shown.whole is not None:
        values.append(share_of(rest.amount, shown.whole))
    return Row((*values, rest.lines), hue=OTHER)


def _more(shown: Shown, count: int) -> str:
    return _("%(parts)s more") % {"parts": counted(shown.breakdown.dimension, count)}


def _sums(shown: Shown) -> Row:
    breakdown = shown.breakdown
    share = Decimal(1) if breakdown.total else None
    values: list[object] = [_("Together"), breakdown.total, None, share]
    if shown.whole is not None:
        values.append(share_of(breakdown.total, shown.whole))
    return Row((*values, breakdown.lines))
