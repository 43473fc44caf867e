"""The tables of the pages of past projects, each the same as the picture beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from .. import sentences
from ..past_projects import PastProject
from ..provinces import Place, codes_of_provinces
from ..purses import added, share
from ..tables import Column, Kind, Row, Table, bar_lengths
from .listing import Order


def records_table(records: Iterable[Mapping[str, Any]], sort: Callable[[str], str], order: Order) -> Table:
    """Published records of projects: name, agency, budgeted, paid."""

    def head(title: str, kind: Kind, key: str, *, wide: bool = False) -> Column:
        way = "" if order.key != key else "descending" if order.descending else "ascending"
        return Column(title, kind, wide=wide, sort=sort(key), order=way)

    columns = (
        head(_("Project"), Kind.NAME, "name"),
        head(_("Budgeted (baht)"), Kind.MONEY, "amount"),
        head(_("Paid (baht)"), Kind.MONEY, "paid", wide=True),
        Column(_("Paid"), Kind.PERCENT, wide=True),
    )
    return Table(_("Projects"), columns, tuple(_record_row(record) for record in records))


def _record_row(record: Mapping[str, Any]) -> Row:
    budgeted, paid = record["sum_budgeted"], record["sum_disbursed"]
    return Row(
        (record["name"], budgeted, paid, share(paid, budgeted)),
        href=reverse("spending:past_project", args=[record["fiscal_year"], record["project_code"]]),
        lang=_thai(),
        note=record["agency_name"],
    )


def places_table(places: Sequence[Place]) -> Table:
    """Where a project was budgeted and where it was paid, each province a row."""
    columns = (
        Column(_("Province"), Kind.NAME),
        Column(_("Budgeted for it (baht)"), Kind.MONEY),
        Column(_("Bar"), Kind.BAR),
        Column(_("Paid in it (baht)"), Kind.MONEY),
    )
    codes = codes_of_provinces()
    lengths = bar_lengths([place.budgeted for place in places])
    rows = [place_row(place, length, codes) for place, length in zip(places, lengths, strict=True)]
    sums = (added(*(place.budgeted for place in places)), None, added(*(place.paid for place in places)))
    return Table(_("By province"), columns, tuple(rows), Row((_("Together"), *sums)))


def place_row(place: Place, length: object, codes: Mapping[str, tuple[str, str]]) -> Row:
    """What was budgeted for a province and paid in it, under its name and leading to its page."""
    code, english = codes.get(place.name, ("", ""))
    name, lang = sentences.name_and_language(place.name, english) if place.name else (_("No province"), "")
    href = reverse("spending:province", args=[code]) if code else ""
    return Row((name, place.budgeted, length, place.paid), href=href, lang=lang)


def types_table(project: PastProject) -> Table:
    """The records of a project, one for each budget type."""
    columns = (
        Column(_("Budget type"), Kind.NAME),
        Column(_("Budgeted (baht)"), Kind.MONEY),
        Column(_("Paid (baht)"), Kind.MONEY, wide=True),
        Column(_("Paid"), Kind.PERCENT),
    )
    rows = [
        Row((one.first.category.path, one.budgeted, one.paid, one.paid_share), lang=_thai())
        for one in project.records
    ]
    sums = Row((_("Together"), project.budgeted, project.paid, project.paid_share))
    return Table(_("By budget type"), columns, tuple(rows), sums)


def _thai() -> str:
    """The language of published Thai names on a page in another language."""
    return "" if sentences.language() == "th" else "th"
