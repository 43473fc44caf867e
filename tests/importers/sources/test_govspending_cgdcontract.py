"""Answers of the former site: an envelope with projects, money as text, contracts in lists."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import ContractRecord, Head, ProjectRecord, Refusal
from importers.sources import SOURCES

from .egp_files import PROJECT, answer, envelope

SOURCE = SOURCES["cgdcontract"]
CONTRACT = PROJECT["contract"][0]


def read(path: Path) -> list[Any]:
    return list(SOURCE.entries(path))


def test_answer_is_read_with_its_money_exact(tmp_path: Path) -> None:
    head, project, contract = read(answer(tmp_path, envelope(PROJECT)))

    assert head == Head("2560-page1", 2017, date(2017, 9, 30))
    assert isinstance(project, ProjectRecord)
    assert isinstance(contract, ContractRecord)
    assert (project.budget, project.agreed_price) == (Decimal("13500000.00"), Decimal("13000000.50"))
    assert project.method == "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)"
    assert (contract.amount, contract.signed_on, contract.ends_on) == (
        Decimal("13000000.50"),
        date(2017, 1, 17),
        None,
    )


def test_project_with_several_contracts_counts_its_money_once(tmp_path: Path) -> None:
    other = CONTRACT | {"contract_no": "8/2560", "price_agree": "1.00"}

    entries = read(answer(tmp_path, envelope(PROJECT | {"contract": [CONTRACT, other]})))

    assert [type(entry) for entry in entries] == [Head, ProjectRecord, ContractRecord, ContractRecord]
    assert {entry.line for entry in entries[1:]} == {1}


def test_project_without_contracts_stands_alone(tmp_path: Path) -> None:
    entries = read(answer(tmp_path, envelope(PROJECT | {"contract": []})))

    assert [type(entry) for entry in entries] == [Head, ProjectRecord]


def test_lines_of_answers_or_of_projects_are_read_alike(tmp_path: Path) -> None:
    second = PROJECT | {"project_id": "59126000002"}
    path = tmp_path / "all.jsonl"
    path.write_text(f"{json.dumps(envelope(PROJECT))}\n{json.dumps(second)}\n", encoding="utf-8")

    projects = [entry for entry in read(path) if isinstance(entry, ProjectRecord)]

    assert [(project.line, project.number) for project in projects] == [
        (1, "59126000001"),
        (2, "59126000002"),
    ]


def test_answer_that_reports_an_error_is_refused_with_its_words(tmp_path: Path) -> None:
    path = answer(tmp_path, {"code": 401, "status": "ERROR", "msg": "Invalid api-key"})

    with pytest.raises(FileError, match="Invalid api-key"):
        read(path)


def test_member_that_was_never_there_refuses_its_project(tmp_path: Path) -> None:
    entries = read(answer(tmp_path, envelope(PROJECT, PROJECT | {"project_id": "59126000002", "new": 1})))

    refusals = [entry for entry in entries if isinstance(entry, Refusal)]
    assert [(refusal.line, refusal.column) for refusal in refusals] == [(2, "new")]


def test_missing_member_refuses_its_project(tmp_path: Path) -> None:
    broken = {name: value for name, value in PROJECT.items() if name != "dept_name"}

    entries = read(answer(tmp_path, envelope(PROJECT, broken | {"project_id": "59126000002"})))

    refusals = [entry for entry in entries if isinstance(entry, Refusal)]
    assert [(refusal.line, refusal.column) for refusal in refusals] == [(2, "dept_name")]


def test_person_among_the_winners_is_not_named(tmp_path: Path) -> None:
    person = CONTRACT | {"winner_tin": "3619900xxxxxx", "winner": "นายสมมุติ ทดสอบ"}

    entries = read(answer(tmp_path, envelope(PROJECT | {"contract": [person]})))

    assert entries[2].winner_kind == "person"
    assert "สมมุติ" not in repr(entries)
