"""What other publishers in the world published in open standards, each in its own currency."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..elsewhere import Sums, budgets, editions, processes, purchases
from ..models import OpenContract
from ..provenance import data_links
from ..tables import Column, Kind, Row, Table
from .asked import only_parameters
from .listing import explaining_bad_queries


@require_safe
@explaining_bad_queries
def elsewhere(request: HttpRequest) -> HttpResponseBase:
    only_parameters(request.GET, ())
    context = {
        "section": "data",
        "processes": processes(),
        "purchases_table": _table(purchases(), _("Purchases (OCDS)"), _("Stage")),
        "budgets_table": _table(budgets(), _("Budgets and spending (Fiscal Data Package)"), _("Amount of")),
        "processes_data": data_links("open-processes"),
        "contracts_data": data_links("open-contracts"),
        "figures_data": data_links("package-figures"),
        "editions": [(one, reverse("spending:edition", args=[one.pk])) for one in editions()],
    }
    return render(request, "spending/elsewhere.html", context)


def _table(sums: Sequence[Sums], caption: str, kind: str) -> Table | None:
    if not sums:
        return None
    columns = (
        Column(_("Publisher"), Kind.NAME),
        Column(kind, Kind.TEXT, wide=True),
        Column(_("Rows"), Kind.COUNT, wide=True),
        Column(_("Amount in its own currency"), Kind.TEXT),
    )
    rows = [
        Row((one.publisher or _("Not named"), _kind(one.kind), one.rows, _said(one)), lang="") for one in sums
    ]
    return Table(caption, columns, tuple(rows))


def _kind(kind: str) -> str:
    return str(OpenContract.Stage(kind).label) if kind in OpenContract.Stage.values else kind


def _said(one: Sums) -> str:
    """An amount with its currency, exact, without zeros that say nothing."""
    if one.amount is None:
        return "–"
    whole = one.amount == one.amount.to_integral_value()
    amount = one.amount.quantize(Decimal(1)) if whole else one.amount.normalize()
    return f"{amount:,f} {one.currency}"
