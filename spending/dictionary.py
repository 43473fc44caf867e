"""What everything means: the columns of the downloads and the tables behind them, from the code itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .resources import RESOURCES
from .tables import Column, Kind, Row, Table

SAID = (
    gettext_noop(
        "A body that receives public money: a ministry, a department, a university, a municipality, a fund."
    ),
    gettext_noop(
        "One way in which publishers write an agency's name or code, and how it came to be matched."
    ),
    gettext_noop("One of the 77 provinces (Bangkok counted among them)."),
    gettext_noop("A budget plan (แผนงาน) of the budget book, shared by the agencies that spend under it."),
    gettext_noop("An output (ผลผลิต) or a project (โครงการ) under a plan."),
    gettext_noop("An expenditure category: one of the five budget types, or a finer step below one of them."),
    gettext_noop("One published file, kept byte for byte as it was received."),
    gettext_noop(
        "One load of one part of a data set: a volume of the budget book, a week of the disbursement report."
    ),
    gettext_noop(
        "One line of the budget book: money given to one agency for one purpose in the book's fiscal year."
    ),
    gettext_noop(
        "The allocations of one edition summed to one cell: ministry, agency, plan, activity and category."
    ),
    gettext_noop(
        "What one multi-year obligation (งบผูกพัน) costs in one year, or in one range of years printed as a "
        "sum."
    ),
    gettext_noop(
        "One body in one weekly report, one economic class, in one cut of the money. Amounts since the year "
        "began."
    ),
    gettext_noop(
        "One project of one year and budget type in one pair of provinces: budgeted there, disbursed there."
    ),
    gettext_noop(
        "One published total: of the whole budget or of one ministry, in one year or month, of one measure."
    ),
)
"""What one row of each table stands for: the first sentences of the models' docstrings, for translation."""

INTERNAL = ("KnownWord", "RequestCount")  # tables that hold no figures


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
    models = apps.get_app_config("spending").get_models()
    return [_entry(model) for model in models if model.__name__ not in INTERNAL]


def first_sentences(model: type[Model]) -> str:
    """What a model's docstring says one row stands for, on one line."""
    return " ".join(cleandoc(model.__doc__ or "").split("\n\n", 1)[0].split())


def _entry(model: type[Model]) -> Entry:
    name = model.__name__
    return Entry(name, _(first_sentences(model)), _table(name, _columns(model)))


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
