"""Questions of a search as statements that are kept find what the same questions find unkept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spending import statements
from spending.breakdowns import break_down
from spending.filters import AllocationFilter
from spending.found import answering
from spending.kept_readings import Among, Question
from spending.models import Agency, Allocation
from spending.narrowing import splits
from spending.questions import How, Reading, Term
from spending.search import Results, among, search
from spending.statements import Expected, Hole, Made, Statement, Typed
from spending.understanding import understood
from spending.views.search import NARROWED_BY
from tests.factories import (
    DISEASE_CONTROL,
    HEALTH,
    INTERIOR,
    LOCAL_AFFAIRS,
    allocation,
    head,
    loaded,
)
from tests.purchases import bought, contract, part, project

pytestmark = pytest.mark.django_db
WORDS = (
    "ถนน", "คอนกรีต", "ขอนแก่น", "ยา", "โรงพยาบาล", "กระดาษ", "เบี้ยยังชีพ", "เบียยังชีพ", "สุขภาพ", "Khon Kaen",
    "2565", "12", "50%",
)  # fmt: skip
ASKED = (
    *WORDS,
    "ถนน ขอนแก่น", "คอนกรีต ถนน", "กระดาษ ยา", "ค่าซื้อยา", "ปี 2565", "ถนน 2565", "ถนน 2566", "ไม่มีที่ใดเลย",
    "โรงพยาบาน", "คอนกรีท", "ทางเหนือ", "ทางใต้", "กรมสมมติ", "0105550000001", "่อ", "ย", "เบี้ยยังชีพผู้สูงอายุ",
    "โรงพยาบาลขอนแก่น ยา กระดาษ",
)  # fmt: skip
TEXTS = (
    "ก่อสร้างถนนคอนกรีต ขอนแก่น", "ซ่อมถนน 50%", "ค่าซื้อยา", "อาคารโรงพยาบาลขอนแก่น", "เบี้ยยังชีพผู้สูงอายุ",
    "เบียยังชีพผู้สูงอายุ 12", "ประชุม 2565",
)  # fmt: skip
LETTERS = st.text("กขคงนอยร่้ั์าแเ 129%_\\'", max_size=6)
FILTERED = ({}, {"year": "2565"}, {"ministry": HEALTH.code, "min": "100"}, {"as_of": "2022-01-01"})


@pytest.fixture
def published(tmp_path: Path) -> None:
    """Budget lines of two years, a paid project, purchases of two companies."""
    lines = [
        allocation(
            number,
            f"{number}00.25",
            description=text,
            agency=DISEASE_CONTROL if number % 2 else LOCAL_AFFAIRS,
            ministry=HEALTH if number % 2 else INTERIOR,
            plan=f"แผนงาน{'สุขภาพ' if number % 2 else 'ถนนปลอดภัย'}",
        )
        for number, text in enumerate(TEXTS, start=1)
    ]
    loaded(head(), *lines, folder=tmp_path)
    before = {"fiscal_year": 2021, "as_of": date(2020, 10, 1)}
    old = allocation(1, "650.00", item_id="2021.3.9.1", fiscal_year=2021, description=TEXTS[0])
    loaded(head("2021.3.9", **before), old, folder=tmp_path)
    companies = [
        contract(number, f"{number}00", supplier=f"บริษัท {where} จำกัด", tax_id=f"010555000000{number}")
        for number, where in ((1, "ทางเหนือ"), (2, "ทางใต้"))
    ]
    purchases = [project(1, "100", name="ซื้อกระดาษ"), project(2, None, name="ก่อสร้างถนน ขอนแก่น")]
    bought(part(), *purchases, *companies, folder=tmp_path)


@pytest.fixture
def unkept(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A way to search without statements that are kept."""

    def unkept(text: str, **asked: Any) -> Results:
        with monkeypatch.context() as patched:
            patched.setattr(Question, "rows", lambda one, _planned=None: list(one._plainly()))
            patched.setattr(Question, "is_answered", lambda one, _planned=None: bool(list(one._plainly())))
            return search(text, **asked)

    return unkept


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("asked", FILTERED)
def test_searches_find_the_same_kept_or_not(asked: dict[str, str], unkept: Any) -> None:
    query = AllocationFilter(asked)
    given: Any = {"lines": among(query), "day": query.as_of, "year": query.year}

    for text in ASKED:
        assert search(text, **given) == unkept(text, **given), text


@pytest.mark.usefixtures("published")
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.lists(st.sampled_from(WORDS) | LETTERS, min_size=1, max_size=5),
    joined=st.sampled_from(("", " ")),
)
def test_any_words_find_the_same_kept_or_not(typed: list[str], joined: str, unkept: Any) -> None:
    text = joined.join(typed)

    assert search(text) == unkept(text)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("how", list(How))
def test_every_way_to_read_finds_the_same_kept_or_not(how: How, unkept: Any) -> None:
    for text in ASKED[::3]:
        assert search(text, how=how) == unkept(text, how=how), text


@pytest.mark.usefixtures("published")
def test_one_statement_serves_all_words_of_a_shape() -> None:
    assert search("พยาบ").lines.count == 1
    before = len(statements._kept)

    assert search("อาคาร").lines.count == 1
    assert len(statements._kept) == before


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("text", ["ถนน", "ยา", "ขอนแก่น ถนน", "ไม่มี"])
def test_ways_to_narrow_are_what_breakdowns_say(text: str) -> None:
    reading = understood(text)
    lines = Allocation.objects.current().matching(reading)

    found = splits(answering(Among(Allocation.objects.current(), "all"), reading), NARROWED_BY)

    for split in found:
        assert split == break_down(lines, split.dimension)
    assert [split.dimension for split in found] == list(NARROWED_BY)


@pytest.mark.usefixtures("published")
def test_text_without_a_hole_is_no_part_of_a_kept_statement() -> None:
    with pytest.raises(TypeError, match="no hole"):
        Statement.of(Agency.objects.filter(name=Typed.at("somewhere", "กรม")).values_list("pk"))


@pytest.mark.usefixtures("published")
def test_expectation_of_a_kept_question_is_that_of_its_letters() -> None:
    every = Question("expected", lambda _one: Allocation.objects.values_list("pk"), Reading(How.LETTERS, ()))
    none = Question(None, lambda _one: Allocation.objects.none().values_list("pk"), Reading(How.LETTERS, ()))

    assert every.expected().rows > 0
    assert none.expected() == Expected(0, 0)
    assert none.rows() == []


def test_holes_of_a_text_are_named_by_its_place_and_what_is_made_of_it() -> None:
    reading = Reading(How.LETTERS, (Term("ยา", ("ยา",)),))
    asked = Question("lines", lambda one: Allocation.objects.matching(one).values_list("pk"), reading)

    names = asked._kept().holes

    assert all(isinstance(name, Made) and name.place == (0, 0) for name in names)
    assert [name.making("ยาง") for name in names if isinstance(name, Made)] != [
        name.making("ยา") for name in names if isinstance(name, Made)
    ]
    assert not isinstance(Hole("year").name, Made)


def test_sum_of_nothing_is_zero() -> None:
    assert search("ถนน").lines.amount == Decimal(0)
