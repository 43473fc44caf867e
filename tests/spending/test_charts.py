"""Plotly figures of what pages show."""

import json
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from spending import charts
from spending.breakdowns import Breakdown, Dimension, Point, Row, Series
from spending.palette import HEX, UNKNOWN
from spending.pictures import Part

PARTS = (
    Part("กระทรวงมหาดไทย", Decimal("900.25"), "c3", "/budget/2565/?ministry=15"),
    Part("ไม่ทราบ", Decimal(100), UNKNOWN),
)
SERIES = Series("given", "Given", "", (Point(2021, Decimal(5)), Point(2022, None), Point(2023, Decimal(7))))


def say(amount: Decimal) -> str:
    return f"{amount} baht"


@pytest.mark.parametrize(
    "figure",
    [
        charts.bars(PARTS, title="a year", say=say),
        charts.treemap(PARTS, title="a year", say=say),
        charts.lines([SERIES], title="years", label=str, say=say),
    ],
    ids=["bars", "treemap", "lines"],
)
def test_figure_is_one_that_plotly_accepts_and_json_can_carry(figure: charts.Figure) -> None:
    assert go.Figure(figure).data
    assert json.loads(json.dumps(figure)) == figure


def test_bars_say_exact_amounts_and_lead_where_their_parts_do() -> None:
    (trace,) = charts.bars(PARTS, title="a year", say=say)["data"]

    assert trace["x"] == [900.25, 100.0]
    assert trace["text"] == ["900.25 baht", "100 baht"]
    assert trace["customdata"] == ["/budget/2565/?ministry=15", ""]


def test_part_has_the_colour_it_has_on_the_page_and_the_unknown_is_hatched() -> None:
    (trace,) = charts.treemap(PARTS, title="a year", say=say)["data"]

    assert trace["marker"]["colors"] == [HEX["--d3"], HEX["--unknown"]]
    assert trace["marker"]["pattern"]["shape"] == ["", "/"]


def test_unknown_year_is_a_gap_in_the_line() -> None:
    (trace,) = charts.lines([SERIES], title="years", label=str, say=say)["data"]

    assert trace["y"] == [5.0, None, 7.0]
    assert trace["connectgaps"] is False


def test_page_knows_which_colour_to_replace_by_which_variable() -> None:
    layout = charts.bars(PARTS, title="a year", say=say)["layout"]

    assert layout["meta"]["colours"][HEX["--ink"]] == "--ink"


def test_slices_become_parts_and_a_limit_leaves_a_named_rest() -> None:
    slices = (Row("15", "มหาดไทย", "Interior", Decimal(3), 1, None),)
    rest = Row("", "", "", Decimal(1), 2, None)
    breakdown = Breakdown(Dimension.MINISTRY, slices, Decimal(4), 3, rest, 2)

    parts = charts.parts_of(breakdown, link=lambda row: f"/{row.code}/", english=True, rest="2 more")

    assert [(part.name, part.amount, part.hue, part.href) for part in parts] == [
        ("Interior", Decimal(3), "c3", "/15/"),
        ("2 more", Decimal(1), "co", ""),
    ]


def test_thai_name_among_english_ones_is_marked_as_thai() -> None:
    breakdown = Breakdown(Dimension.AGENCY, (Row("15008", "กรม", "", Decimal(1), 1, None),), Decimal(1), 1)

    (part,) = charts.parts_of(breakdown, link=lambda row: "", english=True)

    assert (part.name, part.lang) == ("กรม", "th")
