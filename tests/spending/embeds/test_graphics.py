"""Figures drawn as pictures: Thai letters in their places, figures that add up, nothing that could run."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from spending.embeds import drawings, graphics
from spending.embeds.canvas import Canvas, number
from spending.embeds.codes import address, embed, embedded, picture
from spending.embeds.figures import Figure
from spending.embeds.graphics import Words, graphic, png
from spending.embeds.lettering import MARKS, fitted, lines, width
from spending.embeds.printing import MOST_ROWS, print_table, printed_rows
from spending.ladders import Rung, ladder
from spending.palette import UNKNOWN
from spending.pictures import Part, hundred_baht
from spending.tables import Column, Kind, Row, Table
from spending.tilemaps import Region, province_map
from spending.treemaps import treemap
from spending.trends import Run, trend

SVG = "{http://www.w3.org/2000/svg}"
PARTS = (Part("กระทรวงมหาดไทย", Decimal(70), "c3", "/"), Part("ไม่อยู่ในรายการ", Decimal(30), UNKNOWN))
PICTURES = {
    "hundred": hundred_baht("ร้อยบาท", PARTS),
    "treemap": treemap("แบ่ง", PARTS),
    "trend": trend("ปี", ["2564", "2565"], [Run("ได้รับ", "c1", (Decimal(1), Decimal(2)))]),
    "ladder": ladder("ทาง", [Rung("ตั้งไว้", Decimal(9)), Rung("จ่าย", None)]),
    "map": province_map(
        "แผนที่", [Region("10", "กรุงเทพมหานคร", "1", Decimal(1)), Region("50", "เชียงใหม่", "–", None)]
    ),
}
WORDS = Words("ภาษีไปไหน", "มากที่สุดคือ <งบกลาง> & อื่น ๆ", ("ที่มา: สำนักงบประมาณ",), "ที่เหลือรวมกัน")


def table(count: int = 2, amount: str = "330512345678.25") -> Table:
    columns = (
        Column("กระทรวง", Kind.NAME),
        Column("บาท", Kind.MONEY),
        Column("แท่ง", Kind.BAR),
        Column("รายการ", Kind.COUNT, wide=True),
    )
    rows = tuple(Row((f"หน่วยงานที่ {n}", Decimal(amount), Decimal(50), n), hue="c2") for n in range(count))
    sums = Row(("รวม", Decimal(amount) * count, None, sum(range(count))))
    return Table("แบ่งตามกระทรวง", columns, rows, sums)


def figure(**changes: object) -> Figure:
    values = {
        "about": "งบประมาณ 2565",
        "id": "slices",
        "title": "แบ่งตามกระทรวง",
        "table": table(),
        "provenance": None,
    }
    return Figure(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PICTURES)
def test_every_kind_of_picture_can_be_drawn(name: str) -> None:
    drawn = graphic(figure(picture=PICTURES[name], legend=(("k1", "น้อย"),)), WORDS, "th")

    root = ElementTree.fromstring(drawn.svg)
    assert (root.get("width"), root.get("height")) == (str(drawn.width), str(drawn.height))
    assert root.findtext(f"{SVG}title") == "งบประมาณ 2565: แบ่งตามกระทรวง"
    assert "ที่มา: สำนักงบประมาณ" in (root.findtext(f"{SVG}desc") or "")
    assert drawn.height < 3_000
    assert not re.search(r"<script|style=|href=|foreignObject|\son[a-z]+=", drawn.svg)


def test_picture_says_title_exact_figures_and_source() -> None:
    texts = [
        one.text for one in ElementTree.fromstring(graphic(figure(), WORDS, "th").svg).iter(f"{SVG}text")
    ]

    assert {"ภาษีไปไหน", "330,512,345,678.25", "661,024,691,356.50", "รวม", "ที่มา: สำนักงบประมาณ"} <= set(texts)
    assert "มากที่สุดคือ <งบกลาง> & อื่น ๆ" in texts


def test_rows_that_do_not_fit_are_one_line_and_the_sum_stays() -> None:
    whole = table(MOST_ROWS + 12, "0.10")

    rows = printed_rows(whole, "ที่เหลือรวมกัน")

    assert len(rows) == MOST_ROWS + 1
    assert rows[-1].values[0] == "ที่เหลือรวมกัน"
    assert rows[-1].values[1] == Decimal("1.20")
    assert sum(row.values[1] for row in rows) == whole.sums.values[1]  # type: ignore[union-attr, misc]


def test_columns_for_wide_screens_make_room_for_names() -> None:
    many = tuple(Column(f"ปี {year} (บาท)", Kind.MONEY, wide=year > 2563) for year in range(2560, 2569))
    rows = (Row(("กระทรวงมหาดไทย", *[Decimal("330512345678.25")] * 9)),)

    canvas = Canvas()
    print_table(Table("ปี", (Column("กระทรวง", Kind.NAME), *many), rows), canvas, "th", others="", bars=False)

    printed = "".join(canvas.marks)
    assert "ปี 2560" in printed
    assert "ปี 2568" not in printed


def test_seal_follows_every_number_and_nothing_else() -> None:
    same = figure(title="By ministry", table=Table("x", *(table().columns, table().rows, table().sums)))
    other = figure(table=table(amount="330512345678.26"))

    assert figure().seal == same.seal
    assert figure().seal != other.seal


def test_lines_end_between_words_and_marks_stay_with_their_letters() -> None:
    text = "ที่ผู้สูงอายุได้รับน้ำประปาและการฟื้นฟูที่อยู่อาศัย (โครงการที่ดีที่สุดแห่งปีงบประมาณ)"

    found = lines(text, 15, 120, 12)

    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert len(found) > 3
    assert all(width(line, 15) <= 120 for line in found)
    assert all(line[0] not in MARKS for line in found)
    assert not any(line.endswith("(") for line in found)


def test_latin_words_and_amounts_are_not_cut() -> None:
    text = "Of the year's budget, 310,600,000,000.10 baht (well-known)"

    found = lines(text, 13, 130, 12)

    assert len(found) > 2
    assert " ".join(found) == text


@pytest.mark.parametrize("room", range(8, 130, 7))
def test_what_does_not_fit_ends_in_an_ellipsis_behind_a_whole_letter(room: int) -> None:
    found = fitted("ผู้สูงอายุที่ก้าวหน้า", 15, room)

    assert width(found, 15) <= max(room, width("…", 15))
    assert found[0] not in MARKS


def test_marks_take_no_room_of_their_own() -> None:
    assert width("ที่", 20) == width("ท", 20)
    assert width("น้ำ", 20) > width("น", 20)


def test_texts_cannot_become_marks() -> None:
    canvas = Canvas()

    canvas.text(0, 0, '</text><script>alert("1")</script>\x00', 15, "#000000")

    assert canvas.marks[0].count("<") == 2
    assert "\x00" not in canvas.marks[0]


def test_png_needs_no_font_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = graphic(figure(), WORDS, "th")
    seen: dict[str, object] = {}

    def spy(**asked: object) -> bytes:
        seen.update(asked)
        return b""

    picture = png(drawn, 1)
    monkeypatch.setattr(graphics.resvg_py, "svg_to_bytes", spy)
    png(drawn, 2)

    assert picture[:4] == b"\x89PNG"
    assert seen["skip_system_fonts"] is True
    assert seen["zoom"] == 2


def test_numbers_are_written_short_and_plain() -> None:
    assert [number(value) for value in (Decimal("12.50"), Decimal("0.004"), 100, Decimal("1E+2"))] == [
        "12.5",
        "0",
        "100",
        "100",
    ]


def test_addresses_mirror_the_page_in_both_languages() -> None:
    assert embedded("/budget/2565/") == "/embed/budget/2565/"
    assert embedded("/en/") == "/en/embed/"
    assert embedded("/") == "/embed/"
    assert address("/en/budget/2565/", {"q": "ถนน"}, figure="slices").startswith(
        "/en/embed/budget/2565/?q=%E0"
    )
    assert (
        picture("/", {}, "hundred", "svg", as_of="2026-07-03T01:02:03Z")
        == "/embed/hundred.svg?as_of=2026-07-03T01:02:03Z"
    )


def test_code_cannot_be_broken_out_of() -> None:
    found = embed(
        '/suppliers/"><script>/',
        {"q": '"><b>'},
        figure="x",
        as_of="",
        seal="",
        title='"><i>',
        host="http://h",
    )

    assert found.code.count("<") == 2
    assert "<script>" not in found.code


def test_kind_without_a_drawing_is_an_error() -> None:
    with pytest.raises(TypeError):
        drawings.draw(object(), Canvas(), "th")  # type: ignore[arg-type]
