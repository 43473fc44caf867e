"""A query on the questions that rules ask of purchases: the words of `?rule=&buyer=&state=…`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from .breakdowns import Dimension
from .filters import Filter
from .models import Flag
from .purchase_filters import DATASETS

OPEN, SETTLED = "open", "settled"


class FlagFilter(Filter):
    """A query on flags. They rest on the editions of today, so there is no `as_of`."""

    lookups: ClassVar[Mapping[str, str]] = {
        "rule": "rule",
        "buyer": "buyer__code",
        "agency": "buyer__agency__code",
        "ministry": "buyer__agency__ministry__code",
        "supplier": "supplier__code",
        "province": "province__name",
        "project": "project_number",
    }
    words = ("state",)
    dimensions = (
        Dimension.RULE,
        Dimension.MINISTRY,
        Dimension.AGENCY,
        Dimension.BUYER,
        Dimension.SUPPLIER,
        Dimension.PROVINCE,
        Dimension.YEAR,
    )
    model = Flag
    datasets = DATASETS

    @classmethod
    def takes(cls) -> tuple[str, ...]:
        return tuple(name for name in super().takes() if name != "as_of")

    def _filtered(self, facts: Any) -> Any:
        facts = super()._filtered(facts)
        state = self.values.get("state")
        if state is None:
            return facts
        return facts.open() if state == OPEN else facts.settled()
