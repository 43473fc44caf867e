"""How two readings of one volume of the budget book compare, as tables."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from .printed_volumes import TwoReadings
from .readings import Agreement, Kind, Pair, Reading
from .tables import Column, Row, Table
from .tables import Kind as Holds

SHOWN = 200  # differing lines on a page


def kinds(found: TwoReadings) -> list[tuple[str, int]]:
    """How many lines agree and differ, in words; nothing that does not occur."""
    return [(words, count) for kind, words in _words().items() if (count := found.comparison.count(kind))]


def sums(found: TwoReadings) -> Table:
    """Each agency's printed total beside the sum of either reading."""
    columns = (
        Column(_("Agency"), Holds.NAME),
        Column(_("Printed total (baht)"), Holds.MONEY),
        Column(_("Lines of the print (baht)"), Holds.MONEY, wide=True),
        Column(_("Lines of the table (baht)"), Holds.MONEY),
        Column(_("Which comes to the printed total")),
    )
    rows = [
        Row((one.agency, one.total, one.printed, one.extracted, _right(one)), lang="th")
        for one in found.comparison.agencies
    ]
    return Table(_("The sums of each agency"), columns, tuple(rows))


def differences(found: TwoReadings) -> Table:
    """The lines whose amounts do not agree, in the order of the book."""
    columns = (
        Column(_("What the money is for"), Holds.NAME),
        Column(_("Page"), Holds.COUNT),
        Column(_("In print (baht)"), Holds.MONEY),
        Column(_("In the table (baht)"), Holds.MONEY),
        Column(_("What it is"), wide=True),
    )
    rows = [_row(found, pair) for pair in found.comparison.differences[:SHOWN]]
    return Table(_("Lines that differ"), columns, tuple(rows))


def _row(found: TwoReadings, pair: Pair) -> Row:
    line = pair.printed or pair.extracted
    if line is None:
        raise ValueError("A pair has at least one line.")
    values = (line.words, line.page, _amount(pair.printed), _amount(pair.extracted), _words()[pair.kind])
    return Row(values, href=_address(found, line, in_print=pair.printed is not None), lang="th")


def _amount(line: Reading | None) -> Decimal | None:
    return None if line is None else line.amount


def _address(found: TwoReadings, line: Reading, *, in_print: bool) -> str:
    edition = found.printed if in_print else found.extracted
    if not edition.is_current or line.apart or edition.fiscal_year is None:
        return ""
    return reverse("spending:line", args=[edition.fiscal_year, line.item_id])


def _words() -> dict[Kind, str]:
    return {
        Kind.SAME: _("agree in words and amount"),
        Kind.WORDS: _("agree in amount, the words differ"),
        Kind.AMOUNT: _("differ in amount"),
        Kind.PART: _("counted in the table, but printed as part of another line"),
        Kind.ONLY_PRINT: _("stand in print only"),
        Kind.ONLY_TABLE: _("stand in the table only"),
    }


def _right(agency: Agreement) -> str:
    return {
        "both": _("both"),
        "print": _("the print"),
        "table": _("the table"),
        "neither": _("neither"),
    }[agency.right]
