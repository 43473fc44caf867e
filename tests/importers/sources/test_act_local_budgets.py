"""The budgets of the provincial administrations: each printed total is held against the lines."""

from __future__ import annotations

import copy
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import Body, Control, Entry, Head, LocalBudgetRecord, Note, Refusal
from importers.sources.act_local_budgets import ActLocalBudgets
from importers.sources.local_bodies import FUNCTIONS

FOLDER = "local/act-local-budgeting/2565"
DOCUMENT: dict[str, Any] = {
    "total": 300,
    "groupedByArea": [
        {
            "area": "ด้านการดำเนินงานอื่น ๆ ",
            "total": 300,
            "plans": [{"plan": "งบกลาง", "total": 300}],
        }
    ],
    "groupedByType": [{"type": "งบกลาง", "total": 100}, {"type": "งบลงทุน", "total": 200}],
    "tasks": [
        {
            "task": "งบกลาง",
            "area": "ด้านการดำเนินงานอื่น ๆ ",
            "plan": "งบกลาง",
            "type": "งบกลาง",
            "total": 100,
        },
        {
            "task": "งบกลาง",
            "area": "ด้านการดำเนินงานอื่น ๆ ",
            "plan": "งบกลาง",
            "type": "งบลงทุน",
            "total": 200,
        },
    ],
    "pao": {"name": "ลำพูน", "population": 1, "chiefExecutives": [{"name": "นาย ทดสอบ"}]},
}


def read(folder: Path, document: Any, name: str = "2565-pao.json") -> list[Entry]:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return list(ActLocalBudgets().entries(path))


def changed(path: str, value: Any) -> dict[str, Any]:
    """The document with one value changed; `path` as `tasks/0/total`."""
    document = copy.deepcopy(DOCUMENT)
    *steps, last = path.split("/")
    at: Any = document
    for step in steps:
        at = at[int(step)] if step.isdigit() else at[step]
    at[last] = value
    return document


def test_task_and_type_are_one_line_of_the_organisation(tmp_path: Path) -> None:
    head, first, *_ = read(tmp_path, DOCUMENT)

    assert head == Head("2565-51", 2022, date(2021, 10, 1))
    assert first == LocalBudgetRecord(
        line=1,
        fiscal_year=2022,
        body=Body("องค์การบริหารส่วนจังหวัดลำพูน", "", "pao", "75"),
        province_code="51",
        function="ด้านการดำเนินงานอื่น ๆ",
        plan="งบกลาง",
        task="งบกลาง",
        budget_type="งบกลาง",
        group="",
        item="",
        description="",
        approved=Decimal(100),
    )


def test_year_may_stand_in_the_name_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "2566").mkdir()

    head = read(tmp_path, DOCUMENT, "2566/pao.json")[0]

    assert isinstance(head, Head)
    assert head.fiscal_year == 2023


def test_file_without_a_year_is_refused(tmp_path: Path) -> None:
    (tmp_path / "somewhere").mkdir()

    with pytest.raises(FileError, match="year"):
        read(tmp_path, DOCUMENT, "somewhere/pao.json")


@pytest.mark.parametrize(
    "path",
    [
        "total",
        "tasks/0/total",
        "groupedByArea/0/total",
        "groupedByArea/0/plans/0/total",
        "groupedByType/0/total",
    ],
)
def test_total_that_the_lines_do_not_come_to_is_a_broken_control(tmp_path: Path, path: str) -> None:
    entries = read(tmp_path, changed(path, 101))

    assert not all(entry.holds for entry in entries if isinstance(entry, Control))


def test_line_beside_all_printed_totals_is_a_broken_control(tmp_path: Path) -> None:
    entries = read(tmp_path, changed("groupedByType", [{"type": "งบกลาง", "total": 100}]))

    broken = [entry for entry in entries if isinstance(entry, Control) and not entry.holds]
    assert [(control.name, control.expected, control.found) for control in broken] == [
        ("งบลงทุน", Decimal(0), Decimal(200))
    ]


@pytest.mark.parametrize(
    ("path", "value", "column"),
    [
        ("tasks/0/plan", "", "plan"),
        ("tasks/0/total", "มาก", "total"),
        ("tasks/0/total", -1, "total"),
        ("tasks/0/note", "ใหม่", "note"),
    ],
)
def test_odd_line_is_refused_with_its_member(tmp_path: Path, path: str, value: Any, column: str) -> None:
    refusals = [entry for entry in read(tmp_path, changed(path, value)) if isinstance(entry, Refusal)]

    assert [(refusal.line, refusal.column) for refusal in refusals] == [(1, column)]


def test_repeated_task_is_noted_and_kept(tmp_path: Path) -> None:
    document = copy.deepcopy(DOCUMENT)
    document["tasks"].append(document["tasks"][0])

    entries = read(tmp_path, document)

    assert [entry.line for entry in entries if isinstance(entry, Note)] == [3]
    assert sum(isinstance(entry, LocalBudgetRecord) for entry in entries) == 3


@pytest.mark.parametrize(
    "document",
    [[], {}, {"pao": {}, "tasks": []}, changed("pao/name", "แดนไกล"), {**DOCUMENT, "groupedByType": None}],
)
def test_other_document_is_refused_as_a_whole(tmp_path: Path, document: Any) -> None:
    with pytest.raises(FileError):
        read(tmp_path, document)


def test_nothing_about_the_chief_executive_is_read(tmp_path: Path) -> None:
    assert "ทดสอบ" not in repr(read(tmp_path, DOCUMENT))


def test_published_files_come_to_the_nation_wide_totals(shared_data: Path) -> None:
    sums: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    files = sorted((shared_data / FOLDER).glob("pao-*.json"))

    for path in files:
        for entry in ActLocalBudgets().entries(path):
            assert not isinstance(entry, Refusal | Note)
            assert not isinstance(entry, Control) or entry.holds
            if isinstance(entry, LocalBudgetRecord):
                assert FUNCTIONS[entry.plan] == entry.function
                for key in ("", entry.function, entry.plan, f"type {entry.budget_type}"):
                    sums[key,] += entry.approved

    assert len(files) == 76
    assert sums["",] == Decimal("57312949370")
    whole = json.loads((shared_data / FOLDER / "nation-wide.json").read_text(encoding="utf-8"))
    assert {(part["area"].strip(), part["total"]) for part in whole["groupedByArea"]} <= {
        (key[0], int(amount)) for key, amount in sums.items()
    }
    assert {(f"type {part['type']}", part["total"]) for part in whole["groupedByType"]} <= {
        (key[0], int(amount)) for key, amount in sums.items()
    }


def test_file_that_adds_up_the_others_is_refused(shared_data: Path) -> None:
    with pytest.raises(FileError, match="only adds up"):
        list(ActLocalBudgets().entries(shared_data / FOLDER / "nation-wide.json"))
