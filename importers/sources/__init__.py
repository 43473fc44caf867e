"""The register of sources: one line each."""

from .base import Expect, Source
from .bb_budget_book import BudgetBook
from .cgd_weekly_disbursement import CgdWeeklyDisbursement

SOURCES: dict[str, Source] = {
    "budget_book": BudgetBook(),
    "cgd_weekly": CgdWeeklyDisbursement(),
}

__all__ = ["SOURCES", "Expect", "Source"]
