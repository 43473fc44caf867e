"""The provinces on a map: public money held, budgeted, paid or bought with in each, one source at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from .. import sentences, speech
from ..boundaries import outlines
from ..boundaries import source as borders
from ..fiscal import buddhist
from ..models import ReferenceValue
from ..palette import OTHER
from ..province_money import COUNTED, Holding, Provinces, Show, Source, by_province, years_of
from ..province_origin import origin_of
from ..references import Key, people, people_of
from ..tables import Column, Kind, Row, Table, bar_lengths
from ..tilemaps import ProvinceMap, Region, province_map
from .asked import day_of, one_of, only_parameters, year_of
from .figures import show
from .listing import explaining_bad_queries
from .measures import whole

READ_HERE = ("source", "show", "year", "as_of")
TITLES: Mapping[Source, Promise] = {
    Source.CENTRAL: gettext_lazy("Central money in the province"),
    Source.OWN: gettext_lazy("The province's own budget"),
    Source.PROJECTS: gettext_lazy("Projects of past years"),
    Source.PURCHASES: gettext_lazy("Purchases"),
}
MEANS: Mapping[Source, Promise] = {
    Source.CENTRAL: gettext_lazy(
        "What central agencies allotted to be spent in each province, and what was paid of it. It is counted "
        "with those agencies already. Bangkok, where they have their seats, is not listed."
    ),
    Source.OWN: gettext_lazy(
        "The budget that provinces and groups of provinces hold themselves, after transfers, and what was "
        "paid of it. Bangkok is no province by law and has a budget of its own as a local body."
    ),
    Source.PROJECTS: gettext_lazy(
        "Projects of the Ministry of Interior as the former site published them: what was budgeted for each "
        "province, and what was paid there. Much was paid elsewhere than it was budgeted, or centrally."
    ),
    Source.PURCHASES: gettext_lazy(
        "Purchases through e-GP by the province they were made for, as far as files have been loaded: "
        "budgets and agreed prices. Extracts do not show how much a province buys in all."
    ),
}
SHOWN: Mapping[Show, Promise] = {
    Show.GIVEN: gettext_lazy("Budget"),
    Show.PAID: gettext_lazy("Paid"),
    Show.SHARE: gettext_lazy("Paid of the budget"),
    Show.PERSON: gettext_lazy("Budget per person"),
    Show.COUNT: gettext_lazy("Number of projects"),
}
AGREED: Mapping[Show, Promise] = {
    Show.PAID: gettext_lazy("Agreed price"),
    Show.SHARE: gettext_lazy("Agreed of the budget"),
}
"""Purchases say what was agreed, not what was paid."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the map is to show: of which source, which figure, as known on which day."""

    source: Source
    show: Show
    day: date | None

    def address(self, **changes: str | int) -> str:
        texts = {"source": self.source.value, "show": self.show.value, **changes}
        return f"?{urlencode(texts)}"


@require_safe
@explaining_bad_queries
def provinces(request: HttpRequest) -> HttpResponseBase:
    """The map of `?source=`, `?show=` and `?year=`; the newest year of the source unless asked."""
    only_parameters(request.GET, READ_HERE)
    asked = _asked(request)
    known = years_of(asked.source, asked.day)
    text = request.GET.get("year", "")
    year = year_of(text, known) if text else max(known, default=None)
    counts = people(asked.day)
    context = {
        "section": "provinces",
        "sources": _sources(asked),
        "source_title": TITLES[asked.source],
        "means": MEANS[asked.source],
        "year": year,
        "years": [(one, asked.address(year=buddhist(one))) for one in known],
        **(_year(asked, year, counts) if year else {"map": None}),
    }
    return show(request, "spending/provinces.html", context)


def said(value: Holding, show: Show) -> str:
    """The one figure of a province that a map shows, in words."""
    shown = value.shown(show)
    if shown is None:
        return _("no figure published")
    if show is Show.SHARE:
        return speech.percent(shown)
    if show is Show.PERSON:
        return whole(shown)
    return f"{shown:,.0f}" if show is Show.COUNT else sentences.amount(shown)


def draw(found: Provinces, show: Show, title: str) -> ProvinceMap:
    """The map of one figure, each province leading to its page."""
    regions = [
        Region(
            one.code,
            str(sentences.name_and_language(one.name, one.name_en)[0]),
            said(one, show),
            one.shown(show),
            reverse("spending:province", args=[one.code]),
        )
        for one in found.holdings
    ]
    return province_map(title, regions, english=sentences.language() != "th", outlines=outlines())


def name_of(show: Show, source: Source) -> str:
    """What a figure is called."""
    return str(AGREED[show] if source is Source.PURCHASES and show in AGREED else SHOWN[show])


def _asked(request: HttpRequest) -> Asked:
    source = Source(one_of(request.GET, "source", list(Source)) or Source.CENTRAL)
    show = Show(one_of(request.GET, "show", _shows(source)) or Show.GIVEN)
    return Asked(source, show, day_of(request.GET))


def _shows(source: Source) -> list[Show]:
    """The figures that a source can show."""
    return [show for show in Show if show is not Show.COUNT or source in COUNTED]


def _people(year: int, counts: Mapping[Key, ReferenceValue]) -> dict[str, Any]:
    """What the page says of the people that budgets are divided by: which count, or that there is none."""
    here = [row for (_series, area, of), row in counts.items() if of == year and area]
    years = sorted({of for _series, area, of in counts if area}, reverse=True)
    return {
        "loaded": bool(counts),
        "count": here[0] if here else None,
        "years": [sentences.year(one) for one in years],
    }


def _sources(asked: Asked) -> list[tuple[str, str, bool]]:
    """The sources in words, each with its address, and whether it is the one shown."""
    return [
        (str(title), f"?{urlencode({'source': source.value})}", source is asked.source)
        for source, title in TITLES.items()
    ]


def _year(asked: Asked, year: int, counts: Mapping[Key, ReferenceValue]) -> dict[str, Any]:
    """The map, its legend and its table of one year."""
    here = people_of(year, counts)
    found = by_province(asked.source, year, asked.day, here)
    title = name_of(asked.show, asked.source)
    drawn = draw(found, asked.show, title)
    shows = [show for show in _shows(asked.source) if show is not Show.PERSON or counts]
    return {
        "people": _people(year, counts),
        "map": drawn,
        "map_title": title,
        "borders": borders(),
        "legend": [
            (shade.hue, _range(shade.least, shade.largest, asked.show), shade.count) for shade in drawn.shades
        ],
        "shows": [
            (
                name_of(show, asked.source),
                Asked(asked.source, show, None).address(year=buddhist(year)),
                show is asked.show,
            )
            for show in shows
        ],
        "total": found.total,
        "sentence": _stands_out(found, asked),
        "table": _table(found, drawn, asked.show),
        "provenance": origin_of(asked.source, year, asked.day),
    }


def _range(least: Any, largest: Any, show: Show) -> str:
    """The values of one class in words."""
    if show is Show.SHARE:
        first, last = speech.percent(least), speech.percent(largest)
    elif show is Show.COUNT:
        first, last = f"{least:,.0f}", f"{largest:,.0f}"
    elif show is Show.PERSON:
        first, last = whole(least), whole(largest)
    else:
        first, last = sentences.amount(least), sentences.amount(largest)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _stands_out(found: Provinces, asked: Asked) -> str:
    """The province with the most and the one with the least of what is shown."""
    known = [one for one in found.holdings if one.shown(asked.show) is not None]
    if len(known) < 2:
        return ""
    known.sort(key=lambda one: (one.shown(asked.show), one.code))
    least, most = known[0], known[-1]
    values = {
        "most": sentences.name_and_language(most.name, most.name_en)[0],
        "largest": said(most, asked.show),
        "least": sentences.name_and_language(least.name, least.name_en)[0],
        "smallest": said(least, asked.show),
    }
    return _("%(most)s has the most, %(largest)s; %(least)s the least, %(smallest)s.") % values


def _table(found: Provinces, drawn: ProvinceMap, show: Show) -> Table:
    """The same as a table: every province, and what the source places in none. A narrow screen keeps what the
    map shows, and the share.
    """
    beside = Show.GIVEN if show is Show.SHARE else show
    counts = found.source in COUNTED
    paid = _("Agreed price (baht)") if found.source is Source.PURCHASES else _("Paid (baht)")
    per_person = any(one.people is not None for one in found.holdings)
    columns = (
        Column(_("Province"), Kind.NAME),
        Column(_("Budget (baht)"), Kind.MONEY, wide=beside is not Show.GIVEN),
        Column(_("Bar"), Kind.BAR),
        *(
            (Column(_("Budget per person (baht)"), Kind.MONEY, wide=beside is not Show.PERSON),)
            if per_person
            else ()
        ),
        Column(paid, Kind.MONEY, wide=beside is not Show.PAID),
        Column(name_of(Show.SHARE, found.source), Kind.PERCENT),
        *((Column(_("Projects"), Kind.COUNT, wide=beside is not Show.COUNT),) if counts else ()),
    )
    held = sorted(found.holdings, key=lambda one: (one.given is None, -(one.given or 0), one.code))
    lengths = bar_lengths([one.given for one in held])
    hues = {tile.region.code: tile.hue for tile in drawn.tiles}
    rows = [
        _row(one, length, hues.get(one.code, ""), counts=counts, per_person=per_person)
        for one, length in zip(held, lengths, strict=True)
    ]
    if found.elsewhere.is_known:
        rows.append(_elsewhere(found, counts=counts, per_person=per_person))
    total = found.total
    sums = (
        _("Together"),
        total.given,
        None,
        *((None,) if per_person else ()),
        total.paid,
        total.paid_share,
        *((total.count,) if counts else ()),
    )
    return Table(_("By province"), columns, tuple(rows), Row(sums))


def _row(one: Holding, length: Any, hue: str, *, counts: bool, per_person: bool) -> Row:
    name, lang = sentences.name_and_language(one.name, one.name_en)
    each = (one.per_person,) if per_person else ()
    values = (name, one.given, length if one.given else None, *each, one.paid, one.paid_share)
    href = reverse("spending:province", args=[one.code])
    return Row((*values, one.count) if counts else values, href=href, hue=hue, lang=lang)


def _elsewhere(found: Provinces, *, counts: bool, per_person: bool) -> Row:
    words = {
        Source.OWN: _("Groups of provinces"),
        Source.PROJECTS: _("Centrally, or without a province"),
    }.get(found.source, _("Without a province"))
    one = found.elsewhere
    values = (words, one.given, None, *((None,) if per_person else ()), one.paid, one.paid_share)
    return Row((*values, one.count) if counts else values, hue=OTHER)
