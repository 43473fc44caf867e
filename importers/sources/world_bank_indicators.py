"""Thailand's population, domestic product and consumer prices, from files of the World Bank."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from ..area_records import ReferenceValueRecord
from ..cells import as_text
from ..errors import FileError, Reason, RecordError, gettext_noop
from ..parsing import day, exact, year
from ..reading import open_json, unwrapped
from ..reading.encoding import encoding_of
from ..records import Entry, Head, Refusal
from .base import Expect, Source
from .reference_series import check

THAILAND = "THA"
BEFORE_THE_HEADER = 10  # lines: those above it tell the data base and the day of its last change
NAMES = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
UPDATED = "Last Updated Date"


class Indicator(NamedTuple):
    """One indicator that is read: its series and unit, the base year of an index, what is counted."""

    series: str
    unit: str
    base_year: int | None
    basis: str
    name: str  # how the World Bank calls it: an index whose base has moved has another name


INDICATORS: Mapping[str, Indicator] = {
    "SP.POP.TOTL": Indicator(
        "population", "persons", None, "Residents at midyear, estimated (SP.POP.TOTL)", "Population, total"
    ),
    "NY.GDP.MKTP.CN": Indicator(
        "gdp", "baht", None, "GDP at current prices, local currency (NY.GDP.MKTP.CN)", "GDP (current LCU)"
    ),
    "FP.CPI.TOTL": Indicator(
        "cpi",
        "index",
        2010,
        "Consumer price index, mean of the year (FP.CPI.TOTL)",
        "Consumer price index (2010 = 100)",
    ),
}


class WorldBankIndicators(Source):
    """Thailand's rows of three indicators of the World Bank, year by year.

    Population at midyear (`SP.POP.TOTL`), the gross domestic product at current prices in baht
    (`NY.GDP.MKTP.CN`) and the consumer price index (`FP.CPI.TOTL`, 2010 = 100). Two layouts are read: the
    table that "Download CSV" gives (`API_SP.POP.TOTL_DS2_en_csv_v2_….csv`, taken out of its ZIP file), with
    a column for each year under two lines that name the data base and the day of its last change; and the
    answer of the interface
    (`https://api.worldbank.org/v2/country/THA/indicator/FP.CPI.TOTL?format=json&per_page=100`). Other
    countries in a file are passed over; a year without a value is no row.

    A part is one indicator. A file of another indicator is refused: growth in per cent (`FP.CPI.TOTL.ZG`)
    is no index, and a product in dollars (`NY.GDP.MKTP.CD`) no baht. So is an index that is not 100 in
    2010, and a table that does not name its indicator. Lines of the table are its own, and the column is
    that of the year; of an answer they count its years, from 1.
    """

    name = "world_bank_indicators"
    dataset = "reference_series"
    title = "ประชากร ผลิตภัณฑ์มวลรวมในประเทศ และดัชนีราคาผู้บริโภค (ธนาคารโลก)"
    title_en = "Population, gross domestic product and consumer prices (World Bank)"
    publisher = "World Bank (World Development Indicators)"
    licence = "CC BY 4.0"
    address = "https://data.worldbank.org/country/thailand"
    cadence = "ปีละหลายครั้ง"
    suffixes = (".csv", ".json")
    expects = Expect(rows=range(1, 300), refused=Decimal(0))

    def entries(self, path: Path) -> Iterator[Entry]:
        read = _answer(path) if path.suffix.lower() == ".json" else _table(path)
        code, updated, rows = read
        indicator = INDICATORS[code]
        yield Head(f"{indicator.series}-world-bank", None, updated)
        entries = [_read(indicator, *row) for row in rows]
        check([entry for entry in entries if isinstance(entry, ReferenceValueRecord)])
        yield from entries


Rows = list[tuple[int, str, Any]]  # line, year, value


def _read(indicator: Indicator, line: int, written: str, value: Any) -> ReferenceValueRecord | Refusal:
    try:
        found = year(written, "year", calendar="ce")
        return ReferenceValueRecord(
            line=line,
            series=indicator.series,
            area="",
            year=found,
            counted_on=date(found, 7, 1) if indicator.series == "population" else None,
            value=exact(value, "value"),
            unit=indicator.unit,
            base_year=indicator.base_year,
            basis=indicator.basis,
        )
    except RecordError as error:
        return Refusal(line, error.column, error.value, error.reason)


def _answer(path: Path) -> tuple[str, date, Rows]:
    """The answer of the interface: its indicator, the day of its last change, Thailand's years."""
    try:
        about, items = open_json(path)
        updated = day(about["lastupdated"], "lastupdated")
        whole = about["pages"] == 1
        named = {(item["indicator"]["id"], item["indicator"]["value"]) for item in items}
        rows = [
            (line, as_text(item["date"]), item["value"])
            for line, item in enumerate(items, start=1)
            if item["countryiso3code"] == THAILAND and item["value"] is not None
        ]
    except (KeyError, TypeError, ValueError, RecordError) as error:
        raise _another() from error
    if not whole:
        raise FileError(Reason(gettext_noop("The answer is one page of several: ask for all rows at once.")))
    return _known(named), updated, _some(rows)


def _table(path: Path) -> tuple[str, date, Rows]:
    """The table with a column for each year: its indicator, the day of its last change, Thailand's years."""
    with (
        unwrapped(path, (".csv",), wanted="CSV") as file,
        file.open(encoding=encoding_of(file).name, newline="") as text,
    ):
        lines = csv.reader(text)
        updated, header = _above(lines)
        years = [name for name in header if name.isdigit()]
        named, rows = set(), []
        for fields in lines:
            row = dict(zip(header, fields, strict=False))
            if row.get("Country Code") != THAILAND:
                continue
            named.add((row["Indicator Code"], row["Indicator Name"]))
            rows += [(lines.line_num, one, row[one]) for one in years if row.get(one)]
    return _known(named), updated, _some(rows)


def _above(lines: Any) -> tuple[date, list[str]]:
    """What stands above the table: the day of its last change; and the header of the table."""
    updated = None
    for fields in lines:
        if fields[:1] == [UPDATED] and len(fields) > 1:
            updated = fields[1]
        if tuple(fields[:4]) == NAMES and updated:
            try:
                return day(updated, UPDATED), fields
            except RecordError as error:
                raise _another() from error
        if lines.line_num > BEFORE_THE_HEADER:
            break
    raise _another()


def _known(named: set[tuple[str, str]]) -> str:
    """The one indicator of a file. Raises FileError if it is another, or has another base or meaning."""
    codes = {code for code, _name in named}
    if len(codes) != 1 or not codes <= set(INDICATORS):
        sentence = gettext_noop("The file is of %(found)s; these are read: %(known)s.")
        found = {"found": ", ".join(sorted(codes)) or "–", "known": ", ".join(INDICATORS)}
        raise FileError(Reason(sentence, **found))
    code = codes.pop()
    names = {name for _code, name in named}
    if names != {INDICATORS[code].name}:
        sentence = gettext_noop(
            "The indicator is called %(found)s, not %(name)s: it may mean something else."
        )
        raise FileError(Reason(sentence, found=", ".join(sorted(names)), name=INDICATORS[code].name))
    return code


def _some(rows: Rows) -> Rows:
    if not rows:
        raise FileError(Reason(gettext_noop("The file has no value of Thailand.")))
    return rows


def _another() -> FileError:
    return FileError(Reason(gettext_noop("This is no table or answer of the World Bank for one indicator.")))
