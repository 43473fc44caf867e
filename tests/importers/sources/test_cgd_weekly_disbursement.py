"""The weekly report is read by its words: sheets, columns and rows may move, the sums must hold."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from importers.records import Body, Control, DisbursementRecord, Entry, Head, Note, Refusal

from .cgd_reports import GAP, Sheets, entries_of, failing, records, report, saved

REPORT = "disbursement/cgd-weekly-fy2569/2026_07_03.xlsx"
BAHT = {
    "2.กระทรวง: รวม วงเงินงบประมาณหลังโอนเปลี่ยนแปลง": "2352654028200.00",
    "3.หน่วยงาน: รวม วงเงินงบประมาณหลังโอนเปลี่ยนแปลง": "2392995324800.00",
    "5.อบจ.: รวม วงเงินงบประมาณหลังโอนเปลี่ยนแปลง": "31626065600.00",
    "7.เทศบาล: รวม วงเงินงบประมาณหลังโอนเปลี่ยนแปลง": "139319808900.00",
    "10.รัฐวิสาหกิจ: รวม วงเงินงบประมาณหลังโอนเปลี่ยนแปลง": "148552897900.00",
    "11.จังหวัดได้รับจัดสรร: รวม วงเงินงบประมาณหลังโอนเปลี่ยนแปลง": "26330813600.00",
    "13.ส่วนกลางจัดสรรให้จังหวัด: รวม งบจัดสรรถือจ่ายจังหวัด": "746491177413.66",
    "15.กองทุนฯ: รวม วงเงินงบประมาณหลังโอนเปลี่ยนแปลง": "274373112200.00",
}
"""Totals printed in the report of 3 July 2569."""
ROWS = {
    "overview": 6,
    "ministry": 2 * 24,
    "agency": 2 * 312,
    "agency_spending": 2 * 312,
    "pao": 2 * 76,
    "pao_spending": 2 * 76,
    "municipality": 2 * 2472,
    "municipality_spending": 2 * 2472,
    "large_investment": 57,
    "state_enterprise": 2 * 22,
    "province": 2 * 94,
    "province_spending": 2 * 94,
    "central_to_province": 2 * 76,
    "central_to_province_spending": 2 * 76,
    "fund": 2 * 35,
}


@pytest.fixture
def sheets() -> Sheets:
    return report()


@pytest.fixture(scope="module")
def published(shared_data: Path) -> list[Entry]:
    """What is read of the report of 3 July 2569."""
    return entries_of(shared_data / REPORT)


# What is read


def test_part_is_the_fiscal_year_and_the_date_is_that_of_the_titles(tmp_path: Path, sheets: Sheets) -> None:
    head, *_ = entries_of(saved(tmp_path, sheets))

    assert head == Head(part="2569", fiscal_year=2026, as_of=date(2026, 7, 3))


def test_body_gives_one_record_for_each_economic_class_in_baht(tmp_path: Path, sheets: Sheets) -> None:
    recurrent, investment, *_ = records(entries_of(saved(tmp_path, sheets)), "ministry")

    assert recurrent == DisbursementRecord(
        line=6,
        sheet="2.กระทรวง",
        cut="ministry",
        fiscal_year=2026,
        as_of=date(2026, 7, 3),
        body=Body("กระทรวงคมนาคม", "08", "ministry"),
        economic="recurrent",
        after_transfer=Decimal("12479193036.97"),
        allotted=Decimal("12473299836.97"),
        committed=Decimal("389126627.31"),
        disbursed=Decimal("9253397112.87"),
        cells="after_transfer D6, allotted E6, committed G6, disbursed H6",
    )
    assert (investment.economic, investment.disbursed) == ("investment", Decimal("97536980232.98"))


def test_every_sheet_has_its_cut_and_kind_of_body(tmp_path: Path, sheets: Sheets) -> None:
    found = {record.cut: record.body for record in records(entries_of(saved(tmp_path, sheets)))}

    assert set(found) == set(ROWS)
    assert found["pao"] == Body("องค์การบริหารส่วนจังหวัดสุรินทร์", "756XG", "pao", "75")
    assert found["municipality"] == Body("เทศบาลตำบลสระแก้ว", "757E1", "municipality", "75")
    assert found["state_enterprise"] == Body("การประปาส่วนภูมิภาค", "50602", "state_enterprise")
    assert found["province"] == Body("กลุ่มจังหวัดภาคตะวันออก2", "70260", "province", "70")
    assert found["fund"] == Body("กองทุนจัดรูปที่ดิน", "69808085500C200", "fund")


def test_agency_stands_under_the_ministry_its_code_begins_with(tmp_path: Path, sheets: Sheets) -> None:
    found = {record.body for record in records(entries_of(saved(tmp_path, sheets)), "agency")}

    assert Body("กรมท่าอากาศยาน", "08009", "agency", "08") in found
    assert Body("กรุงเทพมหานคร", "75002", "agency", "75") in found


def test_bodies_of_one_name_are_told_apart_by_their_codes(tmp_path: Path, sheets: Sheets) -> None:
    entries = entries_of(saved(tmp_path, sheets))

    codes = {r.body.code for r in records(entries, "agency") if r.body.name == "มหาวิทยาลัยอุบลราชธานี"}

    assert codes == {"23009", "23101"}
    assert not [entry for entry in entries if isinstance(entry, Refusal)]


def test_money_held_in_a_province_has_a_province_and_no_body(tmp_path: Path, sheets: Sheets) -> None:
    record = records(entries_of(saved(tmp_path, sheets)), "central_to_province")[0]

    assert record.province_code == "83"
    assert record.body == Body("ภูเก็ต", "8300", "")
    assert (record.after_transfer, record.allotted) == (None, Decimal("3437754074.28"))


def test_bodies_that_bear_the_name_of_their_province_are_of_it(tmp_path: Path, sheets: Sheets) -> None:
    entries = entries_of(saved(tmp_path, sheets))

    places = {(record.body.name, record.province_code) for record in records(entries) if record.body}
    assert ("องค์การบริหารส่วนจังหวัดสุรินทร์", "32") in places
    assert ("กลุ่มจังหวัดภาคตะวันออก2", "") in places
    assert {place for name, place in places if name.startswith(("เทศบาล", "กระทรวง"))} == {""}
    own = [(name, place) for name, place in places if name.startswith("จังหวัด")]
    assert all(place for _name, place in own)
    assert own


def test_investment_over_a_thousand_million_is_investment_alone(tmp_path: Path, sheets: Sheets) -> None:
    found = records(entries_of(saved(tmp_path, sheets)), "large_investment")

    assert {record.economic for record in found} == {"investment"}
    assert found[0].spent == Decimal("2779644849.10")


def test_distance_from_the_target_keeps_its_sign_and_every_digit(tmp_path: Path, sheets: Sheets) -> None:
    record = records(entries_of(saved(tmp_path, sheets)), "agency_spending")[0]

    assert record.target_gap == Decimal("-46.32914459993545")
    assert record.disbursed is None


def test_target_of_a_body_without_budget_is_unknown(tmp_path: Path, sheets: Sheets) -> None:
    rows = sheets["4.หน่วยงาน(ใช้จ่าย)"]
    rows[5][rows[4].index(GAP)] = "#DIV/0!"

    entries = entries_of(saved(tmp_path, sheets))

    assert records(entries, "agency_spending")[0].target_gap is None
    assert failing(entries) == []


def test_lines_of_the_overview_are_known_by_their_numbers(tmp_path: Path, sheets: Sheets) -> None:
    found = {r.body.code: r for r in records(entries_of(saved(tmp_path, sheets)), "overview")}

    assert {code: r.economic for code, r in found.items()} == {
        "1": "total",
        "1.1": "recurrent",
        "1.2": "investment",
        "1.2x": "investment",
        "2": "total",
        "total": "total",
    }
    assert found["1"].after_transfer == Decimal("3780600000000.00")
    assert found["2"].allotted is None
    assert found["2"].body == Body("2. เงินกันไว้เบิกเหลื่อมปี", "2", "")


def test_names_are_mended_where_letters_only_look_right(tmp_path: Path, sheets: Sheets) -> None:
    entries = entries_of(saved(tmp_path, sheets))

    note = next(entry for entry in entries if isinstance(entry, Note))

    assert note.kind == "repaired_agency"
    assert {"\u00a0", "เ"} <= set(note.published)
    assert note.read_as == "ส่วนราชการไม่สังกัดสำนักนายกรัฐมนตรี กระทรวงหรือทบวง และหน่วยงานภายใต้การควบคุม"
    assert note.read_as in {record.body.name for record in records(entries, "ministry")}


def test_total_row_and_footnotes_are_no_bodies(tmp_path: Path, sheets: Sheets) -> None:
    names = {record.body.name for record in records(entries_of(saved(tmp_path, sheets)))}

    assert not [name for name in names if name.startswith(("รวม", "หมายเหตุ", "ที่มา")) and name != "รวมทั้งสิ้น"]


def test_each_column_of_money_is_compared_with_its_printed_total(tmp_path: Path, sheets: Sheets) -> None:
    controls = [entry for entry in entries_of(saved(tmp_path, sheets)) if isinstance(entry, Control)]

    agencies = [control for control in controls if control.name.startswith("3.หน่วยงาน:")]

    assert len(agencies) == 9
    assert {control.tolerance for control in controls} == {Decimal(10_000)}
    assert all(control.expected == control.found for control in controls)


# The published report


def test_published_report_comes_to_its_totals_to_the_satang(published: list[Entry]) -> None:
    controls = {entry.name: entry for entry in published if isinstance(entry, Control)}

    assert len(controls) == 110
    assert all(control.expected == control.found for control in controls.values())
    assert {name: str(controls[name].found) for name in BAHT} == BAHT
    assert not [entry for entry in published if isinstance(entry, Refusal)]


def test_published_report_has_all_rows_of_all_cuts(published: list[Entry]) -> None:
    found = records(published)

    assert Counter(record.cut for record in found) == Counter(ROWS)
    assert len({record.key for record in found}) == len(found)


def test_published_overview_has_the_whole_budget_and_what_was_carried_over(published: list[Entry]) -> None:
    lines = {r.body.code: r for r in records(published, "overview")}

    assert lines["1"].after_transfer == Decimal("3780600000000.00")
    assert lines["1"].disbursed == Decimal("2940281460000.00")
    assert lines["2"].after_transfer == Decimal("320696390000.00")
    assert lines["total"].spent == Decimal("3448842060000.00")


def test_published_agencies_come_to_their_ministries(published: list[Entry]) -> None:
    ministries = Counter[tuple[str, str]]()
    for record in records(published, "ministry"):
        ministries[record.body.code, record.economic] += record.disbursed or Decimal(0)

    agencies = Counter[tuple[str, str]]()
    for record in records(published, "agency"):
        agencies[record.body.ministry_code, record.economic] += record.disbursed or Decimal(0)

    outside = {"60", "75"}  # the Thai Red Cross; Bangkok and Pattaya
    assert {key: amount for key, amount in agencies.items() if key[0] not in outside} == ministries


# The spending targets of the month


def test_target_of_the_whole_budget_is_read_from_the_footnote(tmp_path: Path, sheets: Sheets) -> None:
    lines = {r.body.code: r for r in records(entries_of(saved(tmp_path, sheets)), "overview")}

    assert lines["1"].target == Decimal("87.00")
    assert lines["2"].target is None


def test_published_report_prints_the_target_of_the_whole_and_of_both_classes(published: list[Entry]) -> None:
    found = {
        entry.body.code: entry.target
        for entry in published
        if isinstance(entry, DisbursementRecord) and entry.cut == "overview" and entry.target is not None
    }

    assert found == {"1": Decimal("87.00"), "1.1": Decimal("89.00"), "1.2": Decimal("79.00")}
