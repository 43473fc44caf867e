"""One purchase: from budget to contract, who bought, who won."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
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
from ..provenance import ENDINGS, Download, Provenance, data_links, mark_of, provenance_of
from ..purchases import contracts_of, editions_of, project_of
from ..speech import percent
from . import purchase_tables as tables
from .asked import day_of, only_parameters
from .contract import contract_address
from .figures import show
from .joined import lines_of
from .listing import explaining_bad_queries


@require_safe
@explaining_bad_queries
def project(request: HttpRequest, number: str) -> HttpResponseBase:
    only_parameters(request.GET, ("as_of",))
    day = day_of(request.GET)
    found = project_of(number, day)
    if found is None:
        return render(
            request, "spending/no_project.html", {"section": "purchases", "number": number}, status=404
        )
    contracts = contracts_of(number, day)
    context = {
        "section": "purchases",
        "project": found,
        "day": day,
        "trail": _trail(found),
        "buyer_address": tables.buyer_address(found.buyer.code, found.fiscal_year),
        "method_address": _address(found, method=found.method) if found.method else "",
        "province_address": _address(found, province=found.province.name) if found.province else "",
        "ladder": _ladder(found, contracts),
        "sentence": _sentence(found),
        "contracts": contracts,
        "contracts_table": tables.contracts_table(contracts),
        "joined": lines_of(number, day),
        "joined_title": _("Lines of the budget for it"),
        "contract_pages": [
            (
                " · ".join(filter(None, (one.contract_no, tables.winner_name(one)))),
                contract_address(number, code),
            )
            for code, one in codes(contracts).items()
        ],
        "has_persons": any(contract.winner_kind == "person" for contract in contracts),
        "asked": [] if day else asked(Flag.objects.current().at_project(number).with_names()),
        "provenance": _origin(found, contracts),
    }
    return show(request, "spending/project.html", context)


def _trail(project: Project) -> list[tuple[object, str]]:
    words = _("Purchases %(year)s") % {"year": sentences.year(project.fiscal_year)}
    return [
        (words, reverse("spending:purchases", args=[project.fiscal_year])),
        (sentences.named(project.buyer.name), tables.buyer_address(project.buyer.code, project.fiscal_year)),
        (project.number, ""),
    ]


def _address(project: Project, **query: str) -> str:
    page = reverse("spending:purchases", args=[project.fiscal_year])
    return uri_to_iri(f"{page}?{urlencode(query)}")


def _ladder(project: Project, contracts: Sequence[Contract]) -> Ladder:
    known = [contract.amount for contract in contracts if contract.amount is not None]
    return ladder(
        _("From budget to contract"),
        [
            Rung(_("Budget"), project.budget, OTHER),
            Rung(_("Reference price"), project.reference_price, OTHERS),
            Rung(_("Agreed price"), project.agreed_price),
            Rung(_("In contracts"), sum(known[1:], known[0]) if known else None),
        ],
    )


def _sentence(project: Project) -> str:
    """How the agreed price lies to the budget; empty where one of them is not published."""
    budget, agreed = project.budget, project.agreed_price
    share = None if budget is None or agreed is None else share_of(agreed - budget, budget)
    if share is None:
        return ""
    if share == 0:
        return _("The agreed price is exactly the budget.")
    words = {"share": percent(abs(share))}
    if share > 0:
        return _("The agreed price is %(share)s above the budget.") % words
    return _("The agreed price is %(share)s below the budget.") % words


def _place(project: Project) -> str:
    where = {"line": f"{project.line:,}", "file": project.edition.file_name}
    return _("record %(line)s of %(file)s as published") % where


def _origin(project: Project, contracts: Sequence[Contract]) -> Provenance | None:
    named = {form: _("%(form)s, contracts") % {"form": form} for form in ENDINGS}
    downloads = [
        Download(_("JSON, project"), f"/api/v1/projects/?project={project.number}"),
        *data_links("contracts", f"project={project.number}", **named),
    ]
    editions: Any = editions_of([project, *contracts])
    return provenance_of(
        editions,
        place=lazy(_place, str)(project) if len(editions) == 1 else "",
        downloads=downloads,
        subject=project.name,
        mark=mark_of("purchase", project.line, project.number),
    )
