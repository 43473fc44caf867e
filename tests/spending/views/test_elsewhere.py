"""Other publishers: each amount in its own currency, none in a Thai figure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from importers.loading import load
from importers.sources import SOURCES
from spending.models import Contract, ContractTotal, Edition, OpenContract, Project, Supplier

pytestmark = pytest.mark.django_db


def release(number: int, currency: str, amount: float) -> dict[str, object]:
    value = {"amount": amount, "currency": currency}
    suppliers = [{"name": "Acme Ltd"}, {"name": "Pedro Ejemplo"}]
    awards = [{"id": "a", "value": value, "suppliers": suppliers}]
    return {"ocid": f"ocds-213czf-{number}", "date": "2024-01-01", "awards": awards}


@pytest.fixture(autouse=True)
def other_publishers(tmp_path: Path) -> None:
    releases = [release(1, "PYG", 100.5), release(2, "PYG", 1), release(3, "THB", 7)]
    path = tmp_path / "package.json"
    path.write_text(json.dumps({"publisher": {"name": "Acme Republic"}, "releases": releases}))
    load(SOURCES["ocds"], path)


def test_currencies_stand_beside_each_other_and_are_not_added(client: Client) -> None:
    html = client.get("/en/elsewhere/").content.decode()

    assert "101.5 PYG" in html
    assert "7 THB" in html
    assert "108.5" not in html


def test_nothing_of_it_is_in_thai_purchases() -> None:
    assert OpenContract.objects.current().count() == 3
    assert not any(model.objects.exists() for model in (Project, Contract, ContractTotal, Supplier))


def test_person_among_the_suppliers_is_in_no_table() -> None:
    rows = OpenContract.objects.values_list("suppliers", "unnamed")

    assert set(rows) == {("Acme Ltd", 1)}


def test_page_without_files_says_so(client: Client) -> None:
    Edition.objects.update(is_current=False)

    assert "No file of another publisher" in client.get("/en/elsewhere/").content.decode()
    assert client.get("/en/elsewhere/?year=2565").status_code == 400
