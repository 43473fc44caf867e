"""Published values for tests: people, domestic product, prices; each function states only what matters."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from importers.loading import load
from importers.models import ImportRun
from importers.sources.reference_series import COLUMNS, ReferenceSeries

PUBLISHER = "กรมการปกครอง"
POPULATION = {
    "set": "people",
    "series": "population",
    "area": "TH",
    "year": "2564",
    "calendar": "BE",
    "counted_on": "2021-12-31",
    "value": "1000",
    "unit": "persons",
    "base_year": "",
    "basis": "ผู้มีชื่อในทะเบียนบ้าน",
    "publisher": PUBLISHER,
    "address": "https://example.go.th/people",
    "licence": "CC BY 4.0",
    "as_of": "2022-12-31",
}
ELSEWHERE = {"publisher": "World Bank", "address": "https://example.org/", "as_of": "2022-12-31"}


def people(value: str = "1000", area: str = "TH", year: int = 2021, **changes: str) -> dict[str, str]:
    """The people of an area on the last day of a year: of the fiscal year behind it."""
    counted = {"area": area, "year": str(year + 543), "counted_on": f"{year}-12-31", "value": value}
    return POPULATION | counted | changes


def gdp(value: str = "1000000", year: int = 2022, **changes: str) -> dict[str, str]:
    made = {"set": "gdp", "series": "gdp", "year": str(year + 543), "counted_on": "", "unit": "baht"}
    return POPULATION | made | {"value": value} | ELSEWHERE | changes


def cpi(value: str, year: int, base: int = 2015, **changes: str) -> dict[str, str]:
    made = {"set": "cpi", "series": "cpi", "calendar": "CE", "year": str(year), "counted_on": ""}
    return POPULATION | made | {"unit": "index", "base_year": str(base), "value": value} | ELSEWHERE | changes


def written(rows: Iterable[Mapping[str, str]], folder: Path, name: str = "series.csv") -> Path:
    """Rows as a file in the documented layout."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return path


def published_values(*rows: Mapping[str, str], folder: Path, name: str = "series.csv") -> ImportRun:
    """Rows loaded as a file of published values."""
    return load(ReferenceSeries(), written(rows, folder, name))
