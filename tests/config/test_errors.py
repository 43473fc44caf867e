"""What is answered where no view is reached: problems in the asked language, 405 where pages are read."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
BESIDE_FORMS = (
    "/en/complaints/", "/en/complaints/statistics/", "/en/complaints/opinions/", "/en/follow/asked/",
    "/en/search/feed.atom", "/en/agencies/15008/changes.json",
)  # fmt: skip
"""Pages that show something where others take something in."""


@pytest.mark.parametrize("address", ["/api/", "/api/v2/", "/en/api/v1/allocations/", "/api/v1/nothing/"])
@pytest.mark.parametrize("language", ["en", "th"])
def test_address_that_does_not_exist_is_a_problem_in_the_asked_language(address: str, language: str) -> None:
    answer = Client(raise_request_exception=False).get(address, headers={"Accept-Language": language})

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    is_english = language == "en" or address.startswith("/en/")
    assert ("There is nothing" in answer.json()["detail"]) == is_english


def test_form_that_is_asked_for_and_not_had_is_told_in_thai() -> None:
    answer = Client().get("/api/v1/allocations/", headers={"Accept": "text/csv", "Accept-Language": "th"})

    assert answer.status_code == 406
    assert "ที่อยู่นี้ตอบเป็น application/json" in answer.json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("page", ["/en/budget/2565/", "/embed/budget/2565/", "/en/", *BESIDE_FORMS])
def test_page_that_is_only_read_says_so_to_whoever_sends(page: str, method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(page, headers={"Accept-Language": "en"})

    assert answer.status_code == 405
    assert answer["Allow"].startswith("GET, HEAD")


@pytest.mark.parametrize(
    "form", ["/follow/", "/follow/x/", "/complaints/new/", "/complaints/status/", "/complaints/opinions/new/"]
)
def test_form_beside_them_is_still_sent(form: str) -> None:
    assert Client(enforce_csrf_checks=True).post(form, {}).status_code != 405
