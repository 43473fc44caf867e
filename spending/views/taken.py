"""Which figures a page shows that can be taken elsewhere: the register, by the page's template.

Each entry reads what the view has found for its page, so that a figure in another place shows the very
values of the page. A figure comes here with the box that its page shows beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .. import sentences
from ..embeds.figures import Figure
from ..fiscal import day_in_words
from ..ladders import Ladder
from ..provenance import Provenance
from ..tables import Column, Kind, Row, Table

Page = Mapping[str, Any]  # what a view has found, by the names its template knows


def figures_of(template: str, page: Page) -> list[Figure]:
    """The figures of a page that have anything to show."""
    return [figure for figure in REGISTER[template](page) if figure is not None and figure.table.rows]


def _figure(
    page: Page, about: object, id_: str, key: str, *, origin: Provenance | None = None, title: object = ""
) -> Figure | None:
    """The figure whose parts a view calls `<key>_title`, `<key>_table`, …; None where there is no table."""
    table: Table | None = page.get(f"{key}_table")
    if table is None:
        return None
    return Figure(
        about=sentences.plain(about),
        id=id_,
        title=sentences.plain(title or page.get(f"{key}_title") or table.caption),
        table=table,
        provenance=page.get(f"{key}_provenance") or origin,
        picture=page.get(f"{key}_picture"),
        sentence=sentences.plain(page.get(f"{key}_sentence") or ""),
        note=str(page.get(f"{key}_note") or ""),
    )


def _split(split: Any, about: object, id_: str, origin: Provenance | None) -> Figure:
    """A sum split by one dimension: `splits.Split`, or the same as a page of an agency holds it."""
    part = split if isinstance(split, Mapping) else {name: getattr(split, name) for name in _SPLIT}
    return Figure(
        sentences.plain(about),
        id_,
        str(part["title"]),
        part["table"],
        origin,
        None,
        sentences.plain(part["sentence"]),
    )


def _narrowed(about: str, page: Page) -> str:
    """What a page is about, and what was chosen of it; the day is said beside each figure."""
    chosen = [sentences.plain(name) for kind, name, _without in page["chosen"] if kind != _("As of")]
    return " › ".join([about, *chosen])


_SPLIT = ("title", "sentence", "table")


def _way(drawn: Ladder, about: object, origin: Provenance | None) -> Figure:
    """Amounts that follow each other, with the same as a table."""
    columns = (Column(_("On the way"), Kind.NAME), Column(_("Baht"), Kind.MONEY))
    rows = tuple(Row((step.rung.name, step.rung.amount), hue=step.rung.hue) for step in drawn.steps)
    return Figure(
        sentences.plain(about), "way", drawn.title, Table(drawn.title, columns, rows), origin, drawn
    )


def _home(page: Page) -> Iterator[Figure | None]:
    about = _("Budget %(year)s") % {"year": sentences.year(page["overview"].year)}
    table, picture = page["table"], page["picture"]
    if picture is not None:
        yield Figure(about, "hundred", table.caption, table, page["provenance"], picture, page["sentence"])
    yield _figure(page, _("The whole budget"), "years", "years")


def _budget(page: Page) -> Iterator[Figure | None]:
    year = _("Budget %(year)s") % {"year": sentences.year(page["year"])}
    steps = [sentences.plain(step.name) for step in page["steps"]]
    about, origin = " › ".join([year, *steps]), page["provenance"]
    whole = " › ".join(steps) or _("The whole budget")
    title, picture = str(page["title"]), page["picture"]
    if page["breakdown"].rows:
        sentence = sentences.plain(page["sentence"])
        yield Figure(about, "slices", title, page["table"], origin, picture, sentence)
    yield _figure(page, about, "books", "books", origin=origin)
    yield _figure(page, whole, "years", "years")


def _agency(page: Page) -> Iterator[Figure | None]:
    body = page["agency"]
    about, week = sentences.named(body.name, body.name_en), page.get("week_provenance")
    if page["week"]:
        told = {"year": sentences.year(page["week_year"]), "day": _day(page["week"].as_of)}
        title = _("Fiscal year %(year)s up to %(day)s") % told
        yield Figure(
            sentences.plain(about), "money", title, page["purses_table"], week, None, page["week_sentence"]
        )
    yield _figure(page, about, "weeks", "weeks", origin=week)
    yield _figure(page, about, "peers", "peers", origin=week)
    if page["book"]:
        book = page["book_provenance"]
        for id_ in ("plans", "categories"):
            yield _split(page[id_], about, id_, book)
        yield _figure(page, about, "promised", "promised", origin=book)
    yield from _reconciliation(page)
    yield _figure(page, about, "years", "years")
    yield _figure(page, about, "provinces", "places")
    yield _figure(page, about, "history", "history", origin=week)


def _reconciliation(page: Page) -> Iterator[Figure | None]:
    body = page["agency"]
    if page["stations"]:
        year = {"year": sentences.year(page["stations_year"])}
        title = _("From parliament to payment, fiscal year %(year)s") % year
        about, origin = sentences.named(body.name, body.name_en), page["stations_origin"]
        yield _figure(page, about, "stations", "stations", origin=origin, title=title)


def _day(day: date) -> str:
    return day_in_words(day, sentences.language())


def _obligations(page: Page) -> Iterator[Figure | None]:
    if page["years_table"] is None:
        return
    years = _("Promised for the years after %(year)s") % {"year": sentences.year(page["year"])}
    about, origin = _narrowed(years, page), page["provenance"]
    table, picture, sentence = page["years_table"], page["picture"], str(page["sentence"])
    yield Figure(about, "years", _("Year by year"), table, origin, picture, sentence)
    yield _figure(page, about, "bodies", "bodies", origin=origin)
    yield _figure(page, about, "lines", "lines", origin=origin)


def _disbursements(page: Page) -> Iterator[Figure | None]:
    about = _("Disbursement %(year)s") % {"year": sentences.year(page["year"])}
    origin = page["provenance"]
    if page["progress"]:
        title = _("How far the money has come")
        yield Figure(about, "progress", title, page["classes"], page["classes_provenance"])
    yield _figure(page, about, "weeks", "weeks", origin=page.get("classes_provenance") or origin)
    title = _("Who has paid out how much")
    sentence = f"{page['cut_title']}: {page['sentence']}" if page["sentence"] else str(page["cut_title"])
    yield Figure(about, "bodies", title, page["table"], origin, None, sentence, str(page["cut_note"]))


def _purchases(page: Page) -> Iterator[Figure | None]:
    if not page["sums"].projects:
        return
    year = _("Purchases %(year)s") % {"year": sentences.year(page["year"])}
    about = _narrowed(year, page)
    origin = page["provenance"]
    yield _way(page["ladder"], about, origin)
    for id_ in ("suppliers", "winners"):
        if page[id_]:
            yield _split(page[id_], about, id_, origin)
    for split in page["splits"]:
        yield _split(split, about, split.dimension.value, origin)


def _purchase(page: Page) -> Iterator[Figure | None]:
    yield _way(page["ladder"], page["project"].name, page["provenance"])


def _past_project(page: Page) -> Iterator[Figure | None]:
    yield _way(page["ladder"], page["first"].name, page["provenance"])


def _provinces(page: Page) -> Iterator[Figure | None]:
    if page["map"] is None:
        return
    about = f"{page['source_title']} {sentences.year(page['year'])}"
    legend = tuple((hue, words) for hue, words, _count in page["legend"])
    if page["map"].unknown:
        legend = (*legend, ("kn", _("no figure published")))
    yield Figure(
        about=about,
        id="map",
        title=str(page["map_title"]),
        table=page["table"],
        provenance=page["provenance"],
        picture=page["map"],
        sentence=page["sentence"],
        note=_("Borders: %(source)s.") % {"source": page["borders"]} if page["borders"] else "",
        legend=legend,
    )


def _local(page: Page) -> Iterator[Figure | None]:
    if not page["sums"].lines:
        return
    year = _("Local government %(year)s") % {"year": sentences.year(page["year"])}
    about = _narrowed(year, page)
    yield _figure(page, about, "way", "way", origin=page["provenance"])
    for split in page["splits"]:
        yield _split(split, about, split.dimension.value, page["provenance"])


def _line(page: Page) -> Iterator[Figure | None]:
    yield _figure(page, page["line"].description, "timeline", "timeline", origin=page["provenance"])


Reader = Callable[[Page], Iterator[Figure | None]]
REGISTER: Mapping[str, Reader] = {
    "spending/home.html": _home,
    "spending/budget.html": _budget,
    "spending/agency.html": _agency,
    "spending/reconciliation.html": _reconciliation,
    "spending/obligations.html": _obligations,
    "spending/disbursements.html": _disbursements,
    "spending/purchases.html": _purchases,
    "spending/project.html": _purchase,
    "spending/contract.html": _purchase,
    "spending/past_project.html": _past_project,
    "spending/provinces.html": _provinces,
    "spending/local.html": _local,
    "spending/line.html": _line,
}
