"""The weekly report body by body: one cut of the money at a time, each body with its purse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Disbursement
from .purses import Purse, summed
from .querysets import DisbursementQuerySet

Cut, Economic = Disbursement.Cut, Disbursement.Economic

TITLES: Mapping[str, Promise] = {
    Cut.MINISTRY: _("Ministries"),
    Cut.AGENCY: _("Agencies"),
    Cut.PAO: _("Provincial administrative organisations"),
    Cut.MUNICIPALITY: _("Municipalities"),
    Cut.STATE_ENTERPRISE: _("State enterprises"),
    Cut.PROVINCE: _("Provinces and groups of provinces"),
    Cut.FUND: _("Funds and revolving funds"),
    Cut.LARGE_INVESTMENT: _("Agencies investing over 1,000 million baht"),
    Cut.CENTRAL_TO_PROVINCE: _("Central money held in provinces"),
}
"""The cuts that pages show, in the order of the report."""

SECOND_LOOKS: Mapping[str, Promise] = {
    Cut.AGENCY: _("The agencies are the ministries' own money seen one step closer. Never add the two."),
    Cut.LARGE_INVESTMENT: _(
        "This is the investment money of some of the agencies, seen once more. Never add it to theirs."
    ),
    Cut.CENTRAL_TO_PROVINCE: _(
        "This is money of central agencies that is paid in the provinces. It is already counted with those "
        "agencies, so it is never added to them."
    ),
}
"""Cuts that look a second time at money which stands in another cut too, and what to know about that."""

AGAINST_TARGET: Mapping[str, str] = {
    Cut.AGENCY: Cut.AGENCY_SPENDING,
    Cut.PAO: Cut.PAO_SPENDING,
    Cut.MUNICIPALITY: Cut.MUNICIPALITY_SPENDING,
    Cut.PROVINCE: Cut.PROVINCE_SPENDING,
    Cut.CENTRAL_TO_PROVINCE: Cut.CENTRAL_TO_PROVINCE_SPENDING,
}
"""For a cut of payments, the one that holds the same money against the spending target."""

MEASURES = ("after_transfer", "allotted", "committed", "disbursed", "spent")


@dataclass(frozen=True, slots=True)
class Held:
    """What one body holds, and how far it has come. `agency` is the code of its page, "" where it has none.

    Where the report gives a body no budget after transfers, the purse has what was allotted in its place.
    """

    code: str
    name: str
    name_en: str
    agency: str
    purse: Purse


ORDERS: Mapping[str, Callable[[Held], Decimal | str | None]] = {
    "name": lambda one: one.name,
    "budget": lambda one: one.purse.after_transfer,
    "disbursed": lambda one: one.purse.disbursed,
    "share": lambda one: one.purse.disbursed_share,
    "committed": lambda one: one.purse.committed,
    "gap": lambda one: one.purse.target_gap,
}
"""By what the bodies may be sorted."""


def bodies(facts: DisbursementQuerySet, cut: str, economic: str = "") -> list[Held]:
    """The bodies of a cut with one economic class of their money, or all of it, in two queries at most.

    A target exists only for one class in a cut that is held against targets.
    """
    rows = _rows(facts.in_cut(cut), economic)
    found = {row["body_code"]: _held(row, economic) for row in rows}
    second = AGAINST_TARGET.get(cut) if economic else None
    if second is not None:
        against = facts.in_cut(second).filter(economic=economic)
        for code, spent, gap in against.values_list("body_code", "spent", "target_gap"):
            if code in found:
                purse = replace(found[code].purse, spent=spent, target_gap=gap)
                found[code] = replace(found[code], purse=purse)
    return list(found.values())


def ordered(held: Iterable[Held], key: str, *, descending: bool) -> list[Held]:
    """Bodies by one of `ORDERS`, equal ones by code; those without such a value come last."""
    by_code = sorted(held, key=lambda one: one.code)
    value = ORDERS[key]
    known = [one for one in by_code if value(one) is not None]
    return [
        *sorted(known, key=value, reverse=descending),  # type: ignore[arg-type]
        *(one for one in by_code if value(one) is None),
    ]


def together(held: Sequence[Held]) -> Purse:
    """All bodies of a cut as one purse."""
    return summed([one.purse for one in held])


def _rows(facts: DisbursementQuerySet, economic: str) -> Iterable[dict[str, Any]]:
    kept = facts.filter(economic=economic) if economic else facts
    rows: Iterable[dict[str, Any]] = (
        kept.values("body_code", "body_name", page=F("agency__code"), english=F("agency__name_en"))
        .annotate(**{f"sum_{measure}": Sum(measure) for measure in MEASURES})
        .annotate(province_english=F("province__name_en"))
        .order_by("body_code")
    )
    return rows


def _held(row: dict[str, object], economic: str) -> Held:
    amounts = {measure: row[f"sum_{measure}"] for measure in MEASURES}
    if amounts["after_transfer"] is None:
        amounts["after_transfer"] = amounts["allotted"]
    purse = Purse(economic or Economic.TOTAL, **amounts)  # type: ignore[arg-type]
    english = row["english"] or row["province_english"] or ""
    return Held(str(row["body_code"]), str(row["body_name"]), str(english), str(row["page"] or ""), purse)
