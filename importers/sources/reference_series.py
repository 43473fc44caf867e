"""What amounts are measured by: population, gross domestic product, consumer prices; in a layout of our
own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from ..area_records import ReferenceValueRecord
from ..errors import FileError, Reason, RecordError, gettext_noop
from ..parsing import Calendar, code, day, exact, text, year
from ..reading import Row, open_table
from ..records import Entry, Refusal, SourcedHead
from .base import Expect, Source
from .provinces import codes_of_provinces

COLUMNS = (
    "set", "series", "area", "year", "calendar", "counted_on", "value", "unit", "base_year", "basis",
    "publisher", "address", "licence", "as_of",
)  # fmt: skip
COUNTRY = "TH"
UNITS = {
    "population": {"persons": ("persons", 1)},
    "gdp": {"baht": ("baht", 1), "million baht": ("baht", 1_000_000)},
    "cpi": {"index": ("index", 1)},
}
"""The units each series is published in, each with the unit it is kept in and how many of those it counts."""
BASE = Decimal(100)  # what an index is in its base year
BASE_ROUNDED = Decimal("0.1")  # how far a mean of printed months may lie from it
MOST_ROWS = 200_000  # many centuries of 77 provinces


class ReferenceSeries(Source):
    """What amounts are measured by: people, the gross domestic product in baht, the consumer price index.

    A table (CSV, or a spreadsheet with the same header) in a layout of this site, so that figures of any
    publisher can be loaded with their origin. Each row is one value:

    `set` – what a later file replaces as a whole, in small letters, digits and dashes
    (`population-dopa-2565`); `series` – `population`, `gdp` or `cpi`; `area` – `TH`, or the two-digit code
    of a province; `year` – the calendar year; `calendar` – `BE` or `CE`, the calendar of `year` and
    `base_year`; `counted_on` – of population the day of the count (2022-12-31), else blank; `value` – as
    published; `unit` – `persons`, `baht`, `million baht` or `index`; `base_year` – of an index the year
    that is 100, else blank; `basis` – what exactly is counted; `publisher`, `address` (https), `licence`;
    `as_of` – the day that the figures are of.

    All rows of a set name the same publisher, address, licence and day; otherwise the file is refused. So
    it is where an index is not 100 in its base year (growth rates have been published under an index's
    name), and where the 77 provinces of a day do not add up to the country of that day in the same set. A
    value of zero or less, a second value for a place and fiscal year, and a unit of another series are
    refused by line.

    A value answers for the fiscal year in which its day of count lies: the count of 31 December 2565 for
    the fiscal year 2566. One of a whole calendar year answers for the fiscal year of the same number, with
    which it shares nine months.
    """

    name = "reference_series"
    dataset = "reference_series"
    title = "ประชากร ผลิตภัณฑ์มวลรวมในประเทศ และดัชนีราคาผู้บริโภค"
    title_en = "Population, gross domestic product and consumer prices"
    publisher = "ตามที่ระบุในแต่ละชุดข้อมูล"
    licence = "ตามที่ระบุในแต่ละชุดข้อมูล"
    address = "https://www.nso.go.th/"  # the register of official statistics; each set names its own
    cadence = "ปีละครั้ง"
    suffixes = (".csv", ".xlsx", ".zip")
    expects = Expect(rows=range(1, MOST_ROWS), refused=Decimal(0))

    def entries(self, path: Path) -> Iterator[Entry]:
        parts: dict[str, list[tuple[SourcedHead | None, ReferenceValueRecord | Refusal]]] = {}
        for row in open_table(path, COLUMNS):
            name = "" if isinstance(row, Refusal) else row.values["set"].strip()
            parts.setdefault(name, []).append(_read(row))
        refused = [entry for _head, entry in parts.pop("", [])]
        if not parts:
            raise FileError(Reason(gettext_noop("No row of the file names its set.")))
        for number, (name, rows) in enumerate(parts.items()):
            yield _head_of(name, [head for head, _entry in rows if head is not None])
            entries = [*(refused if number == 0 else []), *(entry for _head, entry in rows)]
            check([entry for entry in entries if isinstance(entry, ReferenceValueRecord)])
            yield from entries


def check(records: Sequence[ReferenceValueRecord]) -> None:
    """Raise FileError where values of one set contradict each other: the file is not what it says it is."""
    for record in records:
        if record.year == record.base_year and abs(record.value - BASE) > BASE_ROUNDED:
            sentence = gettext_noop("The index of its base year %(year)s is %(value)s, not 100.")
            raise FileError(Reason(sentence, year=record.year, value=f"{record.value:f}"), _line(record.line))
    days = Counter(record.counted_on for record in records if record.area and record.counted_on)
    whole = {record.counted_on: record for record in records if not record.area}
    for counted_on, provinces in days.items():
        country = whole.get(counted_on)
        if country is None or provinces != len(set(codes_of_provinces().values())):
            continue
        total = sum(record.value for record in records if record.area and record.counted_on == counted_on)
        if total != country.value:
            sentence = gettext_noop("The provinces add up to %(found)s, but the country has %(value)s.")
            figures = {"found": f"{total:f}", "value": f"{country.value:f}"}
            raise FileError(Reason(sentence, **figures), _line(country.line))


def _read(row: Row | Refusal) -> tuple[SourcedHead | None, ReferenceValueRecord | Refusal]:
    """One row: where it comes from, and its value or why it is refused."""
    if isinstance(row, Refusal):
        return None, row
    try:
        return _origin(row), _record(row)
    except RecordError as error:
        return None, Refusal(row.line, error.column, error.value, error.reason)


def _record(row: Row) -> ReferenceValueRecord:
    values = row.values
    series = _one_of(values["series"], "series", UNITS)
    calendar: Calendar = "be" if _one_of(values["calendar"], "calendar", ("BE", "CE")) == "BE" else "ce"
    unit, times = UNITS[series][_one_of(values["unit"], "unit", UNITS[series])]
    value = exact(values["value"], "value") * times
    if series == "population" and value != int(value):
        raise RecordError("value", values["value"], Reason(gettext_noop("This is not a whole number.")))
    return ReferenceValueRecord(
        line=row.line,
        series=series,
        area=_area(values["area"]),
        year=year(values["year"], "year", calendar=calendar),
        counted_on=_counted_on(values, series, calendar),
        value=value,
        unit=unit,
        base_year=_base_year(values["base_year"], series, calendar),
        basis=text(values["basis"], "basis")[:255],
    )


def _origin(row: Row) -> SourcedHead:
    values = row.values
    address = text(values["address"], "address")
    if urlsplit(address).scheme != "https" or not urlsplit(address).hostname:
        raise RecordError("address", address, Reason(gettext_noop("This is not an https address.")))
    return SourcedHead(
        code(values["set"], "set", "[a-z0-9][a-z0-9-]{0,59}"),
        None,
        _iso(values["as_of"], "as_of"),
        publisher=text(values["publisher"], "publisher")[:200],
        licence=text(values["licence"], "licence")[:200],
        address=address,
    )


def _head_of(name: str, heads: Sequence[SourcedHead]) -> SourcedHead:
    """What all rows of a set say of their origin. Raises FileError where they do not agree."""
    if len(set(heads)) == 1:
        return heads[0]
    if not heads:
        raise FileError(Reason(gettext_noop("No row of the set %(name)s can be read."), name=name))
    sentence = gettext_noop(
        "Rows of the set %(name)s name different publishers, addresses, licences or days."
    )
    raise FileError(Reason(sentence, name=name))


def _area(value: str) -> str:
    found = text(value, "area")
    if found == COUNTRY:
        return ""
    known = set(codes_of_provinces().values())
    if found not in known:
        raise RecordError("area", value, Reason(gettext_noop("There is no province of this code.")))
    return found


def _counted_on(values: dict[str, str], series: str, calendar: Calendar) -> date | None:
    """The day of a count of people, within the year that the row names; None of any other series."""
    written = values["counted_on"].strip()
    if series != "population":
        if written:
            sentence = gettext_noop("Only people are counted on a day; leave this blank.")
            raise RecordError("counted_on", written, Reason(sentence))
        return None
    found = _iso(written, "counted_on")
    if found.year != year(values["year"], "year", calendar=calendar):
        sentence = gettext_noop("The day of the count does not lie in the year of the row.")
        raise RecordError("counted_on", written, Reason(sentence))
    return found


def _base_year(value: str, series: str, calendar: Calendar) -> int | None:
    if series == "cpi":
        return year(value, "base_year", calendar=calendar)
    if value.strip():
        sentence = gettext_noop("Only an index has a base year; leave this blank.")
        raise RecordError("base_year", value, Reason(sentence))
    return None


def _iso(value: str, column: str) -> date:
    """A day of the Common Era written 2022-12-31."""
    found = day(value, column)
    if found.isoformat() != value.strip():
        sentence = gettext_noop("This is not a day of the Common Era, such as 2022-12-31.")
        raise RecordError(column, value, Reason(sentence))
    return found


def _one_of(value: str, column: str, known: Collection[str]) -> str:
    found = text(value, column)
    if found not in known:
        sentence = gettext_noop("This is none of: %(known)s.")
        raise RecordError(column, value, Reason(sentence, known=", ".join(known)))
    return found


def _line(number: int) -> Reason:
    return Reason(gettext_noop("line %(line)s"), line=number)
