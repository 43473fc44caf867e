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
    gettext_noop("One area of the administration: a province, a district of it, or a subdistrict of that."),
    gettext_noop("A department that buys through e-GP, by the name it has there."),
    gettext_noop(
        "A winner of contracts that is no natural person: a company, a partnership, a cooperative, a "
        "public body."
    ),
    gettext_noop("Another way in which a supplier's name was published."),
    gettext_noop(
        "One purchase of a department through e-GP: what it was to cost, and what was agreed. Once in an "
        "edition."
    ),
    gettext_noop(
        "One contract of a project with one winner. Of a natural person only the fact is kept that it is one."
    ),
    gettext_noop("One department of e-GP's list of those that may buy: its code there and its name."),
    gettext_noop(
        "A body as one publisher lists it, by its code and name there; joined to an agency or waiting."
    ),
    gettext_noop(
        "One statement that a listed body is an agency: how it was found, by whom, when, and whether it "
        "was undone."
    ),
    gettext_noop(
        "One row of published figures that stands under another agency than it was loaded under, by a match."
    ),
    gettext_noop(
        "One contracting process of any publisher in the world, as its newest release in OCDS tells of it."
    ),
    gettext_noop("One award or contract of a contracting process of any publisher, in its own currency."),
    gettext_noop("One measure of one row of a Fiscal Data Package of any publisher, in its own currency."),
    gettext_noop("The reason with which staff settled a question. It is public, and kept for good."),
    gettext_noop("One look of staff at a law or a published practice that rules rest on. It is public."),
    gettext_noop(
        "One question that one rule asks of one purchase, one contract, or one department and one supplier."
    ),
    gettext_noop(
        "One edition of purchases as the rules were asked of it last: with which versions, and when."
    ),
    gettext_noop(
        "A line of the budget and a purchase through e-GP that may be about the same thing, and what "
        "staff said of it."
    ),
    gettext_noop(
        "One search for candidates: over which state of the figures, how far it came, what it proposed."
    ),
    gettext_noop(
        "One line of a local body's own budget in a fiscal year: what for, how much, how far it is spent."
    ),
    gettext_noop(
        "The border of one province as a map draws it: an SVG path on a grid that all provinces share."
    ),
    gettext_noop(
        "The counted projects of one edition summed to one cell: department, type, method and place."
    ),
    gettext_noop("The counted projects of one edition summed by department, whatever was bought and how."),
    gettext_noop("The counted projects of one edition summed by type, method and province, whoever bought."),
    gettext_noop("The counted projects of one edition summed by district, whoever bought and whatever."),
    gettext_noop(
        "The counted contracts of one edition summed to one cell: department, winner, type, method and place."
    ),
    gettext_noop(
        "The counted contracts of one edition summed by department, type, method, place and what is known"
        " of the winners, whoever won."
    ),
    gettext_noop(
        "The counted contracts of one edition summed by department, whatever was bought, how and from whom."
    ),
    gettext_noop(
        "The counted contracts of one edition summed by type, method, province and what is known of the "
        "winners, whoever bought and whoever won."
    ),
    gettext_noop(
        "The counted contracts of one edition summed by district, whoever bought, whatever, and whoever won."
    ),
    gettext_noop(
        "What one supplier won in the editions that are current: in one fiscal year, or in all together."
    ),
    gettext_noop("What one department agreed on in the editions that are current, in all years together."),
    gettext_noop(
        "How many suppliers won something in a fiscal year, and which editions `SupplierTotal` was made from."
    ),
    gettext_noop(
        "One published value of one series: the people of a province on a day, the prices of a year."
    ),
    gettext_noop(
        "One body that became another one, or a part of another: under which code, since when, who says so."
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
