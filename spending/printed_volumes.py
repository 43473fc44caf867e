"""Volumes of the budget book that were read from print, beside the tables extracted from the same volumes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat

from .models import Allocation, Commitment, Edition
from .page_pictures import kept_path
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
    within = Commitment.objects.filter(
        edition=edition,
        fiscal_year=F("edition__fiscal_year"),
        item_id__startswith=Concat("line_item_id", Value(".")),
    )
    apart = within.order_by("line", "pk").values_list(*fields) if is_print(edition) else ()
    return [_reading(line) for line in lines] + [_reading(line)._replace(apart=True) for line in apart]


def _reading(line: tuple[Any, ...]) -> Reading:
    item_id, agency, page, amount, words = line
    return Reading(item_id, agency, page, amount, words)


def _totals(printed: Edition) -> dict[str, Decimal]:
    """The printed totals of agencies; a ministry's own bears no name of an agency."""
    agencies = set(Allocation.objects.filter(edition=printed).values_list("agency__name", flat=True))
    totals = {check["name"].rpartition(_OF_MINISTRY)[2]: check["expected"] for check in printed.checks}
    return {name: Decimal(total) for name, total in totals.items() if name in agencies}


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of a volume: where it stands in the kept PDF (from 1), and the edition that was read from it."""

    edition: Edition
    number: int
    place: int


def printed_page(part: str, number: int) -> PrintedPage | None:
    """The page of a volume by its printed number, if a PDF of the volume is kept and has the page.

    A page that no line stands on is found between its neighbours, where both tell the same.
    """
    shown = Edition.objects.shown().exclude(state=Edition.State.WITHDRAWN).exclude(source_file__content="")
    volumes = shown.filter(dataset=BUDGET_BOOK, part=part, source_file__name__iendswith=PRINT)
    edition = volumes.select_related("source_file").order_by("-is_current", "-pk").first()
    if edition is None or kept_path(edition.source_file) is None:
        return None
    lines = Allocation.objects.filter(edition=edition, page__isnull=False).order_by("page")
    places = lines.values_list("page", "line")
    below, above = places.filter(page__lte=number).last(), places.filter(page__gte=number).first()
    gaps = {place - (page or 0) for page, place in filter(None, (below, above))}
    if number < 1 or above is None or len(gaps) != 1:
        return None
    return PrintedPage(edition, number, number + gaps.pop())


def same_line(item_id: str, year: int) -> str | None:
    """The id that a line has in the edition that answers today, where another reading of its volume gave it
    this one. None where no line of its page has its amount or its words.
    """
    old = Allocation.objects.filter(item_id=item_id, fiscal_year=year, edition__published_at__isnull=False)
    line = old.order_by("-edition").select_related("edition__source_file").first()
    if line is None or line.edition.dataset != BUDGET_BOOK:
        return None
    now = Edition.objects.current().filter(dataset=BUDGET_BOOK, part=line.edition.part)
    current = now.select_related("source_file").first()
    if current is None or is_print(current) == is_print(line.edition):
        return None
    pairs = compared(_readings(current), _readings(line.edition), {}).pairs
    found = (pair.printed for pair in pairs if pair.extracted and pair.extracted.item_id == item_id)
    other = next(found, None)
    return None if other is None or other.apart else other.item_id
