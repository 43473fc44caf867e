"""What is known of the data, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from .catalogue.describing import publisher_in
from .datasets import part_title, title_of
from .fiscal import year_number
from .models import Edition
from .quality import Check, Collection, Disagreement, Remark, YearKnown, checks_of
from .sentences import language
from .tables import Column, Kind, Row, Table, bar_lengths

Link = Callable[[Edition], str]
LINES_TOLD = 6  # line numbers written out for a remark


def coverage(years: Iterable[YearKnown], link: Callable[[int], str]) -> Table:
    """Each year's act, and how much of it is known line by line and by ministry."""
    known = tuple(years)
    columns = (
        Column(_("Fiscal year"), Kind.NAME),
        Column(_("Act (baht)"), Kind.MONEY, wide=True),
        Column(_("Known line by line (baht)"), Kind.MONEY, wide=True),
        Column(_("Line by line"), Kind.PERCENT),
        Column(_("Known line by line, as a bar"), Kind.BAR),
        Column(_("By the body that holds it"), Kind.PERCENT),
    )
    rows = []
    for one in known:
        lines = one.lines
        told: tuple[Decimal | None, Decimal | None, Decimal | None] = (None, None, None)
        if lines.known:
            told = (lines.known, lines.share, bar_lengths([lines.known, lines.whole])[0])
        values = (_year(lines.year), lines.act, *told, one.by_body_share)
        rows.append(Row(values, href=link(lines.year) if lines.known else ""))
    return Table(_("How much of each year's act is known"), columns, tuple(rows))


def editions(collection: Collection, link: Link) -> Table:
    """The current editions of a data set: rows, refusals, sums that hold."""
    columns = (
        Column(_("Part"), Kind.NAME),
        Column(_("Figures of"), Kind.DAY),
        Column(_("Rows"), Kind.COUNT),
        Column(_("Refused"), Kind.COUNT),
        Column(_("Repairs and doubts"), Kind.COUNT, wide=True),
        Column(_("Sums that hold")),
        Column(_("Sum (baht)"), Kind.MONEY, wide=True),
        Column(_("Published here"), Kind.DAY, wide=True),
    )
    rows = [_edition(edition, link(edition)) for edition in collection.editions]
    return Table(title_of(collection.dataset), columns, tuple(rows))


def collections(found: Iterable[Collection], link: Callable[[str], str]) -> Table:
    """Every data set in one line: whose it is, how new, how much of it is here."""
    columns = (
        Column(_("Data set"), Kind.NAME),
        Column(_("Published by"), wide=True),
        Column(_("Figures of"), Kind.DAY),
        Column(_("Files"), Kind.COUNT, wide=True),
        Column(_("Rows"), Kind.COUNT),
        Column(_("Refused"), Kind.COUNT, wide=True),
    )
    rows = [
        Row(
            (
                title_of(one.dataset),
                ", ".join(publisher_in(name, language()) for name in one.publishers),
                one.newest.as_of,
                len(one.editions),
                one.rows,
                one.refused,
            ),
            href=link(one.dataset),
            anchor=one.dataset,
        )
        for one in found
    ]
    return Table(_("Data sets"), columns, tuple(rows))


def disagreements(found: Iterable[Disagreement], link: Link) -> Table:
    """Totals that two published figures put differently, and by how much."""
    columns = (
        Column(_("Total"), Kind.NAME),
        Column(_("One figure (baht)"), Kind.MONEY, wide=True),
        Column(_("The other (baht)"), Kind.MONEY, wide=True),
        Column(_("Difference (baht)"), Kind.MONEY),
        Column(_("Of the first"), Kind.PERCENT),
    )
    rows = [
        Row(
            (_total(one), one.first, one.second, one.difference, one.share),
            href=link(one.editions[-1]),
            note=_between(one),
        )
        for one in found
    ]
    return Table(_("Where sums disagree"), columns, tuple(rows))


def checks(found: Iterable[Check]) -> Table:
    """The sums of one edition beside those printed."""
    columns = (
        Column(_("Sum"), Kind.NAME),
        Column(_("Printed or known (baht)"), Kind.MONEY),
        Column(_("Read here (baht)"), Kind.MONEY, wide=True),
        Column(_("Difference (baht)"), Kind.MONEY),
        Column(_("Result")),
    )
    rows = [
        Row((_check_name(check), check.expected, check.found, check.difference, _result(check)))
        for check in found
    ]
    return Table(_("Sums compared"), columns, tuple(rows))


def remarks(found: Iterable[Remark]) -> Table:
    """What was noticed in rows that were read all the same."""
    columns = (
        Column(_("As printed"), Kind.NAME),
        Column(_("Read as")),
        Column(_("What it is"), wide=True),
        Column(_("Rows"), Kind.COUNT),
        Column(_("Lines"), wide=True),
    )
    rows = [
        Row((remark.published or "–", remark.read_as or "–", remark.title, remark.count, _lines(remark)))
        for remark in found
    ]
    return Table(_("Repairs and doubts"), columns, tuple(rows))


def _edition(edition: Edition, href: str) -> Row:
    found = checks_of(edition)
    held = sum(check.holds for check in found)
    sums = _("%(held)s of %(all)s") % {"held": held, "all": len(found)} if found else _("none printed")
    noted = sum(note["count"] for note in edition.notes)
    published = localdate(edition.published_at) if edition.published_at else None
    values = (
        part_title(edition.dataset, edition.part),
        edition.as_of,
        edition.rows,
        edition.refused,
        noted,
        sums,
        edition.total,
        published,
    )
    return Row(values, href=href)


def _year(year: int) -> str:
    return str(year_number(year, language()))


def _total(one: Disagreement) -> str:
    if one.year is None:
        return _(one.name)
    return _("%(measure)s, whole budget of %(year)s") % {"measure": one.measure, "year": _year(one.year)}


def _between(one: Disagreement) -> str:
    if len(one.editions) == 1:
        return _("%(dataset)s: printed total and sum of the rows") % {"dataset": _title(one.editions[0])}
    first, second = (_title(edition) for edition in one.editions)
    return _("%(first)s and %(second)s") % {"first": first, "second": second}


def _title(edition: Edition) -> str:
    return f"{edition.publisher}, {title_of(edition.dataset)}"


def _check_name(check: Check) -> str:
    return _(check.name)


def _result(check: Check) -> str:
    if check.holds:
        return _("holds")
    return _("the publisher's own file disagrees") if check.advisory else _("does not hold")


def _lines(remark: Remark) -> str:
    told = ", ".join(str(line) for line in remark.lines[:LINES_TOLD])
    return f"{told} …" if remark.count > LINES_TOLD else told
