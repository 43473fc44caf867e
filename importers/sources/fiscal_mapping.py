"""What a descriptor of a Fiscal Data Package says of its columns: measures, dimensions, the time covered."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ..errors import FileError, Reason, RecordError, gettext_noop
from .fiscal_types import declared, mapped_by_tables, mapped_by_types, resources_of

FINEST = Decimal("0.000001")  # of an amount, in its currency
LAST_YEAR = 2400  # later ones are Buddhist years
BLANKS = (" ", "\u00a0", "\u202f")  # part groups of digits too, whatever is declared
_PAYEE = re.compile(
    "payee|supplier|recipient|benefic|vendor|contractor|creditor|receiver|employee|person|claimant|"
    "proveedor|fornecedor|favorecido|acreedor|credor|contratista|contratado|destinatario|tercero|"
    "razon ?social|fournisseur|titulaire|empfanger|lieferant|begunstigde|leverancier|leverantor|leverandor|"
    "mottagare|modtager|dodavatel|prijem|wykonawca|odbiorca|furnizor|dobavljac|perfitues|furnitor|"
    "постачальник|отримувач|получатель|поставщик"
)
_PLACE = re.compile(
    r"\b(?:country|state|region|province|county|district|municipality|location|pais|estado|provincia)\b"
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
        plain = text.strip()
        if plain.startswith("(") and plain.endswith(")"):
            plain = f"-{plain[1:-1].strip()}"  # as accountants write it
        plain = f"{plain[:1]}{plain[1:].lstrip()}" if plain[:1] in ("-", "+") else plain
        whole, mark, rest = plain.partition(self.point)
        number = f"{self._ungrouped(whole)}.{rest}" if mark else self._ungrouped(whole)
        if not _NUMBER.fullmatch(number):
            sentence = gettext_noop(
                "The amount is no number as the descriptor writes them: decimals behind “%(point)s”, "
                "groups of "
                "three digits parted by “%(comma)s”. Correct the cell, or decimalChar and groupChar."
            )
            raise RecordError(
                self.source, text[:60], Reason(sentence, point=self.point, comma=self.comma or "–")
            )
        amount = Decimal(number) * self.factor
        if abs(amount) >= 10**18 or amount != amount.quantize(FINEST):
            sentence = gettext_noop(
                "The amount is larger or finer than any real one. Look for digits that have run "
                "together, and at "
                "the factor."
            )
            raise RecordError(self.source, text[:60], Reason(sentence))
        return amount

    def _ungrouped(self, whole: str) -> str:
        """The digits before the point without what parts them into groups; as they stand where it does
        not.
        """
        for sign in {self.comma, *BLANKS} - {"", self.point}:
            group = re.escape(sign)
            if re.fullmatch(rf"[+-]?\d{{1,3}}(?:{group}\d{{2,3}})*{group}\d{{3}}", whole, re.ASCII):
                return whole.replace(sign, "")
        return whole


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column that says what an amount is for, or a constant that holds for all rows."""

    name: str
    source: str
    table: str
    constant: str = ""
    kind: str = ""  # what the descriptor declares the column to be

    @property
    def is_payee(self) -> bool:
        """Whether it may name who was paid; a place where they are does not."""
        said = plain(f"{self.name} {self.source} {self.kind}")
        return bool(_PAYEE.search(said)) and not _PLACE.search(plain(self.source))

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
    """The package as its descriptor maps it. Raises FileError if it maps no amounts, or not as they can be
    read.
    """
    mapping = _mapping(descriptor)
    fields = _fields(descriptor)
    whole = str(descriptor.get("currency") or descriptor.get("currencyCode") or "")
    measures = tuple(_measure(name, one, fields, whole) for name, one in _named(mapping.get("measures")))
    if not measures:
        raise FileError(
            Reason(gettext_noop("The descriptor maps no column of amounts. Give it a mapping with measures."))
        )
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
    """The descriptor's own mapping, or the one that the types of its columns come to. Raises FileError."""
    found = descriptor.get("mapping") or descriptor.get("model") if isinstance(descriptor, dict) else None
    found = found or mapped_by_tables(descriptor) or mapped_by_types(descriptor)
    if not isinstance(found, dict):
        sentence = gettext_noop(
            "The descriptor has no mapping, so nobody knows which columns are amounts. Give it one, "
            "with measures."
        )
        raise FileError(Reason(sentence))
    return found


def _fields(descriptor: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The declared fields of all tables, by their names."""
    fields = (one for resource in resources_of(descriptor) for one in declared(resource))
    return {str(one.get("name")): one for one in fields}


def _named(found: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Members by their names, whether they stand in an object, in a list, or in a list of objects of them."""
    items: Iterable[tuple[Any, Any]] = ()
    if isinstance(found, dict):
        items = found.items()
    elif isinstance(found, list):
        items = _listed([one for one in found if isinstance(one, dict)])
    for name, one in items:
        yield str(name), one if isinstance(one, dict) else {"source": one}


def _listed(found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Any, Any]]:
    """The members of a list: each has a name of its own, or holds members; a name met twice is numbered."""
    members = [
        (level, name, value)
        for level, one in enumerate(found, start=1)
        for name, value in (
            ((str(one.get("name") or one.get("source")), one),) if _is_one(one) else one.items()
        )
    ]
    met = Counter(name for _level, name, _value in members)
    for level, name, value in members:
        yield name if met[name] == 1 else f"{level}.{name}", value


def _is_one(found: Mapping[str, Any]) -> bool:
    """Whether an object says of one column what it is, and holds no others."""
    return any(isinstance(found.get(name), str | int | float) for name in ("name", "source", "constant"))


def _measure(
    name: str, one: Mapping[str, Any], fields: Mapping[str, Mapping[str, Any]], whole: str
) -> Measure:
    """A measure; `whole` is the currency of the package, where it has one."""
    source, currency = str(one.get("source") or name), str(one.get("currency") or whole).upper()
    if not re.fullmatch("[A-Z]{3}", currency):
        sentence = gettext_noop(
            "The descriptor gives no currency of three letters for %(measure)s. Write its code, as in THB."
        )
        raise FileError(Reason(sentence, measure=name))
    field = fields.get(source, {})
    point = str(field.get("decimalChar") or one.get("decimalChar") or ".")
    comma = field.get("groupChar", one.get("groupChar", "," if point != "," else ""))
    if point == comma:
        sentence = gettext_noop(
            "The descriptor says of %(measure)s that “%(sign)s” parts both decimals and thousands. Correct "
            "decimalChar or groupChar."
        )
        raise FileError(Reason(sentence, measure=name[:120], sign=point[:20]))
    return Measure(
        name=name,
        source=source,
        table=str(one.get("resource") or ""),
        currency=currency,
        factor=_factor(name, 1 if one.get("factor") is None else one["factor"]),
        direction=str(one.get("direction") or "")[:40],
        phase=str(one.get("phase") or "")[:40],
        point=point,
        comma=str(comma or ""),
    )


def _factor(name: str, said: Any) -> Decimal:
    """What a figure is multiplied by. Raises FileError."""
    try:
        factor = Decimal(str(said))
    except InvalidOperation:
        factor = Decimal("nan")
    if not factor.is_finite() or not factor:
        sentence = gettext_noop(
            "The factor of %(measure)s in the descriptor is no number to multiply by: %(factor)s. Write "
            "what one "
            "unit is worth, as in 1000."
        )
        raise FileError(Reason(sentence, measure=name[:120], factor=str(said)[:60]))
    return factor


def _dimensions(found: Any) -> Iterator[Dimension]:
    """Each attribute of each dimension; a dimension with one attribute has its own name alone."""
    for name, one in _named(found):
        attributes = list(_named(_attributes(name, one)))
        for attribute, values in attributes:
            full = name if len(attributes) == 1 else f"{name}.{attribute}"
            constant = str(values.get("constant") or "")
            source = "" if constant else str(values.get("source") or attribute)
            kind = str(values.get("columnType") or one.get("dimensionType") or "")
            yield Dimension(full[:120], source, str(values.get("resource") or ""), constant, kind)


def _attributes(name: str, one: Mapping[str, Any]) -> Any:
    """The attributes of a dimension: declared, its members where it is nothing but these, or itself."""
    declared = one.get("attributes") or one.get("fields")
    members = {key: value for key, value in one.items() if isinstance(value, dict) and _is_one(value)}
    return declared or (members if members and not _is_one(one) else {name: one})


def _period(descriptor: Mapping[str, Any]) -> tuple[date | None, date | None]:
    found = descriptor.get("fiscalPeriod")
    values = found if isinstance(found, dict) else {}
    days = _day(values.get("start")), _day(values.get("end"))
    for day in days:
        if day is not None and day.year > LAST_YEAR:
            sentence = gettext_noop(
                "The fiscalPeriod of the descriptor names the year %(year)s, which is none of the "
                "Common Era. Write "
                "2020 for 2563."
            )
            raise FileError(Reason(sentence, year=day.year))
    return days


def plain(text: str) -> str:
    """A text in small letters without accents."""
    found = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in found if not unicodedata.combining(sign)).replace("_", " ")


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
