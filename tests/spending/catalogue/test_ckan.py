"""A data set in the fields of Thai government catalogues: the documented names, the documented choices."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from spending.catalogue.ckan import FINEST, FREQUENCIES
from spending.catalogue.register import SUBJECTS, Frequency
from spending.models import Edition
from tests.test_pages import publish

OTHER, UNKNOWN = "อื่นๆ", "ไม่ทราบ"
CHOICES: dict[str, set[str]] = {
    "data_type": {
        "ข้อมูลระเบียน",
        "ข้อมูลสถิติ",
        "ข้อมูลภูมิสารสนเทศเชิงพื้นที่",
        "ข้อมูลหลากหลายประเภท",
        "ข้อมูลประเภทอื่นๆ",
    },
    "objective": {
        "ยุทธศาสตร์ชาติ",
        "แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ",
        "แผนความมั่นคงแห่งชาติ",
        "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ",
        "แผนปฏิรูปประเทศ",
        "แผนระดับที่ 3 (มติครม. 4 ธ.ค. 2560)",
        "นโยบายรัฐบาล/ข้อสั่งการนายกรัฐมนตรี",
        "มติคณะรัฐมนตรี",
        "เพื่อการให้บริการประชาชน",
        "กฎหมายที่เกี่ยวข้อง",
        "พันธกิจหน่วยงาน",
        "ดัชนี/ตัวชี้วัดระดับนานาชาติ",
        UNKNOWN,
        OTHER,
    },
    "update_frequency_unit": {
        *("ปี", "ครึ่งปี", "ไตรมาส", "เดือน", "สัปดาห์", "วัน", "วันทำการ", "ชั่วโมง", "นาที", "ตามเวลาจริง"),
        "ไม่มีการปรับปรุงหลังจากการจัดเก็บข้อมูล",
        UNKNOWN,
        OTHER,
    },
    "geo_coverage": {
        *("ไม่มี", "โลก", "ทวีป/กลุ่มประเทศในทวีป", "กลุ่มประเทศทางเศรษฐกิจ", "ประเทศ", "ภาค", "จังหวัด", "อำเภอ"),
        *("ตำบล", "หมู่บ้าน", "เทศบาล/อบต.", "พิกัด", UNKNOWN, OTHER),
    },
    "data_format": {
        *("Database", "CSV", "XML", "Image", "Video", "Audio", "Text", "JSON", "HTML", "XLS", "PDF", "RDF"),
        *("NoSQL", "Arc/Info Coverage", "Shapefile", "GeoTiff", "GML", UNKNOWN, OTHER),
    },
    "data_category": {"ข้อมูลสาธารณะ", "ข้อมูลส่วนบุคคล", "ข้อมูลความมั่นคง", "ข้อมูลความลับทางราชการ"},
    "license_id": {
        "Creative Commons Attributions",
        "Creative Commons Attribution Share-Alike",
        "Open Data Common",
        OTHER,
    },
    "data_language": {"ไทย", "อังกฤษ", "จีน", "มลายู", "พม่า", "ลาว", "เขมร", UNKNOWN, OTHER},
    "unit_of_multiplier": {"หน่วย", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน", "ล้าน", UNKNOWN, OTHER},
}
"""The choices that all versions of the extension offer."""
MANDATORY = {
    *("data_type", "title", "maintainer", "maintainer_email", "tag_string", "notes", "objective"),
    *("update_frequency_unit", "geo_coverage", "data_source", "data_format", "data_category", "license_id"),
}
OPTIONAL = {
    *("name", "url", "accessible_condition", "data_language", "last_updated_date", "resources"),
    *("update_frequency_interval", "update_frequency_unit_other", "data_format_other", "license_id_other"),
}
OF_A_TYPE = {
    "ข้อมูลระเบียน": {"created_date"},
    "ข้อมูลสถิติ": {"first_year_of_data", "last_year_of_data", "unit_of_measure", "unit_of_multiplier"},
}
MANDATORY_OF_FILES = {"url", "name", "format"}
OPTIONAL_OF_FILES = {
    *("mimetype", "size", "hash"),  # CKAN's own
    *("resource_accessible_condition", "resource_last_updated_date"),
}
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture
def packages(db: None, tmp_path: Path, settings: Any, client: Client) -> list[Any]:
    settings.DUMPS_DIR = tmp_path / "dumps"
    settings.DEFAULT_FROM_EMAIL = "data@example.org"
    publish(tmp_path)
    names = Edition.objects.filter(is_current=True).values_list("dataset", flat=True).distinct()
    return [client.get(f"/data/{name}/ckan.json").json() for name in sorted(set(names))]


def test_every_data_set_has_what_catalogues_ask_for_and_nothing_they_do_not_know(
    packages: list[Any],
) -> None:
    assert len(packages) >= 4
    for package in packages:
        assert package.keys() >= MANDATORY, package["name"]
        assert package.keys() <= MANDATORY | OPTIONAL | OF_A_TYPE[package["data_type"]], package["name"]
        assert all(package[name] for name in MANDATORY)
        assert re.fullmatch("[a-z0-9_-]{2,100}", package["name"])
    assert {package["data_type"] for package in packages} == set(OF_A_TYPE)


def test_every_choice_is_one_of_those_offered(packages: list[Any]) -> None:
    chosen = [
        (name, choice)
        for package in packages
        for name in CHOICES.keys() & package.keys()
        for choice in ([package[name]] if isinstance(package[name], str) else package[name])
    ]

    assert [one for one in chosen if one[1] not in CHOICES[one[0]]] == []


def test_another_choice_is_told_in_words(packages: list[Any]) -> None:
    for package in packages:
        for name in CHOICES.keys() & package.keys():
            assert (OTHER in package[name]) == bool(package.get(f"{name}_other")), (package["name"], name)


def test_files_have_what_catalogues_ask_of_them(packages: list[Any]) -> None:
    for package in packages:
        assert package["resources"]
        for file in package["resources"]:
            assert MANDATORY_OF_FILES <= file.keys() <= MANDATORY_OF_FILES | OPTIONAL_OF_FILES
            assert file["url"].startswith("http://testserver/")


def test_days_are_written_as_catalogues_read_them(packages: list[Any]) -> None:
    days = [value for one in packages for name, value in one.items() if name.endswith("_date")]

    assert days
    assert all(DAY.fullmatch(day) for day in days)


@pytest.mark.parametrize("frequency", list(Frequency))
def test_every_frequency_is_one_of_theirs(frequency: Frequency) -> None:
    assert FREQUENCIES[frequency] in CHOICES["update_frequency_unit"]


def test_areas_are_named_of_data_sets_that_exist() -> None:
    assert set(FINEST.values()) <= CHOICES["geo_coverage"]
    assert set(FINEST) - {"reference_series"} <= set(SUBJECTS)


def test_a_data_set_nobody_published_has_no_package(client: Client, db: None) -> None:
    assert client.get("/data/nothing/ckan.json").status_code == 404
