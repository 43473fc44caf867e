"""Pages that show figures: the page, with a way to take each figure elsewhere; or, asked for, the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from ..embeds.codes import Embed, embed
from ..embeds.figures import Figure
from ..models import Edition
from ..yardsticks import WORDS
from . import citing
from .taken import figures_of


class Figures(HttpResponse):
    """What a page answers to an embed: its figures instead of itself."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        super().__init__()
        self.figures = {figure.id: figure for figure in figures}


def asked_for_figures(request: HttpRequest) -> HttpRequest:
    """The request, to a page that is to hand over its figures."""
    request.wants_figures = True  # type: ignore[attr-defined]
    return request


def show(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page with its figures, each with a box to embed it (`embeds`, by the figure's id); an embed asks
    for the figures alone.
    """
    found = figures_of(template, context)
    if getattr(request, "wants_figures", False):
        return Figures(found)
    embeds = embeds_of(request, found)
    answers = request.build_absolute_uri("/oembed/") + f"?{urlencode({'url': request.build_absolute_uri()})}"
    return render(request, template, {**context, "embeds": embeds, "oembed": answers if embeds else ""})


def embeds_of(request: HttpRequest, figures: Iterable[Figure]) -> dict[str, Embed]:
    """The ways to take figures of the page at hand elsewhere, by their ids, as known when it was shown."""
    found = list(figures)
    as_of = request.GET.get("as_of") or _since(request) if found else ""
    return {
        figure.id: embed(
            request.path,
            _asked_of(figure, request.GET.dict()),
            figure=figure.id,
            as_of=as_of,
            seal=figure.seal,
            title=figure.whole_title,
            host=f"{request.scheme}://{request.get_host()}",
        )
        for figure in found
    }


def _asked_of(figure: Figure, query: dict[str, Any]) -> dict[str, Any]:
    """The words of a page's address that its figure answers: how amounts are told is none of one that tells
    them as published.
    """
    if any(column.rounded for column in figure.table.columns):
        return query
    return {name: word for name, word in query.items() if name not in WORDS}


def _since(request: HttpRequest) -> str:
    since = citing.shown_since(request)
    return since.isoformat() if since else ""


def shown_since() -> str:
    """The moment since which the site has shown what it shows now; "" where nothing is published."""
    since = Edition.objects.shown_since()
    return since.isoformat() if since else ""
