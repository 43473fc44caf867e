"""Values in the documented layout: each with its origin, strictly read, refused where they contradict."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from importers.area_records import ReferenceValueRecord
from importers.errors import FileError
from importers.models import ImportRun
from importers.records import Entry, Refusal, SourcedHead
from importers.samples import read_sample, write_sample
from importers.sources.provinces import codes_of_provinces
from importers.sources.reference_series import ReferenceSeries
from spending.models import Edition, ReferenceValue
from tests.reference_values import cpi, gdp, people, published_values, written


def read(folder: Path, *rows: dict[str, str]) -> list[Entry]:
    return list(ReferenceSeries().entries(written(rows, folder)))


def refused(folder: Path, row: dict[str, str]) -> Refusal:
    """The refusal of one row beside a healthy one of its set."""
    entries = read(folder, people(), row | {"set": "people"})
    return next(entry for entry in entries if isinstance(entry, Refusal))


def test_each_set_is_a_part_with_its_own_publisher_licence_and_day(tmp_path: Path) -> None:
    heads = [entry for entry in read(tmp_path, people(), gdp()) if isinstance(entry, SourcedHead)]

    assert [(head.part, head.publisher, head.licence, head.as_of) for head in heads] == [
        ("people", "กรมการปกครอง", "CC BY 4.0", date(2022, 12, 31)),
        ("gdp", "World Bank", "CC BY 4.0", date(2022, 12, 31)),
    ]


def test_values_keep_every_published_decimal_and_units_are_multiplied_out(tmp_path: Path) -> None:
    rows = [cpi("111.2868091511", 2017), gdp("16892411.5", 2019, unit="million baht")]
    values = [entry for entry in read(tmp_path, *rows) if isinstance(entry, ReferenceValueRecord)]

    assert [(value.value, value.unit, value.base_year) for value in values] == [
        (Decimal("111.2868091511"), "index", 2015),
        (Decimal("16892411500000"), "baht", None),
    ]


def test_a_count_answers_for_the_fiscal_year_its_day_lies_in_a_year_for_that_of_its_number(
    tmp_path: Path,
) -> None:
    rows = [people(year=2021), people(year=2022, counted_on="2022-07-01", value="9"), gdp(year=2022)]
    values = [entry for entry in read(tmp_path, *rows) if isinstance(entry, ReferenceValueRecord)]

    assert [(value.year, value.fiscal_year) for value in values] == [(2021, 2022), (2022, 2022), (2022, 2022)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (people(value="12.5"), "value"),
        (people(value="0"), "value"),
        (people(value="-3"), "value"),
        (people(value="1e5"), "value"),
        (people(unit="baht"), "unit"),
        (people(area="78"), "area"),
        (people(area="กระบี่"), "area"),
        (people(calendar="AD"), "calendar"),
        (people() | {"year": "2021"}, "year"),
        (people(counted_on=""), "counted_on"),
        (people(counted_on="31/12/2564"), "counted_on"),
        (people(counted_on="2022-12-31"), "counted_on"),
        (people(base_year="2564"), "base_year"),
        (people(series="births"), "series"),
        (people(basis=" "), "basis"),
        (people(address="http://example.go.th/"), "address"),
        (people(as_of="2565-12-31"), "as_of"),
        (gdp(counted_on="2022-12-31", calendar="BE", unit="baht"), "counted_on"),
        (cpi("99", 2014, base_year=""), "base_year"),
    ],
)
def test_a_row_that_is_not_as_documented_is_refused_with_its_column(
    tmp_path: Path, row: dict[str, str], column: str
) -> None:
    refusal = refused(tmp_path, row)

    assert (refusal.line, refusal.column) == (3, column)


def test_rows_of_a_set_must_agree_about_its_origin(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="people"):
        read(tmp_path, people(), people(year=2022, publisher="อื่น"))


def test_growth_rates_under_the_name_of_an_index_are_found_out(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="2015"):
        read(tmp_path, cpi("1.9", 2014), cpi("-0.9", 2013), cpi("0.5", 2015))


def test_provinces_must_add_up_to_the_country(tmp_path: Path) -> None:
    provinces = [people("10", area=code) for code in sorted(set(codes_of_provinces().values()))]

    assert len(read(tmp_path, people("770"), *provinces)) == 79
    with pytest.raises(FileError, match="770"):
        read(tmp_path, people("771"), *provinces)


def test_another_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cpi.csv"
    path.write_text("Country,Country Code,Year,CPI\nThailand,THA,2021,1.23\n", encoding="utf-8")

    with pytest.raises(FileError):
        list(ReferenceSeries().entries(path))


@pytest.mark.django_db
def test_a_second_value_of_a_place_and_fiscal_year_holds_the_set_back(tmp_path: Path) -> None:
    run = published_values(people(year=2022), people(year=2023, counted_on="2023-03-31"), folder=tmp_path)

    assert run.outcome == ImportRun.Outcome.HELD
    assert run.refused == 1


@pytest.mark.django_db
def test_a_later_file_of_a_set_takes_its_place_and_the_earlier_answers_as_of(tmp_path: Path) -> None:
    published_values(people("1000"), folder=tmp_path)
    later = {"as_of": "2023-12-31"}
    published_values(
        people("1100", **later), people("2000", year=2022, **later), folder=tmp_path, name="b.csv"
    )

    assert [row.value for row in ReferenceValue.objects.current().order_by("year")] == [1100, 2000]
    assert [row.value for row in ReferenceValue.objects.current(date(2023, 1, 1))] == [1000]
    assert Edition.objects.current().of("reference_series").get().publisher == "กรมการปกครอง"


def test_the_sample_keeps_the_origin_of_each_set(tmp_path: Path) -> None:
    entries = read(tmp_path, people(), cpi("100", 2015))
    path = tmp_path / "reference_series.jsonl.gz"

    write_sample(path, "reference_series", entries)

    assert list(read_sample(path)) == entries
