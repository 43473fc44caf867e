"""The control of pages that tell amounts per person, as shares or in prices of one year, and what they say of
it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import publishers, sentences, speech
from ..fiscal import buddhist, day_in_words
from ..models import ReferenceValue
from ..parameters import PARAMETERS
from ..references import Key, Measure, at_hand, measure_for
from ..tables import Column, Kind, Row, Table
from ..yardsticks import NOWHERE, WORDS, Per, Series, trimmed

ROUNDED = gettext_lazy(
    "Each figure is rounded by itself, that of the whole too: it is the whole divided, not the sum of the "
    "figures above it, from which it may differ by their rounding."
)
SINGLY = 2  # values of one edition that have a sentence each
Ways = list[tuple[str, str, bool]]  # words, address, whether it is the one shown


@dataclass(frozen=True, slots=True)
class Source:
    """One published value behind measured figures: what it is in words, its publisher as published, and the
    address of its edition.
    """

    words: str
    publisher: str
    address: str


def measure_in(query: QueryDict, day: date | None) -> Measure | None:
    """How a page without a filter is asked to tell its amounts. Raises BadQuery."""
    words = {name: PARAMETERS[name].value(str(query[name])) for name in WORDS if query.get(name)}
    return measure_for(words.get("per"), words.get("prices"), day)


def control(
    measure: Measure | None, address: Callable[[Mapping[str, str | None]], str], day: date | None
) -> dict[str, Any]:
    """The ways to tell amounts as a control, those that published values allow; one query."""
    newest = at_hand(day)
    ways: list[tuple[str, dict[str, str | None]]] = [(_("Baht"), {"per": None, "prices": None})]
    if Series.POPULATION in newest:
        ways.append((_("Baht per person"), {"per": Per.CAPITA.value, "prices": None}))
    if Series.GDP in newest:
        ways.append((_("Share of the domestic product"), {"per": Per.GDP.value, "prices": None}))
    prices = measure.prices if measure is not None and measure.prices else newest.get(Series.CPI)
    if prices is not None:
        words = _("In prices of %(year)s") % {"year": sentences.year(prices)}
        ways.append((words, {"per": None, "prices": str(buddhist(prices))}))
    asked = now(measure)
    found = [(words, address(changes), changes == asked) for words, changes in ways]
    if not any(current for _words, _address, current in found):
        found.append((unit(measure), address(asked), True))
    return {"tellings": found if len(found) > 1 else []}


def now(measure: Measure | None) -> dict[str, str | None]:
    """How amounts are told, as addresses ask for it."""
    per = measure.per.value if measure is not None and measure.per else None
    prices = str(buddhist(measure.prices)) if measure is not None and measure.prices else None
    return {"per": per, "prices": prices}


def unit(measure: Measure | None) -> str:
    """What measured figures count, in words; the head of their column."""
    if measure is None:
        return _("Baht")
    units = {
        Per.CAPITA: _("Baht per person"),
        Per.GDP: _("Share of the domestic product"),
        Per.TOTAL: _("Share of the total"),
    }
    words = units[measure.per] if measure.per else _("Baht")
    if measure.prices is None:
        return words
    return _("%(unit)s in prices of %(year)s") % {"unit": words, "year": sentences.year(measure.prices)}


def is_share(measure: Measure) -> bool:
    return measure.per in (Per.GDP, Per.TOTAL)


def in_words(measure: Measure, figure: Decimal) -> str:
    """A measured figure as people say it: `31,908 baht per person`, `12.8% of the domestic product`."""
    values: dict[str, object] = {"figure": speech.percent(figure) if is_share(measure) else ""}
    if measure.per is Per.GDP:
        return _("%(figure)s of the gross domestic product") % values
    if measure.per is Per.TOTAL:
        return _("%(figure)s of the total") % values
    said = whole(figure) if measure.per is Per.CAPITA else sentences.amount(figure)
    if measure.per is Per.CAPITA:
        said = _("%(amount)s per person") % {"amount": said}
    if measure.prices is None:
        return said
    return _("%(amount)s in prices of %(year)s") % {"amount": said, "year": sentences.year(measure.prices)}


def is_told(measure: Measure, amount: Decimal, figure: Decimal | None) -> str:
    """An amount and its measured figure in a sentence; empty where that is not known."""
    if figure is None:
        return ""
    values = {"amount": sentences.amount(amount), "told": in_words(measure, figure)}
    return _("%(amount)s is %(told)s.") % values


def whole(figure: Decimal) -> str:
    """An amount in whole baht where it has a baht at all: satang of a person's share tell nobody anything."""
    amount = figure.quantize(Decimal(1)) if abs(figure) >= 100 else figure
    return speech.with_unit(speech.exact(amount), sentences.language())


def say(measure: Measure) -> Callable[[Decimal], str]:
    """How pictures write a measured figure."""
    if is_share(measure):
        return speech.percent
    return whole if measure.per is Per.CAPITA else sentences.amount


def beside(table: Table, measure: Measure, figures: Sequence[Decimal | None], total: Decimal | None) -> Table:
    """A table with the measured figure of each row behind its amount."""
    place = 1 + next(at for at, column in enumerate(table.columns) if column.kind is Kind.MONEY)
    column = Column(unit(measure), Kind.PERCENT if is_share(measure) else Kind.MONEY, rounded=True)

    def wider(row: Row, figure: Decimal | None) -> Row:
        return replace(row, values=(*row.values[:place], figure, *row.values[place:]))

    return replace(
        table,
        columns=(*table.columns[:place], column, *table.columns[place:]),
        rows=tuple(wider(row, figure) for row, figure in zip(table.rows, figures, strict=True)),
        sums=table.sums and wider(table.sums, total),
    )


def said_of(measure: Measure | None) -> dict[str, Any]:
    """What a page says of how its amounts were measured: by which published values, and what is not known."""
    if measure is None:
        return {"measured": None}
    return {
        "measured": unit(measure),
        "measured_by": sources_of(measure.used),
        "measured_not": missing_in_words(measure),
        "measured_rule": _rule(measure),
    }


def note(measure: Measure) -> str:
    """In a line, for figures that stand elsewhere: whose values measured them, and what is not known."""
    names = dict.fromkeys(_named(row.edition.publisher) for row in measure.used)
    words = _("Measured by figures of %(publishers)s.") % {"publishers": ", ".join(names)} if names else ""
    return " ".join(filter(None, (words, missing_in_words(measure))))


def sources_of(rows: Sequence[ReferenceValue]) -> list[Source]:
    """The published values in words, each with the page of its edition; many years of one in one sentence."""
    found = []
    for (edition, _series), group in groupby(rows, key=attrgetter("edition_id", "series")):
        alike = list(group)
        address, publisher = reverse("spending:edition", args=[edition]), alike[0].edition.publisher
        words = [_values(alike)] if len(alike) > SINGLY and not _are_counts(alike) else map(_value, alike)
        found += [Source(one, publisher, address) for one in words]
    return found


def _are_counts(rows: Sequence[ReferenceValue]) -> bool:
    """Whether values were counted on a day, so that each needs its own sentence."""
    return any(row.counted_on is not None for row in rows)


def _values(rows: Sequence[ReferenceValue]) -> str:
    """The values of many calendar years."""
    if rows[0].series == Series.GDP:
        told = " · ".join(f"{sentences.year(row.year)}: {trimmed(row.value):,f}" for row in rows)
        return _("Gross domestic product of calendar years in baht: %(values)s") % {"values": told}
    told = " · ".join(f"{sentences.year(row.year)}: {row.value:,.2f}" for row in rows)
    base = sentences.year(rows[0].base_year or rows[0].year)
    words = _("Consumer price index of calendar years, %(base)s = 100: %(values)s")
    return words % {"base": base, "values": told}


def _value(row: ReferenceValue) -> str:
    values = {
        "value": f"{trimmed(row.value):,f}",
        "year": sentences.year(row.year),
        "fiscal": sentences.year(row.fiscal_year),
        "place": _place(row),
    }
    if row.counted_on is not None:
        values["day"] = day_in_words(row.counted_on, sentences.language())
        if row.province is not None:
            sentence = _("%(place)s: %(value)s people on %(day)s, for fiscal year %(fiscal)s")
        else:
            sentence = _("%(value)s people on %(day)s, for fiscal year %(fiscal)s")
        return sentence % values
    if row.series == Series.GDP:
        sentence = _("Gross domestic product of the calendar year %(year)s: %(value)s baht")
        return sentence % values
    values["base"] = sentences.year(row.base_year or row.year)
    values["value"] = f"{row.value:,.2f}"
    sentence = _("Consumer price index of the calendar year %(year)s: %(value)s, %(base)s = 100")
    return sentence % values


def _named(publisher: str) -> str:
    """A publisher in the reader's language, where it has a name in it."""
    return publisher if sentences.language() == "th" else publishers.in_english(publisher) or publisher


def _place(row: ReferenceValue) -> str:
    province = row.province
    return "" if province is None else sentences.name_and_language(province.name, province.name_en)[0]


def missing_in_words(measure: Measure) -> str:
    """The years of which no value is published, and the newest that has one; empty where none is missing."""
    missing: Sequence[Key] = measure.missing
    words = {
        Series.POPULATION: _("No count of people is published here for fiscal year %(years)s."),
        Series.GDP: _("No gross domestic product is published here for fiscal year %(years)s."),
        Series.CPI: _("No consumer price index is published here for fiscal year %(years)s."),
    }
    found = []
    for series in Series:
        years = sorted({year for one, area, year in missing if one is series and area != NOWHERE})
        if years:
            found.append(words[series] % {"years": ", ".join(sentences.year(year) for year in years)})
            newest = max(year for one, _area, year in measure.rows if one is series)
            found.append(_("The newest one here is for %(year)s.") % {"year": sentences.year(newest)})
    return " ".join(found)


def _rule(measure: Measure) -> str:
    """Which calendar stands for a fiscal year, and what became of the satang."""
    return " ".join(filter(None, (_calendar(measure), str(ROUNDED))))


def _calendar(measure: Measure) -> str:
    if measure.per is Per.CAPITA and measure.prices is None:
        return _("People are those counted on a day within the fiscal year, October to September.")
    if measure.per is Per.TOTAL:
        return ""
    return _(
        "A calendar year stands for the fiscal year of its number: they share the nine months from January."
    )
