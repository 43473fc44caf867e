"""An oEmbed answer (oembed.com, version 1.0) and its two forms. Pure.

Beside what the format knows, the answer carries the figures as a table, their source, date and editions.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from ..exports import as_json
from ..tables import Kind, Table

Answer = Mapping[str, Any]
FORMATS = ("json", "xml")
TYPES = {"json": "application/json", "xml": "text/xml; charset=utf-8"}


def table_of(table: Table) -> dict[str, Any]:
    """The figures as columns and rows: amounts exact, in baht; shares from 0 to 1; the bars left out."""
    places = [place for place, column in enumerate(table.columns) if column.kind is not Kind.BAR]
    rows = [[_plain(row.values[place]) for place in places] for row in table.rows]
    sums = [_plain(table.sums.values[place]) for place in places] if table.sums else None
    columns = [table.columns[place] for place in places]
    return {
        "caption": table.caption,
        "columns": [{"title": str(column.title), "holds": column.kind.value} for column in columns],
        "rows": rows,
        "sums": sums,
    }


def written(answer: Answer, form: str) -> str:
    """The answer as JSON or as XML."""
    if form == "json":
        text: str = as_json(answer)
        return text
    root = ElementTree.Element("oembed")
    _add(root, answer)
    return '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' + ElementTree.tostring(root, "unicode")


def _plain(value: object) -> object:
    """A cell's value as data: numbers as they are, anything else in words."""
    return value if value is None or isinstance(value, int | Decimal) else str(value)


def _add(parent: ElementTree.Element, value: Any, item: str = "value") -> None:
    """The value as elements: a name for each word of a mapping, one for each item of a list."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _add(ElementTree.SubElement(parent, name), inner, name.removesuffix("s") or name)
    elif isinstance(value, list):
        for inner in value:
            _add(ElementTree.SubElement(parent, item), inner)
    elif value is not None:
        parent.text = f"{value:f}" if isinstance(value, Decimal) else str(value)
