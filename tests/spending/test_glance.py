"""A year at a glance in words and pictures."""

from decimal import Decimal

import pytest
from django.utils import translation

from spending import glance
from spending.overview import Basis, Overview, Slice
from spending.progress import Stretch
from spending.purses import Purse

MINISTRIES = (
    Slice("ministry", "03", "กระทรวงการคลัง", "Ministry of Finance", Decimal(500), Decimal(250)),
    Slice("ministry", "07", "กระทรวงเกษตรและสหกรณ์", "", Decimal(150)),
    Slice("fund", "fund", "", "", Decimal(100)),
    Slice("ministry", "12", "กระทรวงพลังงาน", "", Decimal(20)),
    Slice("ministry", "05", "กระทรวงการท่องเที่ยวและกีฬา", "", Decimal(10)),
)


def year(*slices: Slice, act: str = "1000", basis: Basis = Basis.WEEKLY) -> Overview:
    return Overview(2026, basis, Decimal(act), slices or MINISTRIES, ())


def no_link(one: Slice) -> str:
    return ""


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def test_hundred_baht_shows_large_slices_small_ones_together_and_the_unknown_last() -> None:
    picture = glance.picture(year(), lambda one: f"/{one.code}/", "#all", "#unknown")

    assert picture is not None
    found = [(patch.part.name, patch.baht, patch.part.hue, patch.part.href) for patch in picture.patches]
    assert found == [
        ("Ministry of Finance", 50, "c1", "/03/"),
        ("กระทรวงเกษตรและสหกรณ์", 15, "co", "/07/"),
        ("Funds and revolving funds", 10, "cp", "/fund/"),
        ("2 smaller bodies", 3, "co", "#all"),
        ("Central fund and what the weekly report does not split", 22, "cu", "#unknown"),
    ]


def test_thai_name_on_an_english_page_is_marked_as_thai() -> None:
    picture = glance.picture(year(), no_link, "", "")

    assert picture is not None
    assert [patch.part.lang for patch in picture.patches[:3]] == ["", "th", ""]


def test_what_rounding_explains_is_no_part_of_the_picture() -> None:
    picture = glance.picture(year(Slice("ministry", "03", "ก", "", Decimal("999.99"))), no_link, "", "")

    assert picture is not None
    assert [patch.baht for patch in picture.patches] == [100]


def test_year_without_money_has_no_picture() -> None:
    nothing = Overview(2026, Basis.WHOLE, Decimal(0), (), ())

    assert glance.picture(nothing, no_link, "", "") is None


def test_table_lists_every_slice_the_unknown_and_the_whole() -> None:
    table = glance.table(year(), no_link)

    assert [row.values[0] for row in table.rows][-2:] == [
        "กระทรวงการท่องเที่ยวและกีฬา",
        "Central fund and what the weekly report does not split",
    ]
    assert [row.values[2] for row in table.rows] == [500, 150, 100, 20, 10, 220]
    assert table.sums is not None
    assert table.sums.values[2] == 1000


def test_same_slice_has_the_same_colour_in_picture_and_table() -> None:
    picture = glance.picture(year(), no_link, "", "")
    table = glance.table(year(), no_link)

    assert picture is not None
    drawn = {patch.part.name: patch.part.hue for patch in picture.patches}
    listed = {row.values[0]: row.hue for row in table.rows}
    assert {name: listed[name] for name in listed if name in drawn} == {
        name: drawn[name] for name in drawn if name in listed
    }


def test_year_without_payments_has_no_column_for_them() -> None:
    without = year(Slice("ministry", "03", "ก", "", Decimal(500)))

    assert len(glance.table(without, no_link).columns) == 4
    assert len(glance.table(year(), no_link).columns) == 5


def test_sentence_says_who_holds_most_and_how_few_hold_half() -> None:
    four = [Slice("ministry", code, code, code, Decimal(200)) for code in ("A", "B", "C", "D")]

    assert glance.stands_out(year(*four, act="800")) == (
        "A holds the most: 25.0 of every 100 baht. The 2 largest hold half of the whole year."
    )


def test_sentence_says_that_the_unknown_may_hide_a_larger_holder() -> None:
    small = Slice("ministry", "A", "A", "A", Decimal(100))

    assert glance.stands_out(year(small)) == "Of what is known, A holds the most: 10.0 of every 100 baht."


def test_sentence_of_a_year_of_which_only_the_total_is_known() -> None:
    unknown = Overview(2024, Basis.WHOLE, Decimal(1000), (), ())

    assert "The total is known." in glance.stands_out(unknown)


def test_headway_says_in_words_what_its_picture_shows() -> None:
    purse = Purse("recurrent", after_transfer=Decimal(800), disbursed=Decimal(520), spent=Decimal(640))

    way = glance.on_its_way("Recurrent spending", Stretch(purse, Decimal("0.89")))

    assert way.picture.title == "Recurrent spending: 65.0% paid, 80.0% paid or bound, target 89.0%"
    assert (way.picture.done, way.picture.promised, way.picture.goal) == (65, 15, 89)
