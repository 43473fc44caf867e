"""Processes of any publisher: in any wrapping of OCDS, in their own currency, no person named."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.organisations import is_organisation, named_and_unnamed
from importers.records import Entry, Head, Note, OpenContractRecord, OpenProcessRecord, Refusal
from importers.samples import read_sample, write_sample
from importers.sources.ocds_packages import OcdsPackages

TENDERED = {"amount": 900, "currency": "PYG"}
AGREED = {"amount": 800.25, "currency": "PYG"}
RELEASE: dict[str, Any] = {
    "ocid": "ocds-213czf-1",
    "id": "1",
    "date": "2024-02-03T04:05:06Z",
    "tag": ["contract"],
    "initiationType": "tender",
    "buyer": {"name": "Ministerio de Obras", "contactPoint": {"name": "Juana Ejemplo"}},
    "planning": {"budget": {"amount": {"amount": 1000.5, "currency": "PYG"}}},
    "tender": {
        "id": "t",
        "title": "Puente",
        "status": "complete",
        "value": {"amount": 900, "currency": "PYG"},
    },
    "awards": [
        {
            "id": "a",
            "date": "2024-03-01T00:00:00Z",
            "value": AGREED,
            "suppliers": [{"name": "PUENTES SRL"}, {"name": "Pedro Ejemplo"}],
        }
    ],
    "contracts": [
        {
            "id": "c",
            "awardID": "a",
            "dateSigned": "2024-04-01",
            "value": AGREED,
        }
    ],
}
PACKAGE = {"uri": "https://example.org/1", "publisher": {"name": "Acme"}, "releases": [RELEASE]}


def read(folder: Path, document: Any, name: str = "package.json", encoding: str = "utf-8") -> list[Entry]:
    path = folder / name
    path.write_bytes(json.dumps(document, ensure_ascii=False).encode(encoding))
    return list(OcdsPackages().entries(path))


def changed(**changes: Any) -> dict[str, Any]:
    return {**PACKAGE, "releases": [{**RELEASE, **changes}]}


def of_kind(entries: list[Entry], kind: type) -> list[Any]:
    return [entry for entry in entries if isinstance(entry, kind)]


def test_release_is_a_process_with_its_award_and_contract(tmp_path: Path) -> None:
    head, process, award, contract = read(tmp_path, PACKAGE)

    assert head == Head("acme-package", None, date(2024, 2, 3))
    assert process == OpenProcessRecord(
        1, "ocds-213czf-1", "Acme", "Puente", "Ministerio de Obras", "", "complete", date(2024, 2, 3), "PYG",
        Decimal("1000.5"), Decimal(900),
    )  # fmt: skip
    assert isinstance(award, OpenContractRecord)
    assert isinstance(contract, OpenContractRecord)
    assert (award.amount, award.currency, award.decided_on) == (Decimal("800.25"), "PYG", date(2024, 3, 1))
    assert (contract.stage, contract.decided_on) == ("contract", date(2024, 4, 1))


def test_persons_are_counted_and_named_nowhere(tmp_path: Path) -> None:
    entries = read(tmp_path, PACKAGE)

    award, contract = of_kind(entries, OpenContractRecord)
    assert (award.suppliers, award.unnamed) == ("PUENTES SRL", 1)
    assert (contract.suppliers, contract.unnamed) == ("PUENTES SRL", 1)
    assert "Ejemplo" not in repr(entries)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(RELEASE, id="single release"),
        pytest.param([RELEASE], id="list of releases"),
        pytest.param({"records": [{"ocid": "ocds-213czf-1", "compiledRelease": RELEASE}]}, id="compiled"),
        pytest.param({"records": [{"ocid": "ocds-213czf-1", "releases": [RELEASE]}]}, id="embedded"),
        pytest.param({"ocid": "ocds-213czf-1", "releases": [RELEASE]}, id="single record"),
    ],
)
def test_any_wrapping_is_read_alike(tmp_path: Path, document: Any) -> None:
    entries = read(tmp_path, document)

    assert [type(entry) for entry in entries[1:]] == [type(entry) for entry in read(tmp_path, PACKAGE)[1:]]


def test_lines_of_packages_are_read_as_one_file(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    other = changed(ocid="ocds-213czf-2")
    path.write_text(f"{json.dumps(PACKAGE)}\n{json.dumps(other)}\n", encoding="utf-8")

    entries = list(OcdsPackages().entries(path))

    assert [process.ocid for process in of_kind(entries, OpenProcessRecord)] == [
        "ocds-213czf-1",
        "ocds-213czf-2",
    ]


def test_supplier_of_1_1_is_named_by_its_party(tmp_path: Path) -> None:
    awards = [{"id": "a", "suppliers": [{"id": "p1"}]}]
    parties = [{"id": "p1", "name": "MASTER SOFT SRL", "roles": ["supplier"]}]

    entries = read(tmp_path, changed(awards=awards, contracts=[], parties=parties))

    assert of_kind(entries, OpenContractRecord)[0].suppliers == "MASTER SOFT SRL"


def test_later_release_lies_over_the_earlier_one(tmp_path: Path) -> None:
    later = {
        "ocid": RELEASE["ocid"],
        "date": "2024-05-01T00:00:00Z",
        "tender": {"status": "cancelled"},
        "awards": [{"id": "a", "value": {"amount": 700}}, {"id": "b"}],
        "contracts": None,
    }

    entries = read(tmp_path, {**PACKAGE, "releases": [later, RELEASE]})

    (process,) = of_kind(entries, OpenProcessRecord)
    awards = of_kind(entries, OpenContractRecord)
    assert (process.title, process.status, process.released_on) == ("Puente", "cancelled", date(2024, 5, 1))
    assert [(award.number, award.amount) for award in awards] == [("a", Decimal(700)), ("b", None)]


@pytest.mark.parametrize(
    ("value", "column"),
    [
        ({"amount": 5}, "tender/value"),
        ({"amount": 5, "currency": "baht"}, "tender/value"),
        ({"amount": "five", "currency": "PYG"}, "tender/value"),
        ({"amount": 1e30, "currency": "PYG"}, "tender/value"),
        ({"amount": True, "currency": "PYG"}, "tender/value"),
    ],
)
def test_amount_that_says_no_money_refuses_its_process(tmp_path: Path, value: Any, column: str) -> None:
    entries = read(tmp_path, changed(tender={"value": value}))

    (refusal,) = of_kind(entries, Refusal)
    assert (refusal.line, refusal.column) == (1, column)
    assert of_kind(entries, OpenProcessRecord) == []


@pytest.mark.parametrize("value", [{"amount": None, "currency": "X"}, {"amount": 0, "currency": None}, None])
def test_amount_that_is_not_there_is_none(tmp_path: Path, value: Any) -> None:
    entries = read(tmp_path, changed(tender={"value": value}))

    assert of_kind(entries, OpenProcessRecord)[0].tendered is None


def test_budget_in_another_currency_is_noted_and_not_compared(tmp_path: Path) -> None:
    entries = read(tmp_path, changed(tender={"value": {"amount": 5, "currency": "USD"}}))

    (process,) = of_kind(entries, OpenProcessRecord)
    assert (process.currency, process.budgeted) == ("USD", None)
    assert [note.kind for note in of_kind(entries, Note)] == ["another_currency"]


def test_process_without_an_id_is_refused(tmp_path: Path) -> None:
    entries = read(tmp_path, {"releases": [{**RELEASE, "ocid": ""}]})

    assert [refusal.column for refusal in of_kind(entries, Refusal)] == ["ocid"]


def test_record_that_only_links_is_refused_and_not_fetched(tmp_path: Path) -> None:
    linked = {"ocid": "ocds-213czf-9", "releases": [{"url": "https://example.org/r.json", "date": "2024"}]}
    held = {"ocid": "ocds-213czf-1", "compiledRelease": RELEASE}

    entries = read(tmp_path, {"records": [linked, held]})

    assert [refusal.value for refusal in of_kind(entries, Refusal)] == ["https://example.org/r.json"]
    with pytest.raises(FileError, match="only links"):
        read(tmp_path, {"records": [linked]})


@pytest.mark.parametrize("document", [{}, [], [1], {"releases": []}, {"records": None}])
def test_document_without_processes_is_refused(tmp_path: Path, document: Any) -> None:
    with pytest.raises(FileError):
        read(tmp_path, document)


def test_latin_letters_are_read_where_it_is_no_utf_8(tmp_path: Path) -> None:
    entries = read(tmp_path, changed(tender={"title": "MÁQUINA ñ"}), encoding="iso-8859-1")

    assert of_kind(entries, OpenProcessRecord)[0].title == "MÁQUINA ñ"


def test_sample_carries_processes_as_they_were(tmp_path: Path) -> None:
    entries = read(tmp_path, PACKAGE)

    write_sample(tmp_path / "ocds.jsonl.gz", "ocds", entries)

    assert list(read_sample(tmp_path / "ocds.jsonl.gz")) == entries


@pytest.mark.parametrize(
    "name",
    ["MASTER SOFT SRL", "Acme Ltd", "COMUNIC@RTE & CONSULTING SA DE C", "Obras S.A.", "Universidad Nacional",
     "Smith & Co", "บริษัท ตัวอย่าง จำกัด", "Puente S. de R.L."],
)  # fmt: skip
def test_organisation_is_told_by_its_name(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize(
    "name",
    [
        "Pedro Ejemplo",
        "Maria Sá",
        "MARIA DE SA",
        "Nguyen Van Co",
        "JUAN PEREZ",
        "นายสมมุติ ทดสอบ",
        "Limited",
        "",
    ],
)
def test_name_that_may_be_a_persons_is_taken_for_one(name: str) -> None:
    assert not is_organisation(name)


def test_unnamed_suppliers_are_counted() -> None:
    assert named_and_unnamed(["Acme Ltd", "Pedro Ejemplo", "", "Acme Ltd"]) == ("Acme Ltd", 1)


SUMS = {
    "compiled-release-1.json": {"MXN": "1311264"},
    "record-package_1.1.json": {"PYG": "135630400"},
    "record-package_linked-releases.json": {"MXN": "1311264", "USD": "75464.96"},
    "release-package_1.0-1.json": {"PYG": "135630400"},
    "release-package_1.1-1.json": {"PYG": "135630400"},
    "release-package_encoding-iso-8859-1.json": {"MXN": "193817.35"},
    "release-package_maximal.json": {},
    "release-package_minimal.json": {},
    "release-package_split.json": {"MXN": "1311264", "USD": "75464.96"},
}
"""What the awards of each published file come to, by currency."""


@pytest.mark.parametrize("name", SUMS)
def test_published_file_comes_to_its_awards_in_each_currency(shared_data: Path, name: str) -> None:
    entries = list(OcdsPackages().entries(shared_data / "ocds" / name))

    sums: dict[str, Decimal] = {}
    for award in of_kind(entries, OpenContractRecord):
        if award.stage == "award":
            sums[award.currency] = sums.get(award.currency, Decimal(0)) + award.amount
    assert sums == {currency: Decimal(amount) for currency, amount in SUMS[name].items()}
    assert of_kind(entries, Refusal) == []
    assert of_kind(entries, OpenProcessRecord)


@pytest.mark.parametrize("name", SUMS)
def test_published_contact_persons_are_left_out(shared_data: Path, name: str) -> None:
    text = repr(list(OcdsPackages().entries(shared_data / "ocds" / name)))

    assert not any(person in text for person in ("FRANCO", "Cynthia", "OREGGIONI", "LASTRA", "ARGUELLO"))
