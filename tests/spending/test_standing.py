from decimal import Decimal

from spending.breakdowns import Breakdown, Dimension, Point, Row, share_of
from spending.standing import Change, change, standing_out


def breakdown(*amounts: int, hidden: int = 0, rest: int = 0) -> Breakdown:
    total = Decimal(sum(amounts) + rest)
    rows = tuple(
        Row(str(n), f"slice {n}", "", Decimal(amount), 1, share_of(Decimal(amount), total))
        for n, amount in enumerate(amounts)
    )
    left = Row("", "", "", Decimal(rest), hidden, share_of(Decimal(rest), total)) if hidden else None
    return Breakdown(Dimension.MINISTRY, rows, total, len(rows), left, hidden)


def test_the_largest_slice_and_the_holders_of_half_are_named() -> None:
    standing = standing_out(breakdown(40, 30, 10, 5, 5, 4, 3, 3))

    assert standing is not None
    assert standing.largest.name == "slice 0"
    assert (standing.holders, standing.held) == (2, Decimal("0.7"))
    assert standing.is_concentrated
    assert not standing.is_dominant


def test_one_slice_with_half_is_dominant() -> None:
    standing = standing_out(breakdown(50, 30, 20))

    assert standing is not None
    assert standing.is_dominant
    assert not standing.is_single


def test_a_single_slice_holds_everything() -> None:
    standing = standing_out(breakdown(50))

    assert standing is not None
    assert standing.is_single


def test_slices_beyond_the_limit_are_counted() -> None:
    standing = standing_out(breakdown(10, 10, hidden=8, rest=80))

    assert standing is not None
    assert standing.slices == 10


def test_nothing_stands_out_where_there_is_no_money() -> None:
    assert standing_out(breakdown()) is None
    assert standing_out(breakdown(0, 0)) is None


def test_change_is_between_the_last_two_known_years() -> None:
    points = [
        Point(2020, Decimal(50)),
        Point(2021, Decimal(80)),
        Point(2022, None),
        Point(2023, Decimal(100)),
    ]

    found = change(points)

    assert found == Change(2021, 2023, Decimal(80), Decimal(100))
    assert found.rate == Decimal("0.25")


def test_one_known_year_has_no_change() -> None:
    assert change([Point(2022, Decimal(1)), Point(2023, None)]) is None


def test_change_from_nothing_has_no_rate() -> None:
    found = change([Point(2022, Decimal(0)), Point(2023, Decimal(5))])

    assert found is not None
    assert found.rate is None
