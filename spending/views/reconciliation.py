"""From parliament to payment: an agency's stations year by year, and what lies between them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import charts, reconciliation_words, sentences
from ..addresses import at_one_address
from ..datasets import title_of
from ..fiscal import buddhist
from ..ladders import Ladder, Rung, ladder
from ..models import Agency, Edition
from ..palette import OTHER, OTHERS, PLAIN
from ..parameters import PARAMETERS
from ..pictures import Part
from ..provenance import Provenance, data_links, provenance_of
from ..reconciliation import Reconciliation
from ..reconciliation_rows import lines_of
from ..reconciling import extracts_of, newest_told, of_agency
from ..stations import Station
from . import reconciliation_tables as tables
from . import succeeding
from .asked import one_of, only_parameters, year_of
from .figures import show
from .listing import explaining_bad_queries

HUES = {
    Station.ALLOTTED: OTHER,
    Station.AFTER_TRANSFER: OTHERS,
    Station.CONTRACTED: "c3",
    Station.DISBURSED: PLAIN,
}


@require_safe
@at_one_address
@explaining_bad_queries
def reconciliation(request: HttpRequest, code: str) -> HttpResponseBase:
    only_parameters(request.GET, ("year", "as_of", "chart"))
    chart = one_of(request.GET, "chart", ("stations",))
    body = succeeding.agencies().filter(code=code).first()
    if (elsewhere := succeeding.led_on(request, code, body, "reconciliation")) is not None:
        return elsewhere
    if body is None:
        raise Http404
    text = request.GET.get("as_of") or ""
    day: date | None = PARAMETERS["as_of"].value(text) if text else None
    known = of_agency(body, day=day)
    chosen = _chosen(request, known)
    if chart:
        return JsonResponse(_chart(chosen))
    context = {
        "section": "agencies",
        "agency": body,
        "day": day,
        "trail": _trail(body),
        **context_of(body, chosen, day),
        "years_table": tables.years_table(known, body, day) if known else None,
        "causes": reconciliation_words.causes(),
        "names_table": tables.names_table(body),
    }
    return show(request, "spending/reconciliation.html", context)


def stations_of(body: Agency, year: int | None, day: date | None) -> dict[str, Any]:
    """What the page of an agency shows of it: the year asked for, else the newest of which most is known."""
    return context_of(body, newest_told(of_agency(body, year=year, day=day)), day)


def context_of(body: Agency, chosen: Reconciliation | None, day: date | None) -> dict[str, Any]:
    """The picture, the table, the sentence and the downloads of one year; nothing where nothing is known."""
    if chosen is None:
        return {"stations": None}
    extracts = extracts_of([chosen], day)
    lines = list(lines_of([chosen], {body.pk: body}, extracts))
    extract = extracts.get((body.pk, chosen.year))
    known = [reconciliation_words.how_much_is_known(chosen), reconciliation_words.extract(chosen, extract)]
    asked = {"year": str(buddhist(chosen.year))} | _as_of(day)
    page = uri_to_iri(reverse("spending:reconciliation", args=[body.code]))
    return {
        "stations": chosen,
        "stations_year": chosen.year,
        "stations_address": page,
        "stations_sentence": " ".join(filter(None, known)),
        "stations_picture": _picture(chosen),
        "stations_chart": f"{page}?{urlencode(asked | {'chart': 'stations'})}",
        "stations_table": tables.entries_table(lines, day),
        "stations_sources": [
            (name, title_of(name)) for name in dict.fromkeys(line.dataset for line in lines) if name
        ],
        "stations_origin": _origin(body, chosen, [line.dataset for line in lines], day),
    }


def _subject(body: Agency) -> str:
    return f"{reconciliation_words.title()}: {sentences.plain(sentences.named(body.name, body.name_en))}"


def _origin(
    body: Agency, chosen: Reconciliation, datasets: Collection[str], day: date | None
) -> Provenance | None:
    """The editions that speak of a year of an agency, and the same entries as data."""
    editions = Edition.objects.known_on(day).filter(dataset__in=datasets)
    of_year = editions.filter(Q(fiscal_year=chosen.year) | Q(fiscal_year=None))
    query = urlencode({"year": str(buddhist(chosen.year)), "agency": body.code} | _as_of(day))
    return provenance_of(
        of_year.select_related("source_file"),
        downloads=data_links("reconciliation", query),
        subject=lazy(_subject, str)(body),
        year=chosen.year,
    )


def _chosen(request: HttpRequest, known: Sequence[Reconciliation]) -> Reconciliation | None:
    """The year asked for, else the newest of which most is known. Raises BadQuery."""
    text = request.GET.get("year")
    if not text:
        return newest_told(known)
    year = year_of(text, {one.year for one in known})
    return next(one for one in known if one.year == year)


def _as_of(day: date | None) -> dict[str, str]:
    return {} if day is None else {"as_of": day.isoformat()}


def _trail(body: Agency) -> list[tuple[object, str]]:
    name = sentences.named(body.name, body.name_en)
    return [
        (_("Agencies"), reverse("spending:agencies")),
        (name, reverse("spending:agency", args=[body.code])),
        (reconciliation_words.title(), ""),
    ]


def _picture(chosen: Reconciliation) -> Ladder:
    title = _("Where money is counted on its way, fiscal year %(year)s")
    absent = _("no edition at hand")
    rungs = [
        Rung(reconciliation_words.station(one), chosen.at(one).amount, HUES[one], absent) for one in Station
    ]
    return ladder(title % {"year": sentences.year(chosen.year)}, rungs)


def _chart(chosen: Reconciliation | None) -> charts.Figure:
    parts = []
    for one in Station:
        amount = chosen.at(one).amount if chosen else None
        if amount is not None:
            parts.append(Part(reconciliation_words.station(one), amount, HUES[one]))
    return charts.bars(parts, title=reconciliation_words.title(), say=sentences.amount)
