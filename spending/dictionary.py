"""What everything means: the columns of the downloads and the tables behind them, from the code itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .resources import RESOURCES
from .tables import Column, Kind, Row, Table

ROWS: Mapping[str, Promise] = {
    "Agency": gettext_lazy(
        "A body that receives public money: a ministry, a department, a university, a municipality, a fund."
    ),
    "AgencyName": gettext_lazy(
        "One way in which publishers write an agency's name or code, and how it came to be matched."
    ),
    "Province": gettext_lazy("One of the 77 provinces (Bangkok counted among them)."),
    "Plan": gettext_lazy(
        "A budget plan (แผนงาน) of the budget book, shared by the agencies that spend under it."
    ),
    "Activity": gettext_lazy("An output (ผลผลิต) or a project (โครงการ) under a plan."),
    "Category": gettext_lazy(
        "An expenditure category: one of the five budget types, or a finer step below one of them."
    ),
    "SourceFile": gettext_lazy("One published file, kept byte for byte as it was received."),
    "Edition": gettext_lazy(
        "One load of one part of a data set: a volume of the budget book, a week of the disbursement report."
    ),
    "Allocation": gettext_lazy(
        "One line of the budget book: money given to one agency for one purpose in the book's fiscal year."
    ),
    "AllocationTotal": gettext_lazy(
        "The allocations of one edition summed to one cell: ministry, agency, plan, activity and category."
    ),
    "Commitment": gettext_lazy(
        "What one multi-year obligation (งบผูกพัน) costs in one year, or in one range of years printed as a sum."
    ),
    "Disbursement": gettext_lazy(
        "One body in one weekly report, one economic class, in one cut of the money. Amounts since the year "
        "began."
    ),
    "ProjectDisbursement": gettext_lazy(
        "One project of one year and budget type in one pair of provinces: budgeted there, disbursed there."
    ),
    "ReferenceTotal": gettext_lazy(
        "One published total: of the whole budget or of one ministry, in one year or month, of one measure."
    ),
}
"""What one row of each table stands for; the first sentence of its model's docstring, for translation."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One download or table: its name, what one row of it stands for, its columns."""

    name: str
    means: str
    table: Table


def downloads() -> Sequence[Entry]:
    """The columns of every kind of row that can be downloaded, in the reader's language."""
    return [
        Entry(name, _(resource.means), _table(name, ((one.name, _(one.means)) for one in resource.columns)))
        for name, resource in RESOURCES.items()
    ]


def tables_of() -> Sequence[Entry]:
    """The tables of the facts with the help text of every column, in the reader's language."""
    models = {model.__name__: model for model in apps.get_app_config("spending").get_models()}
    return [Entry(name, str(means), _table(name, _columns(models[name]))) for name, means in ROWS.items()]


def _columns(model: type[Model]) -> Iterable[tuple[str, str]]:
    fields = (field for field in model._meta.concrete_fields if not field.primary_key)
    return ((field.attname, _meaning(field)) for field in fields)


def _meaning(field: Field[Any, Any]) -> str:
    meaning = str(field.help_text)
    if isinstance(field, ForeignKey):
        return f"{meaning} → {field.remote_field.model.__name__}"
    if field.choices:
        values = ", ".join(f"{value} ({label})" for value, label in field.flatchoices)
        return f"{meaning} {values}"
    return meaning


def _table(caption: str, columns: Iterable[tuple[str, str]]) -> Table:
    heads = (Column(_("Column"), Kind.NAME), Column(_("Meaning")))
    return Table(caption, heads, tuple(Row((name, means)) for name, means in columns))
