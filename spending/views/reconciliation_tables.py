"""The tables of the reconciliation: the years, the entries of one, and the names that were joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _

from .. import reconciliation_words as words
from .. import sentences
from ..fiscal import buddhist
from ..models import Agency, BodyMatch, ListedBody
from ..reconciliation import Reconciliation
from ..reconciliation_rows import Line
from ..stations import Source, Station
from ..tables import Column, Kind, Row, Table

PAGES = {
    Source.BOOK: "spending:lines",
    Source.CONTRACTS: "spending:purchases",
    Source.AGREED: "spending:projects",
}
"""Pages that show the rows of a source by the same words as the API; other rows stand in the API."""
NAMES = 200  # names and codes shown


def years_table(known: Sequence[Reconciliation], body: Agency, day: date | None) -> Table:
    """Each year and its four stations, newest first; a dash where no edition covers it."""
    columns = (
        Column(_("Fiscal year"), Kind.NAME),
        *(Column(_("%(station)s (baht)") % {"station": words.station(one)}, Kind.MONEY) for one in Station),
    )
    page = uri_to_iri(reverse("spending:reconciliation", args=[body.code]))
    rows = [
        Row(
            (sentences.year(one.year), *(one.at(station).amount for station in Station)),
            href=f"{page}?{urlencode({'year': buddhist(one.year)} | _as_of(day))}#stations",
        )
        for one in known
    ]
    return Table(_("Every year that a source knows"), columns, tuple(rows))


def entries_table(lines: Iterable[Line], day: date | None) -> Table:
    """The entries of one year: stations, differences and their causes, each with where its rows stand."""
    columns = (
        Column(_("What is counted"), Kind.NAME),
        Column(_("Baht"), Kind.MONEY),
        Column(_("Who counts it"), Kind.TEXT, wide=True),
        Column(_("As of"), Kind.DAY, wide=True),
    )
    return Table(_("From parliament to payment"), columns, tuple(_entry_row(line, day) for line in lines))


def _entry_row(line: Line, day: date | None) -> Row:
    entry = line.entry
    return Row(
        (words.entry_name(entry), entry.amount, words.source(entry), entry.as_of),
        href=_address(line, day),
        note=line.note,
        hue=words.hue(entry),
    )


def _address(line: Line, day: date | None) -> str:
    """Where the rows of an entry can be read: on a page where one shows them, else in the API."""
    if not line.queries or line.source is None:
        return ""
    kept = f"&{urlencode(_as_of(day))}" if day else ""
    if line.source in PAGES:
        query = "&".join(part for part in line.queries[0].split("&") if not part.startswith("year="))
        return uri_to_iri(f"{reverse(PAGES[line.source], args=[line.fiscal_year])}?{query}{kept}")
    return f"{line.rows.split()[0]}{kept}"


def _as_of(day: date | None) -> dict[str, str]:
    return {} if day is None else {"as_of": day.isoformat()}


def names_table(body: Agency) -> Table | None:
    """The names and codes that were joined to an agency, how and when; None where there are none."""
    matches = BodyMatch.objects.standing().filter(agency=body).select_related("listed")
    found = matches.order_by("listed__scheme", "listed__name", "pk")[:NAMES]
    columns = (
        Column(_("Name there"), Kind.NAME),
        Column(_("List"), Kind.TEXT),
        Column(_("Code there"), Kind.TEXT, wide=True),
        Column(_("How it was matched"), Kind.TEXT),
        Column(_("When"), Kind.DAY, wide=True),
    )
    lang = "" if sentences.language() == "th" else "th"
    rows = [
        Row(
            (
                match.listed.name,
                ListedBody.Scheme(match.listed.scheme).label,
                match.listed.code or None,
                BodyMatch.How(match.how).label,
                match.at,
            ),
            lang=lang,
        )
        for match in found
    ]
    return Table(_("Names and codes joined to it"), columns, tuple(rows)) if rows else None
