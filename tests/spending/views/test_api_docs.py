"""The pages about the API: every example answers, every former service has an address."""

from __future__ import annotations

import gzip
import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.conf import settings
from django.test import Client

from importers.loading import load
from importers.records import Body
from importers.sources import SOURCES
from spending.api_guide import BESIDE, EXAMPLES, FIELDS, NEEDED, SERVICES, examples
from spending.resources import RESOURCES
from tests.factories import allocation, head, loaded
from tests.test_pages import publish

pytestmark = pytest.mark.django_db
FORMER = {
    "cgdcontract", "summary_cgdcontract", "egpdepartment", "egpsubdepartment", "egpwinner", "bbministry",
    "bbagc", "bbgf_summary", "bb_group_by_aspect", "bb_transaction_type", "gf_transaction_type", "bb_stg",
    "gf_stg", "gf_per_month",
}  # fmt: skip
"""The services of the former site."""


@pytest.fixture
def figures(tmp_path: Path) -> None:
    publish(tmp_path)


@pytest.fixture(autouse=True)
def named(db: None, tmp_path: Path) -> None:
    """What the examples name: a ministry, and a package of another publisher."""
    ministry = Body("กระทรวงศึกษาธิการ", "20", "ministry")
    agency = Body("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "20004", "agency", "20")
    loaded(head("2022.3.20"), allocation(90, ministry=ministry, agency=agency), folder=tmp_path)
    asked = dict(parse_qsl(NEEDED["package-figures"]))
    measure = {"source": "amount", "currency": asked["currency"], "phase": "executed"}
    described = {
        "name": asked["package"],
        "title": "Spending",
        "resources": [{"name": "table", "path": "table.csv"}],
        "mapping": {"measures": {"amount": measure}, "dimensions": {asked["dimension"]: {"source": "body"}}},
    }
    (tmp_path / "datapackage.json").write_text(json.dumps(described))
    (tmp_path / "table.csv").write_text("body,amount\nHealth,10\n")
    load(SOURCES["fiscal_packages"], tmp_path / "datapackage.json")


def addresses(html: str) -> set[str]:
    return {unescape(href) for href in re.findall(r'href="(/api/v1/[^"]+)"', html)}


@pytest.mark.parametrize("page", ["/api/v1/docs/", "/en/api/v1/docs/", "/api/v1/docs/migration/"])
def test_every_address_that_a_page_shows_is_answered(client: Client, figures: None, page: str) -> None:
    shown = addresses(client.get(page).content.decode())

    answers: dict[str, Any] = {address: client.get(address) for address in shown}
    for answer in answers.values():
        answer.getvalue()

    assert len(shown) > 10
    assert {
        address: answer.status_code for address, answer in answers.items() if answer.status_code != 200
    } == {}


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=list(RESOURCES))
def test_examples_of_a_resource_are_of_its_own_words(client: Client, db: None, resource: Any) -> None:
    for address in examples(resource):
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 200)
        answer.getvalue()


@pytest.mark.parametrize("page", ["/api/v1/docs/", "/api/v1/docs/migration/"])
def test_addresses_to_copy_can_be_sent_by_every_program(client: Client, page: str) -> None:
    html = client.get(page).content.decode()

    shown = [*re.findall(r'href="(/api/v1/[^"]+)"', html), *re.findall(r"<code>(/api/v1/[^<]+)</code>", html)]
    assert any("province=%E0%B9%80" in one or "q=%E0%B9%82" in one for one in shown)
    assert [one for one in shown if not one.isascii()] == []


def test_encoded_addresses_stand_beside_the_words_they_mean(client: Client) -> None:
    assert "province=เชียงราย" in client.get("/api/v1/docs/").content.decode()
    assert "(q=บริษัท)" in client.get("/api/v1/docs/migration/").content.decode()


def test_example_of_other_packages_is_of_one_in_the_sample() -> None:
    with gzip.open(settings.BASE_DIR / "sample" / "fiscal_packages.jsonl.gz", "rt", encoding="utf-8") as file:
        sample = file.read()

    asked = dict(parse_qsl(NEEDED["package-figures"]))
    rows = [json.loads(line) for line in sample.splitlines() if line.startswith('["figure"')]
    found = [row for row in rows if row[2] == asked["package"] and asked["figure"] in row]
    assert found
    assert all(asked["currency"] in row for row in found)
    assert any(name == asked["dimension"] for row in found for name, _value in row[8])


def test_examples_name_resources_that_exist() -> None:
    assert EXAMPLES.keys() <= RESOURCES.keys()


def test_every_service_of_the_former_site_has_an_address() -> None:
    assert {service.name for service in SERVICES} >= FORMER


def test_fields_of_the_former_site_lead_to_columns() -> None:
    columns = {f"{name}.{one.name}" for name, resource in RESOURCES.items() for one in resource.columns}

    assert set(FIELDS.values()) <= columns


def test_pages_show_the_documented_programs_with_their_own_address(client: Client, db: None) -> None:
    html = unescape(client.get("/en/api/v1/docs/").content.decode())

    assert 'pandas.read_parquet("http://testserver/api/v1/allocations.parquet?year=2565")' in html
    assert "127.0.0.1:8000" not in html


def test_pages_refuse_words_they_do_not_take(client: Client, db: None) -> None:
    assert client.get("/api/v1/docs/?year=2565").status_code == 400


def test_index_and_page_name_every_address_beside_the_rows(client: Client) -> None:
    told = client.get("/api/v1/").json()
    page = client.get("/en/api/v1/docs/").content.decode()

    for one in BESIDE:
        assert told[one.name]["address"] == f"http://testserver/api/v1/{one.name}/"
        assert f"<code>{one.name}</code>" in page
        assert client.get(told[one.name]["address"]).status_code in (200, 400)  # 400: needs a question


def test_complaints_lead_to_the_form_and_to_their_figures(client: Client) -> None:
    assert client.get("/en/complaints/?about=/en/budget/2565/")["Location"] == (
        "/en/complaints/new/?about=/en/budget/2565/"
    )
    for path in ("/en/data/", "/en/about/", "/en/complaints/new/"):
        assert 'href="/en/complaints/statistics/"' in client.get(path).content.decode()
