"""A page of the printed budget book: its picture, and its lines in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import sentences
from ..addresses import at_one_address
from ..models import Allocation, Edition
from ..page_pictures import Busy, NotPainted, picture_of
from ..printed_volumes import BUDGET_BOOK, PrintedPage, printed_page
from ..provenance import provenance_of
from ..querysets import AllocationQuerySet
from ..tables import Column, Kind, Row, Table
from ..volumes import volume_in_words
from . import book
from .asked import day_of, only_parameters
from .listing import explaining_bad_queries

KEPT_FOR = 7 * 24 * 3600  # seconds that a browser keeps a picture
TRY_AGAIN = 5  # seconds


@require_safe
@at_one_address
@explaining_bad_queries
def page(request: HttpRequest, year: int, volume: str, number: int) -> HttpResponseBase:
    only_parameters(request.GET, ("as_of",))
    day = day_of(request.GET)
    lines = _lines(volume, number, day).in_year(year)
    found = printed_page(volume, number) if _is_of(volume, year) else None
    if found is None and not lines:
        raise Http404
    words = volume_in_words(volume, sentences.language())
    title = _("%(volume)s, page %(page)s") % {"volume": words, "page": number}
    context = {
        "section": "budget",
        "year": year,
        "number": number,
        "title": title,
        "trail": book.trail(year, (), last=title),
        "picture": reverse("spending:page_picture", args=[year, volume, number]) if found else "",
        "before": _beside(volume, year, number - 1, day),
        "after": _beside(volume, year, number + 1, day),
        "lines": _table(lines, year),
        "provenance": _provenance(found, lines),
    }
    return render(request, "spending/page.html", context)


@require_safe
def picture(request: HttpRequest, year: int, volume: str, number: int) -> HttpResponseBase:
    """The picture of a page, where the operator keeps the PDF."""
    found = printed_page(volume, number) if _is_of(volume, year) else None
    if found is None:
        raise Http404
    try:
        path = picture_of(found.edition.source_file, found.place)
    except NotPainted as error:
        raise Http404 from error
    except Busy:
        return HttpResponse(status=503, headers={"Retry-After": str(TRY_AGAIN)})
    response = FileResponse(path.open("rb"), content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    response["ETag"] = f'"{found.edition.source_file.sha256[:16]}-{found.place}"'
    return response


def _is_of(volume: str, year: int) -> bool:
    """Whether a volume is one of the budget book of a year, so that its pages have one address."""
    return Edition.objects.shown().filter(dataset=BUDGET_BOOK, part=volume, fiscal_year=year).exists()


def _lines(volume: str, number: int, day: date | None) -> AllocationQuerySet:
    """The budget lines of a printed page, as known on `day` (None: now)."""
    lines: Any = Allocation.objects.current(day)
    found: AllocationQuerySet = lines.filter(edition__part=volume, page=number)
    return found


def _beside(volume: str, year: int, number: int, day: date | None) -> str:
    """The address of a page next to this one, "" where there is none to show."""
    if number < 1 or not (printed_page(volume, number) or _lines(volume, number, day).exists()):
        return ""
    return reverse("spending:page", args=[year, volume, number])


def _table(lines: AllocationQuerySet, year: int) -> Table | None:
    columns = (Column(_("What the money is for"), Kind.NAME), Column(_("Baht"), Kind.MONEY))
    lang = "" if sentences.language() == "th" else "th"
    rows = [
        Row(
            (line.description, line.amount),
            href=reverse("spending:line", args=[year, line.item_id]),
            lang=lang,
        )
        for line in lines.order_by("line", "pk")
    ]
    return Table(_("Budget lines on this page"), columns, tuple(rows)) if rows else None


def _provenance(found: PrintedPage | None, lines: AllocationQuerySet) -> Any:
    pages = [found.edition] if found else []
    read = Edition.objects.filter(pk__in=lines.values("edition")).select_related("source_file")
    return provenance_of({edition.pk: edition for edition in (*pages, *read)}.values())
