"""Searching: what is found, in which order, how it was read, and that no text breaks it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings

from importers.records import Body, ProjectDisbursementRecord
from spending import search as searching
from spending import thai
from spending.breakdowns import Dimension, break_down
from spending.filters import AllocationFilter, BadQuery
from spending.found import Kind
from spending.models import Agency, Allocation, KnownWord, Plan
from spending.patience import TooSlow, within
from spending.questions import How
from spending.rekeying import rewrite_keys
from spending.search import Problem, Results, among, search
from spending.understanding import understood
from tests.factories import (
    DISEASE_CONTROL,
    HEALTH,
    INTERIOR,
    LOCAL_AFFAIRS,
    Given,
    allocation,
    head,
    load,
    loaded,
)

from .test_thai import TEXTS

pytestmark = pytest.mark.django_db

KHON_KAEN = Body("จังหวัดขอนแก่น", "70040", "province", "15")
LINES = [
    ("ก่อสร้างถนนคอนกรีต ตำบลในเมือง", "700.00", KHON_KAEN, "แผนงานถนนปลอดภัย"),
    ("ซ่อมถนนลาดยางจังหวัดขอนแก่น", "600.00", LOCAL_AFFAIRS, "แผนงานถนนปลอดภัย"),
    ("สะพานข้ามแม่น้ำชี จังหวัดขอนแก่น", "500.00", KHON_KAEN, "แผนงานน้ำ"),
    ("ค่าซื้อยา", "40.00", DISEASE_CONTROL, "แผนงานสุขภาพ"),
    ("ยางรถยนต์", "90.00", LOCAL_AFFAIRS, "แผนงานสุขภาพ"),
    ("อาคารโรงพยาบาลขอนแก่น", "800.00", DISEASE_CONTROL, "แผนงานสุขภาพ"),
    ("เงินอุดหนุนเบี้ยยังชีพผู้สูงอายุ", "30.00", LOCAL_AFFAIRS, "แผนงานสวัสดิการ"),
    ("เงินอุดหนุนเบียยังชีพผู้สูงอายุ 6", "20.00", LOCAL_AFFAIRS, "แผนงานสวัสดิการ"),
    ("เครื่อง คอมพิวเตอร์ CCTV ๑๒ เครื่อง", "10.00", LOCAL_AFFAIRS, "แผนงานความมั่นคง"),
    ("ประชุมประจำปี 2565", "5.00", LOCAL_AFFAIRS, "แผนงานความมั่นคง"),
]


@pytest.fixture
def book(tmp_path: Path) -> None:
    """Ten lines of 2022, and the first of them in 2021 at another price."""
    lines = [
        allocation(
            number,
            amount,
            description=text,
            agency=agency,
            plan=plan,
            ministry=HEALTH if agency is DISEASE_CONTROL else INTERIOR,
        )
        for number, (text, amount, agency, plan) in enumerate(LINES, start=1)
    ]
    loaded(head(), *lines, folder=tmp_path)
    last_year = {"fiscal_year": 2021, "as_of": date(2020, 10, 1)}
    old = allocation(1, "650.00", item_id="2021.3.9.1", fiscal_year=2021, description=LINES[0][0])
    loaded(head("2021.3.9", **last_year), old, folder=tmp_path)


def numbers(results: Results) -> list[str]:
    return [hit.code.removeprefix("2022.3.9.") for hit in results.lines.hits]


def names(results: Results, kind: Kind) -> list[str]:
    return [hit.name for hit in results.names[kind].hits]


# What is found


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("คอนกรีต", 2),  # in both years
        ("พยาบาล", 1),
        ("ยา", 4),  # ซื้อยา, ยาง, พยาบาล, ลาดยาง
        ("่อ", 4),  # a tone mark and a vowel
        ("cctv", 1),
        ("12 เครื่อง", 1),
        ("๑๒", 1),
        ("จังหวัดขอนแก่น", 2),
        ("ฌฬ", 0),
    ],
)
def test_lines_are_found_by_any_part_of_their_text(asked: str, found: int) -> None:
    plain = thai.normalised(asked)
    scanned = [
        d for d in Allocation.objects.values_list("description", flat=True) if plain in thai.normalised(d)
    ]

    results = search(asked)

    assert results.lines.count == len(scanned) == found


@pytest.mark.usefixtures("book")
def test_count_and_sum_are_of_all_lines_found_under_the_filters() -> None:
    everywhere = search("ถนน", size=1)
    here = search("ถนน", lines=among(AllocationFilter({"year": "2565", "agency": "70040"})))

    assert (everywhere.lines.count, everywhere.lines.amount, len(everywhere.lines.hits)) == (
        3,
        Decimal(1950),
        1,
    )
    assert (here.lines.count, here.lines.amount) == (1, Decimal(700))


@pytest.mark.usefixtures("book")
def test_question_is_a_filter_of_breakdowns_too() -> None:
    lines = AllocationFilter({"q": "ถนน ปี 2565"}).lines()

    parts = break_down(lines, Dimension.AGENCY)

    assert [(row.code, row.amount) for row in parts.rows] == [("70040", 700), ("15008", 600)]


@pytest.mark.usefixtures("book")
def test_words_may_stand_apart_and_in_the_names_above_a_line() -> None:
    results = search("ถนน ขอนแก่น")

    assert results.reading is not None
    assert results.reading.how is How.WORDS
    assert numbers(results) == ["2", "1"]  # 2 has both words itself; 1 stands under the province


@pytest.mark.usefixtures("book")
def test_words_without_blanks_are_found_apart() -> None:
    results = search("ถนนขอนแก่น")

    assert results.reading is not None
    assert results.reading.how is How.PARTS
    assert set(numbers(results)) == {"1", "2"}


@pytest.mark.usefixtures("book")
def test_names_are_found_with_the_sum_of_their_lines() -> None:
    results = search("จังหวัดขอนแก่น")

    (hit,) = results.names[Kind.AGENCY].hits
    assert (hit.code, hit.name, hit.amount, hit.ministry_code) == (
        "70040",
        "จังหวัดขอนแก่น",
        Decimal(1200),
        "15",
    )
    assert results.best[0] == hit
    assert names(search("ถนนปลอด"), Kind.PLAN) == ["แผนงานถนนปลอดภัย"]


@pytest.mark.usefixtures("book")
def test_english_names_of_ministries_are_found() -> None:
    results = search("ministry of public health")

    assert [hit.code for hit in results.best] == ["21"]


def test_paid_projects_are_found_with_their_province(tmp_path: Path) -> None:
    project = ProjectDisbursementRecord(
        line=1, project_code="1500848018500001", fiscal_year=2017, name="ก่อสร้างประปาหมู่บ้าน", ministry=INTERIOR,
        agency=LOCAL_AFFAIRS, plan="แผนงานน้ำ", strategy="", category=("งบลงทุน",), budget_province="ร้อยเอ็ด",
        paid_province="ร้อยเอ็ด", budgeted=Decimal(100), disbursed=None, repeated=False,
    )  # fmt: skip
    source = Given([head("15000-2560", fiscal_year=2017), project])
    (tmp_path / "projects.txt").write_text("projects")
    load(source, tmp_path / "projects.txt")

    results = search("ประปา roi et")

    assert (results.projects.count, results.projects.amount) == (1, Decimal(100))
    assert (results.best[0].code, results.best[0].place) == ("1500848018500001", "ร้อยเอ็ด")


# In which order


@pytest.mark.usefixtures("book")
def test_whole_words_stand_before_parts_of_words() -> None:
    assert numbers(search("ยา")) == ["4", "5", "6", "2"]  # the medicine, a tyre; inside words by amount


@pytest.mark.usefixtures("book")
def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    whole = numbers(search("าร", size=20))

    pages = [numbers(search("าร", start=start, size=2)) for start in range(0, len(whole) + 2, 2)]

    assert [number for one in pages for number in one] == whole


@pytest.mark.usefixtures("book")
def test_letters_looked_for_are_marked_in_the_published_text() -> None:
    (hit,) = search("cctv 12").lines.hits

    assert [hit.name[start:end] for start, end in hit.spans] == ["CCTV ๑๒"]


# How a question was read


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("asked", ["ถนน 2565", "ถนน ๒๕๖๕", "ถนน 2022", "ถนนปี2565"])
def test_year_narrows_to_that_year(asked: str) -> None:
    results = search(asked)

    assert results.reading is not None
    assert results.reading.year == 2022
    assert results.lines.amount == Decimal(1300)


@pytest.mark.usefixtures("book")
def test_year_that_stands_in_a_text_is_looked_for_as_text_first() -> None:
    results = search("ปี 2565")

    assert numbers(results) == ["10"]
    assert results.wider is not None
    assert (results.wider.year, results.more.count) == (2022, len(LINES))


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("asked", "corrected", "first"),
    [
        ("คอมพิวเตอณ์", "คอมพิวเตอร์", "9"),
        ("สพานข้ามแม่น้ำ", "สะพานข้ามแม่น้ำ", "3"),
        ("โรงพยาบานขอนแก่น", "โรงพยาบาลขอนแก่น", "6"),
    ],
)
def test_misspelt_question_is_put_right_and_says_so(asked: str, corrected: str, first: str) -> None:
    results = search(asked)

    assert results.reading is not None
    assert (results.reading.how, results.reading.corrected) == (How.SPELLING, corrected)
    assert numbers(results)[0] == first


@pytest.mark.usefixtures("book")
def test_lines_that_lost_a_tone_mark_are_counted_beside_the_exact_ones() -> None:
    results = search("เบี้ยยังชีพ")

    assert (results.lines.count, results.lines.amount) == (1, Decimal(30))
    assert results.wider is not None
    assert (results.wider.how, results.more.count, results.more.amount) == (How.ALIKE, 2, Decimal(50))
    assert [hit.code for hit in results.more.hits] == ["2022.3.9.8"]


@pytest.mark.usefixtures("book")
def test_place_in_latin_letters_is_found_by_its_thai_name() -> None:
    results = search("Khon-Kaen")

    assert set(numbers(results)) == {"2", "3", "6"}
    assert names(results, Kind.AGENCY) == ["จังหวัดขอนแก่น"]


@pytest.mark.usefixtures("book")
def test_where_no_line_has_all_words_the_rarest_leads() -> None:
    results = search("สะพาน ยางรถยนต์ ถนน")

    assert results.reading is not None
    assert results.reading.how is How.SOME
    assert numbers(results) == ["3"]


@pytest.mark.usefixtures("book")
def test_one_way_of_reading_can_be_asked_for() -> None:
    literal = search("ถนน 2565", how=How.LETTERS)
    alike = AllocationFilter({"q": "เบี้ยยังชีพ", "how": "alike"}).lines()

    assert (literal.lines.count, literal.reading and literal.reading.year) == (0, None)
    assert alike.total() == Decimal(50)


@pytest.mark.usefixtures("book")
def test_another_spelling_that_finds_much_more_is_suggested(tmp_path: Path) -> None:
    many = [allocation(n, "1.00", item_id=f"2022.3.8.{n}", description="อุดหนุนสงเคราะห์") for n in range(1, 40)]
    loaded(
        head("2022.3.8"),
        *many,
        allocation(40, item_id="2022.3.8.40", description="อุดหนุนสงเคาะห์"),
        folder=tmp_path,
    )

    results = search("สงเคาะห์")

    assert results.lines.count == 1
    assert [(one.text, one.count) for one in results.suggestions] == [("สงเคราะห์", 39)]


# Editions


def test_superseded_lines_are_found_on_their_day_only(tmp_path: Path) -> None:
    loaded(head(as_of=date(2021, 10, 1)), allocation(1, description="ถนนสายเก่า"), folder=tmp_path)
    loaded(head(as_of=date(2022, 3, 1)), allocation(1, description="ถนนสายใหม่"), folder=tmp_path)

    assert [hit.name for hit in search("ถนนสาย").lines.hits] == ["ถนนสายใหม่"]
    assert [hit.name for hit in search("ถนนสาย", day=date(2021, 12, 1)).lines.hits] == ["ถนนสายเก่า"]


@pytest.mark.usefixtures("book")
def test_words_are_learned_with_each_load() -> None:
    words = dict(KnownWord.objects.values_list("text", "met"))

    assert words["ถนน"] >= 2
    assert "ขอนแก่น" in words
    assert "12" not in words


def test_key_of_a_row_is_written_whenever_it_is_saved() -> None:
    plan = Plan.objects.create(name="แผนงานน้ำ")
    agency = Agency.objects.create(code="99", name="กรมน้ำ", name_en="Department of Water", kind="agency")

    plan.name = "แผนงานถนน"
    plan.save()

    assert list(Plan.objects.filter(search_key__holds="ถนน")) == [plan]
    assert list(Plan.objects.filter(search_key__holds="น้ำ")) == []
    assert list(Agency.objects.filter(search_key__holds="of WATER")) == [agency]


@pytest.mark.usefixtures("book")
def test_keys_and_words_can_be_written_anew() -> None:
    Allocation.objects.filter(item_id="2022.3.9.4").update(search_key="")
    Plan.objects.filter(name="แผนงานน้ำ").update(search_key="XZ")
    words = set(KnownWord.objects.values_list("text", "sound", "met"))
    KnownWord.objects.create(text="เก่า", sound="k", met=1)

    written = rewrite_keys()

    assert written == 2
    assert numbers(search("ซื้อยา")) == ["4"]
    assert names(search("แผนงานน้ำ"), Kind.PLAN) == ["แผนงานน้ำ"]
    assert set(KnownWord.objects.values_list("text", "sound", "met")) == words


# No text breaks it


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("", Problem.EMPTY),
        ("  \u200b", Problem.EMPTY),
        ("\x00", Problem.EMPTY),
        ("ก", Problem.TOO_SHORT),
        ("%", Problem.TOO_SHORT),
        ("ก" * 10_000, Problem.TOO_LONG),
    ],
)
def test_text_that_cannot_be_looked_for_finds_nothing_and_says_why(asked: str, problem: Problem) -> None:
    results = search(asked)

    assert (results.problem, results.lines.count, results.best) == (problem, 0, ())


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    "asked",
    ["%%", "__", "\\\\", "\\'", "'; DROP TABLE x;--", '"a"', "่่่", "🤪🤪", "[A-Z]+", "(((", "%s%s", "a\x00b"],
)
def test_signs_with_a_meaning_elsewhere_are_only_signs(asked: str) -> None:
    results = search(asked)

    assert (results.problem, results.lines.count) == (None, 0)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_no_text_is_an_error(text: str, book: None) -> None:
    results = search(text)

    assert results.problem is not None or results.reading is not None


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("asked", ["ก", "ก" * 201])
def test_filter_refuses_what_cannot_be_looked_for(asked: str) -> None:
    with pytest.raises(BadQuery) as refused:
        AllocationFilter({"q": asked})

    assert refused.value.parameter == "q"


def test_query_that_takes_too_long_is_ended() -> None:
    with pytest.raises(TooSlow), within(20), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")


def test_patience_ends_with_the_block() -> None:
    with within(1234), connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        inside = cursor.fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")

        assert (inside, cursor.fetchone()) == (("1234ms",), ("0",))


@pytest.mark.usefixtures("book")
def test_search_that_takes_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def tired(*given: Any, **named: Any) -> Any:
        raise TooSlow

    monkeypatch.setattr(searching, "understood", tired)

    assert search("ถนน").problem is Problem.TOO_SLOW


@pytest.mark.usefixtures("book")
def test_search_asks_the_database_few_times(django_assert_max_num_queries: Any) -> None:
    understood("ถนน")  # what is read once for each process is read

    with django_assert_max_num_queries(32):
        search("ถนน")
