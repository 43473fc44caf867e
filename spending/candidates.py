"""Proposing purchases for budget lines: department by department, in bounded time, from where it stopped.

A purchase is compared with the lines of the agency that its department is, and with lines that name the
department, of the same fiscal year. What staff have decided stays decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from django.db.models import Max
from django.utils import timezone

from .likeness import Line, Lines, Pair, Purchase
from .models import Allocation, BodyMatch, Buyer, CandidateRun, Edition, LineCandidate, Project

PER_PURCHASE = 3  # lines proposed for one purchase, at most
SALARIES = "งบบุคลากร"  # budget type that no contract is made for
MOST_PURCHASES = 20_000  # of one department and year that are compared, the largest first: some seconds
MOST_LINES = 20_000  # lines of one agency and year that are compared
SHORTEST_NAME = 8  # letters of a department's name that is looked for in lines
DATASETS = ("budget_book", "egp_contracts", "cgdcontract")


def find_candidates(*, seconds: float) -> CandidateRun:
    """Compare what has not been compared since the last edition or match, for some seconds at most."""
    run, _new = CandidateRun.objects.get_or_create(generation=generation())
    until = monotonic() + seconds
    while run.finished_at is None and monotonic() < until:
        buyer = _next(run.reached)
        if buyer is None:
            run.finished_at = timezone.now()
        else:
            _compare(buyer, run)
            run.reached = buyer.pk
        run.save()
    return run


def generation() -> str:
    """The state of the figures that a search compares: changes with each edition and each match of bodies."""
    current = Edition.objects.current().filter(dataset__in=DATASETS).order_by()
    newest = current.aggregate(newest=Max("pk"))["newest"] or 0
    matches = BodyMatch.objects.aggregate(newest=Max("pk"), undone=Max("undone_at"))
    undone = f"{matches['undone']:%Y%m%d%H%M%S}" if matches["undone"] else ""
    return f"{newest}-{current.count()}-{matches['newest'] or 0}-{undone}"


def _next(reached: int) -> Buyer | None:
    return Buyer.objects.filter(pk__gt=reached).order_by("pk").select_related("agency").first()


def _compare(buyer: Buyer, run: CandidateRun) -> None:
    projects = Project.objects.current().counted().filter(buyer=buyer)
    for year in projects.order_by().values_list("fiscal_year", flat=True).distinct():
        lines = Lines(_lines_for(buyer, year))
        if not lines.lines:
            continue
        largest = projects.in_year(year).select_related("province").largest_first()[:MOST_PURCHASES]
        for project in largest.iterator(chunk_size=1_000):
            run.compared += 1
            run.proposed += _keep(lines.likely(_purchase(project, buyer), PER_PURCHASE), year)


def _lines_for(buyer: Buyer, year: int) -> Iterator[Line]:
    """The lines of the agency, and any that name the department."""
    lines = Allocation.objects.current().in_year(year).exclude(category__path__startswith=SALARIES)
    found: dict[str, Line] = {}
    named = lines.filter(search_key__holds=buyer.name) if len(buyer.name) >= SHORTEST_NAME else lines.none()
    own = lines.for_agency(buyer.agency) if buyer.agency_id else lines.none()
    for some in (named, own):
        rows = some.order_by().values_list("item_id", "description", "amount")[:MOST_LINES]
        found |= {item: Line(item, text, amount) for item, text, amount in rows}
    yield from found.values()


def _purchase(project: Project, buyer: Buyer) -> Purchase:
    return Purchase(
        number=project.number,
        title=project.name,
        budget=project.budget,
        agreed=project.agreed_price,
        province=project.province.name if project.province else "",
        district=project.district,
        subdistrict=project.subdistrict,
        buyer=buyer.name,
    )


def _keep(pairs: list[Pair], year: int) -> int:
    """Propose pairs that nobody has proposed; refresh the score of those that nobody has decided."""
    new = 0
    for pair in pairs:
        values = {"score": pair.score, "reasons": [reason.plain() for reason in pair.reasons]}
        names = {"item_id": pair.line.item_id, "project_number": pair.purchase.number}
        found, made = LineCandidate.objects.get_or_create(**names, defaults=values | {"fiscal_year": year})
        new += made
        if not made and found.state == LineCandidate.State.PROPOSED:
            LineCandidate.objects.filter(pk=found.pk).update(**values)
    return new
