"""The public figure of a complaint is frozen from each kind of page, and outlives the data."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils.encoding import iri_to_uri

from complaints.records import RECORDS, record_of
from complaints.snapshots import FROZEN, freeze
from spending.models import Contract, Project
from tests.factories import allocation, head, loaded
from tests.purchases import COMPANY_ID, bought, by_person, contract, part, project

pytestmark = pytest.mark.django_db
PROJECT = "/projects/67119000001/"
CONTRACT = f"{PROJECT}contracts/1∕2568~{COMPANY_ID}/"


@pytest.fixture(autouse=True)
def purchases(tmp_path: Path) -> None:
    loaded(head(), allocation(1, obliged=True), allocation(2), folder=tmp_path)
    bought(part(), project(1), contract(1, "900.00"), folder=tmp_path)


@pytest.mark.parametrize(
    ("address", "amount", "column"),
    [
        (CONTRACT, "900.00", "contract_no"),
        (f"/suppliers/{COMPANY_ID}/", "900.00", "contracts"),
        ("/budget/2565/lines/2022.3.9.1/", None, "amount"),
        ("/agencies/15008/", None, None),
        (PROJECT, None, "reference_price"),
    ],
)
def test_each_kind_of_record_is_frozen_with_its_figures(
    address: str, amount: str | None, column: str | None
) -> None:
    frozen = freeze(address)

    assert frozen is not None
    assert frozen.title != frozen.about
    assert column is None or column in (frozen.figures or {})
    assert amount is None or frozen.amount == Decimal(amount)
    assert json.loads(json.dumps(frozen.data)) == frozen.data
    assert record_of(f"/en{address}?as_of=2026-01-01") == address


@pytest.mark.parametrize(
    "spelt", [CONTRACT, iri_to_uri(CONTRACT), f"/en{iri_to_uri(CONTRACT)}?as_of=2026-01-01"]
)
def test_address_with_thai_letters_is_the_same_record_however_it_is_spelt(spelt: str) -> None:
    frozen = freeze(spelt)

    assert frozen is not None
    assert frozen.amount == Decimal("900.00")
    assert frozen.about.partition("?")[0] == CONTRACT
    assert record_of(spelt) == CONTRACT


def test_report_from_the_page_of_a_contract_holds_its_figures(client: Client) -> None:
    page = client.get(iri_to_uri(CONTRACT)).text
    link = next(link for link in re.findall(r'href="([^"]+)"', page) if "/complaints/new/?about=" in link)

    form = client.get(unescape(link))

    assert form.context["about"].amount == Decimal("900.00")
    assert form.context["form"]["subject"].value() == form.context["about"].title


@pytest.mark.parametrize("address", ["/agencies/15008%00/", "/agencies/%5C%1F/", "/%/"])
def test_signs_that_no_text_holds_are_no_address_in_percent_signs_either(address: str) -> None:
    assert freeze(address) is None
    assert record_of(address) == ""


def test_contract_without_a_number_is_called_by_its_project_alone() -> None:
    Contract.objects.update(contract_no="")

    frozen = freeze(f"{PROJECT}contracts/-~{COMPANY_ID}/")

    assert frozen is not None
    assert frozen.title == Project.objects.get().name


def test_what_was_frozen_outlives_the_data() -> None:
    frozen = freeze(CONTRACT)

    Contract.objects.all().delete()
    Project.objects.all().delete()

    assert frozen is not None
    assert frozen.data["amount"] == "900.00"
    assert freeze(CONTRACT) is None


def test_no_natural_person_is_frozen(tmp_path: Path) -> None:
    bought(part(), project(2), by_person(2), folder=tmp_path, name="persons.txt")

    frozen = freeze("/projects/67119000002/contracts/1∕2568~person/")

    assert frozen is not None
    assert (frozen.figures or {})["winner"] == "person"
    assert not (frozen.figures or {})["supplier"]


@pytest.mark.parametrize(
    "address",
    ["/projects/1/", "/suppliers/nobody/", "/budget/2565/projects/1/", "/projects/67119000001/contracts/x/"],
)
def test_address_of_nothing_is_no_record(address: str) -> None:
    assert freeze(address) is None


def test_every_record_can_be_frozen() -> None:
    assert FROZEN.keys() >= RECORDS


@pytest.mark.parametrize("address", ["/", "/data/", "/budget/2565/", "//x/agencies/1/", "/nothing/"])
def test_other_pages_are_no_records(address: str) -> None:
    assert record_of(address) == ""
