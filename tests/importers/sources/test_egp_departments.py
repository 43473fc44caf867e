"""The departments of e-GP: a list of codes and names, page by page."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import DepartmentRecord, Head, Refusal
from importers.sources import SOURCES

SOURCE = SOURCES["egp_departments"]
SCHOOL = {"dept_code": "1048020022", "dept_name": "โรงเรียนบ้านโพน"}


def read(folder: Path, document: Any, name: str = "departments.json") -> list[Any]:
    path = folder / name
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return list(SOURCE.entries(path))


def test_department_is_its_code_and_name(tmp_path: Path) -> None:
    head, school = read(tmp_path, [SCHOOL])

    assert head == Head("list", None, date(2018, 9, 30))
    assert school == DepartmentRecord(1, "1048020022", "โรงเรียนบ้านโพน")


def test_page_and_day_in_the_name_of_the_file_are_told(tmp_path: Path) -> None:
    head, *_ = read(tmp_path, [SCHOOL], "egpdepartment-page4-2026-07-03.json")

    assert head == Head("page4", None, date(2026, 7, 3))


def test_list_in_an_envelope_is_read_too(tmp_path: Path) -> None:
    assert len(read(tmp_path, {"code": 200, "result": [SCHOOL]})) == 2


@pytest.mark.parametrize(
    ("change", "column"),
    [({"dept_code": "10A8"}, "dept_code"), ({"dept_name": " "}, "dept_name"), ({"new": "1"}, "new")],
)
def test_odd_record_is_refused_with_its_column(tmp_path: Path, change: dict[str, str], column: str) -> None:
    refusal = read(tmp_path, [SCHOOL, SCHOOL | change])[-1]

    assert isinstance(refusal, Refusal)
    assert (refusal.line, refusal.column) == (2, column)


def test_answer_without_a_list_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        read(tmp_path, {"code": 500, "msg": "error"})


def test_published_page_holds_schools_alone(shared_data: Path) -> None:
    head, *schools = SOURCE.entries(shared_data / "procurement" / "govspending-egpdepartment-page4.json")

    assert head.part == "page4"
    assert len(schools) == len({school.code for school in schools}) == 8_900
    assert all(school.name.startswith("โรงเรียน") for school in schools)
    assert len({school.name for school in schools}) == 6_422
