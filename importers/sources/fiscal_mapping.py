"""What a descriptor of a Fiscal Data Package says of its columns: measures, dimensions, the time covered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..errors import FileError, Reason, RecordError, gettext_noop

FINEST = Decimal("0.000001")  # of an amount, in its currency
_PAYEE = re.compile(
    r"payee|supplier|recipient|beneficiar|vendor|contractor|creditor|receiver|employee|person", re.I
)
_FREE_TEXT = re.compile(r"descri|note|memo|comment|remark|purpose|details|text", re.I)
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,12})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of amounts: its name in the package, currency, and what one unit of it is worth."""

    name: str
    source: str
    table: str  # "" for any
    currency: str
    factor: Decimal
    direction: str
    phase: str
    point: str = "."
    comma: str = ","

    def amount(self, text: str) -> Decimal:
        """The amount in its currency, exact. Raises RecordError."""
        plain = text.replace("\u00a0", "").replace(" ", "").replace(self.comma, "").replace(self.point, ".")
        if plain.startswith("(") and plain.endswith(")"):
            plain = f"-{plain[1:-1]}"  # as accountants write it
        if not _NUMBER.fullmatch(plain):
            raise RecordError(self.source, text[:60], Reason(gettext_noop("The amount is no number.")))
        amount = Decimal(plain) * self.factor
        if abs(amount) >= 10**18 or amount != amount.quantize(FINEST):
            sentence = gettext_noop("The amount is larger or finer than any real one.")
            raise RecordError(self.source, text[:60], Reason(sentence))
        return amount


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column that says what an amount is for, or a constant that holds for all rows."""

    name: str
    source: str
    table: str
    constant: str = ""

    @property
    def is_payee(self) -> bool:
        return bool(_PAYEE.search(f"{self.name} {self.source}"))

    @property
    def is_free_text(self) -> bool:
        return bool(_FREE_TEXT.search(f"{self.name} {self.source}"))


@dataclass(frozen=True, slots=True)
class Mapped:
    """A package as its descriptor maps it. `lists_payments` unless it says that it is aggregated, or lists no
    payees.
    """

    name: str
    title: str
    period: str
    until: date | None
    aggregated: bool
    measures: tuple[Measure, ...]
    dimensions: tuple[Dimension, ...]

    @property
    def lists_payments(self) -> bool:
        return not self.aggregated and any(one.is_payee for one in self.dimensions)

    def measures_of(self, table: str) -> list[Measure]:
        return [one for one in self.measures if one.table in ("", table)]

    def dimensions_of(self, table: str) -> list[Dimension]:
        return [one for one in self.dimensions if one.table in ("", table)]

    def columns_of(self, table: str) -> list[str]:
        """The columns of a table that the mapping names."""
        measures = [one.source for one in self.measures_of(table)]
        return [*measures, *(one.source for one in self.dimensions_of(table) if one.source)]


def mapped(descriptor: Any) -> Mapped:
    """The package as its descriptor maps it. Raises FileError if it maps no amounts."""
    mapping = _mapping(descriptor)
    fields = _fields(descriptor)
    measures = tuple(_measure(name, one, fields) for name, one in _named(mapping.get("measures")))
    if not measures:
        raise FileError(Reason(gettext_noop("The descriptor maps no column of amounts.")))
    start, end = _period(descriptor)
    return Mapped(
        name=str(descriptor.get("name") or "package"),
        title=str(descriptor.get("title") or descriptor.get("name") or "package"),
        period=f"{start}/{end}" if start and end else str(start or end or ""),
        until=end,
        aggregated=str(descriptor.get("granularity", "")).lower() == "aggregated",
        measures=measures,
        dimensions=tuple(_dimensions(mapping.get("dimensions"))),
    )


def _mapping(descriptor: Any) -> Mapping[str, Any]:
    found = descriptor.get("mapping") or descriptor.get("model") if isinstance(descriptor, dict) else None
    if not isinstance(found, dict):
        sentence = gettext_noop("The descriptor has no mapping, so nobody knows which columns are amounts.")
        raise FileError(Reason(sentence))
    return found


def _fields(descriptor: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The declared fields of all tables, by their names."""
    found: dict[str, Mapping[str, Any]] = {}
    for resource in descriptor.get("resources") or []:
        for one in (resource.get("schema") or {}).get("fields") or []:
            found[str(one.get("name"))] = one
    return found


def _named(found: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Members by their names, whether they stand in an object or in a list."""
    items: Iterable[tuple[Any, Any]] = ()
    if isinstance(found, dict):
        items = found.items()
    elif isinstance(found, list):
        items = [(one.get("name"), one) for one in found if isinstance(one, dict)]
    for name, one in items:
        yield str(name), one if isinstance(one, dict) else {"source": one}


def _measure(name: str, one: Mapping[str, Any], fields: Mapping[str, Mapping[str, Any]]) -> Measure:
    source, currency = str(one.get("source") or name), str(one.get("currency") or "").upper()
    if not re.fullmatch("[A-Z]{3}", currency):
        sentence = gettext_noop("The descriptor gives no currency of three letters for %(measure)s.")
        raise FileError(Reason(sentence, measure=name))
    field = fields.get(source, {})
    return Measure(
        name=name,
        source=source,
        table=str(one.get("resource") or ""),
        currency=currency,
        factor=Decimal(str(one.get("factor") or 1)),
        direction=str(one.get("direction") or "")[:40],
        phase=str(one.get("phase") or "")[:40],
        point=str(field.get("decimalChar") or one.get("decimalChar") or "."),
        comma=str(field.get("groupChar") or one.get("groupChar") or ","),
    )


def _dimensions(found: Any) -> Iterator[Dimension]:
    """Each attribute of each dimension; a dimension with one attribute has its own name alone."""
    for name, one in _named(found):
        attributes = list(_named(one.get("attributes") or one.get("fields") or {name: one}))
        for attribute, values in attributes:
            full = name if len(attributes) == 1 else f"{name}.{attribute}"
            constant = str(values.get("constant") or "")
            source = "" if constant else str(values.get("source") or attribute)
            yield Dimension(full[:120], source, str(values.get("resource") or ""), constant)


def _period(descriptor: Mapping[str, Any]) -> tuple[date | None, date | None]:
    found = descriptor.get("fiscalPeriod")
    values = found if isinstance(found, dict) else {}
    return _day(values.get("start")), _day(values.get("end"))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
