"""Steps from letter to letter: what the search index holds of a text."""

from __future__ import annotations

import random
import re

import pytest
from django.db import connection

from spending import signs, steps, thai
from spending.frequency import sampled
from spending.models import Allocation, Buyer

TEXTS = [
    "เบี้ยยังชีพผู้สูงอายุ",
    "ก่อสร้างถนนคอนกรีตเสริมเหล็ก บ้านหนองบัว หมู่ที่ ๓ ตำบลโคกสูง",
    "Payment of CCTV (12 กล้อง), 1.5 km — 𠮷 ฃ ✓",
    "ยา",
    "ก",
    "",
]


def cut(chance: random.Random, text: str) -> str:
    """A part of 4 to 12 letters."""
    size = chance.randint(4, 12)
    start = chance.randrange(len(text) - size)
    return thai.normalised(text[start : start + size])


def holds(text: str, part: str) -> bool:
    """Whether the steps of a text are found by the pattern of a part, as the database reads both."""
    found = steps.pattern(part)
    if found is None:
        return True
    operator, right = found
    expression = right.strip("%").replace("%", ".*") if operator == "LIKE" else right
    return re.search(expression, steps.steps(text)) is not None


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_one_step_more_than_letters_each_a_sign_of_the_index(text: str) -> None:
    assert len(steps.steps(text)) == len(thai.normalised(text)) + 1
    assert set(steps.steps(text)) <= set(steps.SIGNS)


@pytest.mark.parametrize("text", TEXTS)
def test_each_part_of_a_text_is_found_in_its_steps(text: str) -> None:
    letters = thai.normalised(text)
    parts = {letters[start:end] for end in range(len(letters) + 1) for start in range(end)}

    assert all(holds(text, part) for part in parts)


def test_parts_that_are_not_there_are_seldom_found() -> None:
    chance = random.Random(7)
    text = TEXTS[1]
    letters = sorted(set(thai.normalised(text)) - {" "})
    others = ["".join(chance.choices(letters, k=5)) for _ in range(2_000)]
    absent = [other for other in others if other not in text]

    assert sum(holds(text, part) for part in absent) < len(absent) / 100


def test_three_steps_tell_of_four_letters() -> None:
    assert steps.pattern("ถนนค") == ("LIKE", f"%{steps.steps('ถนนค')[1:-1]}%")
    assert len(steps.steps("ถนนค")[1:-1]) == steps.SHORTEST_RUN


def test_short_parts_are_looked_for_with_each_step_before_and_behind() -> None:
    operator, right = steps.pattern("นา") or ("", "")

    assert operator == "~"
    assert all(re.search(right, steps.steps(text)) for text in ("นา", "นาข้าว", "ชาวนา", "ที่นา 1"))
    assert steps.pattern("น") is None


@pytest.mark.parametrize("text", TEXTS)
def test_of_the_runs_of_a_part_one_at_least_stands_in_each_text_that_holds_it(text: str) -> None:
    letters = thai.normalised(text)
    cuts = {letters[start:end].strip() for end in range(len(letters) + 1) for start in range(end)}
    parts = [part for part in cuts if len(part) > 1]
    there = set(steps.runs(steps.steps(text)))

    assert all(there.intersection(runs) for part in parts for runs in steps.runs_of(part))


@pytest.mark.parametrize(
    ("starts", "asked"),
    [((0,), "%abc%"), ((0, 1), "%abcd%"), ((0, 2), "%abcde%"), ((0, 3), "%abc%def%"), ((1, 5), "%bcd%fgh%")],
)
def test_runs_that_overlap_are_asked_for_as_one(starts: tuple[int, ...], asked: str) -> None:
    assert steps.like("abcdefgh", starts) == asked


def test_index_is_asked_for_the_runs_that_tell_most() -> None:
    chance = random.Random(11)
    places = [f"{kind}{name}" for kind in ("บ้าน", "ตำบล", "อำเภอ") for name in ("โคกสูง", "ดงใหญ่", "ท่าขาว")]
    texts = [
        f"ก่อสร้างถนนคอนกรีต {chance.choice(places)} {chance.choice(places)} {n % 97}" for n in range(2_000)
    ]
    kept = [steps.steps(text) for text in texts]
    sample = sampled(zip(map(signs.key, texts), kept, strict=True))
    few = 0

    for _ in range(300):
        part = cut(chance, chance.choice(texts))
        found = steps.pattern(part)
        assert found is not None
        if found[0] != "LIKE":
            continue
        told = sample.telling(found[1].strip("%")).strip("%")
        whole = sum(re.search(found[1].strip("%"), one) is not None for one in kept)
        by_told = [re.search(told.replace("%", ".*"), one) is not None for one in kept]
        assert all(by_told[n] for n, text in enumerate(texts) if part in text), part
        assert sum(by_told) <= 2 * whole + 40, part
        few += len(told) < len(found[1].strip("%"))
        assert whole <= sample.having_steps(part)
        held = sum(part in text for text in texts)
        assert held / 2 <= sample.holding(part) <= held * 2 + 40, part

    assert few > 150


def test_letters_stand_in_one_group_of_each_kind() -> None:
    for groups in (steps.AS_FIRST, steps.AS_SECOND):
        letters = "".join(groups)
        assert len(groups) == steps.GROUPS
        assert len(letters) == len(set(letters))


def test_memory_of_steps_is_bounded_whatever_is_typed() -> None:
    for number in range(0x4E00, 0x4E00 + 2 * steps.MOST_STEPS // 10):
        steps.pattern("".join(chr(number + offset * 41) for offset in range(12)))

    assert len(steps._signs) <= steps.MOST_STEPS


def test_pieces_between_marks_stand_in_the_steps_of_each_text_that_lost_some() -> None:
    pieces = steps.pieces_pattern(signs.pieces("ก่อสร้างที่จอดรถ")).strip("%").split("%")

    assert len(pieces) == 3
    for way in signs.without_marks("ก่อสร้างที่จอดรถ"):
        assert re.search(".*".join(pieces), steps.steps(way))


@pytest.mark.django_db
def test_a_key_is_asked_for_by_the_steps_beside_it() -> None:
    asked = str(Allocation.objects.filter(search_key__holds="ถนนคอนกรีต").query)

    assert f'search_steps" LIKE %{steps.steps("ถนนคอนกรีต")[1:-1]}%' in asked
    assert "strpos(LOWER(" in asked


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["ถน", "ถนน", "ถนนคอน"])
def test_the_index_finds_parts_of_any_length(part: str) -> None:
    Buyer.objects.bulk_create(Buyer(code=f"{number}", name=f"กรมทางหลวงที่ {number}") for number in range(300))
    Buyer.objects.create(code="road", name="สำนักก่อสร้างถนนคอนกรีต")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = Buyer.objects.filter(search_key__holds=part)

        assert "buyer_search" in found.explain()
        assert [buyer.code for buyer in found] == ["road"]
