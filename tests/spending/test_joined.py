"""Candidates on the pages of lines and purchases: confirmed ones, unchecked ones, none that was refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spending.models import LineCandidate
from tests.factories import allocation, head, loaded
from tests.purchases import bought, contract, part, project

pytestmark = pytest.mark.django_db
LINE, PROJECT = "/en/budget/2565/lines/2022.3.9.1/", "/en/projects/67119000001/"
REASONS = [
    {"word": "amount_equal", "points": 40, "seen": "1,000.00"},
    {"word": "words", "points": 30, "seen": "lidar"},
    {"word": "district", "points": 14, "seen": "ปากเกร็ด"},
]


@pytest.fixture
def candidate(tmp_path: Path) -> LineCandidate:
    loaded(head(), allocation(1, description="ชุดอุปกรณ์เลเซอร์"), folder=tmp_path)
    bought(part(), project(1, name="ซื้อชุดเลเซอร์"), contract(1), folder=tmp_path)
    return LineCandidate.objects.create(
        item_id="2022.3.9.1", project_number="67119000001", fiscal_year=2022, score=84, reasons=REASONS
    )


@pytest.mark.parametrize("page", [LINE, PROJECT])
@pytest.mark.usefixtures("candidate")
def test_what_nobody_checked_is_said_to_be_so(client: Any, page: str) -> None:
    html = client.get(page).content.decode()

    assert "Alike, not checked by anybody" in html
    assert "equal amounts; words in common: lidar; the line names ปากเกร็ด" in html
    assert "Confirmed by a person" not in html


@pytest.mark.parametrize(("page", "other"), [(LINE, "/en/projects/67119000001/"), (PROJECT, LINE)])
def test_confirmed_pair_leads_from_each_side_to_the_other(
    client: Any, candidate: LineCandidate, page: str, other: str
) -> None:
    candidate.mark_confirmed(by="somchai", reason="ตรงกันทุกข้อ")

    html = client.get(page).content.decode()

    assert "Confirmed by a person" in html
    assert "not checked by anybody" not in html
    assert f'href="{other}"' in html


@pytest.mark.parametrize("page", [LINE, PROJECT])
def test_refused_pair_is_not_shown_and_no_page_names_staff(
    client: Any, candidate: LineCandidate, page: str
) -> None:
    candidate.mark_refused(by="somchai", reason="คนละรายการ")

    html = client.get(page).content.decode()

    assert 'id="joined"' not in html
    assert "somchai" not in html


@pytest.mark.parametrize("page", [LINE, PROJECT])
@pytest.mark.usefixtures("candidate")
def test_day_before_the_other_side_was_known_shows_no_pair(client: Any, page: str) -> None:
    answer = client.get(f"{page}?as_of=2021-12-31")

    assert 'id="joined"' not in answer.content.decode()


def test_api_says_the_same_and_leaves_out_what_was_refused(client: Any, candidate: LineCandidate) -> None:
    [row] = client.get("/api/v1/line-projects/?line=2022.3.9.1").json()["rows"]
    before = client.get("/api/v1/line-projects/")["ETag"]
    candidate.mark_refused(by="somchai", reason="คนละรายการ")

    after = client.get("/api/v1/line-projects/?project=67119000001")

    assert (row["project"], row["score"], row["state"]) == ("67119000001", 84, "proposed")
    assert row["reasons"] == REASONS
    assert after.json()["rows"] == []
    assert after["ETag"] != before


@pytest.mark.usefixtures("candidate")
def test_api_shows_the_crosswalk_without_naming_staff(client: Any) -> None:
    rows = client.get("/api/v1/crosswalk/?agency=15008").json()["rows"]

    assert [(row["scheme"], row["code"], row["how"]) for row in rows] == [("bb", "15008", "name")]
    assert not {"by", "reason"} & rows[0].keys()
