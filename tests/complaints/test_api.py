"""Complaints by machine: the same verb, the same checks, one shape of error."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from complaints import access, api
from complaints.models import Attachment, Complaint

from .test_filing import PNG
from .test_views import SAID

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/complaints/"


def sent(client: Client, **changes: Any) -> Any:
    body = {"nonce": access.new_nonce()} | SAID | changes
    return client.post(ADDRESS, body, content_type="application/json")


def test_complaint_of_an_app_is_filed_with_its_receipt(client: Client) -> None:
    answer = sent(client, about="/budget/2565/")

    case = Complaint.objects.get()
    assert answer.status_code == 201
    assert answer.json()["reference"] == case.reference
    assert len(access.read_key(answer.json()["access_key"])) == 26
    assert case.about == "/budget/2565/"
    assert "no-store" in answer["Cache-Control"]


def test_same_complaint_sent_again_is_answered_with_the_same_receipt(client: Client) -> None:
    nonce = access.new_nonce()

    first, second = sent(client, nonce=nonce), sent(client, nonce=nonce)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_files_come_with_a_form(client: Client) -> None:
    values = {"nonce": access.new_nonce(), "evidence": [SimpleUploadedFile("a.png", PNG)]} | SAID

    answer = client.post(ADDRESS, values)

    assert answer.status_code == 201
    assert answer.json()["files"][0]["sha256"] == Attachment.objects.get().sha256


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"nonce": ""}, "nonce"),
        ({"nonce": "1"}, "nonce"),
        ({"nonce": 1}, "nonce"),
        ({"detail": "สั้น"}, "detail"),
        ({"identity": "famous"}, "identity"),
        ({"desk": "nacc"}, "desk"),
        ({"state": "closed"}, "state"),
        ({"subject": ["a"]}, "subject"),
        ({"subject": {"a": 1}}, "subject"),
        ({"subject": None}, "subject"),
    ],
)
def test_wrong_field_is_named(client: Client, changes: dict[str, Any], named: str) -> None:
    answer = sent(client, **changes)

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [named]
    assert answer["Content-Type"].startswith("application/problem+json")
    assert Complaint.objects.count() == 0


def test_members_of_a_problem_stay_whatever_fields_are_called(client: Client) -> None:
    answer = client.post(
        f"{ADDRESS}", {"detail": "short"}, content_type="application/json", headers={"Accept-Language": "en"}
    )

    told = answer.json()
    assert list(told) == ["type", "title", "status", "detail", "errors"]
    assert told["title"] == "Bad Request"
    assert told["detail"].startswith("Missing or wrong: detail, identity, nonce, subject, suspicion.")
    assert sorted(told["errors"]) == ["detail", "identity", "nonce", "subject", "suspicion"]


def test_choice_that_there_is_not_is_answered_with_those_there_are(client: Client) -> None:
    told = sent(client, identity="famous", province="Atlantis").json()["errors"]

    assert all(one in told["identity"][0] for one in ("anonymous", "confidential", "named"))
    assert "เชียงใหม่" in told["province"][0]


def test_file_of_no_field_and_text_in_the_place_of_files_are_named(client: Client) -> None:
    values = {"nonce": access.new_nonce(), "photo": SimpleUploadedFile("a.png", PNG)} | SAID

    assert list(client.post(ADDRESS, values).json()["errors"]) == ["photo"]
    assert list(sent(client, evidence="a.png").json()["errors"]) == ["evidence"]


def test_place_where_a_body_stops_being_json_is_told(client: Client) -> None:
    answer = client.post(
        ADDRESS, '{"a":\n 1,,}', content_type="application/json", headers={"Accept-Language": "en"}
    )

    assert answer.json()["detail"] == "The body is no JSON from line 2, column 4 on."


@pytest.mark.parametrize(("language", "words"), [("en", "takes POST"), ("th", "รับเฉพาะ POST")])
def test_method_that_is_not_taken_is_answered_with_those_that_are(
    client: Client, language: str, words: str
) -> None:
    answer = client.get(ADDRESS, headers={"Accept-Language": language})

    assert answer.status_code == 405
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("body", ["", "[]", "1", "null", '"x"', "{", "[" * 50_000, "{}"])
def test_body_that_is_no_complaint_is_refused(client: Client, body: str) -> None:
    assert client.post(ADDRESS, body, content_type="application/json").status_code == 400


def test_app_is_told_to_try_again_while_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(api, "file_complaint", away)

    assert sent(client).status_code == 503


def test_closed_form_is_no_address(client: Client, settings: Any) -> None:
    settings.COMPLAINT_PUBLIC_KEYS = []

    assert sent(client).status_code == 404
