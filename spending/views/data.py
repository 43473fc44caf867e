"""The data itself: every edition with its checks, repairs and refusals; sources; what the columns mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from .. import quality, quality_tables, reading_tables
from ..catalogue.dcat import FORMS as CATALOGUES
from ..compared import BOOK
from ..datasets import part_title
from ..dictionary import downloads, tables_of
from ..glossary import TERMS
from ..models import Edition, SourceFile
from ..overview import WEEKLY, Overview, overview
from ..printed_volumes import two_readings
from ..provenance import Provenance, data_links, provenance_of
from ..purchase_filters import DATASETS as PURCHASES
from ..quality_exports import edition_as_json, quality_csv, refusals_csv
from .asked import one_of, only_parameters
from .listing import explaining_bad_queries, page_of

REFUSALS = 50  # refusals on one page
REMARKS = 60  # remarks on the page of an edition; all of them stand in its download
FORMATS = ("csv", "json")
COMPARED = (BOOK, *PURCHASES)  # data sets whose editions can be compared line by line


@require_safe
@explaining_bad_queries
def data(request: HttpRequest) -> HttpResponseBase:
    """Every data set, how much of the act is known, and where sums disagree."""
    only_parameters(request.GET, ("format",))
    found = quality.collections()
    if one_of(request.GET, "format", FORMATS[:1]):
        return quality_csv(found)
    unequal = quality.disagreements(found)
    context = {
        "section": "data",
        "collections": quality_tables.collections(found, _dataset),
        "catalogue": [(form.upper(), reverse(f"spending:catalogue_{form}")) for form in CATALOGUES],
        "rows": sum(one.rows for one in found),
        "refused": sum(one.refused for one in found),
        "files": sum(len(one.editions) for one in found),
        "coverage": quality_tables.coverage(quality.years_covered(_reported()), _budget),
        "downloads": data_links("editions", f"as_of={timezone.localdate().isoformat()}"),
        "disagreements": quality_tables.disagreements(unequal, _address) if unequal else None,
    }
    return render(request, "spending/data.html", context)


@require_safe
@explaining_bad_queries
def edition(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One edition that visitors may see: where it comes from, what was checked, repaired and refused."""
    only_parameters(request.GET, ("page", "format"))
    shown = Edition.objects.shown().exclude(state=Edition.State.WITHDRAWN)
    found = get_object_or_404(shown.select_related("source_file"), pk=pk)
    form = one_of(request.GET, "format", FORMATS)
    if form == "csv":
        return refusals_csv(found)
    if form == "json":
        return JsonResponse(edition_as_json(found), json_dumps_params={"ensure_ascii": False})
    return render(request, "spending/edition.html", {**_edition(found), **_refusals(request, found)})


@require_safe
def file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The published file, byte for byte as it was received; only files of editions that visitors may see."""
    shown = Edition.objects.shown().values("source_file")
    found = get_object_or_404(SourceFile.objects.filter(pk__in=shown), sha256=sha256)
    if not found.content:
        raise Http404
    try:
        content = found.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content, as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )


@require_safe
@explaining_bad_queries
def sources(request: HttpRequest) -> HttpResponseBase:
    """Who published what, under which terms, how often and how new."""
    only_parameters(request.GET, ())
    return render(request, "spending/sources.html", {"section": "data", "collections": quality.collections()})


@require_safe
@explaining_bad_queries
def dictionary(request: HttpRequest) -> HttpResponseBase:
    """What the words of the budget and every column of the downloads mean."""
    only_parameters(request.GET, ())
    context = {"section": "data", "downloads": downloads(), "terms": TERMS}
    return render(request, "spending/dictionary.html", context)


@require_safe
@explaining_bad_queries
def tables(request: HttpRequest) -> HttpResponseBase:
    """What every table behind the downloads means."""
    only_parameters(request.GET, ())
    return render(request, "spending/data_tables.html", {"section": "data", "tables": tables_of()})


def _edition(found: Edition) -> dict[str, Any]:
    checks, remarks = quality.checks_of(found), quality.remarks_of(found)
    parts = Edition.objects.shown().filter(dataset=found.dataset, part=found.part)
    siblings = list(parts.exclude(pk=found.pk).order_by("-as_of", "-pk"))
    return {
        "section": "data",
        "edition": found,
        "held": sum(check.holds for check in checks),
        "checks": quality_tables.checks(checks) if checks else None,
        "kinds": quality.counted_kinds(remarks),
        "remarks": quality_tables.remarks(remarks[:REMARKS]) if remarks else None,
        "more_remarks": max(len(remarks) - REMARKS, 0),
        "siblings": siblings,
        "compared_with": _before(found, siblings),
        "provenance": _origin(found),
        **_readings(found),
    }


def _before(found: Edition, siblings: Iterable[Edition]) -> str:
    """The name of the edition of the same part published before it, where their lines can be compared."""
    if found.dataset not in COMPARED:
        return ""
    known = [(one.published_at, one.pk, one.key) for one in siblings if one.published_at]
    earlier = [one for one in known if found.published_at and one[0] < found.published_at]
    return max(earlier)[2] if earlier else ""


def _origin(found: Edition) -> Provenance | None:
    """The edition itself, to be cited, with its refused rows as data where it has any."""
    downloads = data_links("rejections", urlencode({"edition": found.key})) if found.refused else []
    subject = lazy(part_title, str)(found.dataset, found.part)
    return provenance_of([found], place=found.file_name, downloads=downloads, subject=subject)


def _readings(found: Edition) -> dict[str, Any]:
    """How the print of a volume and the table extracted from it compare, where both are here."""
    both = two_readings(found)
    if both is None:
        return {}
    return {
        "readings": both,
        "reading_kinds": reading_tables.kinds(both),
        "reading_sums": reading_tables.sums(both),
        "reading_differences": reading_tables.differences(both) if both.comparison.differences else None,
    }


def _refusals(request: HttpRequest, found: Edition) -> dict[str, Any]:
    page = page_of(Paginator(found.rejections.order_by("line", "pk"), REFUSALS), request.GET)
    here = "?" + urlencode({"page": ""})
    return {
        "page": page,
        "before": f"{here}{page.previous_page_number()}#refusals" if page.has_previous() else "",
        "after": f"{here}{page.next_page_number()}#refusals" if page.has_next() else "",
    }


def _reported() -> list[Overview]:
    """The years of the weekly report at a glance."""
    years = Edition.objects.current().of(WEEKLY).values_list("fiscal_year", flat=True)
    return [found for year in years if year and (found := overview(year)) is not None]


def _address(found: Edition) -> str:
    return reverse("spending:edition", args=[found.pk])


def _dataset(name: str) -> str:
    return reverse("spending:dataset", args=[name])


def _budget(year: int) -> str:
    return reverse("spending:budget", args=[year])
