"""A flood waits for a person: nothing is refused in silence, and nobody is known by what is counted."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from complaints import crowding, filing
from complaints.crowding import bucket_of, forget, is_crowded
from complaints.filing import file_complaint
from complaints.models import Attachment, Complaint, Dispatch, Message, SourceCount

from .test_filing import PNG, told
from .test_views import key_on, sent

pytestmark = pytest.mark.django_db


def at(address: str) -> int | None:
    return bucket_of(RequestFactory().post("/complaints/new/", REMOTE_ADDR=address))


def test_sixth_report_of_an_hour_is_kept_and_waits_for_a_person(client: Client) -> None:
    pages = [sent(client) for _ in range(6)]

    states = list(Dispatch.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["pending"] * 5 + ["held"]
    assert all(len(key_on(page)) > 26 for page in pages)
    assert "เจ้าหน้าที่จะดู" not in pages[4].text
    assert "เจ้าหน้าที่จะดู" in pages[5].text


def test_somebody_elsewhere_is_not_kept_waiting(client: Client) -> None:
    for _ in range(6):
        sent(client)

    sent(Client(REMOTE_ADDR="203.0.113.7"))

    assert Dispatch.objects.latest("pk").state == "pending"


def test_same_form_pressed_often_is_counted_once(client: Client) -> None:
    said = told(bucket=7, files=())

    receipts = [file_complaint(said) for _ in range(8)]

    assert SourceCount.objects.get().count == 1
    assert [receipt.is_held for receipt in receipts] == [False] * 8


def test_by_machine_it_is_the_same(client: Client) -> None:
    said = {"suspicion": "corruption", "subject": "ถนน", "detail": "วัดได้ 800 เมตร จาก 1,200 เมตร"}
    answers = [
        client.post(
            "/api/v1/complaints/",
            said | {"identity": "anonymous", "nonce": f"{number:032x}"},
            content_type="application/json",
        )
        for number in range(6)
    ]

    assert [answer.status_code for answer in answers] == [201] * 6
    assert [answer.json()["held"] for answer in answers] == [False] * 5 + [True]


def test_hour_later_the_count_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "_hour", lambda: 100)
    crowded = [is_crowded(7) for _ in range(6)]
    monkeypatch.setattr(crowding, "_hour", lambda: 101)

    assert crowded == [False] * 5 + [True]
    assert not is_crowded(7)


def test_counts_of_hours_that_are_over_are_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "_hour", lambda: 100)
    is_crowded(7)
    monkeypatch.setattr(crowding, "_hour", lambda: 101)
    is_crowded(8)

    forget()

    assert [row.bucket for row in SourceCount.objects.all()] == [8]


@pytest.mark.parametrize("most", [0, 2])
def test_operator_sets_how_many(settings: Any, most: int) -> None:
    settings.COMPLAINTS_FROM_ONE_SOURCE = most

    assert [is_crowded(7) for _ in range(3)] == [False, False, most == 2]


def test_number_says_nothing_of_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "_hour", lambda: 100)
    here = [at(f"203.0.{third}.{last}") for third in range(40) for last in range(50)]
    monkeypatch.setattr(crowding, "_hour", lambda: 101)

    assert all(number is not None and 0 <= number < 65_536 for number in here)
    assert len(set(here)) > 1_900  # spread over the numbers, which are far fewer than addresses
    assert at("203.0.0.0") != here[0]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
    ],
)
def test_household_of_the_newer_protocol_is_one_place(one: str, other: str, is_same: bool) -> None:
    assert (at(one) == at(other)) == is_same


@pytest.mark.parametrize("address", ["", "unix:", "not an address"])
def test_where_no_address_is_known_nothing_is_counted(address: str) -> None:
    assert at(address) is None
    assert not any(is_crowded(at(address)) for _ in range(9))


def test_nothing_of_the_case_leads_to_the_count() -> None:
    file_complaint(told(bucket=4_711, files=()))

    with connection.cursor() as cursor:
        for table in ("complaint", "dispatch", "event", "change", "reporter"):
            cursor.execute(f"SELECT t::text FROM complaints_{table} AS t")
            assert not [row for (row,) in cursor.fetchall() if re.search(r"\b4711\b", row)]
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'complaints_sourcecount'")
        assert cursor.fetchone() == ("u",)  # outside the write-ahead log


def test_system_s_own_limit_holds_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert filing.FLOOD == 1_000
    monkeypatch.setattr(filing, "FLOOD", 2)

    receipts = [file_complaint(told(bucket=number, files=())) for number in range(3)]

    assert [receipt.is_held for receipt in receipts] == [False, False, True]


def test_thirty_files_an_hour_then_they_wait_and_no_word_is_lost(client: Client) -> None:
    key = key_on(sent(client))

    def add(number: int) -> Any:
        files = [SimpleUploadedFile(f"{place}.png", PNG) for place in range(number)]
        said = {"key": key, "act": "add", "words": "หมู่ที่ 4", "evidence": files}
        return client.post("/complaints/status/", said)

    for _ in range(3):
        add(10)
    refused = add(1)

    assert Attachment.objects.count() == filing.MOST_FILES_IN_AN_HOUR == 30
    assert Message.objects.count() == 3
    assert "หมู่ที่ 4" in refused.text
    again = timezone.localtime(Attachment.objects.earliest("received_at").received_at + timedelta(minutes=61))
    assert again.strftime("%H:%M") in refused.text

    hour_ago = timezone.now() - timedelta(minutes=61)
    Attachment.objects.filter(position__lte=10).update(received_at=hour_ago)
    assert add(10).context["done"] == "added"
    assert Complaint.objects.get().attachments.count() == 40


def test_words_alone_may_always_be_added(client: Client) -> None:
    key = key_on(sent(client))
    for _ in range(3):
        files = [SimpleUploadedFile(f"{place}.png", PNG) for place in range(10)]
        client.post("/complaints/status/", {"key": key, "act": "add", "evidence": files})

    page = client.post("/complaints/status/", {"key": key, "act": "add", "words": "หมู่ที่ 4"})

    assert page.context["done"] == "added"


@pytest.mark.usefixtures("transactional_db")
def test_reports_that_come_at_once_are_each_counted() -> None:
    def file(number: int) -> bool:
        try:
            return file_complaint(told(bucket=7, files=())).is_held
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        held = list(threads.map(file, range(20)))

    assert (held.count(False), held.count(True)) == (5, 15)
