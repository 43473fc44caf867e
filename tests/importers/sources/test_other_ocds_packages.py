"""OCDS as publishers in the world write it: versions, gzip, texts for numbers, persons in titles and ids."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import Entry, Note, OpenContractRecord, OpenProcessRecord, Refusal
from importers.sources import SOURCES

OCID = "ocds-a1-1"


def package(release: dict[str, Any]) -> dict[str, Any]:
    return {"publisher": {"name": "City"}, "releases": [{"ocid": OCID, "date": "2020-01-01", **release}]}


def read(folder: Path, document: Any, name: str = "file.json") -> list[Entry]:
    data = json.dumps(document).encode()
    (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return list(SOURCES["ocds"].entries(folder / name))


def process(entries: Sequence[Entry]) -> OpenProcessRecord:
    (found,) = [entry for entry in entries if isinstance(entry, OpenProcessRecord)]
    return found


def decisions(entries: Sequence[Entry]) -> list[OpenContractRecord]:
    return [entry for entry in entries if isinstance(entry, OpenContractRecord)]


def award(**changes: Any) -> dict[str, Any]:
    return {
        "id": "1",
        "value": {"amount": 5, "currency": "CAD"},
        "suppliers": [{"name": "Acme Ltd"}],
    } | changes


def version(day: str, value: Any) -> dict[str, Any]:
    return {"releaseID": day, "releaseDate": f"{day}T00:00:00Z", "releaseTag": ["award"], "value": value}


VERSIONED = {
    "ocid": OCID,
    "buyer": {"id": "b", "name": [version("2020-01-01", "Town"), version("2020-03-01", "City")]},
    "tender": {"id": "t", "status": [version("2020-02-01", None)]},
    "awards": [
        {
            "id": "1",
            "value": {
                "amount": [version("2020-01-01", 5), version("2020-02-01", 7)],
                "currency": [version("2020-01-01", "CAD")],
            },
            "suppliers": [version("2020-01-01", [{"id": "s", "name": "Acme Ltd"}])],
        }
    ],
}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(VERSIONED, id="versioned release alone"),
        pytest.param({"records": [{"ocid": OCID, "versionedRelease": VERSIONED}]}, id="record package"),
        pytest.param(
            {"ocid": OCID, "versionedRelease": VERSIONED, "releases": [{"url": "https://example.org/1"}]},
            id="record that links to its releases",
        ),
    ],
)
def test_versioned_release_stands_as_its_newest_values(tmp_path: Path, document: Any) -> None:
    entries = read(tmp_path, document)

    (decision,) = decisions(entries)
    assert (process(entries).buyer, process(entries).status) == ("City", "")
    assert (decision.amount, decision.currency, decision.suppliers) == (7, "CAD", "Acme Ltd")


@pytest.mark.parametrize("depth", [300, 700, 950])
def test_releases_nested_too_deeply_are_refused_and_no_error_nobody_foresaw(
    tmp_path: Path, depth: int
) -> None:
    nested = "[" * depth + "]" * depth
    record = f'{{"ocid": "a", "versionedRelease": {{"ocid": "a", "deep": {nested}}}}}'
    (tmp_path / "file.json").write_text(f'{{"records": [{record}]}}')

    if depth < 500:
        assert list(SOURCES["ocds"].entries(tmp_path / "file.json"))
    else:
        with pytest.raises(FileError, match="nests too deeply"):
            list(SOURCES["ocds"].entries(tmp_path / "file.json"))


@pytest.mark.parametrize("releases", [5, "r", {"ocid": OCID}, True])
def test_releases_that_are_no_list_are_none(tmp_path: Path, releases: Any) -> None:
    with pytest.raises(FileError, match="no release"):
        read(tmp_path, {"releases": releases})


def test_file_packed_with_gzip_is_read_alike(tmp_path: Path) -> None:
    document = package({"awards": [award()]})

    assert read(tmp_path, document, "file.json.gz") == read(tmp_path, document)


def test_gzip_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(json.dumps(package({"awards": [award()]})).encode())
    (tmp_path / "file.json.gz").write_bytes(whole[:-12])

    with pytest.raises(FileError):
        list(SOURCES["ocds"].entries(tmp_path / "file.json.gz"))


def test_number_in_quotation_marks_is_an_amount(tmp_path: Path) -> None:
    entries = read(tmp_path, package({"awards": [award(value={"amount": "8923.94", "currency": "CAD"})]}))

    assert decisions(entries)[0].amount == Decimal("8923.94")


def test_amount_finer_than_a_millionth_is_rounded_and_noted(tmp_path: Path) -> None:
    value = {"amount": 1234.56000000011, "currency": "CAD"}

    entries = read(tmp_path, package({"tender": {"value": value}, "awards": [award(value=value)]}))

    notes = [entry for entry in entries if isinstance(entry, Note)]
    assert decisions(entries)[0].amount == process(entries).tendered == Decimal("1234.56")
    assert [(note.kind, note.published) for note in notes] == [("amount_rounded", "1234.56000000011")] * 2
    assert not any(isinstance(entry, Refusal) for entry in entries)


PERSON = {"id": "PY-CI-4567890", "name": "Pedro Ejemplo García"}


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Services of Pedro Ejemplo García in 2020", id="as published"),
        pytest.param("SERVICES OF PEDRO EJEMPLO GARCIA", id="without accents"),
        pytest.param("Garcia, Ejemplo (Pedro): services", id="in another order"),
    ],
)
def test_person_is_covered_in_titles(tmp_path: Path, title: str) -> None:
    entries = read(
        tmp_path, package({"tender": {"title": title}, "awards": [award(title=title, suppliers=[PERSON])]})
    )

    (decision,) = decisions(entries)
    assert (decision.suppliers, decision.unnamed) == ("", 1)
    assert "not named" in decision.title
    for name in ("pedro", "ejemplo", "garc"):
        assert name not in repr(entries).lower()


@pytest.mark.parametrize("number", ["250-pedro-ejemplo-garcia-1", "CI_4567890", "award/4567890"])
def test_id_that_tells_a_person_gives_way_to_its_place(tmp_path: Path, number: str) -> None:
    entries = read(tmp_path, package({"awards": [award(), award(id=number, suppliers=[PERSON])]}))

    assert [one.number for one in decisions(entries)] == ["1", "#2"]


def test_person_known_by_the_party_alone_is_covered_in_the_contract(tmp_path: Path) -> None:
    party = {"id": "p1", "name": PERSON["name"], "identifier": {"id": "4567890"}}
    contract = {"id": "c-4567890", "awardID": "1", "title": "For Pedro Ejemplo García"}

    entries = read(
        tmp_path,
        package({"parties": [party], "awards": [award(suppliers=[{"id": "p1"}])], "contracts": [contract]}),
    )

    signed = decisions(entries)[1]
    assert (signed.number, signed.title, signed.unnamed) == ("#1", "For (not named)", 1)


def test_title_that_shares_a_word_with_a_person_stays(tmp_path: Path) -> None:
    entries = read(tmp_path, package({"awards": [award(title="San Pedro bridge", suppliers=[PERSON])]}))

    assert decisions(entries)[0].title == "San Pedro bridge"
