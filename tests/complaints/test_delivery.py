"""The way to the desk: claimed once, sent signed, recorded; failed ones come again, none is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.db.models.functions import Now
from django.utils import timezone

from complaints import delivery, signatures, stand_in, tasks
from complaints.channels import base, egress
from complaints.delivery import deliver, sweep
from complaints.filing import file_complaint, supplement
from complaints.models import Complaint, Desk, Dispatch, Event
from complaints.models.desks import TIRED_AFTER
from complaints.models.dispatches import LEASE, MOST_ATTEMPTS, WAITS
from complaints.stand_in import Agency

from .cases import complaint, dispatch
from .test_filing import told

pytestmark = pytest.mark.django_db


@contextmanager
def agency_at(settings: Any, behaviour: str = "", late: float = 0.2) -> Iterator[Agency]:
    """The stand-in agency, running and set as where everything goes."""
    key = signatures.verify_key_of(settings.COMPLAINT_SIGNING_KEY)
    agency = Agency(key, signatures.new_signing_key(), late_seconds=late)
    agency.behaviour = stand_in.read_behaviour(behaviour)
    server = stand_in.serve(agency)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.STAND_IN_AGENCY = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield agency
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def agency(settings: Any) -> Iterator[Agency]:
    with agency_at(settings) as running:
        yield running


def filed(**changes: Any) -> Dispatch:
    file_complaint(told(**changes))
    return Dispatch.objects.latest("pk")


def test_complaint_reaches_the_agency_signed_and_whole(agency: Agency) -> None:
    sent = filed(identity="named")

    assert deliver(sent.pk)

    sent.refresh_from_db()
    letter = agency.received[str(sent.number)]
    assert sent.state == Dispatch.State.DELIVERED
    assert sent.receipt == "TRIAL-000001"
    assert letter["matter"]["subject"] == "ถนนลาดยางไม่ครบ"
    assert letter["accused"] == [{"name": "นายสมชาย ใจดี"}]
    assert letter["about"]["agency_code"] == "15008"
    assert letter["reporter"]["phone"] == "0812345678"
    assert "address" not in letter


def test_late_hint_at_what_arrived_asks_the_database_once(
    agency: Agency, django_assert_num_queries: Any
) -> None:
    sent = filed()
    deliver(sent.pk)

    with django_assert_num_queries(1):
        again = deliver(sent.pk)

    assert again is None
    assert len(agency.received) == 1


@pytest.mark.parametrize("identity", ["anonymous", "confidential"])
def test_only_the_named_are_named_to_the_agency(agency: Agency, identity: str) -> None:
    sent = filed(identity=identity)

    deliver(sent.pk)

    assert agency.received[str(sent.number)]["reporter"] is None
    assert "0812345678" not in str(agency.received)


def test_what_was_added_travels_along(agency: Agency) -> None:
    sent = filed()
    supplement(sent.complaint, words="พบเอกสารเพิ่ม")

    deliver(sent.pk)

    assert agency.received[str(sent.number)]["added"] == ["พบเอกสารเพิ่ม"]


def test_second_call_finds_nothing_to_do(agency: Agency) -> None:
    sent = filed()

    assert deliver(sent.pk)
    assert not deliver(sent.pk)

    assert agency.times[str(sent.number)] == 1


def test_agency_that_answers_too_late_registers_once(settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(egress.post, "__kwdefaults__", egress.post.__kwdefaults__ | {"seconds": 0.3})
    sent = filed()
    with agency_at(settings, "late", late=1.0) as agency:
        assert not deliver(sent.pk)
        agency.behaviour = {}
        sent.mark_due("system")
        assert deliver(sent.pk)

    assert len(agency.received) == 1
    assert agency.times[str(sent.number)] == 2


@pytest.mark.parametrize("behaviour", ["error", "garbage", "empty", "redirect", "busy"])
def test_answer_that_is_no_receipt_is_no_delivery(settings: Any, behaviour: str) -> None:
    sent = filed()

    with agency_at(settings, behaviour):
        assert not deliver(sent.pk)

    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == (Dispatch.State.PENDING, 1)
    assert sent.last_error
    assert sent.next_attempt_at is not None


def test_agency_that_wants_no_more_is_left_to_a_person(settings: Any) -> None:
    sent = filed()

    with agency_at(settings, "gone"):
        deliver(sent.pk)

    sent.refresh_from_db()
    assert sent.state == Dispatch.State.EXHAUSTED


def test_what_comes_after_the_agency_wanted_no_more_waits_for_staff(settings: Any) -> None:
    sent = filed()

    with agency_at(settings, "gone"):
        deliver(sent.pk)
    further = filed()

    assert further.desk_id == sent.desk_id
    assert (further.state, further.next_attempt_at) == (Dispatch.State.HELD, None)


def test_agency_that_asks_us_to_wait_is_obeyed(settings: Any) -> None:
    sent = filed()

    with agency_at(settings, "busy"):
        deliver(sent.pk)

    sent.refresh_from_db()
    assert sent.next_attempt_at is not None
    assert sent.next_attempt_at - timezone.now() > timedelta(seconds=6)


def test_unsigned_delivery_is_refused_by_the_agency(agency: Agency, settings: Any) -> None:
    settings.COMPLAINT_SIGNING_KEY = signatures.new_signing_key()
    sent = filed()

    deliver(sent.pk)

    assert (agency.refused, agency.received) == (1, {})
    sent.refresh_from_db()
    assert sent.state == Dispatch.State.PENDING


def test_lost_private_key_loses_no_complaint(settings: Any, agency: Agency) -> None:
    sent, keys = filed(), settings.COMPLAINT_PRIVATE_KEYS
    settings.COMPLAINT_PRIVATE_KEYS = []

    assert not deliver(sent.pk)

    settings.COMPLAINT_PRIVATE_KEYS = keys
    sent.mark_due("system")
    assert deliver(sent.pk)


# The claim


def test_attempt_of_a_dead_worker_comes_again() -> None:
    sent = dispatch()
    first = sent.claim()
    Dispatch.objects.update(next_attempt_at=Now() - LEASE)

    assert (first, sent.claim(), sent.claim()) == (1, 2, 0)


def test_worker_that_wakes_up_too_late_changes_nothing() -> None:
    sent = dispatch()
    late = sent.claim()
    Dispatch.objects.update(next_attempt_at=Now() - LEASE)
    sent.claim()

    assert not sent.mark_sent(late, "late")
    assert not sent.mark_failed(late, "late")

    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == (Dispatch.State.PENDING, 2)


def test_lease_is_longer_than_a_channel_may_take() -> None:
    assert LEASE.total_seconds() > 2 * base.TIMEOUT


def test_failed_attempts_follow_the_timetable_and_end_with_a_person() -> None:
    sent = dispatch()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        Desk.objects.update(rests_until=None)
        Dispatch.objects.update(next_attempt_at=Now())
        assert sent.claim() == attempt
        sent.mark_failed(attempt, "The server answered 500.")
        sent.refresh_from_db()
        if attempt < MOST_ATTEMPTS:
            assert sent.next_attempt_at is not None
            waited = (sent.next_attempt_at - timezone.now()).total_seconds()
            assert 0.78 * WAITS[attempt - 1] - 1 < waited < 1.22 * WAITS[attempt - 1]

    assert sent.state == Dispatch.State.EXHAUSTED
    assert sum(WAITS) > 2.9 * 86_400
    assert Event.objects.filter(kind=Event.Kind.EXHAUSTED).count() == 1


def test_last_attempt_that_never_came_back_ends_with_a_person() -> None:
    sent = dispatch(attempts=MOST_ATTEMPTS, next_attempt_at=timezone.now() - timedelta(hours=1))

    assert list(sweep()) == []

    sent.refresh_from_db()
    assert sent.state == Dispatch.State.EXHAUSTED


def test_paper_is_a_task_for_a_person_at_once() -> None:
    sent = filed()

    deliver(sent.pk)

    sent.refresh_from_db()
    assert (sent.state, sent.last_error) == (
        Dispatch.State.EXHAUSTED,
        "To be printed and posted by staff.",
    )


# The sweep


def test_sweep_finds_what_no_hint_ever_started() -> None:
    sent = filed()

    assert list(sweep()) == [sent.pk]


def test_dead_desk_delays_no_other() -> None:
    dead, healthy = Desk.objects.get(code="nacc"), Desk.objects.get(code="pacc")
    Desk.objects.update(per_sweep=3)
    old = timezone.now() - timedelta(hours=1)
    for _ in range(10):
        dispatch(complaint=complaint(desk=dead), next_attempt_at=old)
    last = dispatch(complaint=complaint(desk=healthy))

    found = sweep(is_long=True)

    assert len(found) == 4
    assert last.pk in found[:2]
    assert len(sweep()) == 3


def test_desk_that_fails_again_and_again_rests() -> None:
    for _ in range(TIRED_AFTER):
        sent = dispatch()
        sent.mark_failed(sent.claim(), "The server could not be reached.")
    waiting = dispatch()

    assert waiting.claim() == 0
    assert waiting.pk not in sweep()


def test_after_its_rest_a_tired_desk_is_tried_with_one_delivery_at_a_time() -> None:
    Desk.objects.update(failures=TIRED_AFTER, rests_until=Now() - timedelta(seconds=1))
    first, second = dispatch(), dispatch()

    assert (first.claim(), second.claim()) == (1, 0)

    first.mark_sent(1, "ok")
    assert second.claim() == 1


def test_desk_is_sent_so_many_at_once_and_the_rest_loses_no_attempt() -> None:
    first, second, third = dispatch(), dispatch(), dispatch()

    assert (first.claim(), second.claim(), third.claim()) == (1, 1, 0)
    assert third.pk not in sweep()

    first.mark_sent(1, "ok")
    third.refresh_from_db()
    assert third.attempts == 0
    assert list(delivery.next_in_line(first.pk)) == [third.pk]
    assert third.claim() == 1


def test_desk_that_failed_last_is_sent_one_alone() -> None:
    first, second, third = dispatch(), dispatch(), dispatch()
    first.mark_failed(first.claim(), "The server answered 500.")

    assert (second.claim(), third.claim()) == (1, 0)

    second.mark_sent(1, "ok")
    assert third.claim() == 1


def test_full_desk_takes_no_place_of_another() -> None:
    nacc = Desk.objects.get(code="nacc")
    for _ in range(2):
        dispatch(complaint=complaint(desk=nacc)).claim()
    other = dispatch()

    assert list(sweep()) == [other.pk]
    assert other.claim() == 1


def test_place_of_a_dead_worker_is_free_before_its_lease_is_over() -> None:
    Desk.objects.update(at_once=1)
    first, second = dispatch(), dispatch()
    first.claim()
    assert second.claim() == 0
    Dispatch.objects.filter(pk=first.pk).update(leased_by=2**31 - 1)  # no process has this number

    assert second.claim() == 1


def test_place_is_free_when_the_lease_is_over() -> None:
    Desk.objects.update(at_once=1)
    first, second = dispatch(), dispatch()
    first.claim()
    Dispatch.objects.filter(pk=first.pk).update(leased_until=Now() - timedelta(seconds=1))

    assert second.claim() == 1


def test_error_that_nobody_foresaw_frees_the_place(agency: Agency, monkeypatch: Any) -> None:
    Desk.objects.update(at_once=1)
    first, second = filed(files=[]), filed(files=[])
    with monkeypatch.context() as broken:
        broken.setattr(delivery, "letter_for", lambda dispatch: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deliver(first.pk)

    assert deliver(second.pk)
    assert deliver(first.pk) is None
    first.refresh_from_db()
    assert (first.state, first.attempts) == (Dispatch.State.PENDING, 1)


def test_delivery_hands_its_place_on(agency: Agency, monkeypatch: Any) -> None:
    started: list[int] = []
    monkeypatch.setattr(tasks.deliver, "delay", started.append)
    first, second = filed(files=[]), filed(files=[])

    tasks.deliver(first.pk)
    tasks.deliver(first.pk)

    assert started == [second.pk]


def test_many_workers_at_once_find_no_more_places_than_there_are(transactional_db: None) -> None:
    sent, taken = [dispatch() for _ in range(12)], []
    barrier = threading.Barrier(12)

    def one(mine: Dispatch) -> None:
        barrier.wait()
        taken.append(mine.claim())
        barrier.wait()  # a connection that closes gives its place away
        connections.close_all()

    threads = [threading.Thread(target=one, args=[mine]) for mine in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [0] * 10 + [1, 1]


def test_signature_carries_the_time_of_the_database(agency: Agency, monkeypatch: Any) -> None:
    assert abs(delivery.means(dispatch()).now - timezone.now().timestamp()) < 5
    monkeypatch.setattr(delivery, "database_time", lambda: 1)

    assert not deliver(filed(files=[]).pk)

    assert agency.refused == 1


def test_success_ends_the_rest() -> None:
    Desk.objects.update(failures=TIRED_AFTER, rests_until=Now() - timedelta(seconds=1))
    sent = dispatch()

    sent.mark_sent(sent.claim(), "ok")

    assert Desk.objects.get(code="pacc").failures == 0


def test_many_workers_claim_an_attempt_once(transactional_db: None) -> None:
    sent, taken = dispatch(), []
    barrier = threading.Barrier(12)

    def one() -> None:
        barrier.wait()
        taken.append(sent.claim())
        connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [0] * 11 + [1]


def test_letter_says_nothing_in_its_errors_and_its_name() -> None:
    sent = filed(identity="named", files=[])

    letter = delivery.letter_for(sent)

    assert "สมหญิง" not in repr(letter)
    assert "ลาดยาง" not in repr(letter)
    assert Complaint.objects.get().reference in repr(letter)
