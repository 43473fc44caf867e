"""The map of the country in words: every area has a code, and lies in the areas that its code says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError, RecordError
from importers.records import AreaRecord, Entry, Head, Refusal
from importers.sources.geography_areas import AS_OF, GeographyAreas
from importers.sources.provinces import codes_of_provinces, province_code

DISTRICT = {
    "id": 1,
    "provinceCode": 51,
    "districtCode": 5101,
    "districtNameEn": "Mueang Lamphun ",
    "districtNameTh": "เมืองลำพูน",
    "postalCode": 51000,
}


def read(folder: Path, *areas: Any) -> list[Entry]:
    path = folder / "districts.json"
    path.write_text(json.dumps(list(areas)), encoding="utf-8")
    return list(GeographyAreas().entries(path))


def test_district_is_one_record_with_its_names_tidied(tmp_path: Path) -> None:
    head, area = read(tmp_path, DISTRICT)

    assert head == Head("district", None, AS_OF)
    assert area == AreaRecord(1, "5101", "เมืองลำพูน", "Mueang Lamphun", "district", "51000")


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        pytest.param({"provinceCode": 50}, "districtCode", id="lies elsewhere"),
        pytest.param({"provinceCode": 99, "districtCode": 9901}, "districtCode", id="no such province"),
        pytest.param({"districtCode": 510}, "districtCode", id="code too short"),
        pytest.param({"districtNameTh": ""}, "districtNameTh", id="no name"),
        pytest.param({"postalCode": "n/a"}, "postalCode", id="no postal code"),
        pytest.param({"capital": "yes"}, "capital", id="new member"),
    ],
)
def test_odd_area_is_refused_with_its_member(tmp_path: Path, changes: dict[str, Any], column: str) -> None:
    _head, refusal = read(tmp_path, DISTRICT | changes)

    assert isinstance(refusal, Refusal)
    assert (refusal.line, refusal.column) == (1, column)


@pytest.mark.parametrize("document", [[], {}, [1], [{"name": "Lamphun"}]])
def test_other_document_is_refused_as_a_whole(tmp_path: Path, document: Any) -> None:
    path = tmp_path / "areas.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(FileError, match="no list of provinces"):
        list(GeographyAreas().entries(path))


def test_published_files_hold_every_area_of_the_country(shared_data: Path) -> None:
    levels: Counter[str] = Counter()
    codes = set()

    for path in sorted((shared_data / "geo").glob("thailand-geography-*.json")):
        for entry in GeographyAreas().entries(path):
            assert not isinstance(entry, Refusal)
            if isinstance(entry, AreaRecord):
                levels[entry.level] += 1
                codes.add(entry.code)

    assert levels == {"province": 77, "district": 928, "subdistrict": 7_436}
    assert len(codes) == 77 + 928 + 7_436
    assert all(code[:-2] in codes for code in codes if len(code) > 2)


@pytest.mark.parametrize("name", ["ลำพูน", " ลำพูน ", "จังหวัดลำพูน", "จ.ลำพูน", "Lamphun"])
def test_name_of_a_province_leads_to_its_code(name: str) -> None:
    assert province_code(name) == "51"


@pytest.mark.parametrize("name", ["ส่วนกลาง", "ไม่ระบุ", "-", ""])
def test_what_stands_for_no_province_has_no_code(name: str) -> None:
    assert province_code(name) == ""


def test_name_of_no_province_is_refused() -> None:
    with pytest.raises(RecordError):
        province_code("พระนคร", "จังหวัด")


def test_there_are_77_provinces_by_two_names_each() -> None:
    assert len(codes_of_provinces()) == 2 * 77
    assert len(set(codes_of_provinces().values())) == 77
