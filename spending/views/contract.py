"""One contract: from the budget of its purchase to what was signed, with whom, when and where."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import sentences
from ..breakdowns import share_of
from ..contract_codes import codes
from ..flag_words import asked
from ..ladders import Ladder, Rung, ladder
from ..models import Contract, Flag, Project
from ..palette import OTHER, OTHERS
from ..provenance import Provenance, data_links, mark_of, provenance_of
from ..purchases import contracts_of, editions_of, project_of
from . import purchase_tables as tables
from .asked import day_of, only_parameters
from .figures import show
from .listing import explaining_bad_queries


@require_safe
@explaining_bad_queries
def contract(request: HttpRequest, number: str, code: str) -> HttpResponseBase:
    only_parameters(request.GET, ("as_of",))
    day = day_of(request.GET)
    project = project_of(number, day)
    known = codes(contracts_of(number, day))
    found = known.get(code)
    if found is None or project is None:
        missing = {"section": "purchases", "number": number, "project": project}
        return render(request, "spending/no_contract.html", missing, status=404)
    flags = [] if day else list(Flag.objects.current().at_project(number).with_names())
    context = {
        "section": "purchases",
        "contract": found,
        "project": project,
        "day": day,
        "trail": _trail(project, found),
        "winner": tables.winner_words(found.winner_kind) if found.supplier is None else "",
        "supplier_address": tables.supplier_address(found.supplier.code) if found.supplier else "",
        "buyer_address": tables.buyer_address(found.buyer.code, found.fiscal_year),
        "ladder": _ladder(project, found, len(known)),
        "of_agreed": share_of(found.amount, project.agreed_price)
        if found.amount is not None and project.agreed_price
        else None,
        "others": [
            (contract_words(one), contract_address(number, other))
            for other, one in known.items()
            if one != found
        ],
        "asked": asked(_about(flags, found, code)),
        "provenance": _origin(project, found),
    }
    return show(request, "spending/contract.html", context)


def contract_address(number: str, code: str) -> str:
    """The address of a contract: its project's number and its own code."""
    return uri_to_iri(reverse("spending:contract", args=[number, code]))


def _about(flags: Sequence[Flag], contract: Contract, code: str) -> list[Flag]:
    """The questions to this contract and to its purchase as a whole, not those to its siblings."""
    own = f"{contract.project_number}/{code}"
    return [flag for flag in flags if flag.about == Flag.About.PROJECT or flag.subject == own]


def contract_words(contract: Contract) -> str:
    """What a contract is called in a list: its number, where there is one, and who won it."""
    return " · ".join(filter(None, (contract.contract_no, tables.winner_name(contract))))


def _trail(project: Project, contract: Contract) -> list[tuple[object, str]]:
    words = _("Purchases %(year)s") % {"year": sentences.year(project.fiscal_year)}
    known = contract.contract_no
    own = _("Contract %(number)s") % {"number": known} if known else _("Contract")
    return [
        (words, reverse("spending:purchases", args=[project.fiscal_year])),
        (project.number, reverse("spending:project", args=[project.number])),
        (own, ""),
    ]


def _ladder(project: Project, contract: Contract, contracts: int) -> Ladder:
    """The steps of the purchase, and what this contract is of it."""
    whole = _("Agreed price") if contracts == 1 else _("Agreed with all winners")
    return ladder(
        _("From budget to contract"),
        [
            Rung(_("Budget"), project.budget, OTHER),
            Rung(_("Reference price"), project.reference_price, OTHERS),
            Rung(whole, project.agreed_price),
            Rung(_("This contract"), contract.amount),
        ],
    )


def _place(contract: Contract) -> str:
    where = {"line": f"{contract.line:,}", "file": contract.edition.file_name}
    return _("record %(line)s of %(file)s as published") % where


def _subject(project: Project, contract: Contract) -> str:
    return f"{project.name} · {contract_words(contract)}"


def _origin(project: Project, contract: Contract) -> Provenance | None:
    words = {"project": project.number}
    if contract.supplier is not None:
        words["supplier"] = contract.supplier.code
    else:
        words["winner"] = contract.winner_kind
    return provenance_of(
        editions_of([contract]),
        place=lazy(_place, str)(contract),
        mark=mark_of("contract", contract.line, project.number, contract.contract_no),
        downloads=data_links("contracts", urlencode(words)),
        subject=lazy(_subject, str)(project, contract),
    )
