"""One body that receives public money: what it was given, what it spent, beside whom it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.http import HttpRequest, HttpResponsePermanentRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import histories, sentences, slices
from ..addresses import at_one_address
from ..agency_book import AgencyBook, agency_book
from ..breakdowns import Breakdown, Dimension, share_of
from ..breakdowns import Row as Slice
from ..dimension_names import split_by
from ..dots import Body, Dots, dots
from ..fiscal import buddhist, day_in_words, fiscal_year_of
from ..glance import Headway, on_its_way
from ..models import Agency, AgencyName, Disbursement, Edition, ProjectDisbursement
from ..palette import OTHER, OTHERS, PLAIN, hue_of
from ..peers import Peers, peers
from ..pictures import Part, Strip, strip
from ..progress import WHOLE, Stretch
from ..provenance import Download, Provenance, provenance_of
from ..provinces import by_place
from ..purchases import bought_by
from ..purses import Purse, Week, weeks
from ..rosters import roster
from ..trends import Run, Trend, trend
from . import agency_tables as tables
from . import years as years_figure
from .asked import one_of, only_parameters
from .listing import explaining_bad_queries
from .purchase_tables import bought_table

SEEN = Decimal("0.003")  # the smallest share of a strip that an eye sees
CHARTS = ("years",)
OWN_AGENCIES = 30  # agencies of a ministry on its page


@require_safe
@at_one_address
@explaining_bad_queries
def agency(request: HttpRequest, code: str) -> HttpResponseBase:
    only_parameters(request.GET, ("chart",))
    chart = one_of(request.GET, "chart", CHARTS)
    body = Agency.objects.select_related("ministry").filter(code=code).first()
    if body is None:
        return _moved(request, code)
    if chart:
        return JsonResponse(years_figure.chart(_years(body)))
    book = agency_book(body)
    reports = weeks(body)
    context = {
        "section": "agencies",
        "agency": body,
        "hue": hue_of(body.code),
        "trail": _trail(body),
        "names": _names(body),
        "budget_address": _budget_address(body, book.year) if book else "",
        "lines_address": _budget_address(body, book.year, "lines") if book else "",
        **_money(body, reports),
        **_hundred(body, reports, book),
        **_beside(body),
        **_book(body, book),
        **_bodies(body),
        **_history(body),
        **_bought(body),
    }
    return render(request, "spending/agency.html", context)


def _bought(body: Agency) -> dict[str, Any]:
    """What its departments bought through e-GP, year by year."""
    word = "ministry" if body.kind == Agency.Kind.MINISTRY else "agency"
    return {"bought_table": bought_table(bought_by(body), urlencode({word: body.code}))}


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


def _money(body: Agency, reports: list[Week] | Any) -> dict[str, Any]:
    """The newest weekly report of the body, and the weeks before it."""
    if not reports:
        return {"week": None}
    week = reports[-1]
    return {
        "week": week,
        "week_year": fiscal_year_of(week.as_of),
        "week_sentence": " ".join(
            [sentences.how_far(week.total), *map(sentences.against_target, week.parts)]
        ),
        "headway": [_headway(purse, week) for purse in (week.total, *week.parts)],
        "purses_table": tables.purses_table(week),
        "weeks_title": _("Week by week"),
        "weeks_picture": _weeks_picture(reports) if len(reports) > 1 else None,
        "weeks_table": tables.weeks_table(reports) if len(reports) > 1 else None,
        "week_provenance": _weekly_origin(body, week),
    }


def _headway(purse: Purse, week: Week) -> Headway:
    name = _("Together") if purse is week.total else sentences.spending_name(purse)
    return on_its_way(name, Stretch(purse, purse.target_share))


def _weeks_picture(reports: list[Week]) -> Trend:
    """The share paid or bound of each economic class, week by week, each with its target."""
    places = [day_in_words(week.as_of, sentences.language(), short=True) for week in reports]
    none = Purse("")
    recurrent = [week.recurrent or none for week in reports]
    investment = [week.investment or none for week in reports]
    runs = [
        Run(_("Recurrent"), "c1", tuple(purse.spent_share for purse in recurrent)),
        Run(_("Recurrent, target"), OTHERS, tuple(purse.target_share for purse in recurrent)),
        Run(_("Investment"), "c2", tuple(purse.spent_share for purse in investment)),
        Run(_("Investment, target"), OTHER, tuple(purse.target_share for purse in investment)),
    ]
    return trend(_("Paid or bound, share of the budget"), places, runs, of_shares=True)


def _weekly_origin(body: Agency, week: Week) -> Provenance | None:
    rows = Disbursement.objects.current().for_agency(body).order_by().values("edition")
    editions = Edition.objects.filter(pk__in=rows, as_of=week.as_of).select_related("source_file")
    query = urlencode({"agency": body.code, "cut": week.cut})
    return provenance_of(editions, downloads=_downloads("disbursements", query))


def _downloads(resource: str, query: str) -> list[Download]:
    forms = (("JSON", "/"), ("CSV", ".csv"), ("XLSX", ".xlsx"))
    return [Download(name, f"/api/v1/{resource}{ending}?{query}") for name, ending in forms]


def _hundred(body: Agency, reports: Any, book: AgencyBook | None) -> dict[str, Any]:
    """The body's share of every hundred baht of the budget, by the newest report, else by the newest book."""
    amount, whole = _share_of_all(reports, book)
    if amount is None or whole is None or not 0 < amount <= whole:
        return {"hundred": None, "hundred_words": ""}
    name, lang = sentences.name_and_language(body.name, body.name_en)
    own = Part(name, amount, PLAIN if hue_of(body.code) == OTHER else hue_of(body.code), lang=lang)
    rest = Part(_("All others"), whole - amount, OTHERS)
    share = share_of(amount, whole) or Decimal(0)
    return {
        "hundred": _strip(own, rest) if share >= SEEN else None,
        "hundred_words": sentences.of_hundred(share),
    }


def _strip(own: Part, rest: Part) -> Strip:
    return strip(f"{own.name}, {rest.name}", [own, rest])


def _share_of_all(reports: Any, book: AgencyBook | None) -> tuple[Decimal | None, Decimal | None]:
    if reports:
        week = reports[-1]
        overview = Disbursement.objects.current().in_cut(Disbursement.Cut.OVERVIEW)
        whole = overview.filter(as_of=week.as_of, body_code=WHOLE).first()
        return week.total.after_transfer, whole and whole.after_transfer
    return (book.total, book.whole) if book else (None, None)


def _beside(body: Agency) -> dict[str, Any]:
    found = peers(body)
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


def _book(body: Agency, book: AgencyBook | None) -> dict[str, Any]:
    if book is None:
        return {"book": None}
    editions = Edition.objects.filter(pk__in=[line.edition_id for line in book.largest])
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
            editions.select_related("source_file"), downloads=_downloads("allocations", text)
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


def _bodies(body: Agency) -> dict[str, Any]:
    """The agencies of a ministry."""
    if body.kind != Agency.Kind.MINISTRY:
        return {"bodies_table": None}
    bodies = roster(ministry=body.code).order_by(
        F("given").desc(nulls_last=True), F("book").desc(nulls_last=True), "code"
    )
    count = bodies.count()
    return {
        "bodies_count": count,
        "bodies_left": count - OWN_AGENCIES,
        "bodies_table": tables.bodies_table(bodies[:OWN_AGENCIES], _("Its agencies")) if count else None,
    }


def _history(body: Agency) -> dict[str, Any]:
    known = histories.of_body(body)
    projects = next((one.year for one in known if one.budgeted is not None), None)
    found = by_place(body, projects) if projects else None
    past = _years(body)
    return {
        "history_table": tables.history_table(known) if known else None,
        "history_title": _("What each source says, year by year"),
        "places_title": _("Projects by province"),
        "places_sentence": sentences.placed(found) if found else "",
        "places_provenance": _projects_origin(body) if found else None,
        "places_table": tables.places_table(found) if found else None,
        **years_figure.context(past.totals, past.hue, "?chart=years"),
    }


def _years(body: Agency) -> years_figure.History:
    """The published totals of a ministry; none of any other body."""
    own = hue_of(body.code)
    totals = histories.of_ministry(body) if body.kind == Agency.Kind.MINISTRY else ()
    return years_figure.History(totals, PLAIN if own == OTHER else own)


def _projects_origin(body: Agency) -> Provenance | None:
    own = {"ministry": body} if body.kind == Agency.Kind.MINISTRY else {"agency": body}
    rows = ProjectDisbursement.objects.current().filter(**own).order_by().values("edition")
    return provenance_of(Edition.objects.filter(pk__in=rows).select_related("source_file"))
