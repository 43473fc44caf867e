"""Volumes of the budget book that were read from print, beside the tables extracted from the same volumes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .models import Allocation, Commitment, Edition
from .readings import Comparison, Reading, compared

BUDGET_BOOK = "budget_book"
PRINT = ".pdf"
_OF_MINISTRY = " · "  # stands between a ministry and its agency in the name of a printed total


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """A volume in two editions: as printed, and as extracted by others; and how they compare."""

    printed: Edition
    extracted: Edition
    comparison: Comparison


def is_print(edition: Edition) -> bool:
    """Whether an edition was read from the printed volume."""
    return edition.dataset == BUDGET_BOOK and edition.file_name.lower().endswith(PRINT)


def two_readings(edition: Edition) -> TwoReadings | None:
    """The edition beside the newest of the same volume that was read otherwise; None where there is none."""
    if edition.dataset != BUDGET_BOOK:
        return None
    others = Edition.objects.shown().exclude(state=Edition.State.WITHDRAWN).exclude(pk=edition.pk)
    same = others.filter(dataset=edition.dataset, part=edition.part).select_related("source_file")
    print_here = is_print(edition)
    other = next((one for one in same.order_by("-pk") if is_print(one) != print_here), None)
    if other is None:
        return None
    printed, extracted = (edition, other) if print_here else (other, edition)
    found = compared(_readings(printed), _readings(extracted), _totals(printed))
    return TwoReadings(printed, extracted, found)


def _readings(edition: Edition) -> list[Reading]:
    fields = ("item_id", "agency__name", "page", "amount", "description")
    lines = Allocation.objects.filter(edition=edition).order_by("line", "pk").values_list(*fields)
    within = Commitment.objects.filter(edition=edition, fiscal_year=edition.fiscal_year, line_item_id="")
    apart = within.order_by("line", "pk").values_list(*fields) if is_print(edition) else ()
    return [Reading(*line) for line in lines] + [Reading(*line, apart=True) for line in apart]


def _totals(printed: Edition) -> dict[str, Decimal]:
    """The printed totals of agencies; a ministry's own bears no name of an agency."""
    agencies = set(Allocation.objects.filter(edition=printed).values_list("agency__name", flat=True))
    totals = {check["name"].rpartition(_OF_MINISTRY)[2]: check["expected"] for check in printed.checks}
    return {name: Decimal(total) for name, total in totals.items() if name in agencies}
