"""The kinds of facts that can be asked for, by the name that stands in addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from . import columns, filters, purchase_columns, purchase_filters
from .columns import Column


@dataclass(frozen=True)
class Resource:
    """One kind of fact: what it is called, how it is asked for, what its rows hold, and their stable
    order.
    """

    name: str
    filter: type[filters.Filter]
    columns: tuple[Column, ...]
    related: tuple[str, ...]
    means: str

    def rows(self, query: filters.Filter) -> Any:
        """The facts under a query with all that the columns read, in a stable order."""
        return query.lines().select_related("edition__source_file", *self.related).order_by("pk")


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
            ("agency", "province"),
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
            ("buyer__agency", "province"),
            _("purchases through e-GP: budget, reference price, agreed price"),
        ),
        Resource(
            "contracts",
            purchase_filters.ContractFilter,
            purchase_columns.CONTRACT,
            ("buyer__agency", "province", "supplier"),
            _("contracts of purchases through e-GP, and who won them"),
        ),
    )
}
