from decimal import Decimal

from spending.models import Allocation, Commitment
from spending.obligations import timeline

LINE = Allocation(item_id="2022.3.10.117", fiscal_year=2022, amount=Decimal(400))


def commitment(item_id: str, year: int, amount: int, until: int | None = None) -> Commitment:
    return Commitment(item_id=item_id, fiscal_year=year, until_year=until or year, amount=Decimal(amount))


def test_the_books_own_year_stands_among_the_others_in_order() -> None:
    found = timeline(LINE, [commitment("c", 2023, 50), commitment("a", 2020, 10), commitment("b", 2021, 20)])

    assert found is not None
    assert [step.first_year for step in found.instalments] == [2020, 2021, 2022, 2023]
    assert (found.before, found.after, found.total) == (Decimal(30), Decimal(50), Decimal(480))


def test_a_printed_range_of_years_stays_one_instalment() -> None:
    found = timeline(LINE, [commitment("c", 2023, 900, until=2025)])

    assert found is not None
    assert found.instalments[-1].is_range
    assert found.last_year == 2025


def test_the_own_year_counts_once_though_it_stands_among_the_instalments() -> None:
    found = timeline(LINE, [commitment(LINE.item_id, 2022, 400), commitment("c", 2023, 50)])

    assert found is not None
    assert found.total == Decimal(450)


def test_a_line_that_obliges_no_other_year_has_no_timeline() -> None:
    assert timeline(LINE, []) is None
