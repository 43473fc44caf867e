"""A weekly report that is damaged or mixed is refused with its sheet and cell, a bad row with its own."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from importers.errors import FileError
from importers.records import Control, DisbursementRecord, Entry, Note, Refusal

from .cgd_reports import GAP, PAID, Sheets, entries_of, report, reworded, row_of, saved

AGENCIES, MINISTRIES, FUNDS = "3.หน่วยงาน", "2.กระทรวง", "15.กองทุนฯ"


def refused(path: Path) -> FileError:
    with pytest.raises(FileError) as error:
        entries_of(path)
    return error.value


def only_refusal(entries: list[Entry]) -> Refusal:
    (refusal,) = [entry for entry in entries if isinstance(entry, Refusal)]
    return refusal


def failing(entries: list[Entry]) -> list[Control]:
    return [entry for entry in entries if isinstance(entry, Control) and not entry.holds]


@pytest.fixture
def sheets() -> Sheets:
    return report()


# The file as a whole


@pytest.mark.parametrize("tab", ["1.สรุปภาพรวม", "2.กระทรวง", "3.หน่วยงาน"])
def test_report_without_what_makes_it_one_is_refused(tmp_path: Path, sheets: Sheets, tab: str) -> None:
    del sheets[tab]

    error = refused(saved(tmp_path, sheets))

    assert tab.split(".")[1] in error.reason


def test_other_workbook_is_no_weekly_report(tmp_path: Path) -> None:
    error = refused(saved(tmp_path, {"Sheet1": [["Month", "Use"], ["2004-10", 3657.661]]}))

    assert "no weekly report" in error.reason


def test_sheet_of_another_week_is_named_with_its_cell(tmp_path: Path, sheets: Sheets) -> None:
    sheets[FUNDS] = reworded({FUNDS: sheets[FUNDS]}, "3 กรกฎาคม", "26 มิถุนายน")[FUNDS]

    error = refused(saved(tmp_path, sheets))

    assert error.place == "15.กองทุนฯ!A2"
    assert error.reason == "This says 2026-06-26, but the sheets before say 2026-07-03."


def test_footnote_of_another_day_than_the_title_is_named_with_its_cell(
    tmp_path: Path, sheets: Sheets
) -> None:
    sheets[FUNDS][-2] = ["ข้อมูล ณ วันที่ 4 กรกฎาคม 2569"]

    error = refused(saved(tmp_path, sheets))

    assert error.place == f"15.กองทุนฯ!A{len(sheets[FUNDS]) - 1}"


def test_day_of_a_note_about_something_else_does_not_count(tmp_path: Path, sheets: Sheets) -> None:
    sheets[MINISTRIES][-5] = [None, None, "แผนการใช้จ่ายเป็นแผนสะสมจนถึงวันที่ 26 มิถุนายน 2569"]

    entries = entries_of(saved(tmp_path, sheets))

    assert failing(entries) == []


def test_sheet_without_any_day_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    sheets[FUNDS] = reworded({FUNDS: sheets[FUNDS]}, "3 กรกฎาคม 2569", "")[FUNDS]

    error = refused(saved(tmp_path, sheets))

    assert error.place == FUNDS
    assert "ข้อมูล ณ วันที่" in error.reason


def test_day_that_never_was_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    error = refused(saved(tmp_path, reworded(sheets, "3 กรกฎาคม", "31 มิถุนายน")))

    assert (error.reason, error.place) == ("There is no such day.", "1.สรุปภาพรวม!A2")


def test_day_outside_the_year_of_the_titles_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    error = refused(saved(tmp_path, reworded(sheets, "กรกฎาคม 2569", "กรกฎาคม 2568")))

    assert error.reason == "The figures are of 2025-07-03, but the titles name the fiscal year 2569."


def test_titles_of_two_years_are_refused(tmp_path: Path, sheets: Sheets) -> None:
    sheets[AGENCIES][0] = [str(sheets[AGENCIES][0][0]).replace("พ.ศ. 2569", "พ.ศ. 2568")]

    error = refused(saved(tmp_path, sheets))

    assert error.place == "3.หน่วยงาน!A1"


def test_report_in_another_unit_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    every = refused(saved(tmp_path, reworded(sheets, "ล้านบาท", "บาท")))
    sheets[AGENCIES][2] = ["หน่วย: บาท"]
    one = refused(saved(tmp_path, sheets))

    assert one.place == "3.หน่วยงาน!A3"
    assert "ล้านบาท" in every.reason


def test_tab_and_title_that_contradict_each_other_are_refused(tmp_path: Path, sheets: Sheets) -> None:
    sheets[AGENCIES][0] = list(sheets["7.เทศบาล"][0])

    error = refused(saved(tmp_path, sheets))

    assert error.place == AGENCIES
    assert "จำแนกตามเทศบาล" in error.reason


def test_two_sheets_of_one_cut_are_refused(tmp_path: Path, sheets: Sheets) -> None:
    sheets["หน่วยงาน (2)"] = sheets[AGENCIES]

    error = refused(saved(tmp_path, sheets))

    assert error.place == "หน่วยงาน (2)"
    assert AGENCIES in error.reason


def test_hidden_sheet_is_not_read_but_noted(tmp_path: Path, sheets: Sheets) -> None:
    sheets["หน่วยงาน (2)"] = sheets[AGENCIES]
    path = saved(tmp_path, sheets)
    book = openpyxl.load_workbook(path)
    book["หน่วยงาน (2)"].sheet_state = "hidden"
    book.save(path)

    entries = entries_of(path)

    assert Note("hidden_sheet", 1, "หน่วยงาน (2)", sheet="หน่วยงาน (2)") in entries


def test_hidden_sheet_may_hold_anything(tmp_path: Path, sheets: Sheets) -> None:
    sheets["ข้อมูลดิบ"] = [["x"]] * 20_001
    path = saved(tmp_path, sheets)
    book = openpyxl.load_workbook(path)
    book["ข้อมูลดิบ"].sheet_state = "hidden"
    book.save(path)

    assert not [entry for entry in entries_of(path) if isinstance(entry, Refusal)]


def test_sheet_that_is_no_report_at_all_has_too_many_columns(tmp_path: Path, sheets: Sheets) -> None:
    sheets[FUNDS][2] += ["x"] * 200

    error = refused(saved(tmp_path, sheets))

    assert error.place == FUNDS
    assert "200 columns" in error.reason


def test_sheet_that_is_no_report_at_all_has_too_many_rows(tmp_path: Path, sheets: Sheets) -> None:
    sheets[FUNDS] += [["x"]] * 20_001

    error = refused(saved(tmp_path, sheets))

    assert error.place == FUNDS


# The table of a sheet


def test_sheet_without_header_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    sheets[AGENCIES][3][0] = None

    error = refused(saved(tmp_path, sheets))

    assert error.place == AGENCIES
    assert "ลำดับที่" in error.reason


def test_table_without_its_total_was_cut_off(tmp_path: Path, sheets: Sheets) -> None:
    del sheets[AGENCIES][row_of(sheets[AGENCIES], " ") :]
    sheets[AGENCIES].append(["ข้อมูล ณ วันที่ 3 กรกฎาคม 2569"])

    error = refused(saved(tmp_path, sheets))

    assert error.place == AGENCIES
    assert "รวม" in error.reason


def test_total_that_is_no_number_is_named_with_its_cell(tmp_path: Path, sheets: Sheets) -> None:
    line = row_of(sheets[AGENCIES], " ")
    sheets[AGENCIES][line][2] = "#REF!"

    error = refused(saved(tmp_path, sheets))

    assert error.place == f"3.หน่วยงาน!C{line + 1}"


def test_measure_under_an_unknown_name_is_refused_with_what_is_known(tmp_path: Path, sheets: Sheets) -> None:
    sheets[AGENCIES][4] = ["จ่ายจริง" if cell == PAID else cell for cell in sheets[AGENCIES][4]]

    error = refused(saved(tmp_path, sheets))

    assert error.place == "3.หน่วยงาน!A4"
    assert "E รายจ่ายประจำ จ่ายจริง" in error.reason


def test_economic_class_under_an_unknown_name_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    sheets[AGENCIES][3] = ["รายจ่ายพิเศษ" if cell == "รายจ่ายลงทุน" else cell for cell in sheets[AGENCIES][3]]

    error = refused(saved(tmp_path, sheets))

    assert error.place == "3.หน่วยงาน!A4"


def test_two_columns_of_one_meaning_are_refused(tmp_path: Path, sheets: Sheets) -> None:
    sheets[AGENCIES][4][3] = PAID

    error = refused(saved(tmp_path, sheets))

    assert error.place == "3.หน่วยงาน!A4"
    assert "เบิกจ่าย" in error.reason


def test_table_without_codes_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    for row in sheets[AGENCIES][3:10]:
        del row[14:]

    error = refused(saved(tmp_path, sheets))

    assert error.place == "3.หน่วยงาน!A4"
    assert "codes" in error.reason


# A row


def change(column: int, value: object, row: int = 5) -> Callable[[Sheets], None]:
    def apply(sheets: Sheets) -> None:
        sheets[AGENCIES][row][column] = value

    return apply


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        pytest.param(change(14, None), "O รหัสกรม", "The cell is blank.", id="no code"),
        pytest.param(change(14, "0800"), "O รหัสกรม", "The code does not have", id="short code"),
        pytest.param(change(14, "23009"), "O รหัสกรม", "This code stood in row", id="repeated code"),
        pytest.param(change(1, " "), "B หน่วยงาน", "The cell is blank.", id="no name"),
        pytest.param(change(1, "#N/A"), "B หน่วยงาน", "shows an error", id="error for a name"),
        pytest.param(change(1, "กรม" * 90), "B หน่วยงาน", "270 letters", id="names run together"),
        pytest.param(change(4, "429.5421 ล้าน"), "E รายจ่ายประจำ เบิกจ่าย", "This is not a number.", id="words"),
        pytest.param(change(4, None), "E รายจ่ายประจำ เบิกจ่าย", "The cell is blank.", id="no amount"),
        pytest.param(change(4, -429.54215307), "E รายจ่ายประจำ เบิกจ่าย", "negative amount", id="negative"),
        pytest.param(
            change(4, 0.123456789), "E รายจ่ายประจำ เบิกจ่าย", "The amount is not a whole", id="part satang"
        ),
        pytest.param(change(4, 430.54215307), "M รวม เบิกจ่าย", "The row's own parts come to", id="parts"),
    ],
)
def test_bad_row_is_refused_with_its_cell_and_misses_in_the_totals(
    tmp_path: Path, sheets: Sheets, changed: Callable[[Sheets], None], column: str, reason: str
) -> None:
    changed(sheets)

    entries = entries_of(saved(tmp_path, sheets))

    refusal = only_refusal(entries)
    assert (refusal.sheet, refusal.column) == (AGENCIES, column)
    assert reason in refusal.reason
    assert {control.name.split(":")[0] for control in failing(entries)} == {AGENCIES}


def test_percentage_typed_as_text_is_refused_where_it_is_kept_and_ignored_elsewhere(
    tmp_path: Path, sheets: Sheets
) -> None:
    sheets[AGENCIES][5][5] = "ร้อยละ 70"
    spending = sheets["4.หน่วยงาน(ใช้จ่าย)"]
    spending[5][spending[4].index(GAP)] = "-46.33%"

    refusal = only_refusal(entries_of(saved(tmp_path, sheets)))

    assert (refusal.sheet, refusal.line, refusal.value) == ("4.หน่วยงาน(ใช้จ่าย)", 6, "-46.33%")


def test_distance_from_the_target_that_can_be_none_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    spending = sheets["4.หน่วยงาน(ใช้จ่าย)"]
    spending[row_of(spending, "08009")][7] = 1e300

    refusal = only_refusal(entries_of(saved(tmp_path, sheets)))

    assert (refusal.sheet, refusal.column[:1]) == ("4.หน่วยงาน(ใช้จ่าย)", "H")
    assert "percentage points" in refusal.reason


def test_body_below_the_total_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    rows = sheets[AGENCIES]
    rows.append([5, "กรมการข้าว", *rows[5][2:14], "07018"])

    entries = entries_of(saved(tmp_path, sheets))

    assert only_refusal(entries).value == "กรมการข้าว"
    assert failing(entries) == []


def test_row_that_is_no_province_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    sheets["13.ส่วนกลางจัดสรรให้จังหวัด"][6][-1] = "2900"

    refusal = only_refusal(entries_of(saved(tmp_path, sheets)))

    assert (refusal.value, refusal.reason) == ("2900", "No province has this code.")


def test_total_that_is_off_by_one_million_does_not_hold(tmp_path: Path, sheets: Sheets) -> None:
    total = sheets[FUNDS][row_of(sheets[FUNDS], " ")]
    total[3] = float(str(total[3])) + 1

    (control,) = failing(entries_of(saved(tmp_path, sheets)))

    assert control.name == "15.กองทุนฯ: รายจ่ายประจำ เบิกจ่าย"
    assert control.expected - control.found == Decimal(1_000_000)


# The overview


def test_overview_whose_parts_do_not_add_up_does_not_hold(tmp_path: Path, sheets: Sheets) -> None:
    sheets["1.สรุปภาพรวม"][6][1] = 2976555.54

    (control,) = failing(entries_of(saved(tmp_path, sheets)))

    assert control.name == "1.สรุปภาพรวม: 1.1 + 1.2 = 1, วงเงินงบประมาณหลังโอนเปลี่ยนแปลง"


def test_unknown_line_of_the_overview_is_refused_and_the_rest_is_read(tmp_path: Path, sheets: Sheets) -> None:
    rows = sheets["1.สรุปภาพรวม"]
    rows.insert(9, ["เงินกู้เพื่อฟื้นฟู", 5, 5, 5, 100, 5, 100, 0, 0])

    entries = entries_of(saved(tmp_path, sheets))

    assert only_refusal(entries).value == "เงินกู้เพื่อฟื้นฟู"
    assert len([e for e in entries if isinstance(e, DisbursementRecord) and e.cut == "overview"]) == 6


def test_number_of_a_line_that_nobody_prints_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    sheets["1.สรุปภาพรวม"].insert(9, ["3" * 50 + ". อื่น ๆ", 1, 1, 1, 1, 1, 1, 1, 1])

    refusal = only_refusal(entries_of(saved(tmp_path, sheets)))

    assert (refusal.line, refusal.column) == (10, "A รายการ")


@pytest.mark.parametrize("label", ["1. งบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. 2569", "รวมทั้งสิ้น"])
def test_overview_without_the_budget_or_the_total_is_refused(
    tmp_path: Path, sheets: Sheets, label: str
) -> None:
    rows = sheets["1.สรุปภาพรวม"]
    rows[row_of(rows, label)] = []

    error = refused(saved(tmp_path, sheets))

    assert error.place == "1.สรุปภาพรวม"


def test_formula_that_was_never_computed_is_no_amount(tmp_path: Path, sheets: Sheets) -> None:
    sheets["1.สรุปภาพรวม"][6][1] = "=B6-B8"

    refusal = only_refusal(entries_of(saved(tmp_path, sheets)))

    assert (refusal.line, refusal.column) == (7, "B วงเงินงบประมาณหลังโอนเปลี่ยนแปลง")
