"""A figure of a page that splits a sum: what pages of purchases and of local money share."""

from __future__ import annotations

from dataclasses import dataclass

from ..breakdowns import Dimension
from ..tables import Table


@dataclass(frozen=True, slots=True)
class Split:
    """One figure of a page: a sum split by a dimension, its sentence and its table."""

    dimension: Dimension
    title: str
    sentence: str
    table: Table
