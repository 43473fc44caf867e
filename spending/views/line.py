"""One line of the budget book at its permanent address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import budget_lines, sentences
from ..addresses import at_one_address
from ..budget_lines import Neighbours, Version
from ..drilling import steps
from ..filters import AllocationFilter
from ..fiscal import buddhist, day_in_words
from ..models import Allocation, Commitment, Edition
from ..models.classification import PATH_SEPARATOR
from ..obligations import Timeline, is_part, timeline
from ..printed_volumes import is_print, same_line
from ..provenance import Provenance, data_links, mark_of, provenance_of
from ..tables import Column, Kind, Row, Table, bar_lengths
from ..volumes import volume_in_words
from . import book
from .asked import day_of, only_parameters
from .figures import show
from .joined import purchases_of
from .listing import explaining_bad_queries


@require_safe
@at_one_address
@explaining_bad_queries
def line(request: HttpRequest, year: int, item_id: str) -> HttpResponseBase:
    only_parameters(request.GET, ("as_of",))
    day = day_of(request.GET)
    found = budget_lines.find(item_id, year, day)
    if found is None:
        return _elsewhere(request, year, item_id)
    query = path_of(found)
    way_down = steps(query)
    beside = budget_lines.neighbours(found, day)
    promises = list(Commitment.objects.current(day).of_line(item_id))
    obligation = timeline(found, promises)
    editions = budget_lines.versions(item_id)
    context = {
        "section": "budget",
        "line": found,
        "year": year,
        "day": day,
        "part_of": budget_lines.part_of(found, day),
        "steps": way_down,
        "trail": book.trail(year, way_down, last=_("Line %(id)s") % {"id": item_id}),
        "volume": volume_in_words(found.edition.part, sentences.language()),
        "categories": _categories(found),
        "unit": _("baht"),
        "timeline": obligation,
        "timeline_title": _("Year by year"),
        "timeline_sentence": sentences.how_promised(obligation) if obligation else "",
        "timeline_table": timeline_table(obligation) if obligation else None,
        "parts_table": parts_table(promises),
        "joined": purchases_of(item_id, day),
        "joined_title": _("Purchases for this line"),
        "neighbours": beside,
        "neighbours_table": _neighbours_table(beside),
        "neighbours_address": book.with_query(reverse("spending:lines", args=[year]), _beside(found).query()),
        "versions_title": _("What earlier editions said"),
        "versions_table": _versions_table(editions) if len(editions) > 1 else None,
        "changed": any(version.changed for version in editions),
        "provenance": _provenance(found),
    }
    return show(request, "spending/line.html", context)


def path_of(line: Allocation) -> AllocationFilter:
    """The query that leads down to a line: its ministry, agency, plan, output or project."""
    names = {"ministry": line.ministry.code, "agency": line.agency.code, "plan": line.plan.name}
    if line.activity is not None:
        names["activity"] = line.activity.name
    return AllocationFilter(names, year=str(buddhist(line.fiscal_year)))


def _categories(line: Allocation) -> list[tuple[str, str]]:
    """The line's category from the budget type down, each with the year's money under it."""
    if line.category is None:
        return []
    names = line.category.path.split(PATH_SEPARATOR)
    paths = [PATH_SEPARATOR.join(names[: depth + 1]) for depth in range(len(names))]
    page = reverse("spending:budget", args=[line.fiscal_year])
    return [
        (name, uri_to_iri(f"{page}?{urlencode({'category': path, 'by': 'category'})}"))
        for name, path in zip(names, paths, strict=True)
    ]


def timeline_table(found: Timeline) -> Table:
    """The instalments of an obligation with bars; the book's own year is marked."""
    lengths = bar_lengths([step.amount for step in found.instalments])
    columns = (Column(_("Fiscal year"), Kind.NAME), Column(_("Baht"), Kind.MONEY), Column(_("Bar"), Kind.BAR))
    rows = [
        Row(
            (sentences.years(step.first_year, step.last_year), step.amount, length),
            hue="" if step.first_year == found.book_year else "co",
            note=_("this line") if step.first_year == found.book_year else "",
        )
        for step, length in zip(found.instalments, lengths, strict=True)
    ]
    return Table(_("Year by year"), columns, tuple(rows), Row((_("Together"), found.total, None)))


def parts_table(promises: Iterable[Commitment]) -> Table | None:
    """What parts of a line oblige other years to, as the book lists it below the line."""
    columns = (
        Column(_("What the money is for"), Kind.NAME),
        Column(_("Fiscal year")),
        Column(_("Baht"), Kind.MONEY),
    )
    parts = sorted(filter(is_part, promises), key=_by_part)
    lang = "" if sentences.language() == "th" else "th"
    rows = [
        Row((step.description, sentences.years(step.fiscal_year, step.until_year), step.amount), lang=lang)
        for step in parts
    ]
    return Table(_("Parts of this line that oblige other years"), columns, tuple(rows)) if rows else None


def _by_part(step: Commitment) -> tuple[str, int]:
    return step.item_id.removesuffix(f"-{step.fiscal_year}"), step.fiscal_year


def _beside(line: Allocation) -> AllocationFilter:
    activity = line.activity.name if line.activity else "-"
    names = {"agency": line.agency.code, "plan": line.plan.name, "activity": activity}
    return AllocationFilter(names, year=str(buddhist(line.fiscal_year)))


def _neighbours_table(beside: Neighbours) -> Table:
    lengths = bar_lengths([line.amount for line in beside.largest])
    columns = (
        Column(_("What the money is for"), Kind.NAME),
        Column(_("Baht"), Kind.MONEY),
        Column(_("Bar"), Kind.BAR),
    )
    lang = "" if sentences.language() == "th" else "th"
    rows = [
        Row(
            (line.description, line.amount, length),
            href=reverse("spending:line", args=[line.fiscal_year, line.item_id]),
            lang=lang,
        )
        for line, length in zip(beside.largest, lengths, strict=True)
    ]
    return Table(_("Beside it"), columns, tuple(rows))


def _versions_table(editions: Any) -> Table:
    columns = (
        Column(_("As of"), Kind.NAME),
        Column(_("Baht"), Kind.MONEY),
        Column(_("What the money is for"), Kind.TEXT, wide=True),
        Column(_("Edition"), Kind.TEXT),
    )
    rows = [_version_row(version) for version in editions]
    return Table(_("What earlier editions said"), columns, tuple(rows))


def _version_row(version: Version) -> Row:
    edition = version.edition
    values = (
        day_in_words(edition.as_of, sentences.language()),
        version.amount,
        version.description,
        edition.key,
    )
    return Row(
        values,
        href=reverse("spending:edition", args=[edition.pk]),
        note=_("changed") if version.changed else "",
    )


def _place(line: Allocation) -> str:
    place = volume_in_words(line.edition.part, sentences.language())
    if line.page:
        place = _("%(volume)s, page %(page)s") % {"volume": place, "page": line.page}
    where = {"line": f"{line.line:,}", "page": f"{line.line:,}", "file": line.edition.file_name}
    row = _("line %(line)s of %(file)s as published") % where
    if is_print(line.edition):
        row = _("page %(page)s of %(file)s as published") % where
    return f"{place}, {row}"


def _provenance(line: Allocation) -> Provenance | None:
    text = f"line={line.item_id}&year={buddhist(line.fiscal_year)}"
    downloads = data_links("allocations", text)
    return provenance_of(
        [line.edition],
        place=lazy(_place, str)(line),
        downloads=downloads,
        subject=line.description,
        mark=mark_of("allocation", line.line, line.item_id),
    )


def _elsewhere(request: HttpRequest, year: int, item_id: str) -> HttpResponseBase:
    """Where an id leads that is no line of this year: another year, the line of an obligation, or nowhere."""
    other = Allocation.objects.current().filter(item_id=item_id).exclude(fiscal_year=year).first()
    if other is not None:
        return HttpResponsePermanentRedirect(reverse("spending:line", args=[other.fiscal_year, item_id]))
    read_otherwise = same_line(item_id, year)
    if read_otherwise is not None:
        return HttpResponseRedirect(reverse("spending:line", args=[year, read_otherwise]))
    promise = budget_lines.obligation_of(item_id)
    if promise is not None and promise.line_item_id and promise.edition.fiscal_year:
        address = reverse("spending:line", args=[promise.edition.fiscal_year, promise.line_item_id])
        return HttpResponsePermanentRedirect(f"{address}#timeline")
    context = {
        "year": year,
        "item_id": item_id,
        "promise": promise,
        "shown_in": Edition.objects.shown().filter(pk__in=_earlier(item_id)).order_by("-as_of"),
    }
    return render(request, "spending/no_line.html", context, status=404)


def _earlier(item_id: str) -> Any:
    return Allocation.objects.filter(item_id=item_id).values("edition")
