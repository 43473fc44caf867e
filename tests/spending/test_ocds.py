"""Purchases as OCDS: valid, exact, complete, and without natural persons."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from ocdskit.combine import merge
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from importers.records import OpenContractRecord, OpenProcessRecord
from importers.sources import SOURCES
from spending.models import Contract, Project
from tests.purchases import COMPANY_ID, bought, by_person, contract, part, project

pytestmark = pytest.mark.django_db

SCHEMAS = "ocds/schema-1.1"
CODELISTS = {
    "tender/procurementMethod": "method",
    "tender/mainProcurementCategory": "procurementCategory",
    "contracts/status": "contractStatus",
    "awards/status": "awardStatus",
    "initiationType": "initiationType",
    "tag": "releaseTag",
    "parties/roles": "partyRole",
    "awards/value/currency": "currency",
    "tender/value/currency": "currency",
    "planning/budget/amount/currency": "currency",
}


@pytest.fixture(autouse=True)
def purchases(tmp_path: Path) -> None:
    bought(
        part(),
        project(1, "1000.10", method="คัดเลือก", kind="จ้างก่อสร้าง"),
        contract(1, "900.05"),
        project(2, budget=None),
        by_person(2),
        by_person(2, line=9),
        project(3, method="จ้างที่ปรึกษาโดยวิธีประกาศเชิญชวนทั่วไป", kind="อื่น"),
        folder=tmp_path,
    )


@pytest.fixture(params=[False, True], ids=["releases", "records"])
def exported(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "ocds.json"
    call_command("export_ocds", str(path), year=2025, records=request.param)
    return path


def document(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return found


def all_releases(found: dict[str, Any]) -> list[dict[str, Any]]:
    records = found.get("records", [])
    compiled = [record["compiledRelease"] for record in records]
    return [*found.get("releases", []), *compiled, *(one for record in records for one in record["releases"])]


def test_export_holds_each_project_once(exported: Path) -> None:
    found = document(exported)

    listed = found.get("releases") or found["records"]
    assert [one["ocid"] for one in listed] == [f"th-egp-{67119000000 + number}" for number in (1, 2, 3)]


def test_amounts_are_exact_and_in_baht(exported: Path) -> None:
    release = all_releases(document(exported))[0]

    assert release["planning"]["budget"]["amount"] == {"amount": Decimal("1000.10"), "currency": "THB"}
    assert release["planning"]["budget"]["budgetBreakdown"][0]["measures"] == {"budget": Decimal("1000.10")}
    assert release["contracts"][0]["value"] == {"amount": Decimal("900.05"), "currency": "THB"}
    assert '"amount": 900.05,' in exported.read_text(encoding="utf-8")


def test_natural_persons_are_no_parties(exported: Path) -> None:
    second = [one for one in all_releases(document(exported)) if one["ocid"].endswith("2")]

    assert all([party["roles"][0] for party in one["parties"]] == ["buyer"] for one in second)
    assert all("suppliers" not in award for one in second for award in one["awards"])
    assert len(second[0]["contracts"]) == len({one["id"] for one in second[0]["contracts"]}) == 2


def test_export_is_read_back_as_it_was_written(exported: Path) -> None:
    entries = list(SOURCES["ocds"].entries(exported))

    processes = [entry for entry in entries if isinstance(entry, OpenProcessRecord)]
    awards = [e for e in entries if isinstance(e, OpenContractRecord) and e.stage == "contract"]
    assert [one.budgeted for one in processes] == list(
        Project.objects.order_by("number").values_list("budget", flat=True)
    )
    assert sum(one.amount or 0 for one in awards) == Contract.objects.summed("amount")
    assert awards[0].suppliers == "บริษัท ตัวอย่าง จำกัด"


def test_ocdskit_compiles_what_we_call_compiled(tmp_path: Path, shared_data: Path) -> None:
    path = tmp_path / "releases.json"
    call_command("export_ocds", str(path), year=2025)
    ours = tmp_path / "records.json"
    call_command("export_ocds", str(ours), year=2025, records=True)
    package = json.loads(path.read_text(encoding="utf-8"))

    schema = json.loads((shared_data / SCHEMAS / "release-schema.json").read_text(encoding="utf-8"))
    compiled = list(merge([package], schema=schema))

    own = [one["compiledRelease"] for one in json.loads(ours.read_text(encoding="utf-8"))["records"]]
    assert [one["ocid"] for one in compiled] == [one["ocid"] for one in own]
    for one, other in zip(compiled, own, strict=True):
        assert {n: v for n, v in one.items() if n != "id"} == {n: v for n, v in other.items() if n != "id"}


def test_export_is_valid_against_the_schemas_of_the_standard(exported: Path, shared_data: Path) -> None:
    found = json.loads(exported.read_text(encoding="utf-8"))
    kind = "record" if "records" in found else "release"

    errors = list(validator(shared_data / SCHEMAS, f"{kind}-package-schema.json").iter_errors(found))

    assert errors == []
    assert all(len({p["id"] for p in one["parties"]}) == len(one["parties"]) for one in all_releases(found))


def test_compiled_releases_keep_the_extension_for_budgets(exported: Path, shared_data: Path) -> None:
    schema = json.loads((shared_data / SCHEMAS / "budget_and_spend/release-schema.json").read_text())
    breakdown = {**schema["definitions"]["BudgetBreakdown"], "definitions": schema["definitions"]}

    for release in all_releases(json.loads(exported.read_text(encoding="utf-8"))):
        for one in release.get("planning", {}).get("budget", {}).get("budgetBreakdown", []):
            jsonschema.Draft4Validator(breakdown).validate(one)


def test_words_are_those_of_the_codelists(exported: Path, shared_data: Path) -> None:
    for place, name in CODELISTS.items():
        path = shared_data / SCHEMAS / "codelists" / f"{name}.csv"
        codes = {row["Code"] for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())}
        for release in all_releases(document(exported)):
            assert set(at(release, place.split("/"))) <= codes, place


def at(value: Any, steps: list[str]) -> list[Any]:
    """All values that stand at a place, through lists."""
    if isinstance(value, list):
        return [found for one in value for found in at(one, steps)]
    if not steps:
        return [value]
    return at(value[steps[0]], steps[1:]) if steps[0] in value else []


def validator(folder: Path, name: str) -> jsonschema.Draft4Validator:
    """A validator of a package, the release's schema taken from the folder instead of its address."""
    release = json.loads((folder / "release-schema.json").read_text(encoding="utf-8"))
    package = json.loads((folder / name).read_text(encoding="utf-8"))
    store = {
        "https://standard.open-contracting.org/schema/1__1__5/release-schema.json": release,
        "https://standard.open-contracting.org/schema/1__1__5/versioned-release-validation-schema.json": {},
    }
    registry = Registry().with_resources(
        (address, Resource.from_contents(schema, default_specification=DRAFT4))
        for address, schema in store.items()
    )
    return jsonschema.Draft4Validator(package, registry=registry)


def test_address_of_a_project_answers_its_package(client: Client) -> None:
    answer = client.get("/api/v1/ocds/releases/?project=67119000001")
    record = client.get("/api/v1/ocds/records/?project=67119000001").json()

    package = json.loads(answer.content, parse_float=Decimal)
    assert package["version"] == "1.1"
    assert package["uri"] == "http://testserver/api/v1/ocds/releases/?project=67119000001"
    assert package["releases"][0]["contracts"][0]["value"]["amount"] == Decimal("900.05")
    assert record["records"][0]["compiledRelease"]["tag"] == ["compiled"]
    assert [p["id"] for p in package["releases"][0]["parties"] if "supplier" in p["roles"]] == [COMPANY_ID]


@pytest.mark.parametrize(
    ("address", "status"), [("?project=1", 404), ("?project=67119000001&year=2568", 400), ("", 400)]
)
def test_wrong_address_is_answered_in_the_one_shape(client: Client, address: str, status: int) -> None:
    answer = client.get(f"/api/v1/ocds/releases/{address}")

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_year_without_purchases_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no purchases"):
        call_command("export_ocds", str(tmp_path / "none.json"), year=1999)
