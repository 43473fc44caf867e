"""The values of rows about places, in the order of their tables. Provinces by the primary keys of their
codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .area_records import AreaRecord, ReferenceValueRecord


def area(record: AreaRecord, provinces: Mapping[str, int]) -> tuple[Any, ...]:
    return (
        record.line,
        record.code,
        record.name,
        record.name_en,
        record.level,
        provinces[record.province_code],
        record.postal_code,
    )


def reference_value(record: ReferenceValueRecord, provinces: Mapping[str, int]) -> tuple[Any, ...]:
    return (
        record.line,
        record.series,
        provinces[record.area] if record.area else None,
        record.year,
        record.counted_on,
        record.fiscal_year,
        record.value,
        record.unit,
        record.base_year,
        record.basis,
    )
