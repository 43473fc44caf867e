"""How what a search found may be narrowed: the rows that answer, split by several dimensions, read once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from .breakdowns import Breakdown, Dimension, PathTo, breakdown_of, fields_from
from .kept_readings import Answering
from .questions import Reading

TOP = 1  # level of categories that are told


def splits(found: Answering, dimensions: Sequence[Dimension]) -> list[Breakdown]:
    """The rows that answer, their amounts and their number split by each of some dimensions."""
    columns = {
        f"{dimension.value}_{part}": column
        for dimension in dimensions
        for part, column in _columns(found.model, dimension).items()
    }

    def cells(facts: QuerySet[Any], answers: Q, _reading: Reading) -> Any:
        rows = facts.filter(answers).order_by().values(**columns)
        return rows.annotate(slice_sum=Sum("amount"), slice_counted=Count("pk")).values_list(
            *columns, "slice_sum", "slice_counted"
        )

    rows = found.ask(f"split by {[dimension.value for dimension in dimensions]}", cells).rows()
    named = [dict(zip((*columns, "sum", "counted"), row, strict=True)) for row in rows]
    return [breakdown_of(_slices(named, dimension), dimension) for dimension in dimensions]


def _columns(model: Any, dimension: Dimension) -> dict[str, Any]:
    if dimension is Dimension.CATEGORY:
        return {"code": PathTo(TOP), "name": PathTo(TOP)}
    code, name, name_en = fields_from(model, dimension)
    return {"code": F(code), "name": F(name)} | ({"name_en": F(name_en)} if name_en else {})


def _slices(cells: Sequence[dict[str, Any]], dimension: Dimension) -> list[dict[str, Any]]:
    """Cells of several dimensions, added up by one of them."""
    found: dict[Any, dict[str, Any]] = {}
    for cell in cells:
        code = cell[f"{dimension.value}_code"]
        if (slice_ := found.get(code)) is None:
            parts = {part: cell.get(f"{dimension.value}_{part}") for part in ("code", "name", "name_en")}
            slice_ = found[code] = {**parts, "sum": Decimal(0), "counted": 0}
        slice_["sum"] += cell["sum"] or 0
        slice_["counted"] += cell["counted"]
    return list(found.values())
