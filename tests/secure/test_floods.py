"""S11: more at once, and in an hour, than people can send."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from complaints import filing
from complaints.filing import file_complaint
from complaints.models import Complaint, Dispatch
from config import admission
from tests.complaints.test_filing import told
from tests.staff.test_sign_in import DOOR

from .conftest import Count


@pytest.mark.django_db(transaction=True)
def test_fifty_guesses_at_once_are_not_more_than_five(count: Count, rf: Any) -> None:
    def guess(number: int) -> list[int]:
        try:
            return [admission.may_try(rf.post(DOOR), f"account{number % 4}") for _ in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as threads:
        tried = [attempt for attempts in threads.map(guess, range(50)) for attempt in attempts]

    let_through = sum(bool(attempt) for attempt in tried)
    for number in range(len(tried)):
        count("S11", got_through=number < let_through - 4 * admission.FREE)


@pytest.mark.django_db
def test_flood_about_one_page_waits_for_staff_and_keeps_nobody_out(count: Count) -> None:
    for _ in range(filing.FLOOD_OF_ONE):
        file_complaint(told(files=[]))
    for _ in range(50):
        receipt = file_complaint(told(files=[]))
        sent = Dispatch.objects.get(complaint__reference=receipt.reference)
        count("S11", got_through=sent.state != Dispatch.State.HELD)

    other = file_complaint(told(files=[], about=None))
    assert Dispatch.objects.get(complaint__reference=other.reference).state == Dispatch.State.PENDING
    assert Complaint.objects.count() == filing.FLOOD_OF_ONE + 51  # each has its receipt, and none is dropped
