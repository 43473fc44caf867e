"""The public figure that a complaint is about, frozen: still readable after the data was replaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from django.urls import ResolverMatch
from django.utils import translation
from django.utils.translation import gettext as _

from spending import budget_lines, columns, purchase_columns, sentences
from spending.contract_codes import codes
from spending.exports import as_json, as_row
from spending.filters import AllocationFilter
from spending.fiscal import buddhist
from spending.models import Agency, Edition, Project, Supplier
from spending.parameters import BadQuery
from spending.past_projects import past_project
from spending.purchases import contracts_of, project_of, won_by

from .records import found_at, parts_of


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


def freeze(address: str, language: str = "th") -> Snapshot | None:
    """What stands at an address of this site; None if it is no page of it. What is kept is in Thai, the
    language of the bodies.
    """
    parts = parts_of(address)
    if parts is None:
        return None
    path = parts.path.removeprefix("/en") if parts.path.startswith("/en/") else parts.path
    match = found_at(path)
    if match is None:
        return None
    with translation.override(language):
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


def _project(about: str, match: ResolverMatch, query: Mapping[str, str]) -> Snapshot | None:
    found = project_of(match.kwargs["number"])
    if found is None:
        return None
    amount = found.budget if found.agreed_price is None else found.agreed_price
    return Snapshot(about, found.name, *_buyer(found), amount, as_row(found, purchase_columns.PROJECT))


def _contract(about: str, match: ResolverMatch, query: Mapping[str, str]) -> Snapshot | None:
    number = match.kwargs["number"]
    found, project = codes(contracts_of(number)).get(match.kwargs["code"]), project_of(number)
    if found is None or project is None:
        return None
    row = as_row(found, purchase_columns.CONTRACT)
    title = " · ".join(filter(None, (project.name, found.contract_no)))
    return Snapshot(about, title, *_buyer(project), found.amount, row)


def _supplier(about: str, match: ResolverMatch, query: Mapping[str, str]) -> Snapshot | None:
    found = Supplier.objects.filter(code=match.kwargs["code"]).first()
    if found is None:
        return None
    won = won_by(found)
    years = [buddhist(year) for year in won.years]
    figures = {"tax_id": found.tax_id, "contracts": won.contracts, "amount": won.amount, "years": years}
    return Snapshot(about, found.name, amount=won.amount, figures=figures)


def _past_project(about: str, match: ResolverMatch, query: Mapping[str, str]) -> Snapshot | None:
    found = past_project(match.kwargs["year"], match.kwargs["code"])
    if found is None:
        return None
    first = found.first
    sums = {"budgeted": found.budgeted, "paid": found.paid}
    row = {**as_row(first, columns.PROJECT_DISBURSEMENT), "records": len(found.records), "sums": _texts(sums)}
    agency = first.agency
    return Snapshot(about, first.name, agency.code, agency.name, found.budgeted, row)


def _buyer(project: Project) -> tuple[str, str]:
    """Code and name of the agency that bought; the department's own where it is joined to none."""
    agency = project.buyer.agency
    return (agency.code, agency.name) if agency else ("", project.buyer.name)


def _texts(amounts: Mapping[str, Decimal | None]) -> dict[str, str]:
    return {name: str(amount) for name, amount in amounts.items() if amount is not None}


FROZEN: Mapping[str, Callable[[str, ResolverMatch, Mapping[str, str]], Snapshot | None]] = {
    "spending:line": _line,
    "spending:agency": _agency,
    "spending:budget": _budget,
    "spending:lines": _budget,
    "spending:project": _project,
    "spending:contract": _contract,
    "spending:supplier": _supplier,
    "spending:past_project": _past_project,
}
"""How a page is frozen, by its name; any other page is kept by its address alone."""
