"""Small budget books as PDF, in our own words: what a test changes is all it needs to say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import fontpkg_noto_sans_thai
from fpdf import FPDF

FONT = next(Path(fontpkg_noto_sans_thai.__file__).parent.rglob("*.ttf"))
OUTER, INNER, STEP = 540, 460, 18
Row = str | tuple[float, str, str] | tuple[float, str, str, float]

COVER = ["เอกสารงบประมาณ ฉบับที่ ๓", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", "เล่มที่ ๙๙"]
MINISTRY, AGENCY = "กระทรวงทดสอบ", "กรมตัวอย่าง"


def amount(baht: str) -> tuple[float, str, str]:
    return (60, "", baht)


def line(words: str, baht: str = "", x: float = 60) -> Row:
    """A line with an amount in the outer column."""
    return (x, words, baht)


def aside(words: str, baht: str) -> Row:
    """A line with an amount in the inner column."""
    return (110, words, baht, INNER)


def front(*names: str, baht: str) -> list[Row]:
    """The first page of a ministry or an agency, which bears no page number."""
    return [*names, "งบประมาณ ปี 2564 ปี 2565", f"งบประมาณรายจ่าย 1,000 บาท {baht} บาท"]


def plan(title: str, baht: str) -> list[Row]:
    return [line(title, baht), "- คำอธิบายของแผน"]


DETAILS = "รายละเอียดงบประมาณจำแนกตามงบรายจ่าย"


def details(heading: str, baht: str, *rows: Row) -> list[Row]:
    return [DETAILS, line(heading, baht), *rows]


ROWS: list[Row] = [
    line("1. งบดำเนินงาน", "700"),
    line("1.1 ค่าตอบแทน ใช้สอยและวัสดุ", "700"),
    line("(1) น้ำดื่ม", "300"),
    line("(2) ค่าที่พักและค่าพาหนะสำหรับผู้เข้าร่วม"),
    line("การประชุมทั้งสิ้น 1,250 คน", "400", x=75),
    line("2. งบลงทุน", "500"),
    line("2.1 ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง", "500"),
    line("2.1.1 ค่าที่ดินและสิ่งก่อสร้าง", "500"),
    line("(1) สะพานข้ามคลอง 1 แห่ง", "500"),
    aside("วงเงินทั้งสิ้น", "1,900"),
    aside("ปี 2564 ตั้งงบประมาณ", "400"),
    aside("ปี 2565 ตั้งงบประมาณ", "500"),
    aside("ปี 2566 - 2567 ผูกพันงบประมาณ", "1,000"),
]


def small_pages(rows: Sequence[Row] = ROWS, total: str = "1,200") -> list[list[Row]]:
    """A ministry with one agency, one plan and one output."""
    return [
        list(COVER),
        front(MINISTRY, baht=total),
        front(MINISTRY, AGENCY, baht=total),
        plan("7.1 แผนงานพื้นฐานตัวอย่าง", total),
        details("ผลผลิต : งานที่ทำแล้วเสร็จ", total, *rows),
    ]


def write_book(path: Path, pages: Sequence[Sequence[Row]], *, first: int = 0, font: Path = FONT) -> Path:
    """A PDF of these pages; the pages behind the cover bear their numbers but where something begins."""
    pdf = FPDF(unit="pt", format=(595, 842))
    pdf.set_margin(0)
    pdf.set_auto_page_break(False)
    pdf.add_font("thai", fname=str(font))
    for place, rows in enumerate(pages):
        pdf.add_page()
        pdf.set_font("thai", size=12)
        if place and not any("งบประมาณ ปี 2564" in str(row) for row in rows):
            pdf.text(525, 44, str(place + first))
        for index, row in enumerate(rows):
            _write(pdf, row, 72 + STEP * index)
    pdf.output(str(path))
    return path


def _write(pdf: FPDF, row: Row, y: float) -> None:
    x, words, baht, *column = (60.0, row, "") if isinstance(row, str) else row
    pdf.text(x, y, words)
    if baht:
        figure = f"{baht} บาท"
        pdf.text((column[0] if column else OUTER) - pdf.get_string_width(figure), y, figure)


def small_book(folder: Path, rows: Sequence[Row] = ROWS, total: str = "1,200") -> Path:
    return write_book(folder / "volume.pdf", small_pages(rows, total))
