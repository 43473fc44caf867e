"""What pages with long tables read from their address beside the query: the order and the page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from ..as_known import answered_for
from ..fiscal import arabic
from ..parameters import BadQuery
from . import citing
from .asked import day_of

P = ParamSpec("P")
LAST_PAGE = 100_000


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a table is sorted. In addresses `-amount` is descending, `amount` ascending."""

    key: str
    descending: bool

    @property
    def text(self) -> str:
        return f"-{self.key}" if self.descending else self.key

    def turned(self, key: str) -> str:
        """What the head of a column asks for: the other direction of the same column, else names up,
        numbers down.
        """
        if key == self.key:
            return Order(key, not self.descending).text
        return Order(key, key != "name").text


def read_order(query: QueryDict, allowed: Collection[str], default: str) -> Order:
    """The order asked for by `?sort=`. Raises BadQuery if there is no such column."""
    text = query.get("sort") or default
    key = text.removeprefix("-")
    if key not in allowed:
        known = ", ".join(sorted(allowed))
        raise BadQuery(
            "sort",
            _("sort takes one of: %(known)s; a minus before it turns the order round.") % {"known": known},
        )
    return Order(key, text.startswith("-"))


def read_page(query: QueryDict) -> int:
    """The page asked for by `?page=`, from 1. Raises BadQuery if it is no such number."""
    text = arabic(query.get("page") or "1")
    if not (
        text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE)) and 1 <= int(text) <= LAST_PAGE
    ):
        raise BadQuery("page", _("page takes a number from 1."))
    return int(text)


def page_of(pages: Paginator[Any], query: QueryDict) -> Page[Any]:
    """The page of a list in a stable order that `?page=` asks for. Raises BadQuery if there is no such
    page.
    """
    number = read_page(query)
    if number > pages.num_pages:
        raise BadQuery("page", _("There are %(pages)s pages.") % {"pages": pages.num_pages})
    return pages.page(number)


def explaining_bad_queries(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view whose page says which parameter of the address it does not understand, and what it takes; and,
    where it answers for a day (`?as_of=`), which day. `?cite=` asks for the citations of the page.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            cite = citing.asked_of(request)
            day = day_of(request.GET)
            request.day = day  # type: ignore[attr-defined]  # said by base.html
            page = view(request, *args, **kwargs)
            return answered_for(day, page) if cite is None else citing.as_file(request, cite, page)
        except BadQuery as error:
            request.day = None  # type: ignore[attr-defined]
            return bad_query(request, error)

    return answer


def bad_query(request: HttpRequest, error: BadQuery) -> HttpResponse:
    """The page for an address with a parameter that cannot be read."""
    return render(request, "spending/bad_query.html", {"error": error, "path": request.path}, status=400)
