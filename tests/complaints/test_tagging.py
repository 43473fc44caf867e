"""Tags: labels of the office, put on many cases at once and taken off, found by, and written down."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from complaints import exporting, handling, retention, roles, tagging, triage
from complaints.admin import bulk
from complaints.handling import NotPossible
from complaints.models import Change, Complaint, Event, Tag
from complaints.models.tags import is_no_person

from .cases import complaint
from .staff import account, signed_in
from .test_bulk import LIST, before
from .test_bulk import bulk as confirmed

pytestmark = pytest.mark.django_db


@pytest.fixture
def roads() -> Tag:
    return Tag.objects.create(code="roads", name="ถนนชนบท", name_en="rural roads")


def codes(case: Complaint) -> list[str]:
    return [tag.code for tag in case.tags.all()]


def listed(client: Any, query: str) -> list[str]:
    return [case.reference for case in client.get(f"{LIST}?{query}").context["cl"].result_list]


@pytest.mark.parametrize(
    "label",
    ["นางสาวใจดี มีสุข", "นาย สมชาย ใจดี", "Mr. Somchai", "somchai@example.org", "081-234-5678",
     "๐๘๑ ๒๓๔ ๕๖๗๘", "1100700000001", "คดี 123456789"],
)  # fmt: skip
def test_label_that_looks_like_a_person_is_refused(label: str) -> None:
    with pytest.raises(ValidationError):
        is_no_person(label)

    answer = signed_in(roles.SUPERVISOR).post(
        "/admin/complaints/tag/add/", {"code": "x", "name": label, "name_en": "x", "order": 1}
    )
    assert "errorlist" in answer.text
    assert not Tag.objects.exists()


@pytest.mark.parametrize("label", ["นายก อบต.", "งบปี 2568-2569", "สื่อสนใจ", "waits for the court"])
def test_label_of_a_matter_is_taken(label: str) -> None:
    is_no_person(label)


def test_supervisor_keeps_the_list_and_each_change_is_written_down() -> None:
    given = {"code": "media", "name": "สื่อสนใจ", "name_en": "media ask", "order": 1, "is_offered": "on"}

    signed_in(roles.SUPERVISOR).post("/admin/complaints/tag/add/", given)
    signed_in(roles.TRIAGE).post("/admin/complaints/tag/add/", given | {"code": "other"})

    assert [tag.code for tag in Tag.objects.all()] == ["media"]
    change = Change.objects.get(table="complaints_tag")
    assert (change.operation, change.actor, change.fields["code"]) == (
        "INSERT", roles.SUPERVISOR, [None, "media"],
    )  # fmt: skip


def test_tag_is_put_on_the_page_of_a_case_and_taken_off(roads: Tag) -> None:
    case, client = complaint(), signed_in(roles.TRIAGE)
    page = f"{LIST}{case.pk}/change/"

    client.post(page, {"put_tag": roads.pk})
    put, shown = codes(case), client.get(page).text
    client.post(page, {"drop_tag": roads.pk})

    assert (put, codes(case)) == (["roads"], [])
    assert "ถนนชนบท" in shown
    tagged = case.events.filter(kind=Event.Kind.TAGGED)
    assert [event.detail for event in tagged] == [{"tag": "roads", "on": True}, {"tag": "roads", "on": False}]
    rows = Change.objects.filter(table="complaints_complaint_tags").order_by("pk")
    assert [(row.operation, row.actor) for row in rows] == [("INSERT", "triage"), ("DELETE", "triage")]


def test_many_are_tagged_once_it_was_shown_and_what_failed_is_told(roads: Tag) -> None:
    one, two, tagged = complaint(), complaint(), complaint()
    tagging.put(tagged, roads, "triage")
    client, cases = signed_in(roles.INTAKE), [one, two, tagged]

    shown = before(client, "put_tag", cases, step="show", tag=roads.pk)
    untouched = codes(one)
    answer = confirmed(client, "put_tag", cases, tag=roads.pk)

    assert bulk._tagged(3, {"tag": roads}) in shown.text
    assert untouched == []
    assert [codes(case) for case in cases] == [["roads"]] * 3
    said = [str(message) for message in answer.context["messages"]]
    assert [tagged.reference in line for line in said] == [False, True]
    assert Event.objects.filter(kind=Event.Kind.TAGGED).count() == 3


def test_tag_no_longer_offered_is_taken_off_but_not_put_on(roads: Tag) -> None:
    case, other, client = complaint(), complaint(), signed_in(roles.TRIAGE)
    tagging.put(case, roads, "triage")
    Tag.objects.update(is_offered=False)

    refused = confirmed(client, "put_tag", [other], tag=roads.pk)
    confirmed(client, "drop_tag", [case, other], tag=roads.pk)

    assert "errorlist" in refused.text
    assert (codes(case), codes(other)) == ([], [])


def test_case_kept_from_a_person_is_neither_tagged_nor_found_by_them(roads: Tag) -> None:
    kept, client = complaint(), signed_in(roles.TRIAGE)
    handling.keep_from(kept, account(roles.TRIAGE), "supervisor")

    confirmed(client, "put_tag", [kept], tag=roads.pk)
    tagging.put(kept, roads, "supervisor")

    assert kept.events.filter(kind=Event.Kind.TAGGED).count() == 1
    assert listed(client, "tag=roads") == []


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.LIAISON, roles.CUSTODIAN, "superuser", "no role"])
def test_who_may_not_sort_tags_nothing(role: str, roads: Tag) -> None:
    case = complaint()

    confirmed(signed_in(role), "put_tag", [case], tag=roads.pk)

    assert codes(case) == []


def test_cases_are_found_by_tag_and_those_of_none_are_not(roads: Tag) -> None:
    with_tag, _without, client = complaint(), complaint(), signed_in(roles.INTAKE)
    tagging.put(with_tag, roads, "triage")

    assert listed(client, "tag=roads") == [with_tag.reference]
    assert listed(client, "tag=unknown") == []


def test_list_of_tagged_cases_asks_as_often_as_any(roads: Tag, django_assert_max_num_queries: Any) -> None:
    for _number in range(5):
        tagging.put(complaint(), roads, "triage")
    client = signed_in(roles.TRIAGE)

    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_list_that_is_taken_out_tells_the_tags(roads: Tag) -> None:
    case = complaint()
    tagging.put(case, roads, "triage")

    assert exporting.row(case)[-1] == "roads"


def test_emptied_case_bears_no_tag_and_gets_none(roads: Tag) -> None:
    case = complaint()
    tagging.put(case, roads, "triage")
    triage.close(case, "spam", "triage")

    retention.empty(case)

    assert codes(case) == []
    case.refresh_from_db()
    with pytest.raises(NotPossible):
        tagging.put(case, roads, "triage")
