from datetime import date
from decimal import Decimal

from spending.models import Disbursement
from spending.purses import Purse, added, week_of

DAY = date(2026, 7, 3)


def row(cut: str, economic: str, **amounts: int | str) -> Disbursement:
    return Disbursement(
        cut=cut, economic=economic, **{name: Decimal(amount) for name, amount in amounts.items()}
    )


def test_the_two_cuts_of_an_agency_become_one_purse_for_each_class() -> None:
    week = week_of(
        DAY,
        [
            row("agency", "recurrent", after_transfer=100, committed=5, disbursed=70),
            row("agency_spending", "recurrent", after_transfer=100, spent=75, target_gap=-14),
            row("agency", "investment", after_transfer=50, committed=20, disbursed=10),
        ],
    )

    assert week.recurrent is not None
    assert (week.recurrent.disbursed, week.recurrent.spent) == (Decimal(70), Decimal(75))
    assert week.recurrent.target_share == Decimal("0.89")
    assert week.total.after_transfer == Decimal(150)
    assert week.total.disbursed == Decimal(80)


def test_what_is_spent_is_paid_plus_bound_where_the_report_does_not_say() -> None:
    purse = Purse("recurrent", after_transfer=Decimal(100), committed=Decimal(5), disbursed=Decimal(70))

    assert purse.bound_or_paid == Decimal(75)
    assert purse.remaining == Decimal(25)
    assert purse.spent_share == Decimal("0.75")


def test_an_unsplit_report_gives_its_total() -> None:
    week = week_of(DAY, [row("fund", "total", after_transfer=45, disbursed=30)])

    assert week.parts == ()
    assert week.total.disbursed_share == Decimal("0.666667")


def test_unknown_amounts_stay_unknown_in_sums() -> None:
    assert added(None, None) is None
    assert added(None, Decimal(3)) == Decimal(3)


def test_shares_of_nothing_are_unknown() -> None:
    purse = Purse("investment", after_transfer=Decimal(0), disbursed=Decimal(0), target_gap=Decimal(-5))

    assert purse.disbursed_share is None
    assert purse.target_share is None
