"""The tables of the pages of purchases, each the same as the picture beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _

from .. import sentences
from ..breakdowns import Breakdown, Dimension, share_of
from ..breakdowns import Row as Slice
from ..dimension_names import code_name, title_of
from ..models import Contract, Project, WinnerKind
from ..palette import OTHER, PLAIN
from ..purchases import Standing
from ..tables import Column, Kind, Row, Table, bar_lengths


def slices_table(
    parts: Breakdown, caption: str, money: str, counted: str, link: Callable[[Slice], str]
) -> Table:
    """A sum split by a dimension: amount, bar, share, and how many rows each slice sums."""
    columns = (
        Column(title_of(parts.dimension), Kind.NAME),
        Column(money, Kind.MONEY),
        Column(_("Bar"), Kind.BAR),
        Column(_("Share"), Kind.PERCENT),
        Column(counted, Kind.COUNT, wide=True),
    )
    lengths = bar_lengths([row.amount for row in parts.rows])
    rows = [
        _slice_row(parts.dimension, row, length, link(row))
        for row, length in zip(parts.rows, lengths, strict=True)
    ]
    if parts.rest is not None:
        words = _("%(count)s more") % {"count": f"{parts.hidden:,}"}
        rows.append(Row((words, parts.rest.amount, None, parts.rest.share, parts.rest.lines), hue=OTHER))
    whole = Decimal(1) if parts.total else None
    sums = Row((_("Together"), parts.total, None, whole, parts.lines))
    return Table(caption, columns, tuple(rows), sums)


def _slice_row(dimension: Dimension, row: Slice, length: Decimal, href: str) -> Row:
    name, lang = slice_name(dimension, row)
    nameless = not row.name
    return Row(
        (name, row.amount, length, row.share, row.lines),
        href=href,
        lang=lang,
        hue=OTHER if nameless else PLAIN,
    )


def slice_name(dimension: Dimension, row: Slice) -> tuple[str, str]:
    """What a slice is called, and the language of the name where it is not the page's."""
    if dimension is Dimension.WINNER:
        return str(WinnerKind(row.code).label), ""
    if not row.name:
        return code_name(dimension, row.code), ""
    if dimension is Dimension.YEAR:
        return sentences.year(int(row.code)), ""
    return sentences.name_and_language(row.name, row.name_en)


def projects_table(projects: Iterable[Project], columns: Sequence[Column] | None = None) -> Table:
    """Projects with budget and agreed price."""
    heads = tuple(columns or project_columns())
    rows = [_project_row(project) for project in projects]
    return without_blank_columns(Table(_("Projects"), heads, tuple(rows)))


def project_columns() -> tuple[Column, ...]:
    return (
        Column(_("Project"), Kind.NAME),
        Column(_("Budget (baht)"), Kind.MONEY, wide=True),
        Column(_("Agreed (baht)"), Kind.MONEY),
        Column(_("Below budget"), Kind.PERCENT, wide=True),
        Column(_("Recorded"), Kind.DAY, wide=True),
    )


def _project_row(project: Project) -> Row:
    saved = None
    if project.budget and project.agreed_price is not None:
        saved = share_of(project.budget - project.agreed_price, project.budget)
    values = (
        project.name,
        project.budget,
        project.agreed_price,
        saved,
        project.recorded_on or project.announced_on,
    )
    note = " · ".join(filter(None, (project.buyer.name, project.method)))
    return Row(values, href=reverse("spending:project", args=[project.number]), lang=_thai(), note=note)


def contracts_table(contracts: Sequence[Contract]) -> Table:
    """The contracts of a project: who won, when, and for how much."""
    columns = (
        Column(_("Winner"), Kind.NAME),
        Column(_("Contract no."), Kind.TEXT, wide=True),
        Column(_("Signed"), Kind.DAY, wide=True),
        Column(_("Ends"), Kind.DAY, wide=True),
        Column(_("Baht"), Kind.MONEY),
    )
    rows = [_contract_row(contract) for contract in contracts]
    total = sum((contract.amount or Decimal(0) for contract in contracts), Decimal(0))
    sums = Row((_("Together"), "", None, None, total)) if len(rows) > 1 else None
    return without_blank_columns(Table(_("Contracts"), columns, tuple(rows), sums))


def without_blank_columns(table: Table) -> Table:
    """The table without columns in which no row says anything: many files lack days and contract numbers."""
    told = [
        index
        for index, column in enumerate(table.columns)
        if column.kind in (Kind.NAME, Kind.MONEY)
        or any(row.values[index] not in (None, "") for row in table.rows)
    ]

    def kept(row: Row) -> Row:
        return replace(row, values=tuple(row.values[index] for index in told))

    sums = None if table.sums is None else kept(table.sums)
    columns = tuple(table.columns[index] for index in told)
    return Table(table.caption, columns, tuple(kept(row) for row in table.rows), sums)


def _contract_row(contract: Contract) -> Row:
    values = (contract.contract_no or None, contract.signed_on, contract.ends_on, contract.amount)
    supplier = contract.supplier
    if supplier is None:
        return Row((winner_words(contract.winner_kind), *values), hue=OTHER, note=contract.status)
    apart = [] if supplier.tax_id else [_("no usable tax id")]
    note = " · ".join([*apart, *filter(None, [contract.status])])
    return Row((supplier.name, *values), href=supplier_address(supplier.code), lang=_thai(), note=note)


def won_table(contracts: Iterable[Contract], projects: dict[str, str]) -> Table:
    """What a supplier won, contract by contract."""
    columns = (
        Column(_("Project"), Kind.NAME),
        Column(_("Signed"), Kind.DAY, wide=True),
        Column(_("Method of purchase"), Kind.TEXT, wide=True),
        Column(_("Baht"), Kind.MONEY),
    )
    rows = [
        Row(
            (
                projects.get(contract.project_number) or contract.project_number,
                contract.signed_on,
                sentences.named(contract.method) or None,
                contract.amount,
            ),
            href=reverse("spending:project", args=[contract.project_number]),
            lang=_thai(),
            note=f"{contract.buyer.name} · {sentences.year(contract.fiscal_year)}",
        )
        for contract in contracts
    ]
    return without_blank_columns(Table(_("Contracts"), columns, tuple(rows)))


def standings_table(standings: Sequence[Standing], rest: Sequence[Standing], year: int) -> Table:
    """From whom a supplier won, and how much of each department's contracts that is; links lead to `year`."""
    columns = (
        Column(_("Buying department"), Kind.NAME),
        Column(_("Baht"), Kind.MONEY),
        Column(_("Bar"), Kind.BAR),
        Column(_("Of its contracts"), Kind.PERCENT),
        Column(_("Contracts"), Kind.COUNT, wide=True),
    )
    lengths = bar_lengths([one.amount for one in standings])
    rows = [_standing_row(one, length, year) for one, length in zip(standings, lengths, strict=True)]
    if rest:
        words = _("%(count)s more") % {"count": f"{len(rest):,}"}
        amount = sum((one.amount for one in rest), Decimal(0))
        rows.append(Row((words, amount, None, None, sum(one.contracts for one in rest)), hue=OTHER))
    return Table(_("From whom it won"), columns, tuple(rows))


def _standing_row(one: Standing, length: Decimal, year: int) -> Row:
    name, lang = sentences.name_and_language(one.name)
    values = (name, one.amount, length, share_of(one.amount, one.whole), one.contracts)
    return Row(values, href=buyer_address(one.code, year), lang=lang)


def bought_table(years: Sequence[tuple[int, int, Decimal]], query: str) -> Table | None:
    """What an agency bought, year by year; each leads to its purchases under `query`."""
    if not years:
        return None
    columns = (
        Column(_("Fiscal year"), Kind.NAME),
        Column(_("Agreed (baht)"), Kind.MONEY),
        Column(_("Bar"), Kind.BAR),
        Column(_("Projects"), Kind.COUNT),
    )
    lengths = bar_lengths([agreed for _year, _projects, agreed in years])
    rows = [
        Row(
            (sentences.year(year), agreed, length, projects),
            href=f"{reverse('spending:purchases', args=[year])}?{query}",
        )
        for (year, projects, agreed), length in zip(years, lengths, strict=True)
    ]
    return Table(_("What it bought"), columns, tuple(rows))


def suppliers_table(found: Iterable[dict[str, Any]], columns: Sequence[Column]) -> Table:
    """Suppliers with what they won: rows of `code`, `tax_id`, `name`, `contracts`, `won`."""
    found = list(found)
    lengths = bar_lengths([one["won"] for one in found])
    rows = [
        Row(
            (one["name"], one["won"], length, one["contracts"]),
            href=supplier_address(one["code"]),
            lang=_thai(),
            note=one["tax_id"] or _("no usable tax id"),
        )
        for one, length in zip(found, lengths, strict=True)
    ]
    return Table(_("Suppliers"), tuple(columns), tuple(rows))


def winner_words(kind: str) -> str:
    """What stands in place of a name: a natural person, or nothing published."""
    return str(WinnerKind(kind).label)


def winner_name(contract: Contract) -> str:
    """The name of a winner, or what stands in its place."""
    return contract.supplier.name if contract.supplier else winner_words(contract.winner_kind)


def supplier_address(code: str) -> str:
    return uri_to_iri(reverse("spending:supplier", args=[code]))


def buyer_address(code: str, year: int) -> str:
    """The purchases of a department in a year."""
    query = urlencode({"buyer": code})
    return uri_to_iri(f"{reverse('spending:purchases', args=[year])}?{query}")


def _thai() -> str:
    """The language of a published name, where it is not the page's."""
    return "" if sentences.language() == "th" else "th"
