"""Tables as pages show them."""

from decimal import Decimal

import pytest

from spending.tables import Column, Kind, Row, Table, bar_lengths

COLUMNS = (Column("body", Kind.NAME), Column("baht", Kind.MONEY))


def test_each_value_stands_in_its_column() -> None:
    table = Table("bodies", COLUMNS, (Row(("Interior", Decimal(5))),), Row(("Together", Decimal(5))))

    ((row, cells),) = table.lines()
    assert row.values == ("Interior", Decimal(5))
    assert [(cell.column.kind, cell.value) for cell in cells] == [("name", "Interior"), ("money", Decimal(5))]
    assert [cell.value for cell in table.last_line()] == ["Together", Decimal(5)]


def test_row_with_a_value_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="1 values for 2 columns"):
        Table("bodies", COLUMNS, (Row(("Interior",)),))


def test_table_without_sums_has_no_last_line() -> None:
    assert Table("bodies", COLUMNS, ()).last_line() == ()


@pytest.mark.parametrize(
    ("kinds", "name", "stands"),
    [
        ([Kind.MONEY], "Interior", ""),
        ([Kind.MONEY], "Electronic bidding for the repair of the road " * 2, "lines"),
        ([Kind.TEXT], "Electronic bidding for the repair of the road " * 2, ""),
        ([Kind.MONEY, Kind.BAR, Kind.PERCENT], "2565", ""),
        ([Kind.MONEY, Kind.BAR, Kind.PERCENT], "Ministry of the Interior", "lines"),
        ([Kind.MONEY, Kind.MONEY], "2565", "cards"),
        ([Kind.MONEY, Kind.PERCENT, Kind.COUNT], "2565", "cards"),
    ],
)
def test_rows_stand_on_a_phone_so_that_no_value_is_cut_off(kinds: list[Kind], name: str, stands: str) -> None:
    columns = (Column("body", Kind.NAME), *(Column(kind.value, kind) for kind in kinds))
    row = Row((name, *(Decimal(1) for _kind in kinds)))

    assert Table("bodies", columns, (row,)).on_a_phone == stands
    wide = tuple(Column(one.title, one.kind, wide=one.kind is not Kind.NAME) for one in columns)
    assert Table("bodies", wide, (row,)).on_a_phone == ""


def test_a_column_says_how_its_cells_look() -> None:
    assert Column("baht", Kind.MONEY, wide=True).classes == "n wide"
    assert Column("body", Kind.NAME).classes == ""


def test_bars_have_a_zero_base_and_the_largest_is_whole() -> None:
    assert bar_lengths([Decimal(50), Decimal(200), None, Decimal(-3)]) == (25, 100, 0, 0)


def test_bars_of_nothing_have_no_length() -> None:
    assert bar_lengths([Decimal(0), None]) == (0, 0)
    assert bar_lengths([]) == ()
