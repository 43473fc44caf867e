"""The published values that amounts are measured by, as rows of the API and of files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import DecimalField, F, Func
from django.utils.translation import gettext_noop as _

from .columns import ORIGIN, YEARS, Column, own, part
from .filters import Filter
from .models import ReferenceValue
from .yardsticks import trimmed


class ReferenceValueFilter(Filter):
    """A query on published values of population, domestic product and prices."""

    lookups: ClassVar[Mapping[str, str]] = {"series": "series", "province": "province__name"}
    measures = ()
    model = ReferenceValue
    datasets = ("reference_series",)

    @classmethod
    def takes(cls) -> tuple[str, ...]:
        return ("year", "as_of", *cls.lookups)

    @property
    def measure(self) -> str:
        return ""


def _value() -> Any:
    """The value without the zeros that nobody published."""
    kind = DecimalField(max_digits=38, decimal_places=17)
    return Func(F("value"), function="trim_scale", output_field=kind)


REFERENCE_VALUE = (
    own("series", _("population, gdp or cpi")),
    part("province_code", "province.code", _("two-digit code of the province; empty for the whole country")),
    part("province", "province.name", _("name of the province; empty for the whole country")),
    *YEARS,
    Column("calendar_year", lambda row: row.year, _("calendar year, Common Era, as published"), "year"),
    own("counted_on", _("day of the count; empty for a value of a whole calendar year")),
    Column("value", lambda row: trimmed(row.value), _("the value, with all decimals published"), _value()),
    own("unit", _("persons, baht or index")),
    own("base_year", _("of an index: the calendar year whose value is 100")),
    own("basis", _("what exactly is counted")),
    part("publisher", "edition.publisher", _("who published the figures")),
    part("licence", "edition.licence", _("terms of use")),
    part("address", "edition.address", _("where the publisher offers the data set")),
    *ORIGIN,
)
