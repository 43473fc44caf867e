"""The words that say in what shape an answer comes: how many rows, which columns, in which order, per what.

They stand beside the words of `parameters`, which say what is asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .columns import Column
from .fiscal import arabic
from .keyset import Order
from .parameters import BadQuery, Parameter, gettext_noop
from .resources import Resource

if TYPE_CHECKING:
    from .filters import Filter

PAGE = 100  # rows on a page unless fewer or more are asked for
MOST = 1_000  # rows on a page, slices of a breakdown


def _natural(text: str) -> int:
    digits = arabic(text)
    if not (
        digits.isascii() and digits.isdigit() and len(digits) <= len(str(MOST)) and 0 < int(digits) <= MOST
    ):
        raise ValueError(text)
    return int(digits)


def _truth(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _mark(text: str) -> bool:
    if text not in ("1", "0"):
        raise ValueError(text)
    return text == "1"


def _json(text: str) -> str:
    if text != "json":
        raise ValueError(text)
    return text


def _word(text: str) -> str:
    return text


SHAPES = {
    parameter.name: parameter
    for parameter in (
        Parameter("limit", _natural, gettext_noop("a whole number from 1 to 1000")),
        Parameter("cursor", _word, gettext_noop("what the address of the next page gives")),
        Parameter("order", _word, gettext_noop("a column; a minus before it turns the order round")),
        Parameter("fields", _word, gettext_noop("names of columns with commas between them")),
        Parameter("count", _truth, gettext_noop("true or false")),
        Parameter("bom", _mark, gettext_noop("1 or 0")),
        Parameter(
            "format",
            _json,
            gettext_noop("json; files have addresses of their own: .csv, .jsonl, .xlsx, .parquet"),
        ),
    )
}
OF_ROWS = ("limit", "cursor", "order", "fields", "count", "format")
OF_FILES = ("order", "fields", "bom")
OF_SUMS = ("limit", "format")


def shape(query: Mapping[str, str], names: tuple[str, ...]) -> dict[str, Any]:
    """The values of some of these words; those that are not given are left out. Raises BadQuery."""
    return {name: SHAPES[name].value(query[name]) for name in names if query.get(name)}


def chosen(resource: Resource, names: str) -> tuple[Column, ...]:
    """The columns that `fields` asks for, all of them where it is "". Raises BadQuery."""
    if not names:
        return resource.columns
    asked = [name.strip() for name in names.split(",")]
    known = [column.name for column in resource.columns]
    if len(set(asked)) < len(asked) or not set(asked) <= set(known):
        message = _("fields takes, each once, with commas between them: %(known)s.")
        raise BadQuery("fields", message % {"known": ", ".join(known)})
    return resource.named(asked)


def order_of(resource: Resource, text: str, query: Filter) -> Order:
    """The order that `order` asks for of a query, the resource's own where it is "". Raises BadQuery."""
    name = text or resource.order
    path = resource.orders.get(name.removeprefix("-"), "")
    if name and not path:
        known = ", ".join(resource.orders) or _("none")
        message = _("order takes one of: %(known)s; a minus before it turns the order round.")
        raise BadQuery("order", message % {"known": known})
    asked = repr((resource.name, sorted(query.values.items())))
    return Order(name, path, hashlib.blake2b(asked.encode(), digest_size=6).hexdigest())
