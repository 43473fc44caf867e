"""The reconciliation: stations, differences whose causes add up, unknown never zero, page equal to rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.loading import load
from importers.records import Head
from importers.sources import SOURCES
from spending.crosswalk import join, undo
from spending.models import Agency, ListedBody, LocalBudget
from spending.reconciliation import Cause, Kind, Reconciliation, reconcile
from spending.reconciling import newest_told, of_agency
from spending.stations import Figure, Source, Station
from tests.factories import DISEASE_CONTROL, INTERIOR, LOCAL_AFFAIRS, allocation, disbursement, head, loaded
from tests.purchases import bought, contract, part, project

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


def figure(station: Station, source: Source, amount: str | Decimal, **within: Decimal) -> Figure:
    return Figure(station, source, Decimal(amount), date(2022, 9, 30), within=within)


def of(found: Reconciliation, kind: Kind) -> list[Any]:
    return [entry for entry in found.entries if entry.kind is kind]


def test_station_without_a_source_is_empty_and_never_zero() -> None:
    found = reconcile(1, 2022, [figure(Station.ALLOTTED, Source.BOOK, "100")])

    paid = found.at(Station.DISBURSED)
    assert paid.amount is None
    assert paid.cause is Cause.NOT_COVERED
    assert found.known == 1
    assert of(found, Kind.DIFFERENCE) == []


def test_another_source_of_a_station_stands_beside_it() -> None:
    figures = [
        figure(Station.ALLOTTED, Source.HISTORY, "100"),
        figure(Station.ALLOTTED, Source.PROJECTS, "90"),
    ]

    found = reconcile(1, 2018, figures)

    assert found.at(Station.ALLOTTED).amount == 100
    [beside] = of(found, Kind.BESIDE)
    assert (beside.amount, beside.cause) == (90, Cause.OTHER_CUT)


@given(
    st.lists(st.tuples(st.sampled_from(Station), st.sampled_from(Source), amounts), max_size=8),
    st.sets(st.sampled_from(Source)),
    st.dictionaries(st.sampled_from(Cause), amounts, max_size=3),
)
def test_causes_add_up_to_their_difference(
    given_figures: list[tuple[Station, Source, Decimal]], extracts: set[Source], within: dict[Cause, Decimal]
) -> None:
    figures = [Figure(*one, date(2022, 9, 30), within=within) for one in given_figures]

    found = reconcile(1, 2022, figures, extracts=extracts)

    for difference in of(found, Kind.DIFFERENCE):
        causes = [
            cause.amount
            for cause in of(found, Kind.CAUSE)
            if (cause.station, cause.until) == (difference.station, difference.until)
        ]
        assert sum(causes, Decimal(0)) == difference.amount
        assert difference.amount == found.at(difference.station).amount - found.at(difference.until).amount


def test_rest_of_an_extract_is_not_covered() -> None:
    figures = [
        figure(Station.ALLOTTED, Source.BOOK, "100", not_bought=Decimal(30)),
        figure(Station.CONTRACTED, Source.CONTRACTS, "20", carried_over=Decimal(5)),
    ]

    found = reconcile(1, 2022, figures, extracts={Source.CONTRACTS})

    assert [(cause.cause, cause.amount) for cause in of(found, Kind.CAUSE)] == [
        (Cause.NOT_BOUGHT, 30),
        (Cause.CARRIED_OVER, -5),
        (Cause.NOT_COVERED, 55),
    ]


def test_rest_between_two_publications_is_another_cut() -> None:
    figures = [figure(Station.ALLOTTED, Source.BOOK, "100"), figure(Station.DISBURSED, Source.REPORT, "80")]

    [cause] = of(reconcile(1, 2022, figures), Kind.CAUSE)

    assert cause.cause is Cause.OTHER_CUT


def test_rest_of_one_source_is_open_during_the_year_and_unknown_behind_it() -> None:
    figures = [
        figure(Station.AFTER_TRANSFER, Source.REPORT, "100"),
        figure(Station.DISBURSED, Source.REPORT, "80"),
    ]

    [behind] = of(reconcile(1, 2022, figures), Kind.CAUSE)
    [during] = of(reconcile(1, 2023, figures), Kind.CAUSE)

    assert (behind.cause, during.cause) == (Cause.UNKNOWN, Cause.OPEN)


def a_year_of_each_source(folder: Path) -> Agency:
    loaded(
        head(),
        allocation(1, "1000.00"),
        allocation(2, "300.00", category=("งบบุคลากร", "เงินเดือน")),
        folder=folder,
    )
    bought(
        part("2565", 2022),
        project(1, "400.00", buyer=LOCAL_AFFAIRS.name, fiscal_year=2022),
        contract(1, "350.25", buyer=LOCAL_AFFAIRS.name, fiscal_year=2022, signed_on=date(2022, 1, 5)),
        contract(
            1,
            "50.00",
            contract_no="2",
            buyer=LOCAL_AFFAIRS.name,
            fiscal_year=2022,
            signed_on=date(2021, 9, 30),
        ),
        folder=folder,
    )
    week = {"after_transfer": Decimal(500), "committed": Decimal(60), "disbursed": Decimal("200.10")}
    loaded(
        Head("2569", 2026, date(2026, 7, 3)), disbursement(LOCAL_AFFAIRS, cut="agency", **week), folder=folder
    )
    return Agency.objects.get(code=LOCAL_AFFAIRS.code)


@pytest.mark.django_db
def test_each_year_has_the_stations_that_its_sources_know(tmp_path: Path) -> None:
    agency = a_year_of_each_source(tmp_path)

    week, book = of_agency(agency)

    assert (week.year, book.year) == (2026, 2022)
    assert [book.at(one).amount for one in Station] == [Decimal(1300), None, Decimal("400.25"), None]
    assert [week.at(one).amount for one in Station] == [None, Decimal(500), None, Decimal("200.10")]


@pytest.mark.django_db
def test_named_causes_come_from_rows(tmp_path: Path) -> None:
    agency = a_year_of_each_source(tmp_path)

    week, book = of_agency(agency)

    assert {c.cause: c.amount for c in of(book, Kind.CAUSE)} == {
        Cause.NOT_BOUGHT: Decimal(300),
        Cause.CARRIED_OVER: Decimal(-50),
        Cause.OTHER_CUT: Decimal("649.75"),
    }
    assert {c.cause: c.amount for c in of(week, Kind.CAUSE)} == {
        Cause.ORDERED: Decimal(60),
        Cause.OPEN: Decimal("239.90"),
    }


@pytest.mark.django_db
def test_extract_of_purchases_says_that_it_does_not_cover_the_year(tmp_path: Path) -> None:
    loaded(head(), allocation(1, "1000.00"), folder=tmp_path)
    bought(
        part("2565-drones", 2022),
        project(1, buyer=LOCAL_AFFAIRS.name, fiscal_year=2022),
        contract(1, buyer=LOCAL_AFFAIRS.name, fiscal_year=2022),
        folder=tmp_path,
    )

    [book] = of_agency(Agency.objects.get(code=LOCAL_AFFAIRS.code))

    assert [c.cause for c in of(book, Kind.CAUSE)] == [Cause.NOT_COVERED]


@pytest.mark.django_db
def test_ministry_holds_what_its_agencies_hold_and_their_cut_beside(tmp_path: Path) -> None:
    a_year_of_each_source(tmp_path)
    own = {"after_transfer": Decimal(700), "disbursed": Decimal(300)}
    loaded(
        Head("2569", 2026, date(2026, 7, 10)),
        disbursement(INTERIOR, as_of=date(2026, 7, 10), **own),
        disbursement(
            LOCAL_AFFAIRS, line=7, cut="agency", as_of=date(2026, 7, 10), after_transfer=Decimal(500)
        ),
        folder=tmp_path,
    )

    week, book = of_agency(Agency.objects.get(code=INTERIOR.code))

    assert [book.at(one).amount for one in Station] == [Decimal(1300), None, Decimal("400.25"), None]
    assert week.at(Station.AFTER_TRANSFER).amount == 700
    assert {entry.amount for entry in of(week, Kind.BESIDE)} >= {Decimal(500)}


@pytest.mark.django_db
def test_figures_follow_the_crosswalk(tmp_path: Path) -> None:
    agency = a_year_of_each_source(tmp_path)
    other = Agency.objects.create(code=DISEASE_CONTROL.code, name=DISEASE_CONTROL.name, kind="agency")
    listed = ListedBody.objects.get(scheme="bb", body=agency)

    undo(listed, by="somchai", reason="คนละหน่วยงาน")
    join(listed, other, by="somchai", reason="ชื่อเดิม")

    assert of_agency(agency, year=2022)[0].at(Station.ALLOTTED).amount is None
    [moved] = of_agency(other, year=2022)
    assert moved.at(Station.ALLOTTED).amount == 1300
    assert moved.at(Station.ALLOTTED).bodies == (DISEASE_CONTROL.code,)


@pytest.mark.django_db
def test_earlier_day_is_answered_from_earlier_editions(tmp_path: Path) -> None:
    agency = a_year_of_each_source(tmp_path)

    found = of_agency(agency, day=date(2022, 1, 1))

    assert [one.year for one in found] == [2022]
    assert found[0].at(Station.CONTRACTED).amount is None


@pytest.mark.django_db
def test_newest_year_of_which_most_is_known_is_shown_first(tmp_path: Path) -> None:
    agency = a_year_of_each_source(tmp_path)

    chosen = newest_told(of_agency(agency))

    assert chosen is not None
    assert chosen.year == 2026


def test_last_station_of_the_same_source_is_compared_too() -> None:
    figures = [
        figure(Station.AFTER_TRANSFER, Source.LAMPHUN, "100", ordered=Decimal(15)),
        figure(Station.CONTRACTED, Source.CONTRACTS, "5"),
        figure(Station.DISBURSED, Source.LAMPHUN, "80"),
    ]

    found = reconcile(1, 2022, figures, extracts={Source.CONTRACTS})

    assert [(d.station, d.until, d.amount) for d in of(found, Kind.DIFFERENCE)] == [
        ("after_transfer", "contracted", 95),
        ("contracted", "disbursed", -75),
        ("after_transfer", "disbursed", 20),
    ]
    assert [(c.cause, c.amount) for c in of(found, Kind.CAUSE)][-2:] == [
        (Cause.ORDERED, 15),
        (Cause.UNKNOWN, 5),
    ]


def test_transfers_during_the_year_are_a_cause_of_their_own() -> None:
    figures = [
        figure(Station.ALLOTTED, Source.LAMPHUN, "100", transferred=Decimal(-7)),
        figure(Station.AFTER_TRANSFER, Source.LAMPHUN, "107"),
    ]

    [cause] = of(reconcile(1, 2022, figures), Kind.CAUSE)

    assert (cause.cause, cause.amount) == (Cause.TRANSFERRED, -7)


@pytest.mark.django_db
def test_local_body_is_told_from_its_own_budget(shared_data: Path) -> None:
    file = shared_data / "local" / "lamphun-pao" / "20250121-lpao-budgeting-mini.csv"
    load(SOURCES["lamphun_pao_budgets"], file)

    [year] = of_agency(LocalBudget.objects.select_related("body")[0].body)

    assert [year.at(one).amount for one in Station] == [
        Decimal("548827400.00"),
        Decimal("548827400.00"),
        None,
        Decimal("112232950.82"),
    ]
    [ordered, rest] = of(year, Kind.CAUSE)
    assert ordered.cause is Cause.ORDERED
    assert rest.amount == Decimal("379373609.82")  # what is left to spend, as the file says itself
