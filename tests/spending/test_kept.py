"""Answers of the API that are kept while the facts stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spending import kept
from spending.models import Agency, Succession
from tests.factories import allocation, head, loaded

pytestmark = pytest.mark.django_db
ASKED = "/api/v1/allocations/breakdown?by=ministry&year=2565"


def queries(client: Client, address: str, **headers: str) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        client.get(address, headers=headers)
    return [query["sql"] for query in found if "SAVEPOINT" not in query["sql"]]


def test_answer_asked_again_is_the_same_and_reads_no_facts(client: Client, tmp_path: Path) -> None:
    loaded(head(), allocation(1, "5.25"), folder=tmp_path)
    first = client.get(ASKED)

    asked = queries(client, ASKED)
    again = client.get(ASKED)

    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]
    assert again["ETag"] == first["ETag"]
    assert "RateLimit" in again
    assert not any("spending_allocation" in sql for sql in asked)


def test_links_to_other_pages_are_kept_too(client: Client, tmp_path: Path) -> None:
    loaded(head(), *(allocation(n, "5.25") for n in range(3)), folder=tmp_path)
    first = client.get("/api/v1/allocations/?limit=1")

    again = client.get("/api/v1/allocations/?limit=1")

    assert 'rel="next"' in first["Link"]
    assert again["Link"] == first["Link"]


def test_new_edition_is_answered_at_once(client: Client, tmp_path: Path) -> None:
    loaded(head(), allocation(1, "5.25"), folder=tmp_path)
    client.get(ASKED)
    loaded(head(), allocation(1, "6.50"), folder=tmp_path)

    assert client.get(ASKED).json()["total"] == 6.5


def test_what_staff_say_of_bodies_is_another_version(client: Client, tmp_path: Path) -> None:
    loaded(head(), allocation(1, "5.25"), folder=tmp_path)
    before = client.get(ASKED)["ETag"]
    Succession.objects.update(source="another source")

    assert Succession.objects.exists()
    assert client.get(ASKED)["ETag"] != before


def test_name_mended_by_a_migration_reaches_who_holds_the_old_answer(client: Client, tmp_path: Path) -> None:
    loaded(head(), allocation(1, "5.25"), folder=tmp_path)
    agency = Agency.objects.get(code="15008")
    address = f"/api/v1/agencies/{agency.code}/"
    held = client.get(address)
    Agency.objects.filter(pk=agency.pk).update(name_en="Department of Lanterns")
    MigrationRecorder(connection).record_applied("spending", "9999_lanterns")

    now = client.get(address, headers={"If-None-Match": held["ETag"]})

    assert now.status_code == 200
    assert now.json()["row"]["name_en"] == "Department of Lanterns"


@pytest.mark.parametrize(
    ("address", "language"),
    [("http://other.example" + ASKED, "th"), (ASKED, "en"), (ASKED + "&limit=1", "th")],
)
def test_other_question_is_answered_anew(
    client: Client, tmp_path: Path, address: str, language: str, settings: object
) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    loaded(head(), allocation(1, "5.25"), folder=tmp_path)
    client.get(ASKED, headers={"Accept-Language": "th"})
    host = {"Host": "other.example"} if address.startswith("http:") else {}

    asked = queries(client, ASKED if host else address, **{"Accept-Language": language}, **host)

    assert any("spending_allocation" in sql for sql in asked)


def test_large_answer_is_not_kept(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LARGEST", 10)
    loaded(head(), allocation(1, "5.25"), folder=tmp_path)
    client.get(ASKED)

    assert any("spending_allocation" in sql for sql in queries(client, ASKED))


def test_bad_question_is_not_kept(client: Client) -> None:
    assert client.get(ASKED + "&colour=red").status_code == 400
    assert client.get(ASKED + "&colour=red").status_code == 400
