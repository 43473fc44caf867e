"""Opinions: sealed until a person has read them, published and answered, or made a complaint."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone

from complaints import access, crowding, inbox, opinions, roles, sealing
from complaints.access import access_for
from complaints.forms import new_token, nonce_of
from complaints.models import Complaint, Dispatch, Event, Opinion, SourceCount
from complaints.sightings import sighting, step
from tests.factories import allocation, head, loaded

from .cases import complaint, opinion
from .staff import signed_in

pytestmark = pytest.mark.django_db
RECORD = "/agencies/15008/"
WORDS = "ถนนสายนี้สร้างดี แต่ช้าไปหนึ่งปี"


@pytest.fixture(autouse=True)
def facts(tmp_path: Path) -> None:
    loaded(head(), allocation(1, obliged=True), folder=tmp_path)


def sent(client: Client, **changes: str) -> Any:
    return client.post(
        "/complaints/opinions/new/", {"token": new_token(), "about": RECORD, "words": WORDS} | changes
    )


def moderated(client: Client, one: Opinion, **data: str) -> None:
    client.post(f"/admin/complaints/opinion/{one.pk}/change/", data)


def test_opinion_is_received_sealed_with_its_figure(client: Client) -> None:
    answer = sent(client)

    kept = Opinion.objects.get()
    assert answer.status_code == 200
    assert (kept.about, kept.agency_code, kept.state) == (RECORD, "15008", "received")
    assert WORDS.encode() not in bytes(kept.words or b"")
    assert not client.cookies
    assert WORDS not in client.get(RECORD).text


def test_sent_twice_is_kept_once(client: Client) -> None:
    token = new_token()

    first, second = sent(client, token=token), sent(client, token=token)

    assert Opinion.objects.count() == 1
    assert first.context["key"] == second.context["key"]


@pytest.mark.parametrize(
    "changes",
    [{"words": ""}, {"words": "x" * 3_001}, {"words": "ดี"}, {"about": "/data/"}, {"about": "//x/agencies/1/"},
     {"token": "forged"}, {"words": "a long text \x00"}],
)  # fmt: skip
def test_what_cannot_be_kept_is_shown_again(client: Client, changes: dict[str, str]) -> None:
    answer = sent(client, **changes)

    assert answer.status_code in (200, 403)
    assert not Opinion.objects.exists()


def test_post_from_another_site_is_refused(client: Client) -> None:
    answer = client.post(
        "/complaints/opinions/new/",
        {"token": new_token(), "about": RECORD, "words": WORDS},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403
    assert not Opinion.objects.exists()


def test_moderator_publishes_it_beside_the_record_and_the_agency_answers(client: Client) -> None:
    sent(client)
    one, moderator = Opinion.objects.get(), signed_in(roles.INTAKE)

    page = moderator.get(f"/admin/complaints/opinion/{one.pk}/change/")
    moderated(moderator, one, decision="publish", words_to_publish="ถนนดี แต่ช้า")
    moderated(moderator, one, new_answer="เพราะน้ำท่วม")

    shown = client.get(RECORD).text
    assert WORDS in page.text
    assert "ถนนดี แต่ช้า" in shown
    assert "เพราะน้ำท่วม" in shown
    assert "ถนนดี แต่ช้า" in client.get(f"/complaints/opinions/?about={RECORD}").text
    assert Opinion.objects.get().words is None
    kinds = [str(e.kind) for e in Event.objects.filter(complaint=None).order_by("number")]
    assert kinds == ["opened", "published", "answered"]


def test_declined_opinion_is_removed_and_shown_nowhere(client: Client) -> None:
    one = opinion()

    moderated(signed_in(roles.INTAKE), one, decision="decline")

    assert Opinion.objects.get().words is None
    assert "บริการดี" not in client.get(RECORD).text


def test_opinion_made_a_complaint_keeps_its_key_and_is_written_down(client: Client) -> None:
    token = new_token()
    sent(client, token=token)
    key = access_for(nonce_of(token), settings.COMPLAINT_PEPPER).key
    before = client.post("/complaints/status/", {"key": key})

    moderated(signed_in(roles.TRIAGE), Opinion.objects.get(), decision="convert", suspicion="spending")

    case, one = Complaint.objects.get(), Opinion.objects.get()
    found = inbox.find(key)
    assert before.status_code == 200
    assert found == case == one.complaint
    assert sealing.unseal_words(case.matter, settings.COMPLAINT_PRIVATE_KEYS)["detail"] == WORDS
    assert (case.identity, case.about, one.words) == ("anonymous", RECORD, None)
    assert Dispatch.objects.get().state == "pending"
    assert [str(e.kind) for e in case.events.all()] == ["filed", "converted"]


def test_decision_is_made_once() -> None:
    one = opinion()

    assert opinions.publish(one, "ดี", "a")
    assert not opinions.decline(one, "b")
    assert opinions.convert(one, "other", "b") is None
    assert not opinions.answer(opinion(), "x", "a")


@pytest.mark.parametrize("data", [{"decision": "publish", "words_to_publish": ""}, {"decision": "convert"}])
def test_decision_wants_what_belongs_to_it(data: dict[str, str]) -> None:
    one = opinion()

    moderated(signed_in(roles.INTAKE), one, **data)

    one.refresh_from_db()
    assert one.state == "received"


def test_status_page_tells_what_became_of_an_opinion(client: Client) -> None:
    token = new_token()
    key = sent(client, token=token).context["key"]
    opinions.publish(Opinion.objects.get(), "ถนนดี", "a")

    answer = client.post("/complaints/status/", {"key": key})

    assert "ถนนดี" in answer.text


def test_script_in_an_opinion_is_only_text(client: Client) -> None:
    opinions.publish(opinion(), "<script>alert(1)</script>", "a")

    assert "<script>alert" not in client.get(RECORD).text


@pytest.mark.parametrize("address", ["/complaints/opinions/", "/complaints/opinions/?about=/data/",
                                     "/complaints/opinions/new/?about=/data/"])  # fmt: skip
def test_pages_without_a_record_have_no_opinions(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


# How many reported a record


def test_steps_never_tell_a_small_number() -> None:
    assert [step(number) for number in (0, 4, 5, 9, 10, 49, 10_000)] == [0, 0, 5, 5, 10, 20, 1_000]


def test_form_tells_that_others_reported_it_by_category_alone(client: Client) -> None:
    for _ in range(6):
        complaint(about=RECORD, suspicion="bidding")
    for _ in range(4):
        complaint(about=RECORD, suspicion="wealth")

    found = sighting(RECORD)
    page = client.get(f"/complaints/new/?about={RECORD}")

    assert found is not None
    assert found.at_least == 10
    assert [number for _words, number in found.suspicions] == [5]
    assert page.context["sighting"] == found


def test_form_tells_nothing_of_fewer_than_five(client: Client) -> None:
    for _ in range(4):
        complaint(about=RECORD)

    assert client.get(f"/complaints/new/?about={RECORD}").context["sighting"] is None


@pytest.mark.parametrize("policy", [True, False])
def test_record_tells_of_complaints_only_if_policy_allows_it(
    client: Client, settings: Any, policy: bool
) -> None:
    settings.COMPLAINTS_SHOWN_ON_RECORDS = policy
    for _ in range(7):
        complaint(about=RECORD)

    page = client.get(f"/en{RECORD}").text

    assert ("At least 5 people have reported this record" in page) == policy


def test_closed_key_space_is_shared() -> None:
    """A key opens one thing: an opinion's key is no complaint's until it became one."""
    one = opinion()

    assert inbox.find(access.new_nonce()) is None
    assert not Complaint.objects.filter(key_digest=one.key_digest).exists()


def test_after_twenty_opinions_of_an_hour_one_is_asked_to_wait_and_keeps_the_words(client: Client) -> None:
    for _ in range(20):
        assert sent(client).status_code == 200

    refused = sent(client)

    assert Opinion.objects.count() == 20
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3_600
    assert WORDS in refused.text
    again = timezone.localtime(crowding.next_hour()).strftime("%H:%M")
    assert f"{again} น." in refused.text
    assert sent(Client(REMOTE_ADDR="203.0.113.7")).status_code == 200


def test_opinions_and_reports_are_counted_apart(client: Client, settings: Any) -> None:
    settings.COMPLAINTS_FROM_ONE_SOURCE = 1
    for _ in range(3):
        sent(client)
    request = RequestFactory().post("/complaints/new/")

    assert not crowding.is_crowded(crowding.bucket_of(request))
    assert SourceCount.objects.count() == 2
    assert [row.bucket < 65_536 for row in SourceCount.objects.order_by("bucket")] == [True, False]


def test_same_opinion_pressed_often_is_counted_once(client: Client) -> None:
    token = new_token()

    answers = [sent(client, token=token) for _ in range(25)]

    assert {answer.status_code for answer in answers} == {200}
    assert SourceCount.objects.get().count == 1


def test_in_the_next_hour_opinions_are_taken_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "_hour", lambda: 100)
    answers = [sent(client).status_code for _ in range(21)]
    monkeypatch.setattr(crowding, "_hour", lambda: 101)

    assert answers == [200] * 20 + [429]
    assert sent(client).status_code == 200


def test_operator_who_counts_nothing_has_no_opinions_counted(client: Client, settings: Any) -> None:
    settings.COMPLAINTS_FROM_ONE_SOURCE = 0

    assert {sent(client).status_code for _ in range(22)} == {200}
