"""What may change in the report from week to week and year to year, and is read all the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from importers.records import Head, Note, Refusal

from .cgd_reports import (
    Facts,
    Sheets,
    as_facts,
    entries_of,
    failing,
    records,
    report,
    reworded,
    row_of,
    saved,
    wrapped,
)


@pytest.fixture
def sheets() -> Sheets:
    return report()


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """What is read of the report as it usually looks."""
    return as_facts(entries_of(saved(tmp_path_factory.mktemp("usual"), report())))


def test_report_in_its_zip_with_a_dated_folder_reads_the_same(tmp_path: Path, usual: Facts) -> None:
    path = wrapped(saved(tmp_path, report()), "2026.07.03/2026_07_03.xlsx")

    assert as_facts(entries_of(path)) == usual


def test_order_of_rows_does_not_matter(tmp_path: Path, sheets: Sheets, usual: Facts) -> None:
    rows = sheets["3.หน่วยงาน"]
    rows[5:9] = reversed(rows[5:9])

    assert as_facts(entries_of(saved(tmp_path, sheets))) == usual


def test_order_and_numbers_of_sheets_do_not_matter(tmp_path: Path, sheets: Sheets, usual: Facts) -> None:
    names = {tab: tab.split(".", 1)[1] for tab in sheets}
    turned = {f"{line}.{names[tab]}": sheets[tab] for line, tab in enumerate(reversed(sheets), start=1)}

    assert as_facts(entries_of(saved(tmp_path, turned))) == usual


def test_sheet_is_known_by_its_title_where_its_tab_says_nothing(
    tmp_path: Path, sheets: Sheets, usual: Facts
) -> None:
    named = {("Sheet2" if tab == "7.เทศบาล" else tab): rows for tab, rows in sheets.items()}

    assert as_facts(entries_of(saved(tmp_path, named))) == usual


def test_sheet_is_known_by_its_tab_where_its_title_is_damaged(
    tmp_path: Path, sheets: Sheets, usual: Facts
) -> None:
    sheets["3.หน่วยงาน"][0] = ["รายงานผลการเบิ"]

    assert as_facts(entries_of(saved(tmp_path, sheets))) == usual


@pytest.mark.parametrize("more", [1, 4])
def test_header_may_stand_lower(tmp_path: Path, sheets: Sheets, usual: Facts, more: int) -> None:
    for rows in sheets.values():
        rows[3:3] = [["(ข้อมูลเบื้องต้น)"] for _ in range(more)]

    assert as_facts(entries_of(saved(tmp_path, sheets))) == usual


def test_columns_may_stand_in_another_order(tmp_path: Path, sheets: Sheets, usual: Facts) -> None:
    for row in sheets["3.หน่วยงาน"][4:10]:
        row[3], row[4] = row[4], row[3]

    assert as_facts(entries_of(saved(tmp_path, sheets))) == usual


@pytest.mark.parametrize("wording", ["PO", "PO+สำรองเงินแบบมีหนี้", "PO + สำรองเงิน\nมีหนี้", "ก่อหนี้ผูกพัน (PO)"])
def test_orders_are_known_in_other_words(tmp_path: Path, sheets: Sheets, usual: Facts, wording: str) -> None:
    header = sheets["3.หน่วยงาน"][4]
    header[:] = [wording if cell and str(cell).startswith("PO") else cell for cell in header]

    assert as_facts(entries_of(saved(tmp_path, sheets))) == usual


def test_columns_that_follow_from_others_may_come_and_go(
    tmp_path: Path, sheets: Sheets, usual: Facts
) -> None:
    rows = sheets["10.รัฐวิสาหกิจ"]
    rows[4] = [str(cell).replace("ร้อยละ", "คงเหลือ") if cell else cell for cell in rows[4]]

    assert as_facts(entries_of(saved(tmp_path, sheets))) == usual


def test_new_column_of_a_known_measure_is_read(tmp_path: Path, sheets: Sheets) -> None:
    rows = sheets["10.รัฐวิสาหกิจ"]
    for index in (4, 7, 10):
        rows[4][index] = "จัดสรร"
        rows[5][index] = rows[6][index] = 12.5 if index < 10 else 25

    entries = entries_of(saved(tmp_path, sheets))

    assert {record.allotted for record in records(entries, "state_enterprise")} == {Decimal(12_500_000)}
    assert failing(entries) == []


def test_unknown_column_is_refused_by_name_and_the_rest_is_read(
    tmp_path: Path, sheets: Sheets, usual: Facts
) -> None:
    rows = sheets["3.หน่วยงาน"]
    rows[3].append("ดัชนีความสุข")
    rows[5].append(7)

    entries = entries_of(saved(tmp_path, sheets))

    refusal = next(entry for entry in entries if isinstance(entry, Refusal))
    assert (refusal.sheet, refusal.line, refusal.column) == ("3.หน่วยงาน", 5, "P ดัชนีความสุข")
    assert as_facts(entries) == usual


def test_measure_that_only_the_total_has_is_refused_by_name(
    tmp_path: Path, sheets: Sheets, usual: Facts
) -> None:
    rows = sheets["10.รัฐวิสาหกิจ"]
    rows[4][10] = "จัดสรร"

    entries = entries_of(saved(tmp_path, sheets))

    assert [entry.column for entry in entries if isinstance(entry, Refusal)] == ["K รวม จัดสรร"]
    assert as_facts(entries) == usual
    assert failing(entries) == []


def test_unknown_sheet_is_refused_by_name_and_the_rest_is_read(
    tmp_path: Path, sheets: Sheets, usual: Facts
) -> None:
    sheets["16.เงินกู้"] = [["เงินกู้"], ["ลำดับที่", "รายการ"], [1, "โครงการ"]]
    sheets["Sheet1"] = [[None], [" "]]

    entries = entries_of(saved(tmp_path, sheets))

    assert [entry.sheet for entry in entries if isinstance(entry, Refusal)] == ["16.เงินกู้"]
    assert as_facts(entries) == usual


@pytest.mark.parametrize("tab", ["9.ลงทุน 1,000 ล้าน", "14.ส่วนกลางจัดสรรให้จังหวัด(ใช้", "15.กองทุนฯ"])
def test_lack_of_a_second_cut_is_noted(tmp_path: Path, sheets: Sheets, tab: str) -> None:
    del sheets[tab]

    entries = entries_of(saved(tmp_path, sheets))

    notes = [entry for entry in entries if isinstance(entry, Note) and entry.kind == "missing_sheet"]
    assert len(notes) == 1
    assert tab.split(".")[1].startswith(notes[0].published[:10])
    assert failing(entries) == []


def test_report_of_another_year_is_a_part_of_its_own(tmp_path: Path, sheets: Sheets) -> None:
    del sheets["9.ลงทุน 1,000 ล้าน"]

    head, *rest = entries_of(saved(tmp_path, reworded(sheets, "2569", "2568")))

    assert head == Head("2568", 2025, date(2025, 7, 3))
    assert failing(rest) == []


def test_report_of_a_month_is_of_its_last_day(tmp_path: Path, sheets: Sheets) -> None:
    monthly = reworded(sheets, "วันที่ 3 กรกฎาคม", "สิ้นเดือนมิถุนายน")

    head = entries_of(saved(tmp_path, monthly))[0]

    assert head == Head("2569", 2026, date(2026, 6, 30))


def test_month_may_be_written_short(tmp_path: Path, sheets: Sheets) -> None:
    head = entries_of(saved(tmp_path, reworded(sheets, "3 กรกฎาคม", "3 ก.ค.")))[0]

    assert head == Head("2569", 2026, date(2026, 7, 3))


@pytest.mark.parametrize(
    "range_of_days",
    [
        "ตั้งแต่วันที่ 1 ตุลาคม 2568 ถึงวันที่ 3 กรกฎาคม 2569",
        "ตั้งแต่ต้นปีงบประมาณ (1 ตุลาคม 2568) จนถึงวันที่ 3 กรกฎาคม 2569",
        "1 ต.ค. 68 - 3 ก.ค. 69",
    ],
)
@pytest.mark.parametrize("footnote", [True, False])
def test_day_is_the_end_of_the_range_that_the_titles_name(
    tmp_path: Path, sheets: Sheets, range_of_days: str, footnote: bool
) -> None:
    for rows in sheets.values():
        rows[1] = [range_of_days]
        if not footnote:
            rows.pop(row_of(rows, "ข้อมูล ณ วันที่ 3 กรกฎาคม 2569"))

    head = entries_of(saved(tmp_path, sheets))[0]

    assert head == Head("2569", 2026, date(2026, 7, 3))


def test_last_report_of_a_year_may_come_after_its_end(tmp_path: Path, sheets: Sheets) -> None:
    late = reworded(sheets, "3 กรกฎาคม", "๗ ตุลาคม")

    head = entries_of(saved(tmp_path, late))[0]

    assert head == Head("2569", 2026, date(2026, 10, 7))


def test_code_kept_as_a_number_gets_its_zeros_back(tmp_path: Path, sheets: Sheets, usual: Facts) -> None:
    sheets["3.หน่วยงาน"][5][-1] = 8009

    entries = entries_of(saved(tmp_path, sheets))

    assert as_facts(entries) == usual
    assert Note("repaired_code", 6, "8009", "08009", "3.หน่วยงาน") in entries


def test_dash_stands_for_zero_and_noise_of_sums_is_no_money(
    tmp_path: Path, sheets: Sheets, usual: Facts
) -> None:
    rows = sheets["10.รัฐวิสาหกิจ"]
    rows[5][2] = "-"
    rows[5][6] = 1239.5446547100001

    assert as_facts(entries_of(saved(tmp_path, sheets))) == usual


def test_captions_among_the_bodies_are_passed_over(tmp_path: Path, sheets: Sheets, usual: Facts) -> None:
    sheets["3.หน่วยงาน"].insert(5, ["(1)", "(2)", "(3)", "(4)"])
    sheets["3.หน่วยงาน"].insert(7, [None, "สถาบันอุดมศึกษา"])

    assert as_facts(entries_of(saved(tmp_path, sheets))) == usual
