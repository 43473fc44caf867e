"""The World Bank's own files: the right indicator, Thailand's rows, nothing taken for what it is not."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.area_records import ReferenceValueRecord
from importers.errors import FileError
from importers.records import Head
from importers.sources.world_bank_indicators import WorldBankIndicators

TABLE = """"Data Source","World Development Indicators",

"Last Updated Date","2026-07-01",

"Country Name","Country Code","Indicator Name","Indicator Code","2009","2010","2011",
"Aruba","ABW","{name}","{code}","90.1","100","101",
"Thailand","THA","{name}","{code}","96.8545624416","100","",
"""
CPI = ("Consumer price index (2010 = 100)", "FP.CPI.TOTL")


def table(folder: Path, name: str, code: str, **changes: str) -> Path:
    path = folder / "API_DS2_en_csv_v2_1.csv"
    text = TABLE.format(name=name, code=code)
    for old, new in changes.items():
        text = text.replace(old, new)
    path.write_text("\ufeff" + text, encoding="utf-8")
    return path


def answer(folder: Path, code: str, name: str, values: dict[str, Any], **about: Any) -> Path:
    items = [
        {
            "indicator": {"id": code, "value": name},
            "country": {"id": "TH", "value": "Thailand"},
            "countryiso3code": "THA",
            "date": year,
            "value": value,
            "unit": "",
            "obs_status": "",
            "decimal": 0,
        }
        for year, value in values.items()
    ]
    head = {"page": 1, "pages": 1, "per_page": 100, "total": len(items), "lastupdated": "2026-07-13"} | about
    path = folder / "indicator.json"
    path.write_text(json.dumps([head, items]), encoding="utf-8")
    return path


def test_a_table_gives_thailands_years_with_their_line_and_day(tmp_path: Path) -> None:
    head, *values = WorldBankIndicators().entries(table(tmp_path, *CPI))

    assert head == Head("cpi-world-bank", None, date(2026, 7, 1))
    assert [
        (v.line, v.year, v.value, v.base_year) for v in values if isinstance(v, ReferenceValueRecord)
    ] == [
        (7, 2009, Decimal("96.8545624416"), 2010),
        (7, 2010, Decimal(100), 2010),
    ]


def test_an_answer_gives_people_at_midyear(tmp_path: Path) -> None:
    path = answer(tmp_path, "SP.POP.TOTL", "Population, total", {"2022": 71697030, "2025": None})

    head, value = WorldBankIndicators().entries(path)

    assert isinstance(head, Head)
    assert (head.part, head.as_of) == ("population-world-bank", date(2026, 7, 13))
    assert isinstance(value, ReferenceValueRecord)
    assert (value.counted_on, value.value, value.fiscal_year) == (date(2022, 7, 1), 71697030, 2022)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("FP.CPI.TOTL.ZG", "Inflation, consumer prices (annual %)"),
        ("NY.GDP.MKTP.CD", "GDP (current US$)"),
        ("FP.CPI.TOTL", "Consumer price index (2015 = 100)"),
    ],
)
def test_another_indicator_is_refused_by_its_name(tmp_path: Path, code: str, name: str) -> None:
    for path in (table(tmp_path, name, code), answer(tmp_path, code, name, {"2010": 100})):
        with pytest.raises(FileError):
            list(WorldBankIndicators().entries(path))


def test_an_index_that_is_not_100_in_its_base_year_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="2010"):
        list(WorldBankIndicators().entries(answer(tmp_path, CPI[1], CPI[0], {"2010": 3.25})))


def test_a_page_of_several_is_refused(tmp_path: Path) -> None:
    path = answer(tmp_path, CPI[1], CPI[0], {"2010": 100}, pages=2)

    with pytest.raises(FileError, match="page"):
        list(WorldBankIndicators().entries(path))


def test_a_table_that_names_no_indicator_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cpi.csv"
    path.write_text("Country,Country Code,Year,CPI\nThailand,THA,2021,1.23\n", encoding="utf-8")

    with pytest.raises(FileError):
        list(WorldBankIndicators().entries(path))


def test_a_file_without_thailand_is_refused(tmp_path: Path) -> None:
    path = answer(tmp_path, CPI[1], CPI[0], {"2010": 100})
    path.write_text(path.read_text().replace("THA", "LAO"))

    with pytest.raises(FileError, match="Thailand"):
        list(WorldBankIndicators().entries(path))
