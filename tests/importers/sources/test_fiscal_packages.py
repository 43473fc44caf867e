"""Data packages of any publisher: read by their mapping, in their currency, no person named."""

from __future__ import annotations

import copy
import json
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import Entry, Head, Note, PackageFigureRecord, Refusal
from importers.samples import read_sample, write_sample
from importers.sources.fiscal_packages import NOT_NAMED, FiscalPackages

DESCRIPTOR: dict[str, Any] = {
    "name": "budget",
    "title": "A Budget",
    "fiscalPeriod": {"start": "2024-01-01", "end": "2024-12-31"},
    "resources": [
        {"name": "table", "path": "table.csv", "schema": {"fields": [{"name": "body"}, {"name": "2024"}]}}
    ],
    "mapping": {
        "measures": {"amount": {"source": "2024", "currency": "MKD", "factor": 1000, "phase": "approved"}},
        "dimensions": {"administrator": {"attributes": {"label": {"source": "body"}}}},
    },
}


def package(folder: Path, table: str, **changes: Any) -> Path:
    """A package whose only table holds this text; `changes` are places of the descriptor."""
    descriptor = copy.deepcopy(DESCRIPTOR)
    for path, value in changes.items():
        *steps, last = path.split("__")
        at: Any = descriptor
        for step in steps:
            at = at[int(step)] if step.isdigit() else at[step]
        at[last] = value
    (folder / "table.csv").write_text(table, encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder / "datapackage.json"


def read(path: Path) -> list[Entry]:
    return list(FiscalPackages().entries(path))


def figures(entries: list[Entry]) -> list[PackageFigureRecord]:
    return [entry for entry in entries if isinstance(entry, PackageFigureRecord)]


def test_each_measure_of_a_row_is_a_figure_in_its_currency(tmp_path: Path) -> None:
    head, figure = read(package(tmp_path, 'body,2024\nMinistry,"1,234.5"\n'))

    assert head == Head("budget", None, date(2024, 12, 31))
    assert figure == PackageFigureRecord(
        line=2,
        package="budget",
        publisher="A Budget",
        fiscal_period="2024-01-01/2024-12-31",
        measure="amount",
        direction="",
        phase="approved",
        dimensions=(("administrator", "Ministry"),),
        currency="MKD",
        amount=Decimal("1234500"),
        table_file="table.csv",
        table_sha256=sha256((tmp_path / "table.csv").read_bytes()).hexdigest(),
    )


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_separator_that_is_not_declared_is_told_by_the_header(tmp_path: Path, separator: str) -> None:
    table = f"\ufeffbody{separator}2024\nMinistry{separator}5\n"

    assert figures(read(package(tmp_path, table)))[0].amount == 5000


def test_declared_marks_of_decimals_and_thousands_are_used(tmp_path: Path) -> None:
    fields = [{"name": "body"}, {"name": "2024", "decimalChar": ",", "groupChar": "."}]

    (figure,) = figures(
        read(package(tmp_path, "body;2024\nM;1.234,5\n", resources__0__schema={"fields": fields}))
    )

    assert figure.amount == Decimal("1234500")


@pytest.mark.parametrize("blank", ["", "-", " - ", "n/a"])
def test_blank_amount_is_noted_and_no_figure(tmp_path: Path, blank: str) -> None:
    entries = read(package(tmp_path, f"body,2024\nM,{blank}\nN,1\n"))

    assert [note.kind for note in entries if isinstance(note, Note)] == ["blank_amount"]
    assert len(figures(entries)) == 1


@pytest.mark.parametrize("text", ["nfp", "1e5", "1/2", "99999999999999999999"])
def test_other_text_in_place_of_an_amount_is_refused(tmp_path: Path, text: str) -> None:
    entries = read(package(tmp_path, f"body,2024\nM,{text}\nN,1\n"))

    (refusal,) = [entry for entry in entries if isinstance(entry, Refusal)]
    assert (refusal.line, refusal.column, refusal.value) == (2, "2024", text)


def test_row_of_another_length_is_refused(tmp_path: Path) -> None:
    entries = read(package(tmp_path, "body,2024\nM,1,2\nN,1\n"))

    assert [entry.line for entry in entries if isinstance(entry, Refusal)] == [2]


def test_payee_of_a_payment_is_named_only_if_it_is_an_organisation(tmp_path: Path) -> None:
    dimensions = {"supplier": {"attributes": {"name": {"source": "body"}}}}

    entries = read(
        package(tmp_path, "body,2024\nAcme Ltd,1\nPedro Ejemplo,2\n", mapping__dimensions=dimensions)
    )

    assert [figure.dimensions[0][1] for figure in figures(entries)] == ["Acme Ltd", NOT_NAMED]
    assert "Ejemplo" not in repr(entries)


def test_aggregated_package_keeps_the_places_that_it_pays_and_no_other_name(tmp_path: Path) -> None:
    dimensions = {"payee": {"attributes": {"label": {"source": "Member State"}, "name": {"source": "body"}}}}
    fields = [{"name": "body"}, {"name": "Member State"}, {"name": "2024"}]
    table = "body,Member State,2024\nPedro Ejemplo,Poland,1\n"
    changes = {"mapping__dimensions": dimensions, "resources__0__schema": {"fields": fields}}

    (figure,) = figures(read(package(tmp_path, table, granularity="aggregated", **changes)))

    assert figure.dimensions == (("payee.label", "Poland"), ("payee.name", NOT_NAMED))


def test_zip_of_descriptor_and_table_is_read_alike(tmp_path: Path) -> None:
    path = package(tmp_path, "body,2024\nM,1\n")
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as archive:
        for name in ("datapackage.json", "table.csv"):
            archive.write(tmp_path / name, f"inner/{name}")

    assert read(tmp_path / "package.zip") == read(path)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"mapping": None}, id="no mapping"),
        pytest.param({"mapping__measures": {}}, id="no measures"),
        pytest.param({"mapping__measures__amount__currency": ""}, id="no currency"),
        pytest.param({"mapping__measures__amount__source": "2025"}, id="no such column"),
        pytest.param({"resources": []}, id="no tables"),
        pytest.param({"resources__0__path": "../table.csv"}, id="table above"),
        pytest.param({"resources__0__path": "/etc/passwd"}, id="table elsewhere"),
        pytest.param({"resources__0__path": "https://example.org/t.csv"}, id="table on the web"),
        pytest.param({"resources__0__path": "other.csv"}, id="table missing"),
        pytest.param({"resources__0__schema": "https://example.org/schema.json"}, id="columns on the web"),
        pytest.param({"resources__0__schema": {"fields": [{"name": "x"}]}}, id="other header"),
        pytest.param({"resources__0__dialect": {"delimiter": "||"}}, id="two signs between columns"),
        pytest.param({"resources__0__encoding": "rot13"}, id="no letters at all"),
        pytest.param({"resources__0__encoding": "utf-8\0"}, id="no name of letters"),
        pytest.param({"resources": ["table.csv", None]}, id="tables are no objects"),
        pytest.param({"mapping__measures__amount__factor": "thousand"}, id="factor in words"),
        pytest.param({"mapping__measures__amount__factor": True}, id="factor is no number"),
        pytest.param({"mapping__measures__amount__factor": "Infinity"}, id="endless factor"),
        pytest.param({"mapping__measures": [{"name": ["a"], "source": "2025"}]}, id="name is no text"),
    ],
)
def test_package_that_cannot_be_trusted_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(FileError):
        read(package(tmp_path, "body,2024\nM,1\n", **changes))


@pytest.mark.parametrize(
    ("table", "place"),
    [
        (b"body,2024\nM,1\n" + b"N,2\n" * 9_000 + b"\xff,3\n", "table.csv"),
        (b'body,2024\nM,1\n"' + b"x" * 1_000_001, "table.csv:3"),
    ],
    ids=["a letter of another alphabet far down", "a cell without end"],
)
def test_damaged_table_is_refused_with_its_place(tmp_path: Path, table: bytes, place: str) -> None:
    path = package(tmp_path, "", resources__0__encoding="utf-8")
    (path.parent / "table.csv").write_bytes(table)

    with pytest.raises(FileError) as refused:
        read(path)

    assert str(refused.value.place) == place


@pytest.mark.parametrize(
    "schema",
    [[], ["body"], {"fields": "body"}, {"fields": [["body"], "2024"]}],
)
def test_schema_that_declares_no_columns_is_as_none(tmp_path: Path, schema: Any) -> None:
    assert read(package(tmp_path, "body,2024\nM,1\n", resources__0__schema=schema))


def test_archive_that_leads_out_of_itself_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as archive:
        archive.writestr("datapackage.json", json.dumps(DESCRIPTOR))
        archive.writestr("../table.csv", "body,2024\nM,1\n")

    with pytest.raises(FileError):
        read(tmp_path / "package.zip")


def test_sample_carries_figures_as_they_were(tmp_path: Path) -> None:
    entries = read(package(tmp_path, "body,2024\nM,1\n"))

    write_sample(tmp_path / "fdp.jsonl.gz", "fiscal_packages", entries)

    assert list(read_sample(tmp_path / "fdp.jsonl.gz")) == entries


SUMS = {
    "al-treasury-spending": (40, {"ALL": "33299653"}),
    "eu-allocations-per-ms-2014-2020": (252, {"EUR": "699386100000"}),
    "openspending-macedonia": (10_153, {"MKD": "206031540016"}),
}


@pytest.mark.parametrize("name", SUMS)
def test_published_package_comes_to_its_sum(shared_data: Path, name: str) -> None:
    entries = read(shared_data / "fdp" / name / "datapackage.json")

    count, sums = SUMS[name]
    found: Counter[str] = Counter()
    for figure in figures(entries):
        found[figure.currency] += figure.amount  # type: ignore[assignment]
    assert len(figures(entries)) == count
    assert found == {currency: Decimal(amount) for currency, amount in sums.items()}
    assert not any(isinstance(entry, Refusal) for entry in entries)


def test_australian_years_are_five_measures(shared_data: Path) -> None:
    entries = read(shared_data / "fdp/au-budget/datapackage.json")

    years = Counter(figure.measure for figure in figures(entries))
    assert set(years) == {"2014-15", "2015-16", "2016-17", "2017-18", "2018-19"}
    assert {entry.value for entry in entries if isinstance(entry, Refusal)} == {"nfp"}
    assert (
        sum(isinstance(entry, Refusal) for entry in entries)
        + sum(isinstance(entry, Note) for entry in entries)
        + sum(years.values())
        == 5 * 1_608
    )
