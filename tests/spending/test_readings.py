"""Two readings of one volume, paired line by line; the printed total says which is right."""

from __future__ import annotations

from decimal import Decimal

from spending.readings import Comparison, Kind, Reading, compared


def line(words: str, amount: int, page: int = 9, *, agency: str = "กรม", apart: bool = False) -> Reading:
    return Reading(f"{page}-{words}", agency, page, Decimal(amount), words, apart)


def kinds(found: Comparison) -> list[Kind]:
    return [pair.kind for pair in found.pairs]


def against(printed: list[Reading], extracted: list[Reading], total: int = 0) -> Comparison:
    return compared(printed, extracted, {"กรม": Decimal(total)})


def test_spaces_and_tones_do_not_make_two_lines_differ() -> None:
    found = against([line("ห้องน้ำ 2 ห้อง", 5)], [line("หองน้ำ  2ห้อง", 5)], 5)

    assert kinds(found) == [Kind.SAME]
    assert found.agencies[0].right == "both"


def test_lines_of_one_amount_are_paired_by_their_words() -> None:
    found = against([line("เครื่องพิมพ์", 5), line("รถยนต์นั่ง", 5)], [line("รถยนต์นัง ๆ", 5), line("เครื่องพิมพ์", 5)])

    words = {(p.printed.words, p.extracted.words) for p in found.pairs if p.printed and p.extracted}
    assert words == {("เครื่องพิมพ์", "เครื่องพิมพ์"), ("รถยนต์นั่ง", "รถยนต์นัง ๆ")}


def test_an_amount_that_lost_a_digit_is_found_by_its_words() -> None:
    found = against([line("ค่าใช้จ่ายดำเนินงาน", 7_705_800)], [line("ค่าใช้จ่ายดำเนินงาน ๆ", 705_800)], 7_705_800)

    assert kinds(found) == [Kind.AMOUNT]
    assert found.agencies[0].right == "print"


def test_a_heading_read_as_words_is_paired_by_its_amount() -> None:
    assert kinds(against([line("ค่าใช้จ่ายโครงการรับรู้", 9)], [line("ค่าที่ดิน", 9)])) == [Kind.WORDS]


def test_a_line_over_a_page_break_is_found_on_the_next_page() -> None:
    assert kinds(against([line("สะพาน", 9, page=4)], [line("สะพาน", 9, page=5)])) == [Kind.SAME]
    assert kinds(against([line("สะพาน", 9, page=4)], [line("สะพาน", 9, page=6)])) == [
        Kind.ONLY_PRINT, Kind.ONLY_TABLE
    ]  # fmt: skip


def test_a_line_counted_twice_stands_in_the_table_only() -> None:
    found = against([line("เครื่อง", 5)], [line("ค่าใช้จ่ายลงทุน", 5), line("เครื่อง", 5)], 5)

    assert sorted(kind.value for kind in kinds(found)) == ["same", "table"]
    assert (found.agencies[0].printed, found.agencies[0].extracted) == (Decimal(5), Decimal(10))
    assert found.agencies[0].right == "print"


def test_a_part_of_a_line_adds_nothing_to_the_print() -> None:
    found = against(
        [line("ค่าควบคุมงาน รวม 2 รายการ", 9), line("งานที่หนึ่ง", 4, apart=True)], [line("งานที่หนึ่ง", 4)], 9
    )

    assert {kind.value for kind in kinds(found)} == {"print", "part"}
    assert (found.agencies[0].printed, found.agencies[0].extracted) == (Decimal(9), Decimal(4))
    assert found.lines == 1


def test_a_table_without_the_agencys_name_is_placed_by_the_page() -> None:
    found = against(
        [line("ก", 1), line("ข", 2)], [line("ก", 1, agency="กรมที่อ่านผิด"), line("ค", 3, agency="กรมที่อ่านผิด")]
    )

    assert [agency.agency for agency in found.agencies] == ["กรม"]


def test_the_table_may_be_right_and_the_print_wrong() -> None:
    assert against([line("ก", 1)], [line("ก", 2)], 2).agencies[0].right == "table"
    assert against([line("ก", 1)], [line("ก", 3)], 2).agencies[0].right == "neither"
