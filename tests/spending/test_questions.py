"""The ways to read what a visitor types."""

import pytest
from hypothesis import given, settings

from spending import romanised
from spending.questions import LONGEST, How, QuestionError, Reading, question, readings, without_year

from .test_thai import TEXTS

YEARS = {2022, 2017}


def ways(text: str) -> list[Reading]:
    return list(readings(question(text), YEARS))


def needles(text: str, how: How) -> list[tuple[str, ...]]:
    return next([term.needles for term in one.terms] for one in ways(text) if one.how is how)


def test_letters_as_typed_are_the_first_reading() -> None:
    first = ways("Road  ๒๕๖๕ %_")[0]

    assert (first.how, first.year) == (How.LETTERS, None)
    assert first.terms[0].needles == ("road 2565 %_",)


@pytest.mark.parametrize(
    ("typed", "rest", "year"),
    [
        ("ถนน 2565", "ถนน", 2022),
        ("ถนน ๒๕๖๕", "ถนน", 2022),
        ("2022 ถนน", "ถนน", 2022),
        ("ถนนปี2565", "ถนน", 2022),
        ("งบประมาณกรมทางหลวงปี 2560", "งบประมาณกรมทางหลวง", 2017),
        ("ถนน ปีงบประมาณ พ.ศ. 2565", "ถนน", 2022),
        ("ถนน ปี 65", "ถนน", 2022),
        ("fy22 road", "road", 2022),
        ("พ.ศ.2565", "", 2022),
        ("ถนน 2500", "ถนน 2500", None),  # no edition tells of that year
        ("ทางหลวงหมายเลข 12565", "ทางหลวงหมายเลข 12565", None),
        ("เลขที่ 2565.5", "เลขที่ 2565.5", None),
        ("รหัส2565", "รหัส2565", None),
        ("65", "65", None),
        ("ถนน 3268", "ถนน 3268", None),
        ("ถนน 1234", "ถนน 1234", None),
    ],
)
def test_year_of_either_calendar_is_understood(typed: str, rest: str, year: int | None) -> None:
    assert without_year(question(typed), YEARS) == (rest, year)


def test_typed_words_must_all_occur_but_not_together() -> None:
    assert needles("ถนน ขอนแก่น", How.WORDS) == [("ถนน",), ("ขอนแก่น",)]


def test_words_without_blanks_are_told_apart() -> None:
    assert needles("ถนนขอนแก่น", How.PARTS) == [("ถนน",), ("ขอนแก่น",)]


def test_words_that_only_make_a_sentence_are_not_looked_for() -> None:
    assert needles("งบประมาณของกรมประมงเท่าไหร่", How.PARTS) == [("กรมประมง",)]
    assert needles("งบ", How.PARTS) == [("งบ",)]


def test_short_forms_stand_for_what_they_mean() -> None:
    assert needles("รพ.ขอนแก่น", How.PARTS) == [("รพ.", "โรงพยาบาล"), ("ขอนแก่น",)]
    assert needles("อบต หนองแวง", How.WORDS)[0] == ("อบต", "องค์การบริหารส่วนตำบล")


@pytest.mark.parametrize(
    ("typed", "thai"),
    [
        ("khon kaen", "ขอนแก่น"),
        ("Khonkaen", "ขอนแก่น"),
        ("KHON-KAEN", "ขอนแก่น"),
        ("Chiangmai", "เชียงใหม่"),
        ("nakorn ratchasima", "นครราชสีมา"),
        ("Korat", "นครราชสีมา"),
        ("Ayuthaya", "อยุธยา"),
        ("Puket", "ภูเก็ต"),
        ("Buriram", "บุรีรัมย์"),
        ("Sisaket", "ศรีสะเกษ"),
        ("Lop Buri", "ลพบุรี"),
        ("Nonthabury", "นนทบุรี"),
        ("bkk", "กรุงเทพ"),
        ("hatyai", "หาดใหญ่"),
        ("Mae Sot", "แม่สอด"),
        ("nan", "น่าน"),
    ],
)
def test_place_in_latin_letters_is_known_however_it_is_spelled(typed: str, thai: str) -> None:
    assert thai in romanised.thai_names(typed)


@pytest.mark.parametrize("typed", ["computer", "hospital", "program", "office", "system", "", "ถนน"])
def test_other_words_are_no_places(typed: str) -> None:
    assert romanised.thai_names(typed) == ()


def test_places_within_a_question_are_named() -> None:
    reading = next(one for one in ways("road khon kaen 2022") if one.how is How.WORDS)

    assert [term.needles for term in reading.terms] == [("road", "ถนน"), ("khon kaen", "ขอนแก่น")]
    assert (reading.places, reading.year) == ((("khon kaen", "ขอนแก่น"),), 2022)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \t\u200b\x00", "empty"),
        ("ก", "too_short"),
        ("%", "too_short"),
        ("ก" * (LONGEST + 1), "too_long"),
    ],
)
def test_text_that_cannot_be_looked_for_says_why(text: str, reason: str) -> None:
    with pytest.raises(QuestionError) as refused:
        question(text)

    assert refused.value.reason.value == reason


@settings(deadline=None)
@given(TEXTS)
def test_any_text_has_readings_or_a_reason(text: str) -> None:
    try:
        asked = question(text)
    except QuestionError:
        return

    found = list(readings(asked, YEARS))

    assert found[0].how is How.LETTERS
    assert all(needle for one in found for term in one.terms for needle in term.needles)
