"""One body that receives public money: what it was given, what it spent, beside whom it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.http import HttpRequest, HttpResponsePermanentRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from .. import histories, sentences, slices
from ..addresses import at_one_address
from ..agency_book import AgencyBook, agency_book, book_editions
from ..breakdowns import Breakdown, Dimension
from ..breakdowns import Row as Slice
from ..coverage import Coverage, book_years, unextracted
from ..dimension_names import split_by
from ..dots import Body, Dots, dots
from ..fiscal import buddhist, fiscal_year_of
from ..flag_words import asked as questions_of
from ..histories import BodyYear
from ..models import Agency, AgencyName, Edition, ProjectDisbursement
from ..palette import OTHER, PLAIN, hue_of
from ..parameters import UNAVAILABLE, BadQuery
from ..peers import Peers, peers
from ..provenance import Provenance, provenance_of
from ..provinces import by_place
from ..purchases import bought_by, datasets_bought, questions_to
from ..purses import weeks
from ..references import Measure
from ..rosters import roster
from ..yardsticks import WORDS
from . import agency_tables as tables
from . import measures, succeeding
from . import years as years_figure
from .agency_money import Reports, downloads, hundred, money, weeks_chart, whole_of
from .asked import day_of, one_of, only_parameters, year_of
from .figures import show
from .listing import explaining_bad_queries
from .purchase_tables import bought_table
from .reconciliation import stations_of

QUESTIONS = 3  # questions about purchases shown one by one
READ_HERE = ("year", "as_of", "chart", *WORDS)
CHARTS = ("years", "weeks")
BOOK_KINDS = (Agency.Kind.MINISTRY, Agency.Kind.AGENCY)  # bodies that the budget book has volumes of
OWN_AGENCIES = 10  # agencies of a ministry on its page


@require_safe
@at_one_address
@explaining_bad_queries
def agency(request: HttpRequest, code: str) -> HttpResponseBase:
    only_parameters(request.GET, READ_HERE)
    day, chart = day_of(request.GET), one_of(request.GET, "chart", CHARTS)
    body = succeeding.agencies().filter(code=code).first()
    if (elsewhere := succeeding.led_on(request, code, body, "agency")) is not None:
        return elsewhere
    if body is None:
        return _moved(request, code)
    known, measure = histories.of_body(body, day), measures.measure_in(request.GET, day)
    asked = Asked(day, _year(request, known, day))
    if chart == "years":
        return JsonResponse(years_figure.chart(_years(body, day), measure))
    reports = weeks(body, day, asked.year)
    if chart == "weeks":
        return JsonResponse(weeks_chart(reports))
    book, whole = agency_book(body, day, asked.year), whole_of(reports, day)
    context = {
        "section": "agencies",
        "agency": body,
        "hue": hue_of(body.code),
        "trail": _trail(body),
        "names": _names(body),
        **succeeding.context_of(body),
        "asked_year": asked.year,
        "budget_address": _budget_address(body, book.year) if book else "",
        "lines_address": _budget_address(body, book.year, "lines") if book else "",
        "unextracted": None if book else _unextracted(body, asked),
        **_years_control(asked, known),
        **money(body, reports, whole, day),
        "weeks_chart": f"?{urlencode({**asked.in_address, 'chart': 'weeks'})}",
        **hundred(body, reports, book, whole),
        **_beside(body, reports, day),
        **_book(body, book, day),
        **_bodies(body, asked),
        **_history(body, known, asked, measure),
        **_bought(body, day),
        **stations_of(body, asked.year, day),
    }
    return show(request, "spending/agency.html", context)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a body is asked for: as known on a day (None: now), in a fiscal year (None: the newest of each
    source; Common Era).
    """

    day: date | None
    year: int | None

    @property
    def in_address(self) -> dict[str, int]:
        """The year as addresses ask for it; nothing where none is asked for."""
        return {"year": buddhist(self.year)} if self.year else {}

    def told(self, words: Mapping[str, str | None]) -> str:
        """The address of this page with its amounts told in another way."""
        asked = {**self.in_address, **{name: word for name, word in words.items() if word}}
        return f"?{urlencode(asked)}#years"


def _year(request: HttpRequest, known: Sequence[BodyYear], day: date | None) -> int | None:
    """The year of `?year=`: one of the body, or of a book that lacks its volume. Raises BadQuery."""
    text = request.GET.get("year", "")
    return year_of(text, {*(one.year for one in known), *book_years(day)}) if text else None


def _years_control(asked: Asked, known: Sequence[BodyYear]) -> dict[str, Any]:
    """The years of the body, newest first, each with the address of this page in it; none for a body of which
    nothing but published totals is known.
    """
    year = asked.year or max((one.year for one in known), default=None)
    if year is None:
        return {"years": []}
    years = sorted({*(one.year for one in known), *book_years(asked.day)}, reverse=True)
    return {
        "year": year,
        "years": [(year, f"?year={buddhist(year)}") for year in years],
    }


def _unextracted(body: Agency, asked: Asked) -> Coverage | None:
    """How far the book of the year is published, for a body that its volumes do not have."""
    year = asked.year or max(book_years(asked.day), default=None)
    return unextracted(year, body.code, asked.day) if year and body.kind in BOOK_KINDS else None


def _bought(body: Agency, day: date | None) -> dict[str, Any]:
    """What its departments bought through e-GP, year by year."""
    word = "ministry" if body.kind == Agency.Kind.MINISTRY else "agency"
    query = urlencode({word: body.code})
    flags = questions_to(body, QUESTIONS)
    return {
        "bought_sets": datasets_bought(body, day),
        "bought_table": bought_table(bought_by(body, day), query),
        "asked": [] if day else questions_of(flags),
        "questions_address": f"{reverse('spending:flags')}?{query}",
    }


def _moved(request: HttpRequest, code: str) -> HttpResponseBase:
    """Where an address leads that is no agency's code: to the one agency it is a name of, or nowhere."""
    meant = list(Agency.objects.filter(names__name=code).distinct()[:9])
    if len(meant) == 1:
        return HttpResponsePermanentRedirect(reverse("spending:agency", args=[meant[0].code]))
    return render(request, "spending/no_agency.html", {"code": code, "meant": meant}, status=404)


def _trail(body: Agency) -> list[tuple[str, str]]:
    found = [(_("Agencies"), reverse("spending:agencies"))]
    if body.ministry is not None:
        name = sentences.named(body.ministry.name, body.ministry.name_en)
        found.append((name, reverse("spending:agency", args=[body.ministry.code])))
    return [*found, (sentences.named(body.name, body.name_en), "")]


def _names(body: Agency) -> list[str]:
    """Other spellings under which the body was published."""
    found = AgencyName.objects.filter(agency=body).exclude(name=body.name).order_by("name")
    return sorted(set(found.values_list("name", flat=True)))


def _budget_address(body: Agency, year: int, page: str = "budget") -> str:
    names = {"agency": body.code}
    if body.kind == Agency.Kind.MINISTRY:
        names = {"ministry": body.code}
    elif body.ministry is not None:
        names = {"ministry": body.ministry.code, "agency": body.code}
    return uri_to_iri(f"{reverse(f'spending:{page}', args=[year])}?{urlencode(names)}")


def _beside(body: Agency, reports: Reports, day: date | None) -> dict[str, Any]:
    found = peers(body, fiscal_year_of(reports[-1].as_of), day) if reports else None
    if found is None:
        return {"peers": None}
    return {
        "peers": found,
        "peers_title": _("Beside others"),
        "peers_sentence": sentences.among_peers(found),
        "peers_picture": _dots(found),
        "peers_table": tables.peers_table(found),
    }


def _dots(found: Peers) -> Dots:
    bodies = [
        Body(sentences.name_and_language(peer.name, peer.name_en)[0], peer.share, own=peer == found.body)
        for peer in found.bodies
    ]
    return dots(_("Share of the budget paid out, each body a dot"), bodies)


def _book(body: Agency, book: AgencyBook | None, day: date | None) -> dict[str, Any]:
    if book is None:
        return {"book": None}
    text = f"year={buddhist(book.year)}&{_budget_address(body, book.year).partition('?')[2]}"
    return {
        "book": book,
        "book_words": sentences.of_hundred(book.share) if book.share else "",
        "plans": _part(body, book, book.by_plan),
        "categories": _part(body, book, book.by_category),
        "largest_table": tables.largest_lines_table(book.largest, book.total),
        "promised_title": _("Promised for coming years"),
        "promised_sentence": sentences.promised_by(book.promised),
        "promised_table": tables.promised_table(book.promised) if book.promised else None,
        "book_provenance": provenance_of(
            book_editions(body, book.year, day).select_related("source_file"),
            downloads=downloads("allocations", text),
        ),
    }


def _part(body: Agency, book: AgencyBook, breakdown: Breakdown) -> dict[str, Any]:
    """One breakdown of the body's book: its title, sentence and table, each slice a step down the budget."""
    address = _budget_address(body, book.year)
    dimension = breakdown.dimension

    def link(row: Slice) -> str:
        by = {"by": "category"} if dimension is Dimension.CATEGORY else {}
        return uri_to_iri(f"{address}&{urlencode({dimension.value: row.code, **by})}")

    own = hue_of(body.code)
    shown = slices.Shown(breakdown, link, PLAIN if own == OTHER else own)
    return {
        "title": split_by(dimension),
        "sentence": sentences.where_it_goes(breakdown),
        "table": slices.table(shown, breakdown.rows, slices.plain_columns(shown)),
    }


def _bodies(body: Agency, asked: Asked) -> dict[str, Any]:
    """The agencies of a ministry."""
    if body.kind != Agency.Kind.MINISTRY:
        return {"bodies_table": None}
    bodies = roster(ministry=body.code, day=asked.day, year=asked.year).order_by(
        F("given").desc(nulls_last=True), F("book").desc(nulls_last=True), "code"
    )
    shown = list(bodies[:OWN_AGENCIES])
    count = len(shown) if len(shown) < OWN_AGENCIES else bodies.count()
    return {
        "bodies_count": count,
        "bodies_left": count - OWN_AGENCIES,
        "bodies_table": tables.bodies_table(shown, _("Its agencies")) if count else None,
    }


def _history(
    body: Agency, known: Sequence[BodyYear], asked: Asked, measure: Measure | None
) -> dict[str, Any]:
    years = [one.year for one in known if one.budgeted is not None and asked.year in (None, one.year)]
    found = by_place(body, years[0], asked.day) if years else None
    past = _years(body, asked.day)
    if measure is not None and not past.is_told:
        word = "per" if measure.per is not None else "prices"
        raise BadQuery(word, _(UNAVAILABLE[word]))
    return {
        "history_sets": histories.datasets_of(known),
        "history_table": tables.history_table(known) if known else None,
        "history_title": _("What each source says, year by year"),
        "places_title": gettext_lazy("Projects by province"),
        "places_sentence": sentences.placed(found) if found else "",
        "places_provenance": _projects_origin(body, asked.day) if found else None,
        "places_table": tables.places_table(found) if found else None,
        **(measures.control(measure, asked.told, asked.day) if past.is_told else {}),
        **years_figure.context(past.totals, past.hue, _years_chart(measure), asked.day, measure),
    }


def _years_chart(measure: Measure | None) -> str:
    """The address of the figure of the years as a chart, told as on the page."""
    words = {name: word for name, word in measures.now(measure).items() if word}
    return f"?{urlencode({'chart': 'years', **words})}"


def _years(body: Agency, day: date | None) -> years_figure.History:
    """The published totals of a ministry; none of any other body."""
    own = hue_of(body.code)
    totals = histories.of_ministry(body, day) if body.kind == Agency.Kind.MINISTRY else ()
    return years_figure.History(totals, PLAIN if own == OTHER else own)


def _projects_origin(body: Agency, day: date | None) -> Provenance | None:
    own = {"ministry": body} if body.kind == Agency.Kind.MINISTRY else {"agency": body}
    rows = ProjectDisbursement.objects.current(day).filter(**own).order_by().values("edition")
    return provenance_of(Edition.objects.filter(pk__in=rows).select_related("source_file"))
