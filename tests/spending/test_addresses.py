"""Addresses that stay."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from spending.addresses import YearConverter


@pytest.mark.parametrize("text", ["2565", "2022", "๒๕๖๕"])
def test_year_is_read_in_either_calendar_and_either_digits(text: str) -> None:
    assert YearConverter().to_python(text) == 2022


def test_year_is_written_in_the_buddhist_calendar() -> None:
    with translation.override("en"):
        assert reverse("spending:budget", args=[2022]) == "/en/budget/2565/"


def test_number_that_is_no_year_is_no_page() -> None:
    with pytest.raises(ValueError, match="not a year"):
        YearConverter().to_python("0001")


@pytest.mark.django_db
def test_year_in_the_other_calendar_moves_for_good_with_its_query(client: Client) -> None:
    response = client.get("/en/disbursements/2026/?cut=agency")

    assert response.status_code == 301
    assert response["Location"] == "/en/disbursements/2569/?cut=agency"
