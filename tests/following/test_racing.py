"""Two workers at once: one letter goes. Asking and stopping at once: nothing is left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from following import delivery, subscribing
from following.models import Subscriber, Subscription
from following.subjects import subject_of
from tests.factories import allocation, head, loaded

from .conftest import ADDRESS, Sink

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each work gives, all begun in the same moment, each with a connection of its own."""
    start, given = threading.Barrier(len(works)), []

    def run(work: Callable[[], Any]) -> None:
        try:
            start.wait()
            given.append(work())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return given


def test_two_workers_bring_one_request_to_confirm(book: None, sink: Sink) -> None:
    subscribing.ask(ADDRESS, subject_of("agency", "15008"), "th")
    pk = Subscription.objects.get().pk

    given = at_once(*[lambda: delivery.ask_to_confirm(pk)] * 4)

    assert sorted(given, key=str) == [None, None, None, True]
    assert len(sink.received) == 1


def test_two_workers_bring_one_letter_of_the_day(book: None, sink: Sink, tmp_path: Path) -> None:
    subscribing.ask(ADDRESS, subject_of("agency", "15008"), "th")
    loaded(head(), allocation(1, "120.00"), folder=tmp_path)
    hour = timezone.now() - timedelta(hours=1)
    Subscription.objects.update(confirmed_at=hour, told_until=hour - timedelta(days=1))
    Subscriber.objects.update(next_at=hour)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE spending_edition SET published_at = published_at - interval '1 hour'")
    pk = Subscriber.objects.get().pk

    given = at_once(*[lambda: delivery.write_to(pk)] * 4)

    assert sorted(given, key=str) == [None, None, None, True]
    assert len(sink.received) == 1


def test_the_same_wish_many_times_at_once_is_one(book: None) -> None:
    subject = subject_of("agency", "15008")

    at_once(*[lambda: subscribing.ask(ADDRESS, subject, "th")] * 4)

    assert Subscriber.objects.count() == Subscription.objects.count() == 1


def test_asking_and_forgetting_at_once_leaves_no_half(book: None) -> None:
    subject = subject_of("agency", "15008")

    for number in range(5):
        address = f"n{number}@example.org"
        at_once(lambda address=address: subscribing.ask(address, subject, "th"), subscribing.forget_idle)  # type: ignore[misc]

    assert Subscriber.objects.count() == Subscription.objects.count() == 5
