"""The printed budget book, on small books of our own: lines with their path, and totals that must hold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from importers.errors import FileError
from importers.records import AllocationRecord, CommitmentRecord, Control, Entry, Head, Note, Refusal
from importers.sources.bb_budget_pdf import BudgetBookPdf

from .budget_rows import only
from .printed_books import (
    AGENCY,
    COVER,
    DETAILS,
    MINISTRY,
    ROWS,
    Row,
    aside,
    details,
    front,
    line,
    plan,
    small_book,
    small_pages,
    write_book,
)


def entries(path: Path) -> list[Entry]:
    return list(BudgetBookPdf().entries(path))


def lines(tmp_path: Path, *rows: Row, total: str) -> list[AllocationRecord]:
    found = entries(small_book(tmp_path, rows, total))
    assert only(Refusal, found) == []
    return only(AllocationRecord, found)


def test_a_volume_is_named_by_its_cover(tmp_path: Path) -> None:
    head = only(Head, entries(small_book(tmp_path)))[0]

    assert (head.part, head.fiscal_year) == ("2022.3.99", 2022)


def test_a_volume_of_a_ministry_in_several_is_named_so(tmp_path: Path) -> None:
    pages = small_pages()
    pages[0][-1] = "เล่มที่ ๓ (๕)"

    found = entries(write_book(tmp_path / "volume.pdf", pages))

    assert only(Head, found)[0].part == "2022.3.3(5)"
    assert [control.advisory for control in only(Control, found)] == [False, True]


def test_a_line_has_its_path_amount_and_page(tmp_path: Path) -> None:
    first, second, third = only(AllocationRecord, entries(small_book(tmp_path)))

    assert (first.ministry.name, first.agency.name, first.plan) == (MINISTRY, AGENCY, "แผนงานพื้นฐานตัวอย่าง")
    assert (first.activity_kind, first.activity) == ("output", "งานที่ทำแล้วเสร็จ")
    assert first.category == ("งบดำเนินงาน", "ค่าตอบแทน ใช้สอยและวัสดุ")
    assert (first.description, first.amount) == ("น้ำดื่ม", Decimal(300))
    assert (first.item_id, first.page, first.line) == ("2022.3.99.p4-1", 4, 5)
    assert second.description == "ค่าที่พักและค่าพาหนะสำหรับผู้เข้าร่วม การประชุมทั้งสิ้น 1,250 คน"
    assert third.category == ("งบลงทุน", "ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง", "ค่าที่ดินและสิ่งก่อสร้าง")
    assert third.obliged


def test_the_years_of_an_obligation_are_commitments(tmp_path: Path) -> None:
    found = only(CommitmentRecord, entries(small_book(tmp_path)))

    assert [(c.fiscal_year, c.until_year, c.amount) for c in found] == [
        (2021, 2021, Decimal(400)), (2022, 2022, Decimal(500)), (2023, 2024, Decimal(1000))
    ]  # fmt: skip
    assert {c.line_item_id for c in found} == {"2022.3.99.p4-3"}
    assert found[1].item_id == "2022.3.99.p4-3"


def test_every_printed_total_is_a_control(tmp_path: Path) -> None:
    controls = only(Control, entries(small_book(tmp_path)))

    assert [(c.name, c.expected, c.found) for c in controls] == [
        (f"{MINISTRY} · {AGENCY}", Decimal(1200), Decimal(1200)), (MINISTRY, Decimal(1200), Decimal(1200))
    ]  # fmt: skip


WATER, OPERATIONS = line("(1) น้ำดื่ม", "300"), line("1. งบดำเนินงาน", "700")
WRONG = [
    (WATER, line("(1) น้ำดื่ม", "301"), "ค่าตอบแทน ใช้สอยและวัสดุ", "700", "701"),
    (OPERATIONS, line("1. งบดำเนินงาน", "710"), "ผลผลิต : งานที่ทำแล้วเสร็จ", "1,200", "1,210"),
]


@pytest.mark.parametrize(("right", "wrong", "name", "printed", "summed"), WRONG)
def test_an_agency_that_does_not_add_up_is_refused_as_a_whole(
    tmp_path: Path, right: Row, wrong: Row, name: str, printed: str, summed: str
) -> None:
    rows = [wrong if row == right else row for row in ROWS]

    found = entries(small_book(tmp_path, rows))

    assert only(AllocationRecord, found) == only(CommitmentRecord, found) == []
    refusal = only(Refusal, found)[0]
    assert refusal.value == f"{name} (2–4)"
    assert refusal.reason == (
        f"Printed page 4 gives {printed} baht, but the lines below come to {summed} baht."
    )
    assert [control.holds for control in only(Control, found)] == [False, False]


def test_another_agency_of_the_volume_stays(tmp_path: Path) -> None:
    pages = small_pages()
    pages += [front(MINISTRY, "กรมที่สอง", baht="900"), plan("7.1 แผนงานพื้นฐานตัวอย่าง", "800")]
    pages += [details("โครงการ : งานอื่น", "800", line("1. งบรายจ่ายอื่น", "800"))]

    found = entries(write_book(tmp_path / "volume.pdf", pages))

    assert {record.agency.name for record in only(AllocationRecord, found)} == {AGENCY}
    assert only(Refusal, found)[0].reason == (
        "Printed page 5 gives 900 baht, but the lines below come to 800 baht."
    )


def test_a_plan_whose_details_are_missing_is_noticed(tmp_path: Path) -> None:
    found = entries(write_book(tmp_path / "volume.pdf", small_pages()[:4]))

    assert only(Refusal, found)[0].value == "แผนงานพื้นฐานตัวอย่าง (2–3)"


def test_totals_by_budget_type_are_checked_too(tmp_path: Path) -> None:
    pages = small_pages(total="1,200,000", rows=[line("1. งบลงทุน", "1,200,000")])
    pages.insert(3, ["6.2 จำแนกตามแผนงาน ผลผลิต/โครงการ และงบรายจ่าย", "รวมทั้งสิ้น - 1.2000 - - - 1.2000"])

    found = entries(write_book(tmp_path / "volume.pdf", pages))

    assert [refusal.value for refusal in only(Refusal, found)] == [
        f"{AGENCY}: งบดำเนินงาน (2–5)", f"{AGENCY}: งบลงทุน (2–5)"
    ]  # fmt: skip


def test_the_obligations_of_a_ministry_are_compared_with_its_overview(tmp_path: Path) -> None:
    pages = small_pages()
    pages[1:2] = [
        pages[1],
        ["7. รายการผูกพันข้ามปีงบประมาณในปีงบประมาณ พ.ศ. 2565", "รวมทั้งสิ้น 0.0005 0.0010 - 0.0090 -"],
    ]

    controls = only(Control, entries(write_book(tmp_path / "volume.pdf", pages)))[2:]

    assert [(c.name[-4:], c.expected, c.found) for c in controls] == [
        ("2565", Decimal(500), Decimal(500)), ("2566", Decimal(1000), Decimal(1000)),
        ("2567", Decimal(0), Decimal(0)), ("568+", Decimal(9000), Decimal(0)),
    ]  # fmt: skip
    assert [(c.holds, c.advisory) for c in controls] == [
        (True, True),
        (True, True),
        (True, True),
        (False, True),
    ]


def test_lines_go_on_over_a_page_break(tmp_path: Path) -> None:
    pages = small_pages()
    pages[-1:] = [pages[-1][:5], pages[-1][5:]]

    found = only(AllocationRecord, entries(write_book(tmp_path / "volume.pdf", pages)))

    assert [record.item_id for record in found] == ["2022.3.99.p4-1", "2022.3.99.p5-1", "2022.3.99.p5-2"]


def test_details_need_no_title_above_their_heading(tmp_path: Path) -> None:
    pages = small_pages()
    pages[-1].remove(DETAILS)

    assert len(only(AllocationRecord, entries(write_book(tmp_path / "volume.pdf", pages)))) == 3


def test_a_title_repeated_on_the_next_page_goes_on_with_the_same_details(tmp_path: Path) -> None:
    pages = small_pages()
    pages[-1:] = [pages[-1][:5], [DETAILS, *pages[-1][5:]]]

    assert len(only(AllocationRecord, entries(write_book(tmp_path / "volume.pdf", pages)))) == 3


def test_a_line_named_after_a_plan_is_a_line(tmp_path: Path) -> None:
    pages = small_pages(
        rows=[
            line("1. งบเงินอุดหนุน", "1,200"),
            line("1.1 แผนงานร่วมกับประชาชน", "700"),
            line("1.1.1 โครงการริมคลอง", "700"),
            line("1.2 เงินอุดหนุนทั่วไป", "500"),
        ]
    )
    pages[3].insert(0, "7. รายละเอียดงบประมาณจำแนกตามแผนงาน และ ผลผลิต/โครงการ")

    found = only(AllocationRecord, entries(write_book(tmp_path / "volume.pdf", pages)))

    assert [record.description for record in found] == ["โครงการริมคลอง", "เงินอุดหนุนทั่วไป"]


def test_personnel_has_no_output_and_no_project(tmp_path: Path) -> None:
    pages = small_pages()
    pages[-1][1] = line("รายการบุคลากรภาครัฐ", "1,200")

    found = only(AllocationRecord, entries(write_book(tmp_path / "volume.pdf", pages)))

    assert {(record.activity_kind, record.activity) for record in found} == {("", "")}


def test_a_dotted_number_below_a_half_bracket_belongs_there(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        line("1. งบเงินอุดหนุน", "90"),
        line("1.1 เงินอุดหนุนทั่วไป", "90"),
        line("1) ค่าใช้จ่ายดำเนินงาน", "40"),
        line("2) ค่าใช้จ่ายลงทุน", "50"),
        line("2.1 ค่าครุภัณฑ์", "50"),
        line("(1) เครื่องพิมพ์ 1 เครื่อง", "50"),
        total="90",
    )

    assert [record.category[2:] for record in found] == [(), ("ค่าใช้จ่ายลงทุน", "ค่าครุภัณฑ์")]


def test_words_that_look_like_a_number_are_words(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        line("1. งบลงทุน", "70"),
        line("1.1 ค่าครุภัณฑ์", "70"),
        line("(1) กล้องขนาดเส้นผ่านศูนย์กลาง"),
        line("2.4 เมตร พร้อมขาตั้ง", "70", x=75),
        total="70",
    )

    assert found[0].description == "กล้องขนาดเส้นผ่านศูนย์กลาง 2.4 เมตร พร้อมขาตั้ง"


def test_money_from_other_sources_is_not_read(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        aside("เงินนอกงบประมาณ", "5,000"),
        line("1. งบรายจ่ายอื่น", "70"),
        aside("เงินนอกงบประมาณ", "5,000"),
        line("1) ค่าอาหาร", "70"),
        aside("เงินนอกงบประมาณ", "5,000"),
        total="70",
    )

    assert [(record.description, record.amount) for record in found] == [("ค่าอาหาร", Decimal(70))]


@pytest.mark.parametrize("numbers", [("(1.1)", "(1.2)"), ("(1)", "(2)"), ("-", "-")])
def test_a_list_of_what_obliges_other_years_adds_no_money(tmp_path: Path, numbers: tuple[str, str]) -> None:
    first, second = numbers
    above = [] if first == "(1)" else [line("(1) ค่าควบคุมงาน รวม 3 รายการ", "70")]
    rows = [
        line("1. งบเงินอุดหนุน", "70"), line("1) ค่าใช้จ่ายดำเนินงาน", "70"), *above,
        line(f"{first} งานที่หนึ่ง", "20"), aside("ปี 2565 ตั้งงบประมาณ", "20"), aside("ปี 2566 ผูกพันงบประมาณ", "80"),
        line(f"{second} งานที่สอง", "-"), aside("ปี 2566 ผูกพันงบประมาณ", "9"),
    ]  # fmt: skip

    found = entries(small_book(tmp_path, rows, "70"))

    assert [(record.amount, record.obliged) for record in only(AllocationRecord, found)] == [
        (Decimal(70), True)
    ]
    assert [c.amount for c in only(CommitmentRecord, found)] == [Decimal(20), Decimal(80), Decimal(9)]
    assert {c.item_id for c in only(CommitmentRecord, found)} == {
        "2022.3.99.p4-1.1", "2022.3.99.p4-1.1-2023", "2022.3.99.p4-1.2-2023"
    }  # fmt: skip
    assert {c.line_item_id for c in only(CommitmentRecord, found)} == {"2022.3.99.p4-1"}
    assert [note.kind for note in only(Note, found)] == ["of_which", "of_which"]


def test_dashes_that_come_to_all_of_a_line_are_its_lines(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        line("1. งบรายจ่ายอื่น", "70"),
        line("1) ค่าก่อสร้างบ้านพัก", "70"),
        line("- ที่หนึ่ง", "20"),
        line("- ที่สอง"),
        line("ริมแม่น้ำ", "50", x=75),
        total="70",
    )

    assert [(record.category[-1], record.description, record.amount) for record in found] == [
        ("ค่าก่อสร้างบ้านพัก", "ที่หนึ่ง", Decimal(20)), ("ค่าก่อสร้างบ้านพัก", "ที่สอง ริมแม่น้ำ", Decimal(50))
    ]  # fmt: skip


def test_dashes_without_amounts_are_words(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        line("1. งบรายจ่ายอื่น", "70"),
        line("1) ขุดลอก"),
        "- ห้วยหนึ่ง",
        line("- ห้วยสอง", "50"),
        line("2) ปลูกต้นไม้", "20"),
        "- ต้นสัก",
        total="70",
    )

    assert [record.description for record in found] == ["ขุดลอก - ห้วยหนึ่ง - ห้วยสอง", "ปลูกต้นไม้ - ต้นสัก"]


def test_a_line_without_a_number_stands_beside_the_line_before(tmp_path: Path) -> None:
    found = lines(
        tmp_path, line("1. งบรายจ่ายอื่น", "70"), line("1) ค่าอาหาร", "20"), line("ค่าน้ำ", "30"),
        line("3) ค่าไฟ", "20"), total="70",
    )  # fmt: skip

    assert [record.description for record in found] == ["ค่าอาหาร", "ค่าน้ำ", "ค่าไฟ"]


@pytest.mark.parametrize("number", ["2)", "4)"])
def test_a_number_given_twice_or_left_out_is_a_line_of_its_own(tmp_path: Path, number: str) -> None:
    found = lines(
        tmp_path, line("1. งบรายจ่ายอื่น", "70"), line("1) ค่าอาหาร", "20"), line("2) ค่าน้ำ", "30"),
        line(f"{number} ค่าไฟ", "20"), total="70",
    )  # fmt: skip

    assert [record.description for record in found] == ["ค่าอาหาร", "ค่าน้ำ", "ค่าไฟ"]


def test_a_town_stands_below_the_heading_of_its_province(tmp_path: Path) -> None:
    heading, town = "เทศบาลเมืองในพื้นที่จังหวัดสมมติ", "เทศบาลเมืองตัวอย่าง"
    pages = small_pages()
    pages[1] = front("องค์กรปกครองส่วนท้องถิ่น", baht="1,200")
    pages[2] = front("องค์กรปกครองส่วนท้องถิ่น", heading, town, baht="1,200")
    pages.insert(2, front("องค์กรปกครองส่วนท้องถิ่น", heading, baht="1,200"))

    found = entries(write_book(tmp_path / "volume.pdf", pages))

    assert only(Refusal, found) == []
    assert {(record.agency.name, record.agency.kind) for record in only(AllocationRecord, found)} == {
        (town, "municipality")
    }


def test_the_central_fund_has_no_budget_types(tmp_path: Path) -> None:
    pages = small_pages(rows=[line("1. เงินเบี้ยหวัด บำเหน็จ บำนาญ", "1,200")])
    pages[1:3] = [front("งบกลาง", baht="1,200")]

    found = only(AllocationRecord, entries(write_book(tmp_path / "volume.pdf", pages)))

    assert [(record.category, record.description) for record in found] == [((), "เงินเบี้ยหวัด บำเหน็จ บำนาญ")]


def test_years_that_do_not_come_to_the_whole_are_kept_and_noted(tmp_path: Path) -> None:
    rows = [row if row != aside("วงเงินทั้งสิ้น", "1,900") else aside("วงเงินทั้งสิ้น", "2,000") for row in ROWS]

    found = entries(small_book(tmp_path, rows))

    assert only(Refusal, found) == []
    assert [(n.kind, n.published, n.read_as) for n in only(Note, found)] == [
        ("obligation_differs", "2,000", "1,900")
    ]


def test_a_remark_below_an_amount_is_no_part_of_the_words(tmp_path: Path) -> None:
    found = lines(
        tmp_path, line("1. งบรายจ่ายอื่น", "70"), line("1) ค่าอาหาร", "70"), "* (ชดเชยงบประมาณที่พับไป)", total="70"
    )

    assert found[0].description == "ค่าอาหาร"


def test_a_volume_without_its_cover_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"volume\.pdf: The cover does not say which volume"):
        entries(write_book(tmp_path / "volume.pdf", small_pages()[1:]))


def test_a_volume_without_its_cover_may_be_named_by_its_file(tmp_path: Path) -> None:
    found = entries(write_book(tmp_path / "2022-3-16(2).pdf", small_pages()[1:]))

    assert only(Head, found)[0].part == "2022.3.16(2)"
    assert len(only(AllocationRecord, found)) == 3


def test_a_volume_whose_pages_are_of_another_year_is_refused(tmp_path: Path) -> None:
    pages = small_pages()
    pages[0][1] = "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖"

    with pytest.raises(
        FileError, match=r"page 2 of the file: This page gives the budget of 2565.* 2023\.3\.99"
    ):
        entries(write_book(tmp_path / "volume.pdf", pages))


def test_another_document_with_such_a_cover_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="No page names an agency"):
        entries(write_book(tmp_path / "volume.pdf", [list(COVER), ["บทนำ"]]))
