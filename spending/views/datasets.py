"""The data sets: each at its own address with its editions, and all of them as a catalogue for portals."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from .. import quality, quality_tables
from ..catalogue import ckan, dcat, schema_org
from ..catalogue.describing import Described, described, frequency_words, manifest_of
from ..fiscal import fiscal_year_of
from ..models import Edition
from ..provenance import Provenance, data_links, provenance_of
from ..sentences import language
from ..validity import Version, version
from .asked import only_parameters
from .listing import explaining_bad_queries, page_of

ROWS = 100  # editions on one page
FILES = 12  # files of the dump named one by one


@require_safe
@explaining_bad_queries
def dataset(request: HttpRequest, dataset: str) -> HttpResponseBase:
    """One data set: what it holds, whose it is, how new, under which terms, in which forms, in which
    editions.
    """
    only_parameters(request.GET, ("page",))
    found = next((one for one in quality.collections() if one.dataset == dataset), None)
    if found is None:
        raise Http404
    base = _base(request)
    one = described(found, base, manifest_of(settings.DUMPS_DIR))
    page = page_of(Paginator(found.editions, ROWS), request.GET)
    shown = quality.Collection(found.dataset, tuple(page.object_list), found.earlier)
    context = {
        "section": "data",
        "collection": found,
        "described": one,
        "means": one.means[language()],
        "frequency": frequency_words(one),
        "years": (fiscal_year_of(one.first), fiscal_year_of(one.last)) if one.first and one.last else None,
        "resources": [(name, data_links(name, query)) for name, query in one.subject.resources],
        "dumped": [way for way in one.distributions if way.is_dumped][:FILES],
        "table": quality_tables.editions(shown, _address),
        "page": page,
        "before": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "after": f"?page={page.next_page_number()}" if page.has_next() else "",
        "data_block": schema_org.as_data_block(schema_org.dataset(one, base, language())),
        "catalogue": [(form.upper(), reverse(f"spending:catalogue_{form}")) for form in dcat.FORMS],
        "provenance": _origin(found),
    }
    return render(request, "spending/dataset.html", context)


@require_safe
@explaining_bad_queries
def package(request: HttpRequest, dataset: str) -> HttpResponseBase:
    """One data set as Thai government catalogues take it over."""
    only_parameters(request.GET, ())
    found = next((one for one in quality.collections() if one.dataset == dataset), None)
    if found is None:
        raise Http404
    one = described(found, _base(request), manifest_of(settings.DUMPS_DIR))
    told = ckan.package(one, settings.DEFAULT_FROM_EMAIL)
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@explaining_bad_queries
def catalogue(request: HttpRequest, form: str) -> HttpResponseBase:
    """All data sets as DCAT, in one of its written forms."""
    only_parameters(request.GET, ())
    now = version()
    headers = {**now.headers, "Cache-Control": "public, max-age=60", "Access-Control-Allow-Origin": "*"}
    if now.is_known(request):
        return HttpResponse(status=304, headers=headers)
    text = _written(form, _base(request), _moment(now))
    return HttpResponse(text, content_type=f"{dcat.MEDIA[form]}; charset=utf-8", headers=headers)


@lru_cache(maxsize=8)
def _written(form: str, base: str, moment: str) -> str:
    """The catalogue as it stands at a moment: it is made anew when an edition or a dump is published."""
    dump = manifest_of(settings.DUMPS_DIR)
    found: list[Described] = [described(one, base, dump) for one in quality.collections()]
    return dcat.written(dcat.graph_of(found, base, settings.DEFAULT_FROM_EMAIL), form)


def _moment(now: Version) -> str:
    dump = manifest_of(settings.DUMPS_DIR)
    return f"{now.etag} {dump.made_at if dump else ''}"


def _base(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _address(edition: Edition) -> str:
    return reverse("spending:edition", args=[edition.pk])


def _origin(found: quality.Collection) -> Provenance | None:
    """The current editions of the data set, to be cited, and the list of all its editions as data."""
    query: dict[str, Any] = {"dataset": found.dataset}
    return provenance_of(
        found.editions,
        downloads=data_links("editions", urlencode(query)),
    )
