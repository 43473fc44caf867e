"""One province at its published code: its money by source, its local government, projects and purchases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import province_page, sentences
from ..fiscal import buddhist
from ..models import Edition, LocalBudget, Province, ReferenceValue
from ..provenance import Provenance, provenance_of
from ..province_money import Holding, Source, years_of
from ..province_origin import origin_of
from ..province_page import OwnBudget, Said
from ..purses import share
from ..references import Key, people
from ..tables import Column, Kind, Row, Table, bar_lengths
from ..yardsticks import Series
from . import measures, past_project_tables, purchase_tables
from .asked import day_of, only_parameters, year_of
from .listing import Order, explaining_bad_queries
from .provinces import MEANS, TITLES

READ_HERE = ("year", "as_of")


@require_safe
@explaining_bad_queries
def province(request: HttpRequest, code: str) -> HttpResponseBase:
    """The newest year of each source, or one year of them all (`?year=`)."""
    only_parameters(request.GET, READ_HERE)
    found = Province.objects.filter(code=code).first()
    if found is None:
        return _moved(request, code)
    day, text = day_of(request.GET), request.GET.get("year", "")
    known = sorted({year for source in Source for year in years_of(source, day)}, reverse=True)
    year = year_of(text, known) if text else None
    counts = people(day)
    said = province_page.said_of(found, year, day, counts)
    context = {
        "section": "provinces",
        "province": found,
        "trail": [
            (_("Provinces"), reverse("spending:provinces")),
            (sentences.named(found.name, found.name_en), ""),
        ],
        "year": year or max(known, default=None),
        "years": [(one, f"?year={buddhist(one)}") for one in known],
        "areas": province_page.districts(found, day),
        "said": [
            (one, TITLES[one.source], MEANS[one.source])
            for one in said
            if one.holding and one.holding.is_known
        ],
        "money_table": _money_table(said),
        "counted": _counted(found, said, counts),
        "origins": [origin for one in said if one.year and (origin := origin_of(one.source, one.year, day))],
        **_local(found, day),
        **_past(found, _year_of(said, Source.PROJECTS), day),
        **_purchases(found, _year_of(said, Source.PURCHASES), day),
    }
    return render(request, "spending/province.html", context)


def _moved(request: HttpRequest, text: str) -> HttpResponseBase:
    """Where an address leads that is no code: to the province of that name, or nowhere."""
    name = text.strip()
    meant = (
        Province.objects.filter(name=name).first() or Province.objects.filter(name_en__iexact=name).first()
    )
    if meant is not None:
        return HttpResponsePermanentRedirect(reverse("spending:province", args=[meant.code]))
    return render(request, "spending/no_province.html", {"section": "provinces", "code": text}, status=404)


def _year_of(said: Sequence[Said], source: Source) -> int | None:
    """The year in which a source speaks of the province; None where it says nothing."""
    one = next(one for one in said if one.source is source)
    return one.year if one.holding is not None and one.holding.is_known else None


def _money_table(said: Sequence[Said]) -> Table:
    """What each source says, its newest year each; never to be added up."""
    columns = (
        Column(_("Which money"), Kind.NAME),
        Column(_("Fiscal year"), Kind.TEXT),
        Column(_("Budget (baht)"), Kind.MONEY),
        Column(_("Budget per person (baht)"), Kind.MONEY),
        Column(_("Paid or agreed (baht)"), Kind.MONEY, wide=True),
        Column(_("Paid or agreed"), Kind.PERCENT, wide=True),
        Column(_("Projects"), Kind.COUNT, wide=True),
        Column(_("Place among the provinces"), Kind.TEXT, wide=True),
    )
    return Table(_("What each source says"), columns, tuple(_money_row(one) for one in said))


def _counted(
    province: Province, said: Sequence[Said], counts: Mapping[Key, ReferenceValue]
) -> list[measures.Source]:
    """The counts of people behind the figures per person, each once."""
    years = sorted({one.year for one in said if one.year}, reverse=True)
    found = [counts.get((Series.POPULATION, province.code, year)) for year in years]
    return measures.sources_of([row for row in found if row is not None])


def _money_row(one: Said) -> Row:
    own = one.holding or Holding("", "", "")
    place = _("%(rank)s of %(among)s") % {"rank": one.rank, "among": one.among} if one.rank else None
    year = sentences.year(one.year) if one.year else None
    address = {"source": one.source.value} | ({"year": buddhist(one.year)} if one.year else {})
    return Row(
        (
            str(TITLES[one.source]),
            year,
            own.given,
            own.per_person,
            own.paid,
            own.paid_share,
            own.count,
            place,
        ),
        href=f"{reverse('spending:provinces')}?{urlencode(address)}",
    )


def _local(province: Province, day: date | None) -> dict[str, Any]:
    """Its provincial administration, and the budgets that its local bodies granted themselves."""
    own = province_page.own_budgets(province, day)
    found = province_page.administration(province, day)
    newest = own[0].year if own else None
    functions = province_page.functions_of(province, newest, day) if newest else []
    return {
        "administration": found[0] if found else None,
        "administration_week": found[1][-1] if found and found[1] else None,
        "own_year": newest,
        "own_table": _own_table(own) if own else None,
        "functions_table": _functions_table(functions) if len(functions) > 1 else None,
        "own_provenance": _own_origin(province, day) if own else None,
    }


def _own_table(own: Sequence[OwnBudget]) -> Table:
    columns = (
        Column(_("Local body"), Kind.NAME),
        Column(_("Fiscal year"), Kind.TEXT),
        Column(_("Granted (baht)"), Kind.MONEY),
        Column(_("Paid (baht)"), Kind.MONEY, wide=True),
        Column(_("Paid"), Kind.PERCENT, wide=True),
    )
    rows = [
        Row(
            (
                one.name,
                sentences.year(one.year),
                one.approved,
                one.disbursed,
                share(one.disbursed, one.approved),
            ),
            href=reverse("spending:agency", args=[one.code]),
            lang="" if sentences.language() == "th" else "th",
        )
        for one in own
    ]
    return Table(_("Budgets of local bodies"), columns, tuple(rows))


def _functions_table(functions: Sequence[tuple[str, Any]]) -> Table:
    columns = (
        Column(_("Field of work"), Kind.NAME),
        Column(_("Granted (baht)"), Kind.MONEY),
        Column(_("Bar"), Kind.BAR),
    )
    lengths = bar_lengths([amount for _name, amount in functions])
    lang = "" if sentences.language() == "th" else "th"
    rows = [
        Row((name or _("not said"), amount, length), lang=lang if name else "")
        for (name, amount), length in zip(functions, lengths, strict=True)
    ]
    return Table(_("What local bodies grant money for"), columns, tuple(rows))


def _own_origin(province: Province, day: date | None) -> Provenance | None:
    rows = LocalBudget.objects.current(day).in_province(province).order_by().values("edition")
    return provenance_of(Edition.objects.filter(pk__in=rows).select_related("source_file"))


def _past(province: Province, year: int | None, day: date | None) -> dict[str, Any]:
    """The largest projects of past years that were budgeted for the province."""
    records = province_page.largest_projects(province, year, day) if year else []
    if not records or year is None:
        return {"past_table": None}
    address = f"{reverse('spending:past_projects', args=[year])}?{urlencode({'province': province.name})}"
    return {
        "past_year": year,
        "past_table": past_project_tables.records_table(records, lambda key: "", Order("", descending=True)),
        "past_address": uri_to_iri(address),
        "past_provenance": origin_of(Source.PROJECTS, year, day, province=province.name),
    }


def _purchases(province: Province, year: int | None, day: date | None) -> dict[str, Any]:
    """The largest purchases that were made for the province."""
    found = province_page.largest_purchases(province, year, day) if year else []
    if not found or year is None:
        return {"bought_table": None}
    query = urlencode({"province": province.name})
    return {
        "bought_year": year,
        "bought_table": purchase_tables.projects_table(found),
        "bought_address": uri_to_iri(f"{reverse('spending:projects', args=[year])}?{query}"),
        "bought_split": uri_to_iri(f"{reverse('spending:purchases', args=[year])}?{query}"),
        "bought_provenance": origin_of(Source.PURCHASES, year, day, province=province.name),
    }
