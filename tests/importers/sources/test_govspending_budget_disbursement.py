"""The former site's projects keep every province and every repeat; what does not add up is refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import Body, Control, Entry, Head, Note, ProjectDisbursementRecord, Refusal
from importers.sources.govspending_budget_disbursement import GovspendingBudgetDisbursement

FOLDER = "disbursement/govspending-bbgfproject"
PROJECT: dict[str, Any] = {
    "bb_code": "1500848029600V48",
    "bb_year": "2560",
    "amount": 100,
    "min_code": "15000",
    "agc_code": "15008",
    "name": "ถนนคอนกรีตเสริมเหล็ก",
    "min": "กระทรวงมหาดไทย",
    "agc": "กรมส่งเสริมการปกครองท้องถิ่น",
    "plan_name": "แผนงานบูรณาการส่งเสริมการกระจายอำนาจ",
    "stg_name": "ยุทธศาสตร์ด้านความมั่นคง",
    "objc_level1_name": "งบลงทุน",
    "compare": [
        {"bb_amount": 100, "bb_province": "สุรินทร์"},
        {"bb_amount": None, "bb_province": "กรุงเทพมหานคร", "gf_amount": 120.75, "gf_province": "ส่วนกลาง"},
    ],
    "gf_amount_sum": 120.75,
}


def project(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(PROJECT) | changes


def saved(folder: Path, *projects: dict[str, Any]) -> Path:
    path = folder / "bbgfproject_15000_2560.jsonl"
    path.write_text(
        "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in projects), encoding="utf-8"
    )
    return path


def entries_of(path: Path) -> list[Entry]:
    return list(GovspendingBudgetDisbursement().entries(path))


def records(entries: list[Entry]) -> list[ProjectDisbursementRecord]:
    return [entry for entry in entries if isinstance(entry, ProjectDisbursementRecord)]


def controls(entries: list[Entry]) -> list[Control]:
    return [entry for entry in entries if isinstance(entry, Control)]


# What is read


def test_part_is_a_ministry_and_year_counted_as_of_its_end(tmp_path: Path) -> None:
    head, *_ = entries_of(saved(tmp_path, project()))

    assert head == Head("15000-2560", 2017, date(2017, 9, 30))


def test_each_pair_of_provinces_is_a_record(tmp_path: Path) -> None:
    budgeted, paid = records(entries_of(saved(tmp_path, project())))

    assert budgeted == ProjectDisbursementRecord(
        line=1,
        project_code="1500848029600V48",
        fiscal_year=2017,
        name="ถนนคอนกรีตเสริมเหล็ก",
        ministry=Body("กระทรวงมหาดไทย", "15", "ministry"),
        agency=Body("กรมส่งเสริมการปกครองท้องถิ่น", "15008", "agency", "15"),
        plan="แผนงานบูรณาการส่งเสริมการกระจายอำนาจ",
        strategy="ยุทธศาสตร์ด้านความมั่นคง",
        category=("งบลงทุน",),
        budget_province="สุรินทร์",
        paid_province="",
        budgeted=Decimal(100),
        disbursed=None,
        repeated=False,
    )
    assert (paid.budget_province, paid.budgeted) == ("กรุงเทพมหานคร", None)
    assert (paid.paid_province, paid.disbursed) == ("ส่วนกลาง", Decimal("120.75"))


@pytest.mark.parametrize(("published", "legal"), [("งบอุดหนุน", "งบเงินอุดหนุน"), ("รายจ่ายอื่น", "งบรายจ่ายอื่น")])
def test_short_name_of_a_budget_type_is_read_as_the_legal_one(
    tmp_path: Path, published: str, legal: str
) -> None:
    entries = entries_of(saved(tmp_path, project(objc_level1_name=published)))

    assert {record.category for record in records(entries)} == {(legal,)}
    assert Note("repaired_category", 1, published, legal) in entries


def test_title_is_kept_without_the_person_by_whose_house_it_tells_the_place(tmp_path: Path) -> None:
    entries = entries_of(saved(tmp_path, project(name="ถนน สายบ้านนายมั่นหมาย ดวงประเสริฐ หมู่ที่ 3")))

    assert {record.name for record in records(entries)} == {"ถนน สายบ้าน(ชื่อบุคคล) หมู่ที่ 3"}
    assert [note for note in entries if isinstance(note, Note)] == [Note("person_left_out", 1, "")]


def test_repeated_records_are_all_kept_and_marked(tmp_path: Path) -> None:
    other = project(bb_code="1500848029600V49")

    entries = entries_of(saved(tmp_path, project(), other, project()))

    assert [(r.line, r.repeated) for r in records(entries)] == [
        (1, True), (1, True), (2, False), (2, False), (3, True), (3, True),
    ]  # fmt: skip
    notes = [entry for entry in entries if isinstance(entry, Note)]
    assert [(note.kind, note.line) for note in notes] == [("repeated_row", 1), ("repeated_row", 3)]


def test_order_of_members_does_not_hide_a_repeat(tmp_path: Path) -> None:
    turned = dict(reversed(project().items()))

    entries = entries_of(saved(tmp_path, project(), turned))

    assert all(record.repeated for record in records(entries))


def test_same_code_of_another_budget_type_is_another_project(tmp_path: Path) -> None:
    entries = entries_of(saved(tmp_path, project(), project(objc_level1_name="งบดำเนินงาน")))

    assert not any(record.repeated for record in records(entries))


def test_known_sum_of_a_part_is_compared_with_repeats_and_without(tmp_path: Path) -> None:
    everything, once = controls(entries_of(saved(tmp_path, project(), project())))

    assert (everything.found, once.found) == (Decimal(200), Decimal(100))
    assert (everything.expected, everything.advisory) == (Decimal(335_145_525_000), False)
    assert once.advisory


def test_part_without_a_known_sum_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    entries = entries_of(saved(tmp_path, project(bb_year="2562")))

    assert controls(entries) == []


# What is refused


def without(member: str) -> dict[str, Any]:
    return {name: value for name, value in project().items() if name != member}


def with_place(**changes: Any) -> dict[str, Any]:
    changed = project()
    changed["compare"][1].update(changes)
    return changed


@pytest.mark.parametrize(
    ("bad", "column", "value"),
    [
        pytest.param(project(amount=101), "amount", "101.00", id="budget does not add up"),
        pytest.param(project(gf_amount_sum=120), "gf_amount_sum", "120.00", id="payment does not add up"),
        pytest.param(project(amount="ร้อยบาท"), "amount", "ร้อยบาท", id="no number"),
        pytest.param(project(objc_level1_name="งบกลาง"), "objc_level1_name", "งบกลาง", id="no budget type"),
        pytest.param(project(bb_code="1500848"), "bb_code", "1500848", id="short code"),
        pytest.param(project(bb_year="2561"), "bb_year", "15000-2561", id="another year"),
        pytest.param(project(min_code="20000"), "bb_year", "20000-2560", id="another ministry"),
        pytest.param(project(min_code="15A"), "min_code", "15A", id="no ministry"),
        pytest.param(without("agc"), "agc", "", id="no agency"),
        pytest.param(project(compare=[]), "compare", "[]", id="no provinces"),
        pytest.param(project(compare={"bb_amount": 100}), "compare", "{'bb_amount': 100}", id="no list"),
        pytest.param(project(stg_name="ย" * 256), "stg_name", "ย" * 256, id="names run together"),
        pytest.param(with_place(gf_province="ช" * 61), "gf_province", "ช" * 61, id="provinces run together"),
        pytest.param(with_place(gf_province=None), "gf_province", "", id="paid nowhere"),
        pytest.param(with_place(gf_amount=None), "gf_amount", "", id="paid nothing"),
        pytest.param(with_place(gf_amount=-120.75), "gf_amount", "-120.75", id="negative"),
        pytest.param(with_place(gf_amount=120.755), "gf_amount", "120.755", id="part of a satang"),
        pytest.param(with_place(gf_note="x"), "gf_note", "x", id="new member of a province"),
        pytest.param(project(tambon="ในเมือง"), "tambon", "ในเมือง", id="new member"),
    ],
)
def test_bad_record_is_refused_with_its_member(
    tmp_path: Path, bad: dict[str, Any], column: str, value: str
) -> None:
    entries = entries_of(saved(tmp_path, project(), project(bb_code="1500848029600V49"), bad))

    (refusal,) = [entry for entry in entries if isinstance(entry, Refusal)]
    assert (refusal.line, refusal.column, refusal.value) == (3, column, value)
    assert len(records(entries)) == 4


def test_line_that_is_no_json_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path, project(), project())
    path.write_text("{]\n" + path.read_text(encoding="utf-8"), encoding="utf-8")

    entries = entries_of(path)

    assert [entry.line for entry in entries if isinstance(entry, Refusal)] == [1]
    assert len(records(entries)) == 4


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param('{"Month": "2004-10"}\n', id="other records"),
        pytest.param("<html><body>504</body></html>", id="web page"),
        pytest.param('[\n{"bb_code": "1"}\n]', id="document not written line by line"),
    ],
)
def test_other_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bbgfproject_15000_2560.jsonl"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(FileError):
        entries_of(path)


@pytest.mark.parametrize("cut", [lambda text: text[:-40], lambda text: text[: len(text) // 2 + 10]])
def test_file_that_was_cut_off_is_refused(tmp_path: Path, cut: Callable[[str], str]) -> None:
    path = saved(tmp_path, project(), project())
    path.write_text(cut(path.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(FileError) as error:
        entries_of(path)

    assert "cut off" in error.value.reason


# The published files


def test_published_year_2560_comes_to_its_sum_to_the_baht(shared_data: Path) -> None:
    entries = entries_of(shared_data / FOLDER / "bbgfproject_15000_2560.jsonl")

    everything, once = controls(entries)

    assert everything.found == everything.expected == Decimal("335145525000.00")
    assert once.found == Decimal("333506718300.00")
    assert not [entry for entry in entries if isinstance(entry, Refusal)]
    assert len({record.line for record in records(entries)}) == 10_029
    assert sum(record.disbursed or 0 for record in records(entries)) == Decimal("312061543575.43")


def test_published_year_2560_has_305_repeats(shared_data: Path) -> None:
    entries = entries_of(shared_data / FOLDER / "bbgfproject_15000_2560.jsonl")

    repeated = {record.line: record for record in records(entries) if record.repeated}

    distinct = {(r.project_code, r.category) for r in repeated.values()}
    assert len(repeated) - len(distinct) == 305


def test_published_year_2561_differs_from_its_sum_and_is_not_held_for_it(shared_data: Path) -> None:
    entries = entries_of(shared_data / FOLDER / "bbgfproject_15000_2561.jsonl")

    everything = controls(entries)[0]

    assert everything.found == Decimal("386259348900.00")
    assert everything.found - everything.expected == Decimal("79999900.00")
    assert everything.advisory
    assert len({record.line for record in records(entries)}) == 11_348
