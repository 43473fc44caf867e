"""Purchases in the database: money once, what overlaps once, companies apart, totals equal to the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.crosswalk import match_bodies
from spending.breakdowns import Dimension, break_down
from spending.models import (
    CONTRACT_TOTALS,
    PROJECT_TOTALS,
    Agency,
    Buyer,
    Contract,
    ContractBuyerTotal,
    ContractPlaceTotal,
    ContractTotal,
    ContractWayTotal,
    ContractYearTotal,
    Edition,
    Project,
    ProjectTotal,
    SourceFile,
    Supplier,
)
from spending.purchase_filters import KEPT_APART, ContractFilter
from tests.purchases import COMPANY_ID, bought, by_person, contract, part, project

pytestmark = pytest.mark.django_db


def counted() -> Decimal:
    return Project.objects.current().counted().summed("budget")


def test_project_that_stands_in_two_pieces_counts_in_the_first(tmp_path: Path) -> None:
    bought(part("2568-1"), project(1), project(2), folder=tmp_path)
    bought(part("2568-2"), project(2), project(3), folder=tmp_path)

    assert Project.objects.current().count() == 4
    assert counted() == Decimal("3000.00")
    assert ProjectTotal.objects.current().summed("budget") == Decimal("3000.00")


def test_edition_itself_counts_all_of_its_rows(tmp_path: Path) -> None:
    bought(part("2568-1"), project(1), folder=tmp_path)
    bought(part("2568-2"), project(1), project(2), folder=tmp_path)

    assert Edition.objects.get(part="2568-2").total == Decimal("2000.00")


def test_newer_edition_of_a_part_counts_what_the_older_did(tmp_path: Path) -> None:
    bought(part(), project(1), project(2), folder=tmp_path)
    bought(part(), project(1), project(2, "5000.00"), folder=tmp_path)

    assert counted() == Decimal("6000.00")


def test_contract_of_an_extract_without_its_number_counts_once(tmp_path: Path) -> None:
    bought(part("2568-drones"), project(1), contract(1, contract_no=""), folder=tmp_path)
    bought(
        part("2568-1"),
        project(1),
        contract(1),
        contract(1, "50.00", contract_no="2/2568"),
        folder=tmp_path,
    )

    assert Contract.objects.current().counted().summed("amount") == Decimal("950.00")


def test_contracts_of_one_project_on_both_sides_of_a_border_count_both(tmp_path: Path) -> None:
    bought(part("2568-1"), project(1), contract(1), folder=tmp_path)
    bought(part("2568-2"), project(1), contract(1, contract_no="2/2568"), folder=tmp_path)

    assert Contract.objects.current().counted().summed("amount") == Decimal("1800.00")


def test_names_of_a_numbered_supplier_lead_to_one(tmp_path: Path) -> None:
    other = contract(2, supplier="บจก.ตัวอย่าง")

    bought(part(), project(1), project(2), contract(1), other, folder=tmp_path)

    supplier = Supplier.objects.get()
    assert (supplier.code, supplier.name) == (COMPANY_ID, "บริษัท ตัวอย่าง จำกัด")
    assert {spelling.name for spelling in supplier.names.all()} == {"บริษัท ตัวอย่าง จำกัด", "บจก.ตัวอย่าง"}


def test_supplier_without_usable_id_is_kept_apart_from_its_namesake(tmp_path: Path) -> None:
    unnumbered = contract(2, winner_kind="unnumbered", tax_id="", supplier="บริษัท ตัวอย่าง จำกัด")

    bought(part(), project(1), project(2), contract(1), unnumbered, folder=tmp_path)

    assert set(Supplier.objects.values_list("code", "tax_id")) == {
        (COMPANY_ID, COMPANY_ID),
        ("บริษัท ตัวอย่าง จำกัด", ""),
    }


def test_slash_in_a_name_cannot_end_an_address(tmp_path: Path) -> None:
    bought(part(), project(1, buyer="เทศบาล ก/ข"), folder=tmp_path)

    assert Buyer.objects.get().code == "เทศบาล ก∕ข"
    assert Buyer.objects.get().name == "เทศบาล ก/ข"


def test_department_with_the_name_of_one_agency_is_that_agency(tmp_path: Path) -> None:
    agency = Agency.objects.create(code="07003", name="กรมตัวอย่าง", kind=Agency.Kind.AGENCY)

    bought(part(), project(1), folder=tmp_path)

    assert Buyer.objects.get().agency == agency
    assert Project.objects.current().for_agency(agency).count() == 1


def test_department_whose_name_two_agencies_share_waits_for_a_person(tmp_path: Path) -> None:
    for code in ("23009", "23101"):
        Agency.objects.create(code=code, name="กรมตัวอย่าง", kind=Agency.Kind.AGENCY)

    bought(part(), project(1), folder=tmp_path)

    assert Buyer.objects.get().agency is None


def test_department_is_joined_when_its_agency_becomes_known(tmp_path: Path) -> None:
    bought(part(), project(1), folder=tmp_path)
    agency = Agency.objects.create(code="07003", name="กรมตัวอย่าง", kind=Agency.Kind.AGENCY)

    assert match_bodies().by_name == 1
    assert Buyer.objects.get().agency == agency


def test_published_file_that_names_persons_is_not_kept(tmp_path: Path) -> None:
    bought(part(), project(1), folder=tmp_path)

    source_file = SourceFile.objects.get()
    assert not source_file.content
    assert len(source_file.sha256) == 64


def test_persons_are_one_slice_without_a_name(tmp_path: Path) -> None:
    bought(part(), project(1), contract(1), by_person(1, amount="100.00"), folder=tmp_path)

    parts = break_down(ContractTotal.objects.current(), Dimension.WINNER)

    assert {row.code: row.amount for row in parts.rows} == {
        "numbered": Decimal("900.00"),
        "person": Decimal("100.00"),
    }


amounts = st.decimals(min_value=0, max_value=10**9, places=2)
purchases = st.tuples(
    amounts,
    st.sampled_from(["เฉพาะเจาะจง", "คัดเลือก", ""]),
    st.sampled_from(["กรมหนึ่ง", "กรมสอง"]),
    st.sampled_from([("นนทบุรี", "ปากเกร็ด"), ("นนทบุรี", ""), ("ตาก", "ปากเกร็ด"), ("", "ปากเกร็ด"), ("", "")]),
    st.sampled_from(["numbered", "unnumbered", "person", "unknown"]),
)
SPLITS = (
    Dimension.METHOD,
    Dimension.BUYER,
    Dimension.PROVINCE,
    Dimension.DISTRICT,
    Dimension.TYPE,
    Dimension.YEAR,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(purchases, min_size=1, max_size=8))
def test_totals_beside_purchases_equal_the_purchases(rows: list[tuple[Decimal, ...]], tmp_path: Path) -> None:
    Edition.objects.update(is_current=False)
    entries = []
    for number, (amount, method, buyer, (province, district), kind) in enumerate(rows, start=1):
        named = {"numbered": (COMPANY_ID, "บริษัท ก จำกัด"), "unnumbered": ("", "บริษัท ข จำกัด")}
        tax_id, supplier = named.get(str(kind), ("", ""))
        where = {"method": method, "buyer": buyer, "province": province, "district": district}
        entries.append(replace(project(number, str(amount)), **where))
        won = {"winner_kind": kind, "tax_id": tax_id, "supplier": supplier}
        entries.append(replace(contract(number, str(amount)), **where, **won))
    bought(part(), *entries, folder=tmp_path)

    for dimension in SPLITS:
        facts = break_down(Project.objects.current().counted(), dimension, measure="budget")
        for totals in kept_apart(PROJECT_TOTALS, dimension):
            assert break_down(totals.objects.current(), dimension, measure="budget") == facts
    for dimension in (*SPLITS, Dimension.SUPPLIER, Dimension.WINNER):
        won_facts = break_down(Contract.objects.current().counted(), dimension)
        for totals in kept_apart(CONTRACT_TOTALS, dimension):
            assert break_down(totals.objects.current(), dimension) == won_facts


def kept_apart(totals: tuple[Any, ...], dimension: Dimension) -> list[Any]:
    """The totals that can be split by a dimension."""
    column = KEPT_APART.get(dimension.value)
    return [model for model in totals if column is None or column in model.splits()]


@pytest.mark.parametrize(
    ("query", "totals"),
    [
        ({"by": "method", "year": "2568"}, ContractYearTotal),
        ({"by": "province", "winner": "person"}, ContractYearTotal),
        ({"by": "buyer", "year": "2568"}, ContractBuyerTotal),
        ({"by": "year", "ministry": "07"}, ContractBuyerTotal),
        ({"by": "method", "agency": "07003"}, ContractWayTotal),
        ({"by": "district", "province": "ตาก"}, ContractPlaceTotal),
        ({"by": "method", "district": "ตาก/แม่สอด"}, ContractWayTotal),
        ({"by": "supplier", "province": "ตาก"}, ContractTotal),
    ],
)
def test_smallest_totals_that_can_answer_are_asked(query: dict[str, str], totals: Any) -> None:
    asked = ContractFilter(query)

    assert asked.by is not None
    assert asked.facts(asked.by).model is totals


def test_contracts_signed_before_their_year_began_are_summed_apart(tmp_path: Path) -> None:
    before = {"signed_on": date(2024, 9, 30), "contract_no": "2/2568"}
    bought(part(), project(1), contract(1, "900"), contract(1, "70.50", **before), folder=tmp_path)

    total = ContractBuyerTotal.objects.get()
    assert (total.amount, total.carried_over, total.lines) == (Decimal("970.50"), Decimal("70.50"), 2)
