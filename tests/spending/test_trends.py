"""Lines over the years, drawn on the server."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spending.trends import NARROW, WIDE, Run, scale_of, trend

AMOUNT = st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False, allow_infinity=False)


def run(*amounts: int | None, name: str = "given") -> Run:
    return Run(name, "c1", tuple(None if amount is None else Decimal(amount) for amount in amounts))


@given(st.lists(AMOUNT, min_size=1))
def test_scale_begins_at_zero_and_covers_every_amount(amounts: list[Decimal]) -> None:
    levels = scale_of(amounts)

    assert levels[0] == 0
    assert levels[-1] >= max(amounts)
    assert 2 <= len(levels) <= 6


def test_scale_steps_are_round() -> None:
    assert scale_of([Decimal("3780600000000")]) == tuple(Decimal(n) * 10**12 for n in range(5))


@given(st.lists(AMOUNT, min_size=1, max_size=30))
def test_every_dot_lies_inside_its_frame(amounts: list[Decimal]) -> None:
    places = [str(n) for n in range(len(amounts))]

    picture = trend("years", places, [Run("given", "c1", tuple(amounts))])

    for drawing in picture.drawings:
        frame = drawing.frame
        for dot in drawing.tracks[0].dots:
            assert frame.left <= dot.x <= drawing.end
            assert frame.top <= dot.y <= drawing.floor


def test_picture_is_drawn_for_wide_and_narrow_screens() -> None:
    picture = trend("years", ["2564", "2565"], [run(1, 2)])

    assert [drawing.frame for drawing in picture.drawings] == [WIDE, NARROW]


def test_gap_in_the_values_is_a_gap_in_the_line() -> None:
    picture = trend("years", ["1", "2", "3", "4"], [run(1, 2, None, 4)])

    track = picture.drawings[0].tracks[0]
    assert track.path.count("M") == 2
    assert [dot.place for dot in track.dots] == ["1", "2", "4"]


def test_larger_amount_is_drawn_higher() -> None:
    track = trend("years", ["1", "2"], [run(1, 2)]).drawings[0].tracks[0]

    assert track.dots[1].y < track.dots[0].y


def test_line_without_any_value_is_left_out() -> None:
    picture = trend("years", ["1", "2"], [run(1, 2), run(None, None, name="unknown")])

    assert [one.name for one in picture.runs] == ["given"]


def test_names_at_the_ends_of_lines_do_not_cover_each_other() -> None:
    picture = trend("years", ["1", "2"], [run(1, 100), run(1, 100, name="paid")])

    first, second = (track.label_y for track in picture.drawings[0].tracks)
    assert abs(first - second) >= 20


def test_line_with_too_few_values_is_refused() -> None:
    with pytest.raises(ValueError, match="each place"):
        trend("years", ["1", "2"], [run(1)])


def test_many_places_are_labelled_sparsely_and_the_last_one_always() -> None:
    places = [str(year) for year in range(2548, 2570)]

    narrow = trend("years", places, [run(*range(1, 23))]).drawings[1]

    assert len(narrow.across) < len(places) / 2
    assert narrow.across[-1].label == "2569"


def test_dots_of_a_line_are_one_path_of_lines_without_length() -> None:
    track = trend("years", ["2564", "2565"], [run(1, 2)]).drawings[1].tracks[0]

    assert track.points == "M78.0 143.0h0M344.0 16.0h0"
