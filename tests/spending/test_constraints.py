"""What must always be true of the facts: each constraint of the database, broken once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from spending.models import (
    Activity,
    Agency,
    AgencyName,
    Allocation,
    BasisReading,
    BodyMatch,
    Buyer,
    Commitment,
    Contract,
    Department,
    Disbursement,
    Dismissal,
    Edition,
    Flag,
    LineCandidate,
    ListedBody,
    MovedFact,
    Plan,
    Project,
    ReferenceTotal,
    ReferenceValue,
    SourceFile,
    Succession,
    Supplier,
    SupplierCount,
    SupplierName,
    SupplierTotal,
)
from spending.models.procurement_totals import ALL_YEARS

pytestmark = pytest.mark.django_db


@contextmanager
def refused_as(constraint: str) -> Iterator[None]:
    """The database refuses what happens inside, in the name of one constraint."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield


@pytest.fixture
def edition() -> Edition:
    return edition_of("2022.3.9")


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(code="15008", name="กรมส่งเสริมการปกครองท้องถิ่น", kind=Agency.Kind.AGENCY)


def edition_of(part: str, **changes: Any) -> Edition:
    source_file, _ = SourceFile.objects.get_or_create(
        sha256="0" * 64, defaults={"name": "book.csv", "size": 10}
    )
    values = {"dataset": "budget_book", "part": part, "as_of": date(2021, 10, 1), "source_file": source_file}
    return Edition.objects.create(**(values | changes))


def allocation(edition: Edition, agency: Agency, **changes: Any) -> Allocation:
    plan, _ = Plan.objects.get_or_create(name="แผนงานพื้นฐาน")
    values = {
        "edition": edition,
        "line": 2,
        "item_id": "2022.3.9.1",
        "fiscal_year": 2022,
        "ministry": agency,
        "agency": agency,
        "plan": plan,
        "description": "ค่าใช้จ่าย",
        "amount": Decimal(1),
        "obliged": False,
    }
    return Allocation.objects.create(**(values | changes))


def commitment(edition: Edition, agency: Agency, **changes: Any) -> Commitment:
    values = {
        "edition": edition,
        "line": 3,
        "item_id": "2022.3.9.2",
        "fiscal_year": 2023,
        "until_year": 2023,
        "ministry": agency,
        "agency": agency,
        "description": "ก่อสร้างถนน",
        "amount": Decimal(1),
    }
    return Commitment.objects.create(**(values | changes))


def test_item_stands_once_in_an_edition(edition: Edition, agency: Agency) -> None:
    allocation(edition, agency)

    with refused_as("one_line_of_an_item_in_an_edition"):
        allocation(edition, agency)


def test_same_item_may_stand_in_another_edition(edition: Edition, agency: Agency) -> None:
    allocation(edition, agency)

    allocation(edition_of("2022.3.9", as_of=date(2022, 1, 1)), agency)

    assert Allocation.objects.count() == 2


def test_allocation_is_never_negative_but_may_be_zero(edition: Edition, agency: Agency) -> None:
    allocation(edition, agency, amount=Decimal(0))

    with refused_as("allocation_is_not_negative"):
        allocation(edition, agency, item_id="2022.3.9.9", amount=Decimal("-0.01"))


def test_commitment_of_an_item_stands_once_in_an_edition(edition: Edition, agency: Agency) -> None:
    commitment(edition, agency)

    with refused_as("one_commitment_of_an_item_in_an_edition"):
        commitment(edition, agency)


def test_commitment_is_never_negative(edition: Edition, agency: Agency) -> None:
    with refused_as("commitment_is_not_negative"):
        commitment(edition, agency, amount=Decimal("-0.01"))


def test_commitment_never_ends_before_it_begins(edition: Edition, agency: Agency) -> None:
    commitment(edition, agency, fiscal_year=2023, until_year=2025)

    with refused_as("commitment_ends_after_it_begins"):
        commitment(edition, agency, item_id="2022.3.9.9", fiscal_year=2023, until_year=2022)


def test_output_and_project_may_share_a_name_but_two_outputs_may_not() -> None:
    Activity.objects.create(kind=Activity.Kind.OUTPUT, name="การบริหารจัดการ")
    Activity.objects.create(kind=Activity.Kind.PROJECT, name="การบริหารจัดการ")

    with refused_as("one_activity_of_a_name"):
        Activity.objects.create(kind=Activity.Kind.OUTPUT, name="การบริหารจัดการ")


def test_name_within_a_ministry_means_one_agency(agency: Agency) -> None:
    AgencyName.objects.create(agency=agency, name="กรมส่งเสริมฯ", ministry_code="15", matched="person")
    AgencyName.objects.create(agency=agency, name="กรมส่งเสริมฯ", ministry_code="20", matched="person")

    with refused_as("one_meaning_of_a_name_in_a_ministry"):
        AgencyName.objects.create(agency=agency, name="กรมส่งเสริมฯ", ministry_code="15", matched="name")


def test_body_has_one_row_in_a_cut_and_economic_class(edition: Edition) -> None:
    values = {"edition": edition, "line": 6, "cut": "ministry", "fiscal_year": 2026, "sheet": "2.กระทรวง"}
    body = {"body_code": "15", "body_name": "กระทรวงมหาดไทย", "as_of": date(2026, 7, 3)}
    Disbursement.objects.create(**values, **body, economic="recurrent")
    Disbursement.objects.create(**values, **body, economic="investment")

    with refused_as("one_row_of_a_body_in_a_cut"):
        Disbursement.objects.create(**values, **body, economic="recurrent")


def test_total_of_a_body_and_time_stands_once_even_without_a_month(edition: Edition) -> None:
    values = {"edition": edition, "line": 1, "fiscal_year": 2022, "measure": "act", "amount": Decimal(1)}
    ReferenceTotal.objects.create(**values)
    ReferenceTotal.objects.create(**values, month=date(2022, 1, 1))

    with refused_as("one_reference_total_of_a_body_and_time"):
        ReferenceTotal.objects.create(**values)


def test_part_has_one_current_edition() -> None:
    published = {"state": "published", "published_at": datetime(2022, 1, 1, tzinfo=UTC)}
    edition_of("2022.3.9", is_current=True, **published)
    edition_of("2022.3.10", is_current=True, **published)

    with refused_as("one_current_edition_of_a_part"):
        edition_of("2022.3.9", is_current=True, **published)


@pytest.mark.parametrize("state", ["loading", "held", "withdrawn"])
def test_only_a_published_edition_is_current(state: str) -> None:
    with refused_as("current_edition_is_published"):
        edition_of("2022.3.9", state=state, is_current=True)


def test_published_edition_says_since_when() -> None:
    with refused_as("published_edition_has_time"):
        edition_of("2022.3.9", state="published")


def test_edition_released_by_a_person_carries_the_reason() -> None:
    edition_of("2022.3.9", released_by="somchai", release_reason="ตรวจกับเล่มแล้ว")

    with refused_as("released_edition_has_reason"):
        edition_of("2022.3.10", released_by="somchai")


# Purchases


def project(edition: Edition, **changes: Any) -> Project:
    buyer, _ = Buyer.objects.get_or_create(code="กรมตัวอย่าง", defaults={"name": "กรมตัวอย่าง"})
    named = {"number": "67119000001", "fiscal_year": 2025, "name": "ซื้อ"}
    values = {"edition": edition, "line": 2, "buyer": buyer, **named}
    return Project.objects.create(**(values | changes))


def contract(edition: Edition, **changes: Any) -> Contract:
    buyer, _ = Buyer.objects.get_or_create(code="กรมตัวอย่าง", defaults={"name": "กรมตัวอย่าง"})
    values = {
        "edition": edition,
        "line": 2,
        "project_number": "67119000001",
        "fiscal_year": 2025,
        "buyer": buyer,
        "winner_kind": "person",
    }
    return Contract.objects.create(**(values | changes))


def test_project_stands_once_in_an_edition(edition: Edition) -> None:
    project(edition)

    with refused_as("one_project_of_a_number_in_an_edition"):
        project(edition)


@pytest.mark.parametrize("measure", ["budget", "reference_price", "agreed_price"])
def test_money_of_a_project_is_not_negative(edition: Edition, measure: str) -> None:
    with refused_as("project_money_is_not_negative"):
        project(edition, **{measure: Decimal(-1)})


def test_contract_of_a_natural_person_points_to_no_supplier(edition: Edition) -> None:
    supplier = Supplier.objects.create(code="0105559000018", tax_id="0105559000018", name="บริษัท ตัวอย่าง จำกัด")

    with refused_as("natural_person_has_no_supplier"):
        contract(edition, supplier=supplier)
    with refused_as("natural_person_has_no_supplier"):
        contract(edition, winner_kind="numbered")


def test_contract_amount_is_not_negative(edition: Edition) -> None:
    with refused_as("contract_is_not_negative"):
        contract(edition, amount=Decimal(-1))


@pytest.mark.parametrize("tax_id", ["3619900123456", "010555900001", "3619900xxxxxx"])
def test_supplier_has_no_id_of_a_natural_person(tax_id: str) -> None:
    with refused_as("supplier_is_no_natural_person"):
        Supplier.objects.create(code=tax_id, tax_id=tax_id, name="บริษัท ตัวอย่าง จำกัด")


def test_numbered_supplier_is_found_by_its_tax_id() -> None:
    with refused_as("numbered_supplier_is_its_tax_id"):
        Supplier.objects.create(code="ตัวอย่าง", tax_id="0105559000018", name="ตัวอย่าง")


def test_spelling_of_a_supplier_is_kept_once() -> None:
    supplier = Supplier.objects.create(code="0105559000018", tax_id="0105559000018", name="บริษัท ตัวอย่าง จำกัด")
    SupplierName.objects.create(supplier=supplier, name="บจก.ตัวอย่าง")

    with refused_as("one_spelling_of_a_supplier"):
        SupplierName.objects.create(supplier=supplier, name="บจก.ตัวอย่าง")


def test_supplier_has_one_total_in_a_year() -> None:
    supplier = Supplier.objects.create(code="0105559000018", tax_id="0105559000018", name="บริษัท ตัวอย่าง จำกัด")
    values = {"supplier": supplier, "lines": 1, "amount": Decimal(1)}
    SupplierTotal.objects.create(fiscal_year=2025, **values)
    SupplierTotal.objects.create(fiscal_year=ALL_YEARS, **values)

    with refused_as("one_total_of_a_supplier_in_a_year"):
        SupplierTotal.objects.create(fiscal_year=2025, **values)


def test_suppliers_of_a_year_are_counted_once() -> None:
    SupplierCount.objects.create(fiscal_year=2025, suppliers=1)
    SupplierCount.objects.create(fiscal_year=ALL_YEARS, suppliers=1)

    with refused_as("one_count_of_suppliers_in_a_year"):
        SupplierCount.objects.create(fiscal_year=2025, suppliers=2)


def test_buyer_that_is_an_agency_says_how_it_was_matched(agency: Agency) -> None:
    with refused_as("matched_buyer_says_how"):
        Buyer.objects.create(code="ก", name="ก", agency=agency)


# Joins


@pytest.fixture
def listed() -> ListedBody:
    return ListedBody.objects.create(scheme="egp", code="", name="กรมตัวอย่าง", letters="กรมตัวอยาง")


def test_department_of_a_code_stands_once_in_an_edition(edition: Edition) -> None:
    Department.objects.create(edition=edition, line=1, code="1048020022", name="โรงเรียนบ้านโพน")

    with refused_as("one_department_of_a_code_in_an_edition"):
        Department.objects.create(edition=edition, line=2, code="1048020022", name="โรงเรียนบ้านใหม่")


def test_listed_body_stands_once_with_its_code_and_name(listed: ListedBody) -> None:
    with refused_as("one_listed_body_of_a_code_and_name"):
        ListedBody.objects.create(scheme="egp", code="", name=listed.name, letters=listed.letters)


def test_listed_body_is_one_agency_at_a_time(listed: ListedBody, agency: Agency) -> None:
    BodyMatch.objects.create(listed=listed, agency=agency, how="name")

    with refused_as("one_standing_match_of_a_listed_body"):
        BodyMatch.objects.create(listed=listed, agency=agency, how="code")


@pytest.mark.parametrize(
    "said", [{"how": "person"}, {"how": "person", "by": "staff"}, {"how": "name", "by": "staff"}]
)
def test_match_by_a_person_says_who_and_why(listed: ListedBody, agency: Agency, said: dict[str, str]) -> None:
    with refused_as("match_by_a_person_says_who_and_why"):
        BodyMatch.objects.create(listed=listed, agency=agency, **said)


def test_undone_match_says_who_and_why(listed: ListedBody, agency: Agency) -> None:
    with refused_as("undone_match_says_who_and_why"):
        BodyMatch.objects.create(
            listed=listed, agency=agency, how="name", undone_at=datetime(2026, 7, 3, tzinfo=UTC)
        )


def test_fact_is_moved_by_one_match(listed: ListedBody, agency: Agency) -> None:
    match = BodyMatch.objects.create(listed=listed, agency=agency, how="name")
    MovedFact.objects.create(match=match, table="allocation", fact=1)

    with refused_as("a_fact_is_moved_by_one_match"):
        MovedFact.objects.create(match=match, table="allocation", fact=1)


def candidate(**changes: Any) -> LineCandidate:
    values = {"item_id": "2022.3.9.1", "project_number": "67119000001", "fiscal_year": 2022, "score": 90}
    return LineCandidate.objects.create(**(values | changes))


def test_line_and_project_are_proposed_once() -> None:
    candidate()

    with refused_as("one_candidate_of_a_line_and_a_project"):
        candidate()


def test_score_is_of_a_hundred() -> None:
    with refused_as("score_is_of_a_hundred"):
        candidate(score=101)


@pytest.mark.parametrize("state", ["confirmed", "refused"])
def test_decision_on_a_candidate_says_who_when_and_why(state: str) -> None:
    with refused_as("decided_candidate_says_who_when_and_why"):
        candidate(state=state, decided_by="staff")


def dismissal(**changes: Any) -> Dismissal:
    values = {
        "rule": "r",
        "version": 1,
        "subject": "s",
        "evidence": {},
        "reason": "Said.",
        "made_by": "staff",
    }
    return Dismissal.objects.create(**(values | changes))


@pytest.mark.parametrize("silent", ["reason", "made_by"])
def test_dismissal_says_why_and_by_whom(silent: str) -> None:
    with refused_as("dismissal_says_why_and_by_whom"):
        dismissal(**{silent: ""})


def test_withdrawn_dismissal_says_why_and_by_whom() -> None:
    with refused_as("withdrawn_dismissal_says_why_and_by_whom"):
        dismissal(withdrawn_reason="Two.")


@pytest.mark.parametrize("silent", ["words", "made_by"])
def test_reading_says_what_and_by_whom(silent: str) -> None:
    with refused_as("reading_says_what_and_by_whom"):
        BasisReading.objects.create(**({"words": "All.", "made_by": "staff"} | {silent: ""}), how="not")


def test_what_was_read_has_an_address() -> None:
    with refused_as("what_was_read_has_an_address"):
        BasisReading.objects.create(basis="act-66", how="part", words="Half of it.", made_by="staff")


def flag(edition: Edition, **changes: Any) -> Flag:
    values = {
        "rule": "specific-method",
        "version": 1,
        "about": "project",
        "subject": "67119000001",
        "project_number": "67119000001",
        "fiscal_year": 2025,
        "buyer": Buyer.objects.get_or_create(code="กรม", name="กรม")[0],
        "evidence": {},
        "edition": edition,
    }
    return Flag.objects.create(**(values | changes))


def test_a_rule_asks_a_subject_once(edition: Edition) -> None:
    flag(edition)

    with refused_as("a_rule_asks_a_subject_once"):
        flag(edition)


@pytest.mark.parametrize("wrong", [{"project_number": ""}, {"about": "pair"}])
def test_flag_stands_at_a_project_or_a_pair(edition: Edition, wrong: dict[str, str]) -> None:
    with refused_as("flag_stands_at_a_project_or_a_pair"):
        flag(edition, **wrong)


def test_reference_values(edition: Edition) -> None:
    values: dict[str, Any] = {
        "edition": edition,
        "line": 2,
        "series": "population",
        "year": 2021,
        "counted_on": date(2021, 12, 31),
        "fiscal_year": 2022,
        "value": Decimal(7),
        "unit": "persons",
        "basis": "counted",
    }
    ReferenceValue.objects.create(**values)
    values["fiscal_year"] = 2023
    create = ReferenceValue.objects.create

    with refused_as("one_reference_value_of_a_place_and_year"):
        create(**(values | {"fiscal_year": 2022}))
    with refused_as("reference_value_is_above_zero"):
        create(**(values | {"value": Decimal(0)}))
    with refused_as("only_an_index_has_a_base_year"):
        create(**(values | {"base_year": 2015}))
    with refused_as("people_are_counted_on_a_day"):
        create(**(values | {"counted_on": None}))
    with refused_as("each_series_has_its_unit"):
        create(**(values | {"unit": "baht"}))


# Successions


def succession(**changes: Any) -> Succession:
    values = {
        "old_code": "15008",
        "old_name": "กรมตัวอย่าง",
        "new_code": "15009",
        "how": "renamed",
        "source": "พระราชกฤษฎีกา พ.ศ. 2566",
    }
    return Succession.objects.create(**(values | changes))


def test_body_became_another_one_once() -> None:
    succession(how="split")
    succession(how="split", new_code="15010")

    with refused_as("one_succession_of_two_bodies"):
        succession(how="merged")


@pytest.mark.parametrize("how", ["renamed", "recoded", "replaced"])
def test_body_goes_on_as_one_other_body_at_most(how: str) -> None:
    succession()

    with refused_as("one_body_goes_on_as_one"):
        succession(how=how, new_code="15010")


def test_body_is_not_its_own_successor() -> None:
    with refused_as("succession_is_of_two_bodies"):
        succession(new_code="15008")


def test_succession_says_where_it_is_written() -> None:
    with refused_as("succession_has_a_source"):
        succession(source="")
