"""The public figure that a complaint is about, frozen: still readable after the data was replaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from spending import budget_lines, columns, sentences
from spending.exports import as_json, as_row
from spending.filters import AllocationFilter
from spending.fiscal import buddhist
from spending.models import Agency, Edition
from spending.parameters import BadQuery

LONGEST_ADDRESS = 1_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a page of this site showed when somebody complained about it."""

    about: str
    """The page's address on this site, in Thai: path and query."""
    title: str
    agency_code: str = ""
    agency: str = ""
    amount: Decimal | None = None
    """The figure in baht, where the page is about one."""
    figures: Mapping[str, Any] | None = None
    """Everything that is known of it: its columns as the downloads have them, or the query and its sum."""

    @property
    def data(self) -> dict[str, Any]:
        """As it is kept: amounts are texts, so that no reader rounds them."""
        figures = {name: str(v) if isinstance(v, Decimal) else v for name, v in (self.figures or {}).items()}
        amount = None if self.amount is None else str(self.amount)
        return {
            "about": self.about,
            "title": self.title,
            "agency_code": self.agency_code,
            "agency": self.agency,
            "amount": amount,
            "figures": figures,
        }

    @property
    def sha256(self) -> str:
        """SHA-256 of what is kept, as JSON with sorted names."""
        return sha256(as_json(dict(sorted(self.data.items()))).encode()).hexdigest()


def freeze(address: str) -> Snapshot | None:
    """What stands at an address of this site; None if it is no page of it."""
    parts = urlsplit(address) if len(address) <= LONGEST_ADDRESS else None
    if parts is None or parts.scheme or parts.netloc or "\\" in address or not parts.path.startswith("/"):
        return None
    path = parts.path.removeprefix("/en") if parts.path.startswith("/en/") else parts.path
    with translation.override("th"):
        try:
            match = resolve(path)
        except Resolver404:
            return None
        about = f"{path}?{parts.query}" if parts.query else path
        return FROZEN.get(match.view_name, _page)(about, match, dict(parse_qsl(parts.query)))


def _page(about: str, match: ResolverMatch, query: Mapping[str, str]) -> Snapshot | None:
    return Snapshot(about, about)


def _line(about: str, match: ResolverMatch, query: Mapping[str, str]) -> Snapshot | None:
    found = budget_lines.find(match.kwargs["item_id"], match.kwargs["year"])
    if found is None:
        return None
    row = as_row(found, columns.ALLOCATION)
    agency = found.agency
    return Snapshot(about, found.description, agency.code, agency.name, found.amount, row)


def _agency(about: str, match: ResolverMatch, query: Mapping[str, str]) -> Snapshot | None:
    agency = Agency.objects.filter(code=match.kwargs["code"]).first()
    return None if agency is None else Snapshot(about, agency.name, agency.code, agency.name)


def _budget(about: str, match: ResolverMatch, query: Mapping[str, str]) -> Snapshot | None:
    known = {name: text for name, text in query.items() if name in AllocationFilter.takes()}
    try:
        asked = AllocationFilter(known, year=str(buddhist(match.kwargs["year"])))
    except BadQuery:
        return _page(about, match, query)
    code = asked.texts.get("agency") or asked.texts.get("ministry", "")
    agency = Agency.objects.filter(code=code).first() if code else None
    year = sentences.year(match.kwargs["year"])
    named = asked.texts.get("activity") or asked.texts.get("plan") or (agency.name if agency else "")
    title = " · ".join(filter(None, [_("Budget of fiscal year %(year)s") % {"year": year}, named]))
    editions = Edition.objects.filter(pk__in=Edition.objects.answering(asked.as_of), dataset="budget_book")
    figures = {"query": dict(asked.texts), "editions": [edition.key for edition in editions]}
    amount = asked.facts().total()
    return Snapshot(about, title, code if agency else "", agency.name if agency else "", amount, figures)


FROZEN: Mapping[str, Callable[[str, ResolverMatch, Mapping[str, str]], Snapshot | None]] = {
    "spending:line": _line,
    "spending:agency": _agency,
    "spending:budget": _budget,
    "spending:lines": _budget,
}
"""How a page is frozen, by its name; any other page is kept by its address alone."""
