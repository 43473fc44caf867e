"""Everybody that receives public money: by ministry, by kind, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import ExpressionWrapper, F, FloatField
from django.db.models.functions import NullIf
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..glance import GROUP_NAMES
from ..models import Agency, Disbursement, Edition
from ..models.places import AgencyQuerySet
from ..parameters import PARAMETERS
from ..provenance import Provenance, data_links, provenance_of
from ..purses import PRINCIPAL_CUTS
from ..rosters import Group, groups, roster
from ..tables import Column, Kind, Row, Table, bar_lengths
from .agency_tables import bodies_table
from .asked import day_of, one_of, only_parameters
from .listing import Order, explaining_bad_queries, page_of, read_order

CHOICES = ("q", "kind", "ministry")
READ_HERE = (*CHOICES, "as_of", "sort", "page")
ROWS = 60
SORTS = ("amount", "paid", "name")
KIND_NAMES: Mapping[str, Promise] = {
    Agency.Kind.MINISTRY: gettext_lazy("Ministries and equal bodies"),
    Agency.Kind.AGENCY: gettext_lazy("Agencies of ministries"),
    **GROUP_NAMES,
}


@require_safe
@explaining_bad_queries
def agencies(request: HttpRequest) -> HttpResponseBase:
    only_parameters(request.GET, READ_HERE)
    day = day_of(request.GET)
    kind = one_of(request.GET, "kind", Agency.Kind.values)
    texts = {name: request.GET.get(name, "").strip() for name in CHOICES}
    words, ministry = (_read(name, texts[name]) for name in ("q", "ministry"))
    if any(texts.values()):
        return _list(request, roster(kind=kind, ministry=ministry, words=words, day=day), texts, day)
    ministries = roster(kind=Agency.Kind.MINISTRY, day=day).order_by(
        F("given").desc(nulls_last=True), F("book").desc(nulls_last=True), "code"
    )
    context = {
        "section": "agencies",
        "bodies": Agency.objects.count(),
        "ministries_table": bodies_table(ministries, str(KIND_NAMES[Agency.Kind.MINISTRY])),
        "groups_table": _groups_table(groups(day)),
        "provenance": _origin({"kind": Agency.Kind.MINISTRY.value}, day),
    }
    return render(request, "spending/agencies.html", context)


def _read(name: str, text: str) -> str:
    return PARAMETERS[name].value(text) if text else ""


def _list(
    request: HttpRequest, bodies: AgencyQuerySet, texts: Mapping[str, str], day: date | None
) -> HttpResponseBase:
    """The bodies of one kind, of one ministry, or of a name."""
    order = read_order(request.GET, SORTS, "-amount")
    page = page_of(Paginator(_sorted(bodies, order), ROWS), request.GET)
    ministry = Agency.objects.filter(code=texts["ministry"]).first() if texts["ministry"] else None
    context = {
        "section": "agencies",
        "words": texts["q"],
        "kind_name": KIND_NAMES[texts["kind"]] if texts["kind"] else "",
        "ministry": ministry,
        "kept": [(name, texts[name]) for name in ("kind", "ministry") if texts[name]],
        "bodies": page.paginator.count,
        "table": bodies_table(
            page.object_list, _("Bodies"), lambda key: _address(texts, order.turned(key)), order
        ),
        "page": page,
        "before": _address(texts, order.text, page.previous_page_number()) if page.has_previous() else "",
        "after": _address(texts, order.text, page.next_page_number()) if page.has_next() else "",
        "provenance": _origin(texts, day),
    }
    return render(request, "spending/agency_list.html", context)


def _sorted(bodies: AgencyQuerySet, order: Order) -> AgencyQuerySet:
    """The bodies in one of `SORTS`, those without a figure last, equal ones by code."""
    ratio = ExpressionWrapper(F("paid") / NullIf(F("given"), 0), output_field=FloatField())
    keys: dict[str, Any] = {"amount": F("given"), "paid": ratio, "name": F("name")}
    key = keys[order.key]
    first = key.desc(nulls_last=True) if order.descending else key.asc(nulls_last=True)
    found: AgencyQuerySet = bodies.order_by(first, "code")
    return found


def _address(texts: Mapping[str, str], sort: str, page: int | None = None) -> str:
    values = {**texts, "sort": sort, "page": page or ""}
    return uri_to_iri(f"?{urlencode({name: value for name, value in values.items() if value})}")


def _groups_table(found: Sequence[Group]) -> Table:
    columns = (
        Column(_("Kind"), Kind.NAME),
        Column(_("Bodies"), Kind.COUNT),
        Column(_("After transfers (baht)"), Kind.MONEY),
        Column(_("Bar"), Kind.BAR),
        Column(_("Paid"), Kind.PERCENT),
    )
    lengths = bar_lengths([group.after_transfer for group in found])
    page = reverse("spending:agencies")
    rows = [
        Row(
            (str(KIND_NAMES[group.kind]), group.bodies, group.after_transfer, length, group.disbursed_share),
            href=f"{page}?kind={group.kind}",
        )
        for group, length in zip(found, lengths, strict=True)
    ]
    return Table(_("By kind"), columns, tuple(rows))


def _origin(texts: Mapping[str, str], day: date | None) -> Provenance | None:
    """The newest weekly report, from which the figures of these lists are taken; the bodies as data."""
    asked = {**texts, "as_of": day.isoformat() if day else ""}
    downloads = data_links("agencies", urlencode({name: text for name, text in asked.items() if text}))
    weekly = Disbursement.objects.current(day).filter(cut__in=PRINCIPAL_CUTS).order_by().values("edition")
    editions = Edition.objects.filter(pk__in=weekly).select_related("source_file")
    return provenance_of(editions, downloads=downloads)
