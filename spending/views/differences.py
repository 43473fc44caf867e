"""Two years or two editions line by line: what was renamed, split, merged, what is gone and what is new."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from .. import sentences
from ..compared import BOOK, WORDS, Comparison, Side, book_years, comparable_editions, comparison_of
from ..datasets import part_title, title_of
from ..differences import How, Item, Match
from ..fiscal import buddhist, day_in_words
from ..models import Agency, Edition
from ..provenance import Provenance, data_links, provenance_of
from ..tables import Column, Kind, Row, Table
from .asked import only_parameters
from .listing import explaining_bad_queries, page_of

ROWS = 50
OFFERED = 60  # editions in the form
HOW: dict[How, Promise] = {
    How.ID: gettext_lazy("By published id"),
    How.PATH: gettext_lazy("Same place, same words"),
    How.MOVED: gettext_lazy("Same words, moved"),
    How.RENAMED: gettext_lazy("Like words, renamed"),
    How.SPLIT: gettext_lazy("One became several"),
    How.MERGED: gettext_lazy("Several became one"),
    How.GONE: gettext_lazy("Gone, no match"),
    How.NEW: gettext_lazy("New, no match"),
}
CHANGED: dict[str, Promise] = {
    "text": gettext_lazy("words"),
    "path": gettext_lazy("place in the book"),
    "amount": gettext_lazy("amount"),
    "budget": gettext_lazy("budget"),
    "reference_price": gettext_lazy("reference price"),
    "method": gettext_lazy("method"),
    "status": gettext_lazy("state"),
}


@require_safe
@explaining_bad_queries
def differences(request: HttpRequest) -> HttpResponseBase:
    only_parameters(request.GET, (*WORDS, "page"))
    texts = {name: str(text) for name, text in request.GET.items() if text and name != "page"}
    frame = {
        "section": "budget",
        "trail": [(_("Line by line compared"), "")],
        "texts": texts,
        "offered": _offered(texts),
        "chosen": _proposed(texts) | texts,
        "ministries": _ministries(),
    }
    if not {"from", "to"} & texts.keys():
        return render(request, "spending/differences.html", frame)
    found = comparison_of(texts)
    page = page_of(Paginator(found.shown, ROWS), request.GET)
    context = {
        **frame,
        "found": found,
        "sides": [_side_words(found.before), _side_words(found.after)],
        "lines": found.counts,
        "bodies": _bodies(found, texts) if found.is_too_long else [],
        "summary": None if found.is_too_long else _summary(found, texts),
        "table": None if found.is_too_long else _table(found, page),
        "page": page,
        "before": _address(texts, page=page.previous_page_number()) if page.has_previous() else "",
        "after": _address(texts, page=page.next_page_number()) if page.has_next() else "",
        "provenance": None if found.is_too_long else _origin(found, texts),
    }
    return render(request, "spending/differences.html", context)


def _ministries() -> list[tuple[str, str]]:
    """The ministries that a comparison can be narrowed to, by name."""
    found = [
        (one.code, sentences.name_and_language(one.name, one.name_en)[0])
        for one in Agency.objects.ministries()
    ]
    return sorted(found, key=lambda one: one[1])


def _offered(texts: dict[str, str]) -> list[tuple[str, str]]:
    """What the form offers on either side: years of books, their editions, and what is asked for already."""
    years = [(str(buddhist(year)), sentences.year(year)) for year in book_years()]
    return [*years, *((one.key, _edition_words(one)) for one in _editions(texts))]


def _editions(texts: dict[str, str]) -> list[Edition]:
    asked = {texts.get("from"), texts.get("to")}
    return [one for one in comparable_editions() if one.dataset == BOOK or one.key in asked][:OFFERED]


def _proposed(texts: dict[str, str]) -> dict[str, str]:
    """The two sides that the form begins with: the newest two books, else two editions of one volume; none
    where there are no two of a kind.
    """
    years = [str(buddhist(year)) for year in book_years()]
    if len(years) > 1:
        return {"from": years[1], "to": years[0]}
    for after, before in pairwise(_editions(texts)):  # of one part the newest first
        if (after.dataset, after.part) == (before.dataset, before.part):
            return {"from": before.key, "to": after.key}
    return {}


def _side_words(side: Side) -> str:
    return sentences.year(side.year or 0) if side.edition is None else _edition_words(side.edition)


def _edition_words(edition: Edition) -> str:
    """An edition by its volume or part, its day, and its number, as two may be of one day."""
    said = {
        "part": part_title(edition.dataset, edition.part),
        "day": day_in_words(edition.as_of, sentences.language(), short=True),
        "number": edition.pk,
        "title": title_of(edition.dataset),
    }
    if edition.dataset == BOOK:
        return _("%(part)s, figures of %(day)s (edition %(number)s)") % said
    return _("%(title)s, %(part)s, figures of %(day)s (edition %(number)s)") % said


def _bodies(found: Comparison, texts: dict[str, str]) -> list[tuple[object, str]]:
    """The bodies that can be chosen, each with the same page about it alone."""
    word = "agency" if found.of_purchases else "ministry"
    return [
        (sentences.named(one["title"], one["title_en"]), _address(texts, **{word: one["code"]}))
        for one in found.bodies
    ]


def _address(texts: dict[str, str], **changes: object) -> str:
    kept = {name: str(value) for name, value in (texts | changes).items() if value not in (None, "")}
    return uri_to_iri(f"?{urlencode(kept)}")


def _summary(found: Comparison, texts: dict[str, str]) -> Table:
    """How many lines were matched in which way, and their baht on both sides; the sums are those of the
    sides.
    """
    columns = (
        Column(_("How"), Kind.NAME),
        Column(_("Lines before"), Kind.COUNT),
        Column(_("Lines after"), Kind.COUNT),
        Column(_("Before (baht)"), Kind.MONEY, wide=True),
        Column(_("After (baht)"), Kind.MONEY, wide=True),
        Column(_("Change (baht)"), Kind.MONEY),
    )
    groups = {how: [match for match in found.matches if match.how is how] for how in How}
    rows = [
        Row((str(HOW[how]), *_counted(some)), href=_address(texts, how=how.value))
        for how, some in groups.items()
        if some
    ]
    return Table(
        _("How lines were matched"), columns, tuple(rows), Row((_("Together"), *_counted(found.matches)))
    )


def _counted(matches: Any) -> tuple[int, int, Decimal, Decimal, Decimal]:
    before = sum((match.amounts[0] or Decimal(0) for match in matches), Decimal(0))
    after = sum((match.amounts[1] or Decimal(0) for match in matches), Decimal(0))
    lines = [sum(len(side) for side in sides) for sides in _sides(matches)]
    return lines[0], lines[1], before, after, after - before


def _sides(matches: Any) -> tuple[list[tuple[Item, ...]], list[tuple[Item, ...]]]:
    return [match.before for match in matches], [match.after for match in matches]


def _table(found: Comparison, page: Page[Match]) -> Table:
    columns = (
        Column(_("Line"), Kind.NAME),
        Column(_("Before (baht)"), Kind.MONEY),
        Column(_("After (baht)"), Kind.MONEY),
        Column(_("Change (baht)"), Kind.MONEY, wide=True),
    )
    rows = [_row(found, match) for match in page.object_list]
    return Table(_("Lines compared"), columns, tuple(rows))


def _row(found: Comparison, match: Match) -> Row:
    shown = match.after or match.before
    thai = "" if sentences.language() == "th" else "th"
    return Row(
        (" + ".join(item.text for item in shown), *match.amounts, match.change),
        href=_line_address(found, match),
        lang=thai,
        note=" · ".join(_notes(match)),
    )


def _notes(match: Match) -> list[str]:
    """How the match was made, with the score where words decided, and what else is different."""
    how = str(HOW[match.how])
    notes = [f"{how} ({match.score}/100)" if match.score is not None else how]
    one_to_one = len(match.before) == len(match.after) == 1
    if not one_to_one and match.before and match.after:
        notes.append(_("before: %(lines)s") % {"lines": " + ".join(item.text for item in match.before)})
    elif "text" in match.changed:
        notes.append(_("before: %(lines)s") % {"lines": match.before[0].text})
    others = [str(CHANGED[name]) for name in match.changed if name not in ("text", "amount")]
    if others:
        notes.append(_("different: %(names)s") % {"names": ", ".join(others)})
    return notes


def _line_address(found: Comparison, match: Match) -> str:
    items = match.after or match.before
    if len(items) != 1:
        return ""
    if found.of_purchases:
        return reverse("spending:project", args=[items[0].id])
    side = found.after if match.after else found.before
    year = side.year or (side.edition.fiscal_year if side.edition else None)
    return reverse("spending:line", args=[year, items[0].id]) if year else ""


def _subject(found: Comparison) -> str:
    sides = _side_words(found.before), _side_words(found.after)
    return f"{_('Two books line by line')}: {' → '.join(sides)}"


def _origin(found: Comparison, texts: dict[str, str]) -> Provenance | None:
    """The editions of both sides, and the same matches as data."""
    sides = (found.before, found.after)
    books = Edition.objects.current().of("budget_book")
    years = books.filter(fiscal_year__in=[side.year for side in sides if side.year])
    chosen = Edition.objects.filter(pk__in=[side.edition.pk for side in sides if side.edition])
    return provenance_of(
        (years | chosen).select_related("source_file"),
        downloads=data_links("differences", urlencode(texts)),
        subject=lazy(_subject, str)(found),
    )
