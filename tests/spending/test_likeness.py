"""Lines and purchases compared: amounts, words, places, and what is never proposed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from spending.likeness import Line, Lines, Purchase

LIDAR = Line(
    "2022.3.3.126",
    "ชุดอุปกรณ์แสงเลเซอร์ (LIDAR) บนอากาศยานไร้คนขับ ตำบลสุรนารี อำเภอเมืองนครราชสีมา จังหวัดนครราชสีมา 1 ชุด",
    Decimal("1770000.00"),
)
OTHERS = [
    Line("2022.3.3.1", "เครื่องกำเนิดไฟฟ้า ตำบลสุรนารี อำเภอเมืองนครราชสีมา 1 เครื่อง", Decimal("1770000.00")),
    Line("2022.3.3.2", "วัสดุสำนักงาน", Decimal("20000.00")),
    Line("2022.3.3.3", "ครุภัณฑ์คอมพิวเตอร์", Decimal("500000.00")),
]
TITLE = "ประกวดราคาซื้อชุดอุปกรณ์แสงเลเซอร์ (LIDAR) บนอากาศยานไร้คนขับ ด้วยวิธีประกวดราคาอิเล็กทรอนิกส์"


def purchase(title: str = TITLE, budget: str | None = "1770000.00", **changes: str) -> Purchase:
    amount = None if budget is None else Decimal(budget)
    return Purchase("65017073102", title, amount, None, **({"district": "เมืองนครราชสีมา"} | changes))


def test_line_of_equal_amount_words_and_place_is_found_with_its_reasons() -> None:
    [pair] = Lines([LIDAR, *OTHERS]).likely(purchase(), 3)

    assert pair.line == LIDAR
    assert pair.score >= 90
    assert [reason.word for reason in pair.reasons] == ["amount_equal", "words", "district"]
    assert pair.reasons[0].seen == "1,770,000.00"


def test_amount_alone_proves_nothing() -> None:
    assert Lines(OTHERS).likely(purchase("จ้างถ่ายทำวีดิทัศน์"), 3) == []


def test_place_is_not_counted_as_words() -> None:
    bought = purchase("ซื้อรถยนต์ ตำบลสุรนารี อำเภอเมืองนครราชสีมา", subdistrict="สุรนารี", province="นครราชสีมา")

    assert Lines([LIDAR, *OTHERS]).likely(bought, 3) == []


@pytest.mark.parametrize(
    ("budget", "points"), [("1770000.00", 40), ("1752300.00", 32), ("1700000.00", 24), ("1600000.00", 12)]
)
def test_nearer_amounts_have_more_points(budget: str, points: int) -> None:
    [pair] = Lines([LIDAR, *OTHERS]).likely(purchase(budget=budget), 3)

    assert pair.reasons[0].points == points


def test_agreed_price_is_compared_where_no_budget_is_published() -> None:
    bought = Purchase("65017073102", TITLE, None, Decimal("1770000.00"))

    [pair] = Lines([LIDAR, *OTHERS]).likely(bought, 3)

    assert pair.reasons[0].word == "amount_equal"


def test_line_that_names_the_department_speaks_for_it() -> None:
    college = "วิทยาลัยเกษตรและเทคโนโลยียโสธร"
    line = Line("2022.3.10.1", f"ชุดฝึกปฏิบัติการอากาศยานไร้คนขับ {college} 1 ชุด", Decimal("2500000"))

    [pair] = Lines([line, *OTHERS]).likely(
        purchase("ซื้อชุดฝึกปฏิบัติการอากาศยานไร้คนขับ", "2500000.00", buyer=college), 3
    )

    assert pair.reasons[-1].word == "department"
    assert pair.score == 100


def test_no_more_pairs_than_asked_for() -> None:
    lines = [Line(f"2022.3.3.{number}", LIDAR.text, LIDAR.amount) for number in range(5)]

    assert len(Lines(lines).likely(purchase(), 2)) == 2
