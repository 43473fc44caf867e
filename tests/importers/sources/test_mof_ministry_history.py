"""The ministry's document of past years: groups, years and measures, held to the printed totals."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import Body, Control, Entry, Head, ReferenceTotalRecord, Refusal
from importers.sources.mof_ministry_history import MofMinistryHistory

PUBLISHED = "disbursement/mof-monthly/budget.json"
Groups = dict[str, dict[str, str]]
GROUPS: Groups = {
    "กระทรวงกลาโหม": {"2561budget": "220,523.651", "2561": "180,448.027"},
    "งบกลาง": {"2561budget": "1,000.349", "2561": "0.000"},
    "รวม": {"2561budget": "221,524.000", "2561": "180,448.027"},
}


def document(groups: Groups) -> dict[str, Any]:
    return {"TransGovernment": {"MinistryGroup": [group(name, groups[name]) for name in groups]}}


def group(name: str, figures: dict[str, str]) -> dict[str, Any]:
    details = [{"MinistryDetail": {"DataDate": day, "Value": value}} for day, value in figures.items()]
    return {"MinistryName": name, "MinistryGroupDetail": details}


def entries_of(path: Path) -> list[Entry]:
    return list(MofMinistryHistory().entries(path))


def read(folder: Path, document: Any) -> list[Entry]:
    path = folder / "budget.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return entries_of(path)


def records(entries: list[Entry]) -> list[ReferenceTotalRecord]:
    return [entry for entry in entries if isinstance(entry, ReferenceTotalRecord)]


def failing(entries: list[Entry]) -> list[str]:
    return [entry.name for entry in entries if isinstance(entry, Control) and not entry.holds]


def test_one_part_spans_the_years_and_is_of_the_end_of_the_last(tmp_path: Path) -> None:
    head, *_ = read(tmp_path, document(GROUPS))

    assert head == Head("mof-budget", None, date(2018, 9, 30))


def test_year_with_budget_is_the_act_and_year_alone_what_was_paid(tmp_path: Path) -> None:
    act, paid, *_ = records(read(tmp_path, document(GROUPS)))

    defence = Body("กระทรวงกลาโหม", kind="ministry")
    assert act == ReferenceTotalRecord(1, 2018, "act", Decimal("220523651000.00"), defence)
    assert paid == ReferenceTotalRecord(2, 2018, "paid", Decimal("180448027000.00"), defence)


def test_group_of_totals_has_no_body_and_zero_is_an_amount(tmp_path: Path) -> None:
    found = records(read(tmp_path, document(GROUPS)))

    assert [(r.amount, r.body) for r in found[-2:]] == [
        (Decimal("221524000000.00"), None),
        (Decimal("180448027000.00"), None),
    ]
    assert found[3].amount == 0


def test_groups_are_compared_with_the_total_of_each_year_and_measure(tmp_path: Path) -> None:
    entries = read(tmp_path, document(GROUPS))

    controls = [entry for entry in entries if isinstance(entry, Control)]

    assert [control.name for control in controls] == ["รวม 2561budget", "รวม 2561"]
    assert all(control.expected == control.found for control in controls)


def test_total_that_is_off_by_more_than_rounding_does_not_hold(tmp_path: Path) -> None:
    groups = GROUPS | {"รวม": {"2561budget": "221,525.000", "2561": "180,448.028"}}

    assert failing(read(tmp_path, document(groups))) == ["รวม 2561budget"]


@pytest.mark.parametrize(
    ("figures", "column", "value"),
    [
        pytest.param({"2561": "1,00.5"}, "Value", "1,00.5", id="thousands grouped wrongly"),
        pytest.param({"2561": "ไม่มี"}, "Value", "ไม่มี", id="words"),
        pytest.param({"2561": ""}, "Value", "", id="blank"),
        pytest.param({"2561plan": "1.000"}, "DataDate", "2561plan", id="another measure"),
        pytest.param({"2018": "1.000"}, "DataDate", "2018", id="another calendar"),
    ],
)
def test_bad_number_is_refused_with_its_place(
    tmp_path: Path, figures: dict[str, str], column: str, value: str
) -> None:
    entries = read(tmp_path, document(GROUPS | {"สภากาชาดไทย": figures}))

    (refusal,) = [entry for entry in entries if isinstance(entry, Refusal)]
    assert (refusal.line, refusal.column, refusal.value) == (7, column, value)


def test_second_number_of_a_group_for_one_year_is_refused(tmp_path: Path) -> None:
    twice = document(GROUPS)
    groups = twice["TransGovernment"]["MinistryGroup"]
    groups.append(groups[0])

    entries = read(tmp_path, twice)

    assert [entry.line for entry in entries if isinstance(entry, Refusal)] == [7, 8]


def test_document_without_its_totals_was_cut_off(tmp_path: Path) -> None:
    groups = {name: figures for name, figures in GROUPS.items() if name != "รวม"}

    with pytest.raises(FileError) as error:
        read(tmp_path, document(groups))

    assert "2561" in error.value.reason


def test_unknown_member_of_a_number_is_refused_with_the_file(tmp_path: Path) -> None:
    changed = document(GROUPS)
    detail = changed["TransGovernment"]["MinistryGroup"][0]["MinistryGroupDetail"][0]["MinistryDetail"]
    detail["Unit"] = "บาท"

    with pytest.raises(FileError):
        read(tmp_path, changed)


def test_group_with_a_name_that_nobody_has_is_of_another_document(tmp_path: Path) -> None:
    changed = document(GROUPS)
    changed["TransGovernment"]["MinistryGroup"][0]["MinistryName"] = "กระทรวง" * 30

    with pytest.raises(FileError):
        read(tmp_path, changed)


@pytest.mark.parametrize("other", [[], {}, {"TransGovernment": None}, {"series": [1]}, "ข้อความ", None])
def test_other_document_is_refused(tmp_path: Path, other: Any) -> None:
    with pytest.raises(FileError):
        read(tmp_path, other)


# The published document


def test_published_totals_are_those_of_the_acts(shared_data: Path) -> None:
    found = records(entries_of(shared_data / PUBLISHED))

    totals = {(r.fiscal_year, r.measure): r.amount for r in found if r.body is None}

    assert len(found) == 34 * 30
    assert totals[2018, "act"] == Decimal("3050000000000.00")
    assert totals[2019, "act"] == Decimal("3000000000000.00")


def test_published_groups_come_to_their_totals_in_all_years_but_one(shared_data: Path) -> None:
    entries = entries_of(shared_data / PUBLISHED)

    controls = {entry.name: entry for entry in entries if isinstance(entry, Control)}

    assert len(controls) == 30
    assert failing(entries) == ["รวม 2551"]
    assert controls["รวม 2551"].advisory
    assert controls["รวม 2551"].found - controls["รวม 2551"].expected == Decimal("21763071000.00")
    exact = [c for c in controls.values() if c.name != "รวม 2551"]
    assert max(abs(control.found - control.expected) for control in exact) == Decimal("5000.00")
