"""Another volume than those at hand: another ministry, page breaks, fonts and broken names, made up.

It is read under each font and each way in which documents misname their letters, and must come out alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from importers.records import AllocationRecord, CommitmentRecord, Control, Entry, Refusal
from importers.sources.bb_budget_pdf import BudgetBookPdf

from .budget_rows import only
from .printed_books import DETAILS, FONT, Row, details, front, line, plan, small_book, write_book

MINISTRY = "กระทรวงสมมุติพัฒนาและสิ่งแวดล้อมเมือง"
LONG, SINGLE, WRONG = "กรมทางน้ำและท่าเรือ", "สำนักงานคณะกรรมการตัวอย่าง", "สถาบันวิจัยเพื่อทดสอบ"
COVER: list[Row] = ["เอกสารงบประมาณ ฉบับที่ ๓", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", "เล่มที่ ๒๑"]
PLAN = "7.1 แผนงานยุทธศาสตร์สิ่งแวดล้อมที่ยั่งยืน"
BOATS = [f"เรือตรวจการณ์ชายฝั่งลำที่ {number}" for number in range(1, 61)]


def boats(first: int, last: int) -> list[Row]:
    return [line(f"({number}) {BOATS[number - 1]}", "1,000") for number in range(first, last + 1)]


def long_agency() -> list[list[Row]]:
    """One plan whose one project goes on over three pages, broken in the middle of its list."""
    heading, below = line("2. งบลงทุน", "60,000"), line("2.1 ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง", "60,000")
    nothing = [line("1. งบดำเนินงาน", "-"), line("1.1 ค่าตอบแทน ใช้สอยและวัสดุ", "-")]
    return [
        front(MINISTRY, LONG, baht="60,000"),
        plan(PLAN, "60,000"),
        details("โครงการ : จัดหาเรือตรวจการณ์ชายฝั่ง", "60,000", *nothing, heading, below, *boats(1, 17)),
        boats(18, 52),
        boats(53, 60),
    ]


def single_agency() -> list[list[Row]]:
    """An agency of one line, whose budget type holds no further levels."""
    only_line = line("1. งบเงินอุดหนุน", "70")
    return [
        front(MINISTRY, SINGLE, baht="70"),
        plan(PLAN, "70"),
        details("ผลผลิต : การกำกับดูแลที่เป็นธรรม", "70", only_line),
    ]


def wrong_agency() -> list[list[Row]]:
    """An agency whose last line lacks one baht."""
    rows = [line("1. งบดำเนินงาน", "500"), line("(1) ปุ๋ยอินทรีย์น้ำหมัก", "200"), line("(2) เมล็ดพันธุ์พืช", "299")]
    return [
        front(MINISTRY, WRONG, baht="500"),
        plan(PLAN, "500"),
        [DETAILS, line("ผลผลิต : งานวิจัยที่ใช้ได้จริง", "500"), *rows[:2]],
        rows[2:],
    ]


def volume(*agencies: list[list[Row]], total: str) -> list[list[Row]]:
    return [list(COVER), front(MINISTRY, baht=total), *(page for agency in agencies for page in agency)]


WHOLE = volume(long_agency(), single_agency(), wrong_agency(), total="60,570")

LATIN = dict(zip("\u0e48\u0e49\u0e4a\u0e4b\u0e4c", "ÉÊËÌÍ", strict=True))
PRIVATE = dict(
    zip(
        "\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4c\u0e31\u0e47\u0e38\u0e39",
        "\uf701\uf702\uf703\uf704\uf705\uf706\uf709\uf710\uf712\uf718\uf719",
        strict=True,
    )
)
NAMINGS: dict[str, Mapping[str, str]] = {"true": {}, "latin": LATIN, "private": PRIVATE}
SHAPES = [(100, 62.5), (400, 100), (900, 75)]  # weight and width


@pytest.fixture(scope="module", params=SHAPES)
def font(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same script in thin, usual and heavy letters, narrow and wide: other places of every mark."""
    path = tmp_path_factory.mktemp("font") / "font.ttf"
    with TTFont(FONT) as known:
        instantiateVariableFont(known, dict(zip(("wght", "wdth"), request.param, strict=True)), inplace=True)
        known.save(path)
    return path


def misname(path: Path, names: Mapping[str, str]) -> Path:
    """Give letters of a PDF the names of others, as fonts with a broken table of names do."""
    changed = 0
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
                table = one.ToUnicode.read_bytes()
                for right, wrong in names.items():
                    changed += table.count(_named(right))
                    table = table.replace(_named(right), _named(wrong))
                one.ToUnicode.write(table)
        pdf.save(path)
    assert changed or not names
    return path


def _named(letter: str) -> bytes:
    return f"<{ord(letter):04X}>".encode()


@pytest.fixture(params=NAMINGS)
def read(
    request: pytest.FixtureRequest, tmp_path: Path, font: Path
) -> Callable[[list[list[Row]]], list[Entry]]:
    def entries(pages: list[list[Row]]) -> list[Entry]:
        path = misname(write_book(tmp_path / "volume.pdf", pages, font=font), NAMINGS[request.param])
        return list(BudgetBookPdf().entries(path))

    return entries


def test_whole_volume_is_read_under_every_font_and_naming(
    read: Callable[[list[list[Row]]], list[Entry]],
) -> None:
    found = read(WHOLE)

    lines = only(AllocationRecord, found)
    assert {one.ministry.name for one in lines} == {MINISTRY}
    assert [one.description for one in lines if one.agency.name == LONG and one.amount] == BOATS
    assert sum((one.amount for one in lines if one.agency.name == LONG), Decimal()) == Decimal(60_000)
    assert [(one.agency.name, one.category, one.amount) for one in lines[-1:]] == [
        (SINGLE, ("งบเงินอุดหนุน",), Decimal(70))
    ]
    assert {one.plan for one in lines} == {PLAN.split(" ", 1)[1]}


def test_plan_over_three_pages_says_the_page_of_each_line(
    read: Callable[[list[list[Row]]], list[Entry]],
) -> None:
    lines = [one for one in only(AllocationRecord, read(WHOLE)) if one.amount == 1000]

    pages = [one.page for one in lines]
    assert [pages.count(page) for page in (4, 5, 6)] == [17, 35, 8]
    assert {one.category for one in lines} == {("งบลงทุน", "ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง")}
    assert {one.activity for one in lines} == {"จัดหาเรือตรวจการณ์ชายฝั่ง"}


def test_unit_that_lacks_one_baht_is_refused_as_a_whole_with_its_pages(
    read: Callable[[list[list[Row]]], list[Entry]],
) -> None:
    found = read(WHOLE)

    assert WRONG not in {one.agency.name for one in only(AllocationRecord, found)}
    [refusal] = only(Refusal, found)
    assert refusal.value == "งบดำเนินงาน (10–13)"
    assert refusal.reason == "Printed page 12 gives 500 baht, but the lines below come to 499 baht."
    assert [one.holds for one in only(Control, found)] == [True, True, False, False]


def test_dash_is_an_amount_of_nothing(read: Callable[[list[list[Row]]], list[Entry]]) -> None:
    lines = [one for one in only(AllocationRecord, read(WHOLE)) if not one.amount]

    assert [(one.category, one.description, one.page) for one in lines] == [
        (("งบดำเนินงาน",), "ค่าตอบแทน ใช้สอยและวัสดุ", 4)
    ]


@pytest.mark.parametrize("dash", ["-", "\u2013", "\u2014", "\u2212"])
def test_each_kind_of_dash_is_nothing(tmp_path: Path, dash: str) -> None:
    rows = [line("1. งบดำเนินงาน", "700"), line("(1) น้ำดื่ม", "700"), line("(2) ค่าเช่าที่", dash)]

    found = list(BudgetBookPdf().entries(small_book(tmp_path, rows, "700")))

    assert only(Refusal, found) == []
    assert [one.amount for one in only(AllocationRecord, found)] == [Decimal(700), Decimal(0)]


@pytest.mark.parametrize("figure", ["-300", "\u2013300", "\u2212300", "(300)"])
def test_amount_below_nothing_is_never_taken_for_words_or_money(tmp_path: Path, figure: str) -> None:
    """The book has no such lines, and the rows of the site hold none: the unit is refused with its page."""
    rows = [line("1. งบดำเนินงาน", "400"), line("(1) น้ำดื่ม", "700"), line("(2) หักคืน", figure)]

    found = list(BudgetBookPdf().entries(small_book(tmp_path, rows, "400")))

    assert only(AllocationRecord, found) == only(CommitmentRecord, found) == []
    assert "page 4" in str(only(Refusal, found)[0].reason)


def test_thai_digits_are_digits(tmp_path: Path) -> None:
    rows = [line("๑. งบดำเนินงาน", "๑,๒๐๐"), line("(๑) น้ำดื่ม", "๗๐๐"), line("(๒) ค่าเช่าที่", "๕๐๐")]

    found = list(BudgetBookPdf().entries(small_book(tmp_path, rows, "๑,๒๐๐")))

    assert only(Refusal, found) == []
    assert [one.amount for one in only(AllocationRecord, found)] == [Decimal(700), Decimal(500)]
