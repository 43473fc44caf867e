"""Parts of a whole as areas."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from spending.pictures import Part
from spending.treemaps import squarify, treemap

AMOUNTS = st.lists(st.integers(min_value=1, max_value=10**12), min_size=1, max_size=40)


def parts(amounts: list[int]) -> list[Part]:
    return [Part(str(amount), Decimal(amount), "co") for amount in sorted(amounts, reverse=True)]


@given(AMOUNTS)
def test_tiles_fill_the_sheet(amounts: list[int]) -> None:
    tiles = squarify(parts(amounts), 960, 460)

    area = sum(tile.width * tile.height for tile in tiles)
    assert abs(area - 960 * 460) < 960 * 460 * Decimal("0.02")


@given(AMOUNTS)
def test_tiles_stay_on_the_sheet(amounts: list[int]) -> None:
    for tile in squarify(parts(amounts), 960, 460):
        assert tile.x >= 0
        assert tile.y >= 0
        assert tile.x + tile.width <= Decimal("960.1")
        assert tile.y + tile.height <= Decimal("460.1")


def test_areas_are_in_proportion() -> None:
    first, second = squarify(parts([300, 100]), 800, 400)

    assert first.width * first.height == 3 * second.width * second.height


def test_parts_that_are_not_above_zero_have_no_tile() -> None:
    picture = treemap("a year", [Part("some", Decimal(5), "co"), Part("none", Decimal(0), "co")])

    assert [tile.part.name for tile in picture.sheets[0].tiles] == ["some"]


def test_whole_of_nothing_has_no_tiles() -> None:
    assert treemap("a year", []).sheets[0].tiles == ()
