"""What is promised for the coming years (งบผูกพัน): by year, by body, and line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from .. import sentences
from ..breakdowns import Dimension, break_down
from ..breakdowns import Row as Slice
from ..dimension_names import split_by, title_of
from ..filters import CommitmentFilter
from ..fiscal import buddhist
from ..ladders import Ladder, Rung, ladder
from ..models import Agency, Commitment, Edition
from ..obligations import Instalment, Promise, largest_promises, promised, promising_books
from ..palette import OTHERS
from ..parameters import BadQuery
from ..provenance import Provenance, data_links, provenance_of
from ..tables import Column, Kind, Row, Table, bar_lengths
from . import purchase_tables as tables
from .agency_tables import promised_table
from .asked import day_of
from .figures import show
from .listing import explaining_bad_queries

LINES = 25
BODIES = 40


@require_safe
@explaining_bad_queries
def newest(request: HttpRequest) -> HttpResponseBase:
    books = promising_books(Commitment.objects.current(day_of(request.GET)))
    if not books:
        return render(request, "spending/empty.html", {"section": "budget"})
    address = reverse("spending:obligations", args=[books[0]])
    text = request.GET.urlencode()
    return HttpResponseRedirect(f"{address}?{text}" if text else address)


@require_safe
@explaining_bad_queries
def obligations(request: HttpRequest, year: int) -> HttpResponseBase:
    query = _query(request, year)
    books = promising_books(Commitment.objects.current(query.as_of))
    if year not in books:
        context = {"year": year, "years": books}
        return render(request, "spending/no_year.html", context, status=404)
    commitments = query.lines()
    steps = promised(commitments, year)
    body = _body(query)
    context = {
        "section": "budget",
        "year": year,
        "years": [(one, _address(query, one)) for one in books],
        "total": sum((step.amount for step in steps), Decimal(0)),
        "steps": steps,
        "chosen": _chosen(query),
        "trail": _trail(year, body),
        "sentence": sentences.promised_by(steps),
        "picture": _picture(steps) if steps else None,
        "years_table": promised_table(steps) if steps else None,
        "bodies_table": _bodies(query, commitments) if steps else None,
        "lines_table": _lines(largest_promises(commitments, LINES), year) if steps else None,
        "lines_title": gettext_lazy("Lines that promise most"),
        "provenance": _origin(query),
    }
    return show(request, "spending/obligations.html", context)


def _query(request: HttpRequest, year: int) -> CommitmentFilter:
    known = ("ministry", "agency", "as_of")
    for name in request.GET:
        if name not in known:
            words = _("There is no parameter %(name)s; there are: %(known)s.")
            raise BadQuery(name, words % {"name": name, "known": ", ".join(known)})
    book = str(buddhist(year))
    return CommitmentFilter(request.GET, book=book, after=book)


def _body(query: CommitmentFilter) -> Agency | None:
    code = query.values.get("agency") or query.values.get("ministry")
    return Agency.objects.filter(code=code).first() if code else None


def _chosen(query: CommitmentFilter) -> list[tuple[str, object, str]]:
    found: list[tuple[str, object, str]] = []
    for one in (Dimension.MINISTRY, Dimension.AGENCY):
        if one.value in query.values:
            body = Agency.objects.filter(code=query.values[one.value]).first()
            name = sentences.named(body.name, body.name_en) if body else query.texts[one.value]
            found.append((title_of(one), name, uri_to_iri(f"?{query.query(**{one.value: None})}")))
    return found


def _trail(year: int, body: Agency | None) -> list[tuple[object, str]]:
    words = _("Budget %(year)s") % {"year": sentences.year(year)}
    own = reverse("spending:obligations", args=[year])
    last: list[tuple[object, str]] = [(_("Promised for coming years"), own if body else "")]
    if body is not None:
        last.append((sentences.named(body.name, body.name_en), ""))
    return [(words, reverse("spending:budget", args=[year])), *last]


def _address(query: CommitmentFilter, year: int) -> str:
    text = query.query()
    address = reverse("spending:obligations", args=[year])
    return uri_to_iri(f"{address}?{text}") if text else address


def _picture(steps: Sequence[Instalment]) -> Ladder:
    """Each year as a bar; what the book prints for several years as one sum stands apart."""
    single = [Rung(sentences.year(step.first_year), step.amount) for step in steps if not step.is_range]
    ranges = [step.amount for step in steps if step.is_range]
    if ranges:
        single.append(Rung(_("Printed as a sum of several years"), sum(ranges, Decimal(0)), OTHERS))
    drawn = ladder(_("Promised for coming years"), single)
    return Ladder(drawn.title, tuple(replace(step, change=None) for step in drawn.steps))


def _bodies(query: CommitmentFilter, commitments: Any) -> Table:
    """By ministry; below a ministry, by agency."""
    by = Dimension.AGENCY if {"ministry", "agency"} & set(query.values) else Dimension.MINISTRY
    parts = break_down(commitments, by, limit=BODIES)

    def link(row: Slice) -> str:
        return uri_to_iri(f"?{query.query(**{by.value: row.code})}")

    return tables.slices_table(parts, split_by(by), _("Baht"), _("Instalments"), link)


def _lines(promises: Sequence[Promise], year: int) -> Table:
    columns = (
        Column(_("Line of the book"), Kind.NAME),
        Column(_("Promised (baht)"), Kind.MONEY),
        Column(_("Bar"), Kind.BAR),
        Column(_("Until"), Kind.TEXT, wide=True),
    )
    lengths = bar_lengths([one.amount for one in promises])
    thai = "" if sentences.language() == "th" else "th"
    rows = [
        Row(
            (one.description, one.amount, length, sentences.year(one.last_year)),
            href=reverse("spending:line", args=[year, one.line_item_id]) if one.line_item_id else "",
            lang=thai,
            note=one.agency,
        )
        for one, length in zip(promises, lengths, strict=True)
    ]
    return Table(_("Lines that promise most"), columns, tuple(rows))


def _origin(query: CommitmentFilter) -> Provenance | None:
    text = query.query(book=query.texts["book"], after=query.texts["after"])
    downloads = data_links("commitments", text)
    editions = Edition.objects.filter(
        pk__in=Edition.objects.answering(query.as_of), dataset="budget_book", fiscal_year=query.values["book"]
    )
    return provenance_of(editions.select_related("source_file").order_by("part"), downloads=downloads)
