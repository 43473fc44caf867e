"""Bodies that were renamed, given another code, merged or split: addresses, pages, their table."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory

from spending.models import Agency, Succession
from spending.succession_admin import SuccessionAdmin
from spending.successions import formerly, present_of
from tests.factories import allocation, head, loaded

How = Succession.How
SHIPPED = settings.BASE_DIR / "spending" / "data" / "successions.csv"


def body(code: str, name: str) -> Agency:
    return Agency.objects.create(code=code, name=name, kind=Agency.Kind.AGENCY)


def succession(old: str, new: str, how: str = How.RENAMED, **more: Any) -> Succession:
    values = {"old_name": f"กรม{old}", "source": "พระราชกฤษฎีกา พ.ศ. 2566", "since": date(2023, 8, 18)}
    return Succession.objects.create(old_code=old, new_code=new, how=how, **(values | more))


@pytest.mark.django_db
@pytest.mark.parametrize("how", [How.RENAMED, How.RECODED, How.REPLACED])
@pytest.mark.parametrize("page", ["", "reconciliation/"])
def test_old_address_of_one_body_leads_to_the_present_one(client: Client, how: str, page: str) -> None:
    body("09908", "กรมใหม่")
    succession("09901", "09908", how)

    answer = client.get(f"/en/agencies/09901/{page}")

    assert answer.status_code == 301
    assert answer["Location"] == f"/en/agencies/09908/{page}"


@pytest.mark.django_db
def test_several_changes_are_followed_to_the_last(client: Client) -> None:
    body("3", "กรมสาม")
    succession("1", "2")
    succession("2", "3", How.RECODED)

    assert client.get("/agencies/1/")["Location"] == "/agencies/3/"
    assert [step.succession.old_code for step in formerly("3")] == ["2", "1"]


@pytest.mark.django_db
def test_changes_in_a_circle_lead_nowhere_further(client: Client) -> None:
    body("1", "กรมหนึ่ง")
    succession("1", "2")
    succession("2", "1")

    assert present_of("1") is None
    assert client.get("/agencies/1/").status_code == 200


@pytest.mark.django_db
def test_figures_of_a_renamed_body_stay_under_the_year_they_speak_of(client: Client, tmp_path: Path) -> None:
    loaded(head(), allocation(1, "5.00"), folder=tmp_path)
    old = Agency.objects.get(allocations__isnull=False, ministry__isnull=False)
    body("09908", "กรมใหม่")
    succession(old.code, "09908", old_name=old.name)

    then = client.get(f"/en/agencies/{old.code}/?year=2565").content.decode()
    now = client.get("/en/agencies/09908/").content.decode()

    assert client.get(f"/en/agencies/{old.code}/").status_code == 301
    assert 'href="/en/agencies/09908/"' in then
    assert "Since 18 August 2023" in then
    assert "Formerly" in now
    assert f'href="/en/agencies/{old.code}/?year=2565"' in now
    assert "พระราชกฤษฎีกา พ.ศ. 2566" in now


@pytest.mark.django_db
def test_split_body_shows_each_part_with_its_source(client: Client) -> None:
    body("A", "กรมแรก")
    body("B", "กรมที่สอง")
    for part in ("A", "B"):
        succession("whole", part, How.SPLIT, old_name="กรมทั้งหมด", source_address="https://example.org/law")

    html = client.get("/en/agencies/whole/").content.decode()

    assert 'href="/en/agencies/A/"' in html
    assert 'href="/en/agencies/B/"' in html
    assert html.count("https://example.org/law") == 2
    assert "กรมทั้งหมด" in html


@pytest.mark.django_db
def test_body_that_was_merged_keeps_its_page_and_says_into_what(client: Client) -> None:
    body("old", "กระทรวงเดิม")
    body("new", "กระทรวงใหม่")
    succession("old", "new", How.MERGED)

    answer = client.get("/en/agencies/old/")

    assert answer.status_code == 200
    assert "merged with others" in answer.content.decode()


@pytest.mark.django_db
def test_record_of_the_api_moves_with_the_code(client: Client) -> None:
    body("09908", "กรมใหม่")
    succession("09901", "09908")

    answer = client.get("/api/v1/agencies/09901/")

    assert answer.status_code == 301
    assert answer["Location"] == "/api/v1/agencies/09908/"
    assert client.get(answer["Location"]).json()["row"]["code"] == "09908"


@pytest.mark.django_db
def test_every_succession_shipped_is_in_the_table_with_its_source() -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert rows
    for row in rows:
        found = Succession.objects.get(old_code=row["old_code"], new_code=row["new_code"])
        assert found.source == row["source"]
        assert found.source
        assert found.how in How.values


@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken",
    [
        {"old": "1", "new": "1"},
        {"old": "1", "new": "2", "source": ""},
    ],
)
def test_succession_needs_two_bodies_and_a_source(broken: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        succession(**broken)


@pytest.mark.django_db
def test_body_goes_on_as_one_body_only_once() -> None:
    succession("1", "2")

    with pytest.raises(IntegrityError), transaction.atomic():
        succession("1", "3", How.RECODED)


@pytest.mark.django_db
def test_row_says_which_account_entered_it(rf: RequestFactory) -> None:
    request = rf.post("/")
    request.user = get_user_model().objects.create_user("clerk")
    row = Succession(old_code="1", old_name="กรม", new_code="2", how=How.RENAMED, source="ประกาศ")

    SuccessionAdmin(Succession, admin.site).save_model(request, row, None, change=False)

    assert Succession.objects.get(old_code="1").entered_by == "clerk"
