"""Two sides matched line by line: by id, place and words; renamed, moved, split, merged, unmatched."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spending.differences import How, Item, Match, compare
from spending.views.differences import HOW

PATH = ("กรมตัวอย่าง", "แผนงาน ก", "ผลผลิต ก", "งบลงทุน/ค่าครุภัณฑ์")


def item(text: str, amount: str | None = "100.00", *, id: str = "", path: tuple[str, ...] = PATH) -> Item:
    return Item(id or text, text, path, None if amount is None else Decimal(amount))


def matched(before: list[Item], after: list[Item], *, ids_agree: bool = False) -> list[Match]:
    return list(compare(before, after, ids_agree=ids_agree))


def ways(matches: list[Match]) -> list[How]:
    return [match.how for match in matches]


def test_published_id_comes_first_and_says_what_changed() -> None:
    old, new = item("ซื้อรถยนต์ 1 คัน", id="7"), item("ซื้อรถยนต์นั่ง 1 คัน", "120.00", id="7")

    (match,) = matched([old], [new], ids_agree=True)

    assert (match.how, match.changed, match.change) == (How.ID, ("text", "amount"), Decimal("20.00"))


def test_id_is_not_believed_where_the_words_speak_of_something_else() -> None:
    found = matched([item("ซื้อรถยนต์", id="7")], [item("ก่อสร้างอาคารเรียน 4 ชั้น", id="7")], ids_agree=True)

    assert ways(found) == [How.GONE, How.NEW]


def test_ids_of_two_years_mean_nothing() -> None:
    found = matched([item("ซื้อรถยนต์", id="7")], [item("ก่อสร้างอาคาร", id="7")])

    assert How.ID not in ways(found)


def test_place_and_words_match_whatever_the_amount_and_the_digits() -> None:
    (match,) = matched([item("อาคาร ๔ ชั้น")], [item("อาคาร 4  ชั้น", "250.00")])

    assert (match.how, match.changed) == (How.PATH, ("amount",))


def test_equal_lines_are_matched_by_their_amounts_first() -> None:
    found = matched([item("อาคาร", "1"), item("อาคาร", "2")], [item("อาคาร", "2"), item("อาคาร", "5")])

    assert sorted((match.amounts for match in found), key=str) == [
        (Decimal(1), Decimal(5)),
        (Decimal(2), Decimal(2)),
    ]


def test_same_words_of_the_same_body_elsewhere_are_moved() -> None:
    elsewhere = ("กรมตัวอย่าง", "แผนงาน ข", "", "งบลงทุน")

    (match,) = matched([item("ซื้อรถยนต์")], [item("ซื้อรถยนต์", path=elsewhere)])

    assert (match.how, match.changed) == (How.MOVED, ("path",))


def test_same_words_of_another_body_are_another_line() -> None:
    other = ("กรมอื่น", *PATH[1:])

    assert ways(matched([item("ซื้อรถยนต์")], [item("ซื้อรถยนต์", path=other)])) == [How.GONE, How.NEW]


def test_like_words_in_one_place_are_renamed_with_their_score() -> None:
    (match,) = matched([item("ก่อสร้างอาคารเรียนรวม")], [item("ก่อสร้างอาคารเรียนรวมใหม่", "90")])

    assert match.how is How.RENAMED
    assert match.score is not None
    assert 85 <= match.score < 100


def test_like_words_with_other_numbers_are_other_things_unless_the_amount_is_the_same() -> None:
    assert ways(matched([item("ก่อสร้างอาคารเรียนหลังที่ 1")], [item("ก่อสร้างอาคารเรียนหลังที่ 2", "90")])) == [
        How.GONE,
        How.NEW,
    ]
    assert ways(matched([item("ก่อสร้างอาคารเรียนปี 2565")], [item("ก่อสร้างอาคารเรียนปี 2566")])) == [How.RENAMED]


def test_one_line_whose_amount_several_make_up_was_split() -> None:
    parts = [item("ครุภัณฑ์คอมพิวเตอร์ ส่วนกลาง", "60.25"), item("ครุภัณฑ์คอมพิวเตอร์ ภูมิภาค", "39.75")]

    (match,) = matched([item("คอมพิวเตอร์ ครุภัณฑ์")], parts)

    assert (match.how, len(match.before), len(match.after), match.change) == (How.SPLIT, 1, 2, Decimal(0))


def test_lines_that_begin_with_the_words_of_one_were_split_from_it() -> None:
    parts = [item("ครุภัณฑ์สำนักงาน อาคารอำนวยการกลาง", "7"), item("ครุภัณฑ์สำนักงาน ศูนย์บริการประชาชน", "8")]

    assert ways(matched([item("ครุภัณฑ์สำนักงาน")], parts)) == [How.SPLIT]


def test_several_lines_that_became_one_were_merged() -> None:
    parts = [item("ครุภัณฑ์คอมพิวเตอร์ ส่วนกลาง", "60.25"), item("ครุภัณฑ์คอมพิวเตอร์ ภูมิภาค", "39.75")]

    (match,) = matched(parts, [item("คอมพิวเตอร์ ครุภัณฑ์")])

    assert (match.how, len(match.before), len(match.after)) == (How.MERGED, 2, 1)


def test_what_has_no_match_is_said_to_be_gone_or_new() -> None:
    found = matched([item("ซื้อรถยนต์", "5")], [item("ก่อสร้างสะพาน", None)])

    assert ways(found) == [How.GONE, How.NEW]
    assert [match.amounts for match in found] == [(Decimal(5), None), (None, None)]


LINES = st.lists(
    st.builds(
        item,
        st.sampled_from(["รถยนต์", "รถยนต์นั่ง", "รถยนต์ 2", "อาคาร", "อาคาร ก", "อาคาร ข", "สะพาน"]),
        st.sampled_from(["1", "2", "3.25", "6.25"]),
        path=st.sampled_from([PATH, ("กรมตัวอย่าง", "แผนงาน ข", "", "")]),
    ),
    max_size=12,
)


@given(LINES, LINES, st.booleans())
def test_each_line_stands_in_one_match_and_the_sums_are_those_of_the_sides(
    before: list[Item], after: list[Item], ids_agree: bool
) -> None:
    found = compare(before, after, ids_agree=ids_agree)

    for side, given_lines in (("before", before), ("after", after)):
        placed = [one for match in found for one in getattr(match, side)]
        assert Counter(map(id, placed)) == Counter(map(id, given_lines))
    total = sum((one.amount or 0 for one in after), Decimal(0)) - sum(
        (one.amount or 0 for one in before), Decimal(0)
    )
    assert sum((match.change for match in found), Decimal(0)) == total


@pytest.mark.parametrize("how", How)
def test_every_way_has_words_on_the_page(how: How) -> None:
    assert str(HOW[how])
