"""The documents that are made of the code: the data dictionary and the list of sources.

They are written in English, in Markdown, into `docs/` by `manage.py documents`; a check fails while one is
stale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint, CheckConstraint, UniqueConstraint
from django.utils import translation

from importers.sources import SOURCES, Source
from spending.resources import RESOURCES, Resource

ROOMS = ("spending", "importers", "complaints", "following")
MADE = "<!-- Made by `manage.py documents`; change the code it is made of, not this page. -->"
SIGNS = {"exact": "=", "gt": ">", "gte": "≥", "lt": "<", "lte": "≤", "in": "is one of"}


def data_dictionary() -> str:
    """What every column of the downloads and of the tables means."""
    return _page(
        "Data dictionary",
        "What stands in the downloads and the API, column by column, and in the tables behind them. Amounts "
        "are in baht, exact to the satang. Fiscal years run from 1 October of the year before to "
        "30 September; they are Common Era unless a column says Buddhist Era.",
        ["## Downloads and API"],
        *(_columns_of(resource) for resource in RESOURCES.values()),
        ["## Tables"],
        *(_table_of(model) for room in ROOMS for model in apps.get_app_config(room).get_models()),
    )


def sources() -> str:
    """Where the figures come from: publisher, licence, address, cadence and caveats of each source."""
    return _page(
        "Sources",
        "The published files this site reads, by the name that `manage.py import` takes. What stands here "
        "about a source is written in its own module under `importers/sources/`.",
        *(_source(source) for source in SOURCES.values()),
    )


PAGES: dict[str, Callable[[], str]] = {"data-dictionary.md": data_dictionary, "sources.md": sources}


def stale(folder: Path) -> list[str]:
    """Names of the pages in a folder that are not as the code would write them now."""
    return [name for name, made in PAGES.items() if _text_of(folder / name) != made()]


def write(folder: Path) -> list[str]:
    """Write the pages that are stale; their names."""
    names = stale(folder)
    for name in names:
        (folder / name).write_text(PAGES[name](), encoding="utf-8")
    return names


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _page(title: str, introduction: str, *parts: Iterable[str]) -> str:
    """A page of parts, each a few blocks with an empty line between; in the words of the code, English."""
    with translation.override(None):
        blocks = [f"# {title}", MADE, introduction, *(block for part in parts for block in part)]
    return "\n\n".join(blocks) + "\n"


# The data dictionary


def _columns_of(resource: Resource) -> Iterator[str]:
    yield f"### `{resource.name}`"
    yield f"One row each: {resource.means}."
    yield _table(("column", "meaning"), ((f"`{c.name}`", c.means) for c in resource.columns))


def _table_of(model: type[models.Model]) -> Iterator[str]:
    yield f"### {model.__name__}"
    yield cleandoc(model.__doc__ or "")
    fields = [field for field in _fields(model) if not getattr(field, "auto_created", False)]
    yield _table(("column", "holds", "meaning"), ((f"`{f.name}`", _kind(f), _meaning(f)) for f in fields))
    if model._meta.constraints:
        yield "Always true, kept by the database:"
        yield "\n".join(f"* {_sentence(constraint)}" for constraint in model._meta.constraints)


def _fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [*model._meta.fields, *model._meta.many_to_many]


def _kind(field: models.Field[Any, Any]) -> str:
    notes = [_holds(field)]
    if field.unique:
        notes.append("unique")
    if field.null:
        notes.append("may be empty")
    return ", ".join(notes)


def _holds(field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.ForeignKey | models.ManyToManyField):
        target = field.related_model.__name__
        number = "many" if isinstance(field, models.ManyToManyField) else "one"
        described = field.related_model._meta.app_label in ROOMS
        return f"{number} [{target}](#{target.lower()})" if described else f"{number} {target}"
    if isinstance(field, models.DecimalField):
        return f"number with {field.decimal_places} decimals"
    if isinstance(field, models.FileField | models.URLField):
        return "file" if isinstance(field, models.FileField) else "address"
    if isinstance(field, models.CharField) and not field.choices:
        return f"text of up to {field.max_length} letters"
    for kinds, word in (
        (models.BooleanField, "yes or no"),
        (models.DateTimeField, "date and time"),
        (models.DateField, "date"),
        (models.JSONField, "structured list or object"),
        (models.IntegerField, "whole number"),
    ):
        if isinstance(field, kinds):
            return word
    return "one word" if field.choices else "text"


def _meaning(field: models.Field[Any, Any]) -> str:
    words = ", ".join(f"`{value}` ({label})" for value, label in field.flatchoices)
    return f"{field.help_text} One of {words}." if words else str(field.help_text)


def _sentence(constraint: BaseConstraint) -> str:
    sentence = constraint.name.replace("_", " ")
    if isinstance(constraint, UniqueConstraint):
        where = f" where {_condition(constraint.condition)}" if constraint.condition else ""
        named = ", ".join(f"`{name}`" for name in constraint.fields)
        return f"{sentence} (`{constraint.name}`: {named} together occur once{where})"
    if isinstance(constraint, CheckConstraint):
        return f"{sentence} (`{constraint.name}`: {_condition(constraint.condition)})"
    return f"{sentence} (`{constraint.name}`)"


def _condition(condition: Any) -> str:
    """A condition on one row as a reader would write it."""
    if not isinstance(condition, Q):
        return _comparison(*condition) if isinstance(condition, tuple) else str(condition)
    joined = f" {condition.connector.lower()} ".join(_condition(child) for child in condition.children)
    return f"not ({joined})" if condition.negated else joined


def _comparison(lookup: str, value: Any) -> str:
    name, _, sign = lookup.partition("__")
    if sign == "isnull":
        return f"`{name}` is {'' if value else 'not '}empty"
    written = f"`{value.deconstruct()[1][0]}`" if isinstance(value, F) else f"`{value!r}`"
    return f"`{name}` {SIGNS.get(sign or 'exact', sign)} {written}"


# The sources


def _source(source: Source) -> Iterator[str]:
    expects = source.expects
    yield f"## {source.title_en}"
    yield f"{source.title}"
    yield cleandoc(type(source).__doc__ or "")
    yield _table(
        ("", ""),
        (
            ("name", f"`{source.name}`"),
            ("data set", f"`{source.dataset}`"),
            ("publisher", source.publisher),
            ("licence", source.licence),
            ("address", f"<{source.address}>" if source.address else "none"),
            ("appears", source.cadence),
            ("files read", ", ".join(f"`{suffix}`" for suffix in source.suffixes)),
            ("a healthy file has", f"{expects.rows.start:,} to {expects.rows.stop - 1:,} rows"),
            ("refused rows at most", f"{expects.refused * 100:f} %"),
        ),
    )
    if expects.totals:
        yield "Totals that are known; an edition that does not reach them waits for a person:"
        totals = ((part, f"{total:,f}") for part, total in expects.totals.items())
        yield _table(("part", "baht"), totals, numbers=True)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, numbers: bool = False) -> str:
    """A table of Markdown; with `numbers` its last column is aligned to the right."""
    rule = ["---"] * len(head)
    if numbers:
        rule[-1] = "---:"
    lines = [head, tuple(rule), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: Any) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")
