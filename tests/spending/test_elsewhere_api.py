"""Other publishers in the API and in the dump: each row in its currency, no sum of two kinds, no person."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from django.test import Client

from importers.loading import load
from importers.sources import SOURCES
from spending.dumps.manifest import MANIFEST, as_text, read_manifest
from spending.dumps.signing import new_key
from spending.dumps.verifying import verify
from spending.dumps.writing import publish
from spending.models import Edition

pytestmark = pytest.mark.django_db
API = "/api/v1"
PERSON, SLUG = "Pedro Ejemplo", "pedro-ejemplo-1"


def process(number: int, currency: str, amount: float, **tender: Any) -> dict[str, Any]:
    """A process that Acme won, or a person if its number is even: then the person is also in title and id."""
    value = {"amount": amount, "currency": currency}
    winner, title, award = ("Acme Ltd", "Works", "a1") if number % 2 else (PERSON, f"By {PERSON}", SLUG)
    return {
        "ocid": f"ocds-213czf-{number}",
        "date": f"2024-01-0{number}",
        "tender": {"value": value, "procurementMethod": "open", "title": title, **tender},
        "awards": [{"id": award, "value": value, "suppliers": [{"name": winner}], "status": "active"}],
        "contracts": [{"id": "c1", "awardID": award, "value": value}],
    }


def loaded(folder: Path, name: str, *releases: dict[str, Any]) -> None:
    path = folder / name
    path.write_text(json.dumps({"publisher": {"name": "Acme Republic"}, "releases": releases}))
    load(SOURCES["ocds"], path)


DESCRIPTOR = {
    "name": "budget-of-acme",
    "title": "Budget of Acme",
    "resources": [{"name": "table", "path": "table.csv"}],
    "mapping": {
        "measures": {
            "approved": {"source": "approved", "currency": "MKD", "phase": "approved"},
            "paid": {"source": "paid", "currency": "MKD", "phase": "executed"},
        },
        "dimensions": {"ministry": {"source": "body"}, "kind": {"source": "kind"}},
    },
}
TABLE = "body,kind,approved,paid\nHealth,wages,10,7.5\nHealth,works,5,1\nSchools,wages,3,\n"


@pytest.fixture(autouse=True)
def other_publishers(tmp_path: Path) -> None:
    loaded(
        tmp_path, "first.json", process(1, "PYG", 100.5), process(2, "PYG", 1.000001), process(3, "THB", 7)
    )
    (tmp_path / "datapackage.json").write_text(json.dumps(DESCRIPTOR))
    (tmp_path / "table.csv").write_text(TABLE)
    load(SOURCES["fiscal_packages"], tmp_path / "datapackage.json")


def answer(client: Client, address: str) -> Any:
    return client.get(API + address).json(parse_float=Decimal)


def test_rows_name_their_currency_and_the_list_none(client: Client) -> None:
    found = answer(client, "/open-contracts/?stage=award")

    assert (found["unit"], found["currency"]) == (None, None)
    assert [(row["amount"], row["currency"]) for row in found["rows"]] == [
        (Decimal("100.5"), "PYG"),
        (Decimal("1.000001"), "PYG"),
        (7, "THB"),
    ]


def test_list_in_one_currency_says_so(client: Client) -> None:
    found = answer(client, "/open-processes/?currency=pyg")

    assert (found["unit"], found["currency"], len(found["rows"])) == ("PYG", "PYG", 2)


def test_no_person_is_in_any_row_or_file(client: Client) -> None:
    for name in ("open-processes", "open-contracts"):
        for ending in ("/", ".csv", ".jsonl"):
            text = client.get(f"{API}/{name}{ending}").getvalue().decode().lower()
            assert "ocds-213czf-2" in text
            assert "ejemplo" not in text


def test_unnamed_suppliers_are_counted(client: Client) -> None:
    rows = answer(client, "/open-contracts/?stage=award")["rows"]

    assert [(row["suppliers"], row["unnamed"], row["number"]) for row in rows] == [
        ("Acme Ltd", 0, "a1"),
        ("", 1, "#1"),
        ("Acme Ltd", 0, "a1"),
    ]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/open-contracts/breakdown?by=publisher&stage=award", "currency"),
        ("/open-contracts/breakdown?by=publisher&currency=PYG", "stage"),
        ("/open-processes/breakdown?by=method", "currency"),
        ("/package-figures/breakdown?by=phase&package=budget-of-acme&currency=MKD", "figure"),
        ("/package-figures/breakdown?by=phase&figure=paid&currency=MKD", "package"),
        ("/package-figures/?value=Health", "dimension"),
        ("/open-contracts/?currency=baht", "currency"),
        ("/open-contracts/?year=2565", "year"),
    ],
)
def test_sum_of_several_kinds_is_refused_by_the_word_it_lacks(
    client: Client, address: str, parameter: str
) -> None:
    response = client.get(API + address)

    assert (response.status_code, response.json()["parameter"]) == (400, parameter)


def test_breakdown_is_in_the_currency_asked_for(client: Client) -> None:
    found = answer(client, "/open-contracts/breakdown?by=supplier&stage=contract&currency=PYG")

    assert {row["code"]: row["amount"] for row in found["rows"]} == {
        "Acme Ltd": Decimal("100.5"),
        "-": Decimal("1.000001"),
    }
    assert (found["total"], found["currency"]) == (Decimal("101.500001"), "PYG")


def test_package_is_split_by_a_dimension_of_its_own(client: Client) -> None:
    asked = "/package-figures/breakdown?by=dimension&package=budget-of-acme&figure=approved&currency=MKD"

    by_ministry = answer(client, f"{asked}&dimension=ministry")
    of_health = answer(client, f"{asked}&dimension=ministry&value=Health")

    assert {row["code"]: row["amount"] for row in by_ministry["rows"]} == {"Health": 15, "Schools": 3}
    assert of_health["total"] == 15
    assert client.get(API + asked).status_code == 400


def test_series_are_not_offered(client: Client) -> None:
    assert client.get(f"{API}/open-contracts/series?by=publisher").status_code == 404


def test_process_told_of_again_counts_once_as_told_last(client: Client, tmp_path: Path) -> None:
    loaded(tmp_path, "second.json", process(1, "PYG", 200, title="Later"))

    rows = answer(client, "/open-processes/?currency=PYG&order=ocid")["rows"]
    total = answer(client, "/open-contracts/breakdown?by=publisher&stage=award&currency=PYG")["total"]

    assert [(row["ocid"][-1], row["tendered"]) for row in rows] == [("1", 200), ("2", Decimal("1.000001"))]
    assert total == Decimal("201.000001")
    assert "402" not in client.get("/en/elsewhere/").content.decode()


def test_parquet_says_no_currency_of_all(client: Client) -> None:
    body = client.get(f"{API}/open-contracts.parquet").getvalue()
    table = pyarrow.parquet.read_table(io.BytesIO(body))

    assert table.schema.field("amount").type == pyarrow.decimal128(26, 6)
    assert b"currency" not in (table.schema.metadata or {})


def test_page_leads_to_the_rows(client: Client) -> None:
    html = client.get("/en/elsewhere/").content.decode()

    for name in ("open-processes", "open-contracts", "package-figures"):
        assert f'href="/api/v1/{name}.csv"' in html


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return publish(tmp_path / "dumps", new_key())


def test_dump_holds_them_with_sums_by_currency(dump: Path) -> None:
    manifest = read_manifest((dump / MANIFEST).read_text())
    files = {file.resource: file for file in manifest.files if file.path.endswith(".csv")}

    assert files["open-contracts"].currencies == {
        "PYG": {"amount": Decimal("203.000002")},
        "THB": {"amount": Decimal(14)},
    }
    assert files["package-figures"].currencies == {"MKD": {"amount": Decimal("26.5")}}
    assert files["open-contracts"].totals == {}
    assert verify(dump).problems == []


def test_figures_of_the_page_are_headlines_of_the_dump(dump: Path) -> None:
    found = {
        (one.where["currency"], one.where.get("stage", one.where.get("figure"))): one.amount
        for one in read_manifest((dump / MANIFEST).read_text()).headlines
        if one.page == "/elsewhere/"
    }

    assert found["PYG", "award"] == Decimal("101.500001")
    assert found["MKD", "approved"] == 18


def test_changed_amount_in_the_dump_is_found_with_its_currency(dump: Path) -> None:
    (table,) = dump.rglob("open-contracts.csv")
    table.write_text(table.read_text().replace("100.500000", "100.500001"))

    problems = verify(dump).problems

    assert any("PYG amount adds up to 203.000004, the manifest says 203.000002" in one for one in problems)
    assert any("/elsewhere/ shows 101.500001" in one for one in problems)


def test_dump_holds_a_process_told_of_twice_once(tmp_path: Path) -> None:
    loaded(tmp_path, "second.json", process(1, "PYG", 200))

    folder = publish(tmp_path / "dumps", new_key())

    rows = [path.read_text().count("ocds-213czf-1,") for path in folder.rglob("open-processes.csv")]
    assert sum(rows) == 1
    assert verify(folder).problems == []


@pytest.mark.parametrize(
    ("amount", "text"),
    [("5", "5.00"), ("1E+3", "1000.00"), ("-0.5", "-0.50"), ("1.000001", "1.000001"), ("0", "0.00")],
)
def test_amount_is_written_with_all_its_decimals(amount: str, text: str) -> None:
    assert as_text(Decimal(amount)) == text


def test_withdrawn_edition_is_in_no_list(client: Client) -> None:
    Edition.objects.update(is_current=False)

    assert answer(client, "/package-figures/")["rows"] == []
