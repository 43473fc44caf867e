"""The kinds of rows that can be asked for, by the name that stands in addresses.

One entry of `RESOURCES` is a new list, its files, its place in the schema and in the documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Field, QuerySet
from django.utils.translation import gettext_noop as _

from . import (
    columns,
    elsewhere_columns,
    elsewhere_filters,
    filters,
    flag_columns,
    flag_filters,
    joins_resources,
    local_columns,
    local_filters,
    purchase_columns,
    purchase_filters,
    register_columns,
    register_filters,
    series_resources,
)
from .columns import Column

CHUNK = 2_000  # rows fetched at a time


@dataclass(frozen=True)
class Resource:
    """One kind of row: what it is called, how it is asked for, what its columns are, which tables they read
    beside its own, what a row stands for, and the order of the rows unless another is asked for.
    """

    name: str
    filter: type[filters.Filter]
    columns: tuple[Column, ...]
    related: tuple[str, ...]
    means: str
    order: str = ""

    def rows(self, query: filters.Filter) -> Any:
        """The rows under a query as objects, with all that the columns read, in a stable order."""
        return self.related_to(query.lines()).order_by("pk")

    def related_to(self, lines: Any) -> Any:
        """Rows as objects with all that the columns read beside them."""
        related = [*self._edition, *self.related]
        return lines.select_related(*related) if related else lines

    def named(self, names: Iterable[str]) -> tuple[Column, ...]:
        """Some of the columns, by their names, in the order of the names."""
        return tuple(self._by_name[name] for name in names)

    def table(self, lines: QuerySet[Any], chosen: Sequence[Column]) -> QuerySet[Any, tuple[Any, ...]]:
        """Rows as tuples of some columns, read by the database. Only where `is_read_by_database`."""
        sources = {f"c{number}": self.source(column) for number, column in enumerate(chosen)}
        table: QuerySet[Any, tuple[Any, ...]] = lines.annotate(**sources).values_list(*sources)
        return table

    def read(self, lines: QuerySet[Any], chosen: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
        """Rows as tuples of some columns, in bounded memory."""
        if self.is_read_by_database:
            yield from self.table(lines, chosen).iterator(chunk_size=CHUNK)
            return
        for fact in self.related_to(lines).iterator(chunk_size=CHUNK):
            yield tuple(column.value(fact) for column in chosen)

    @staticmethod
    def source(column: Column) -> Any:
        """What the database reads for a column."""
        return F(column.source) if isinstance(column.source, str) else column.source

    @cached_property
    def is_read_by_database(self) -> bool:
        """Whether every column says how the database reads it."""
        return all(column.source is not None for column in self.columns)

    @cached_property
    def kinds(self) -> dict[str, Field[Any, Any] | None]:
        """The kind of value of each column as a field of a model; None where only Python makes it: text."""
        read = [column for column in self.columns if column.source is not None]
        found = self.table(self.filter.unasked(), read).query.annotations
        outputs = {one.name: found[f"c{number}"].output_field for number, one in enumerate(read)}
        return {name: outputs.get(name) for name in self._by_name}

    @cached_property
    def orders(self) -> dict[str, str]:
        """What `order` takes: columns of the row itself or of what it points to, by the path they read."""
        return {one.name: one.source for one in self.columns if isinstance(one.source, str)}

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def _edition(self) -> tuple[str, ...]:
        names = {field.name for field in self.filter.model._meta.fields}
        return ("edition__source_file",) if "edition" in names else ()


RESOURCES = {
    resource.name: resource
    for resource in (
        Resource(
            "allocations",
            filters.AllocationFilter,
            columns.ALLOCATION,
            ("ministry", "agency", "plan", "activity", "category"),
            _("lines of the budget book"),
        ),
        Resource(
            "commitments",
            filters.CommitmentFilter,
            columns.COMMITMENT,
            ("ministry", "agency"),
            _("what multi-year obligations cost, year by year"),
        ),
        Resource(
            "disbursements",
            filters.DisbursementFilter,
            columns.DISBURSEMENT,
            ("agency__ministry", "province"),
            _("the weekly report: after transfers, committed, disbursed"),
        ),
        Resource(
            "project-disbursements",
            filters.ProjectDisbursementFilter,
            columns.PROJECT_DISBURSEMENT,
            ("ministry", "agency", "plan", "category"),
            _("the former site's projects: budgeted against disbursed, by province"),
        ),
        Resource(
            "reference-totals",
            filters.ReferenceTotalFilter,
            columns.REFERENCE_TOTAL,
            ("agency",),
            _("published totals of whole years, ministries and months"),
        ),
        Resource(
            "projects",
            purchase_filters.ProjectFilter,
            purchase_columns.PROJECT,
            ("buyer__agency__ministry", "province"),
            _("purchases through e-GP: budget, reference price, agreed price"),
        ),
        Resource(
            "contracts",
            purchase_filters.ContractFilter,
            purchase_columns.CONTRACT,
            ("buyer__agency__ministry", "province", "supplier"),
            _("contracts of purchases through e-GP, and who won them"),
        ),
        Resource(
            "flags",
            flag_filters.FlagFilter,
            flag_columns.FLAG,
            ("buyer__agency__ministry", "supplier", "province", "dismissal"),
            _("questions that documented rules ask of purchases; a question, not a verdict"),
        ),
        Resource(
            "local-budgets",
            local_filters.LocalBudgetFilter,
            local_columns.LOCAL_BUDGET,
            ("body", "province"),
            _("what local councils granted, and how far it is spent; never part of the central budget"),
        ),
        Resource(
            "areas",
            local_filters.AreaFilter,
            local_columns.AREA,
            ("province",),
            _("provinces, districts and subdistricts with their codes"),
            order="code",
        ),
        Resource(
            "reference-values",
            series_resources.ReferenceValueFilter,
            series_resources.REFERENCE_VALUE,
            ("province",),
            _("what amounts are measured by: population, gross domestic product, consumer prices"),
        ),
        Resource(
            "open-processes",
            elsewhere_filters.OpenProcessFilter,
            elsewhere_columns.OPEN_PROCESS,
            (),
            _("purchases of other publishers in the world (OCDS), each in its own currency"),
        ),
        Resource(
            "open-contracts",
            elsewhere_filters.OpenContractFilter,
            elsewhere_columns.OPEN_CONTRACT,
            (),
            _("awards and contracts of other publishers (OCDS), each in its own currency"),
        ),
        Resource(
            "package-figures",
            elsewhere_filters.PackageFigureFilter,
            elsewhere_columns.PACKAGE_FIGURE,
            (),
            _("figures of Fiscal Data Packages of other publishers, each in its own currency"),
        ),
        Resource(
            "suppliers",
            register_filters.SupplierFilter,
            register_columns.SUPPLIER,
            (),
            _("winners of contracts that are no natural persons, and what they won"),
        ),
        Resource(
            "agencies",
            register_filters.AgencyFilter,
            register_columns.AGENCY,
            ("ministry",),
            _("bodies that receive public money, with their budget and what is paid of it"),
            order="code",
        ),
        Resource(
            "provinces",
            register_filters.ProvinceFilter,
            register_columns.PROVINCE,
            (),
            _("the 77 provinces, Bangkok counted among them"),
            order="code",
        ),
        Resource(
            "plans",
            register_filters.PlanFilter,
            register_columns.PLAN,
            (),
            _("plans of the budget book"),
            order="plan",
        ),
        Resource(
            "categories",
            register_filters.CategoryFilter,
            register_columns.CATEGORY,
            (),
            _("expenditure categories, from the five budget types down"),
            order="category",
        ),
        Resource(
            "editions",
            register_filters.EditionFilter,
            register_columns.EDITION,
            ("source_file",),
            _("loads of published files, with what was checked"),
            order="-published_at",
        ),
        Resource(
            "rejections",
            register_filters.RejectionFilter,
            register_columns.REJECTION,
            (),
            _("rows of published files that were refused, with the reason"),
        ),
        Resource(
            "crosswalk",
            joins_resources.ListedBodyFilter,
            joins_resources.LISTED_BODY,
            ("agency",),
            _("bodies as each publisher lists them, and the agency that each was found to be"),
        ),
        Resource(
            "line-projects",
            joins_resources.LineCandidateFilter,
            joins_resources.LINE_CANDIDATE,
            (),
            _("budget lines and purchases that belong together, or look alike and were not checked"),
            order="-score",
        ),
    )
}
