"""To whom a case is proposed, and why: province first, then load; never to whom it is kept from."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import override

from complaints import assigning, handling, roles, sealing, triage
from complaints.assigning import Candidate, chosen, province_of
from complaints.models import Change, Complaint, Member

from .cases import complaint
from .staff import account, signed_in

pytestmark = pytest.mark.django_db
KHON_KAEN = "ขอนแก่น"


def about(province: str, column: str = "province", **changes: Any) -> Complaint:
    figures = {"title": "ถนน", "figures": {column: province}}
    return complaint(snapshot=figures, snapshot_sha256="0" * 64, **changes)


def page(case: Complaint) -> str:
    return f"/admin/complaints/complaint/{case.pk}/change/"


def proposal(case: Complaint) -> str:
    found = assigning.proposed(case, province_of(case))
    assert found is not None
    return found.name


@pytest.mark.parametrize(
    ("people", "province", "name", "says"),
    [
        ([("a", 0, False), ("b", 9, True)], KHON_KAEN, "b", "alone looks after ขอนแก่น; 9 open cases"),
        ([("a", 3, True), ("b", 1, True)], KHON_KAEN, "b", "looks after ขอนแก่น; 1 open case, the fewest"),
        ([("a", 3, False), ("b", 1, False)], KHON_KAEN, "b", "nobody who may see it looks after ขอนแก่น"),
        ([("b", 2, False), ("a", 2, False)], "", "a", "the province is not known here; 2 open cases"),
    ],
)
def test_province_comes_before_load_and_the_reason_is_said(
    people: list[tuple[str, int, bool]], province: str, name: str, says: str
) -> None:
    with override("en"):
        found = chosen([Candidate(*one) for one in people], province)

    assert found is not None
    assert found.name == name
    assert says in found.reason


def test_nobody_is_proposed_where_nobody_may() -> None:
    assert chosen([], KHON_KAEN) is None
    assert assigning.proposed(complaint(), "") is None


@pytest.mark.parametrize("column", assigning.PROVINCES)
def test_province_is_that_of_the_figure_and_else_the_citizens(column: str) -> None:
    assert province_of(about(KHON_KAEN, column), {"province": "เลย"}) == KHON_KAEN
    assert province_of(complaint(), {"province": "เลย"}) == "เลย"
    assert province_of(complaint()) == ""


def test_open_cases_are_counted_and_closed_ones_not() -> None:
    busy, free = account(roles.TRIAGE, name="a-busy"), account(roles.TRIAGE, name="b-free")
    handling.assign(complaint(), busy, "x")
    for _number in range(2):
        done = complaint(assigned_to=free)
        triage.close(done, "spam", "x")

    assert proposal(complaint()) == "b-free"


def test_case_is_proposed_to_nobody_from_whom_it_is_kept_and_to_nobody_who_may_not_act() -> None:
    case = about(KHON_KAEN, agency_code="15008")
    near = {"provinces": [KHON_KAEN]}
    declared = account(roles.TRIAGE, name="a", **near)
    account(roles.TRIAGE, name="b", agency_code="15", **near)
    account(roles.INTAKE, name="c", **near)
    gone = account(roles.TRIAGE, name="d", **near)
    gone.is_active = False
    gone.save()
    account(roles.SUPERVISOR, name="e", **near)
    account(roles.TRIAGE, name="f")
    handling.keep_from(case, declared, "supervisor")

    assert proposal(case) == "f"


def test_page_tells_who_is_proposed_and_why_with_the_opened_province_only_to_readers() -> None:
    account(roles.TRIAGE, name="near", provinces=[KHON_KAEN])
    sealed = sealing.seal_words({"subject": "ถนน", "province": KHON_KAEN}, settings.COMPLAINT_PUBLIC_KEYS[0])
    case = complaint(matter=sealed)

    read = signed_in(roles.TRIAGE).get(page(case)).text
    sorted_ = signed_in(roles.INTAKE).get(page(case)).text

    reason = chosen([Candidate("near", 0, True)], KHON_KAEN)
    assert reason is not None
    assert f"near – {reason.reason}" in read
    assert "field-proposed_worker" in sorted_
    assert KHON_KAEN not in sorted_


@pytest.mark.parametrize(("given", "kept"), [("ขอนแก่น, เลย", ["ขอนแก่น", "เลย"]), ("ขอนแกน", None)])
def test_supervisor_says_who_looks_after_which_province(given: str, kept: list[str] | None) -> None:
    user = account(roles.TRIAGE)

    answer = signed_in(roles.SUPERVISOR).post(
        "/admin/complaints/member/add/", {"user": user.pk, "provinces": given}
    )

    found = Member.objects.filter(user=user).first()
    assert (found.provinces if found else None) == kept
    assert ("ขอนแกน" in answer.text) == (kept is None)
    assert Change.objects.filter(table="complaints_member").exists() == (kept is not None)


def test_proposal_costs_three_questions(django_assert_num_queries: Any) -> None:
    for number in range(4):
        account(roles.TRIAGE, name=f"officer-{number}", provinces=[KHON_KAEN])
    case = about(KHON_KAEN)

    with django_assert_num_queries(3):
        assigning.proposed(case, KHON_KAEN)
