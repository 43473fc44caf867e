"""What is known of a year's purchases: their sums, their files, and how much of the year they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Sum

from .fiscal import buddhist
from .models import (
    Agency,
    Buyer,
    Contract,
    ContractBuyerTotal,
    ContractTotal,
    ContractYearTotal,
    Edition,
    Flag,
    Project,
    ProjectBuyerTotal,
    ProjectYearTotal,
    Supplier,
    WinnerKind,
)
from .models.procurement import LARGEST_AMOUNT
from .purchase_filters import DATASETS, ContractFilter, ProjectFilter

SLICES = 12  # slices of a split that the page of a year shows one by one
_PIECE = re.compile(r"\d{4}-\d{1,3}", re.ASCII)
CONTRACT_WORDS = ("year", "as_of", "agency", "ministry", "buyer", "province", "district", "method", "type")


@dataclass(frozen=True, slots=True)
class Sums:
    """Projects under a query: how many, and their money in baht; and what was contracted of it."""

    projects: int
    budget: Decimal
    reference_price: Decimal
    agreed_price: Decimal
    contracts: int
    contracted: Decimal


@dataclass(frozen=True, slots=True)
class Reach:
    """How much of a year the files at hand cover: the whole of it, pieces of it, or extracts."""

    editions: tuple[Edition, ...]
    whole: bool
    pieces: int
    extracts: int


def purchase_years(day: date | None = None) -> list[int]:
    """Fiscal years (Common Era) of which there are purchases, newest first."""
    years = ProjectYearTotal.objects.current(day).order_by().values_list("fiscal_year", flat=True).distinct()
    return sorted(years, reverse=True)


def reach(year: int, day: date | None = None) -> Reach:
    """What the files of a year are, in one query or two."""
    found = Edition.objects.filter(
        pk__in=Edition.objects.answering(day), dataset__in=DATASETS, fiscal_year=year
    )
    editions = tuple(found.select_related("source_file").order_by("part"))
    bulk = [edition.part for edition in editions if edition.dataset == "egp_contracts"]
    whole = str(buddhist(year)) in bulk
    pieces = sum(1 for part in bulk if _PIECE.fullmatch(part))
    return Reach(editions, whole, pieces, len(editions) - pieces - whole)


def covered_years(day: date | None = None) -> set[int]:
    """The fiscal years (Common Era) of which the whole or pieces of it are at hand, not extracts alone."""
    parts = Edition.objects.known_on(day).of("egp_contracts").order_by().values_list("fiscal_year", "part")
    return {
        year
        for year, part in parts
        if year is not None and (part == str(buddhist(year)) or _PIECE.fullmatch(part) is not None)
    }


def sums_of(projects: ProjectFilter, contracts: ContractFilter) -> Sums:
    """The sums under a query, in two queries."""
    of_projects = projects.facts().order_by()
    counted = Sum("lines") if not projects.reads_lines else None
    money = of_projects.aggregate(
        budget=Sum("budget"), reference_price=Sum("reference_price"), agreed_price=Sum("agreed_price")
    )
    number = of_projects.aggregate(number=counted)["number"] if counted else of_projects.count()
    won = contracts.facts().order_by().aggregate(number=Sum("lines"), amount=Sum("amount"))
    return Sums(
        projects=number or 0,
        contracts=won["number"] or 0,
        contracted=won["amount"] or Decimal(0),
        **{name: amount or Decimal(0) for name, amount in money.items()},
    )


def contracts_beside(texts: Mapping[str, str]) -> ContractFilter:
    """The query on contracts that asks the same as a query on projects, words and amounts left out."""
    return ContractFilter({name: text for name, text in texts.items() if name in CONTRACT_WORDS})


def project_of(number: str, day: date | None = None) -> Project | None:
    """The project of a published number: the row that counts, of the newest edition."""
    found = Project.objects.current(day).numbered(number)
    related = ("edition__source_file", "buyer__agency__ministry", "province")
    row: Project | None = found.select_related(*related).order_by("-counted", "-edition").first()
    return row


def contracts_of(number: str, day: date | None = None) -> list[Contract]:
    """The contracts of a project, each once, largest first."""
    found = Contract.objects.current(day).counted().of_project(number)
    return list(found.select_related("supplier", "edition").largest_first())


@dataclass(frozen=True, slots=True)
class Won:
    """What a supplier won in the editions of today: contracts, baht, and the years it did."""

    contracts: int
    amount: Decimal
    years: tuple[int, ...]


def won_by(supplier: Supplier, day: date | None = None) -> Won:
    """The sums of a supplier, in one query."""
    rows = (
        ContractTotal.objects.current(day)
        .won_by(supplier)
        .order_by()
        .values("fiscal_year")
        .annotate(number=Sum("lines"), won=Sum("amount"))
    )
    found = sorted(rows, key=lambda row: row["fiscal_year"])
    return Won(
        sum(row["number"] for row in found),
        sum((row["won"] for row in found), Decimal(0)),
        tuple(row["fiscal_year"] for row in found),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What a supplier won from one department, beside all that the department contracted in those years."""

    code: str
    name: str
    contracts: int
    amount: Decimal
    whole: Decimal


def shares_of_buyers(supplier: Supplier, won: Won, day: date | None = None) -> list[Standing]:
    """The departments that a supplier won from, largest sum first, in two queries."""
    totals = ContractTotal.objects.current(day).order_by()
    rows = totals.won_by(supplier).values("buyer", "buyer__code", "buyer__name")
    found = list(rows.annotate(number=Sum("lines"), won=Sum("amount")))
    every = ContractBuyerTotal.objects.current(day).order_by()
    beside = every.filter(buyer__in=[row["buyer"] for row in found], fiscal_year__in=won.years)
    wholes = dict(beside.values("buyer").annotate(all=Sum("amount")).values_list("buyer", "all"))
    standings = [
        Standing(row["buyer__code"], row["buyer__name"], row["number"], row["won"], wholes[row["buyer"]])
        for row in found
    ]
    return sorted(standings, key=lambda one: (-one.amount, one.name))


@dataclass(frozen=True, slots=True)
class Persons:
    """The contracts of natural persons, who are never named: how many, and baht."""

    contracts: int
    amount: Decimal


def persons(day: date | None = None) -> Persons:
    """The sum of what natural persons won."""
    found = ContractYearTotal.objects.current(day).filter(winner_kind=WinnerKind.PERSON)
    sums = found.order_by().aggregate(number=Sum("lines"), won=Sum("amount"))
    return Persons(sums["number"] or 0, sums["won"] or Decimal(0))


def departments_of(agency: Agency) -> Any:
    """The departments of e-GP that are known to be an agency, or a ministry or its agencies: their ids."""
    return Buyer.objects.filter(Q(agency=agency) | Q(agency__ministry=agency)).order_by().values("pk")


def bought_by(agency: Agency, day: date | None = None) -> list[tuple[int, int, Decimal]]:
    """What an agency, or a ministry and its agencies, bought: year, projects, agreed price; newest first."""
    rows = ProjectBuyerTotal.objects.current(day).filter(buyer__in=departments_of(agency)).order_by()
    found = rows.values("fiscal_year").annotate(number=Sum("lines"), agreed=Sum("agreed_price"))
    return sorted(((r["fiscal_year"], r["number"], r["agreed"]) for r in found), reverse=True)


def datasets_bought(agency: Agency, day: date | None = None) -> list[str]:
    """The data sets that tell of what an agency, or a ministry and its agencies, bought."""
    rows = ProjectBuyerTotal.objects.current(day).filter(buyer__in=departments_of(agency)).order_by()
    return sorted(set(rows.values_list("edition__dataset", flat=True).distinct()))


def questions_to(agency: Agency, number: int) -> list[Flag]:
    """The questions about the most money that rules ask of what an agency, or a ministry and its agencies,
    bought: the first of each department by their index, and of those the first.
    """
    own = Flag.objects.filter(buyer=OuterRef("pk")).order_by(LARGEST_AMOUNT).values("pk")[:number]
    is_ministry = agency.kind == Agency.Kind.MINISTRY
    buyers = Buyer.objects.filter(**{"agency__ministry" if is_ministry else "agency": agency}).order_by()
    firsts = buyers.annotate(firsts=ArraySubquery(own)).values_list("firsts", flat=True)
    keys = [key for first in firsts for key in first]
    return list(Flag.objects.filter(pk__in=keys).with_names().largest_first()[:number])


def editions_of(rows: Iterable[Project | Contract]) -> Sequence[Edition]:
    """The editions that rows were read from, each once."""
    return list({row.edition.pk: row.edition for row in rows}.values())
