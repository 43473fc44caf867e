"""The register of sources: one line each."""

from .base import Expect, Source
from .bb_budget_book import BudgetBook

SOURCES: dict[str, Source] = {
    "budget_book": BudgetBook(),
}

__all__ = ["SOURCES", "Expect", "Source"]
