"""Descriptors and tables of other publishers: each is read as it says, or refused with its place and mend."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import Entry, Note, PackageFigureRecord, Refusal
from importers.sources import SOURCES

DIMENSIONS = {"who": {"attributes": {"title": {"source": "who"}}}}


def fields(**of_amount: Any) -> dict[str, Any]:
    return {"fields": [{"name": "who"}, {"name": "amount", **of_amount}]}


def measure(**says: Any) -> dict[str, Any]:
    amount = {"source": "amount", "currency": "THB", **says}
    return {"mapping": {"measures": {"amount": amount}, "dimensions": DIMENSIONS}}


def table(**says: Any) -> dict[str, Any]:
    return {"resources": [{"name": "t", "path": "t.csv", **says}]}


def read(
    folder: Path, text: str | bytes, *says: dict[str, Any], beside: Mapping[str, str] = {}
) -> list[Entry]:
    """The entries of a package whose table `t.csv` holds this, with other files beside it."""
    descriptor: dict[str, Any] = {"name": "budget", **table(), **measure()}
    for one in says:
        descriptor |= one
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    (folder / "t.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    for name, content in beside.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content)
    return list(SOURCES["fiscal_packages"].entries(folder / "datapackage.json"))


def amounts(entries: list[Entry]) -> list[Decimal]:
    return [entry.amount for entry in entries if isinstance(entry, PackageFigureRecord)]


@pytest.mark.parametrize(
    ("text", "says", "amount"),
    [
        ("who;amount\nA;1234,56\n", table(schema=fields(decimalChar=",")), "1234.56"),
        ("who,amount\nA,1 234 567.5\n", {}, "1234567.5"),
        ('who,amount\nA,"12,34,567"\n', {}, "1234567"),
        ("who,amount\nA,(1.5)\n", measure(factor=1000), "-1500"),
        ("who;amount\n'A;B';1\n", table(dialect={"delimiter": ";", "quoteChar": "'"}), "1"),
        ('who,amount\n"A\\"B",1\n', table(dialect={"escapeChar": "\\", "doubleQuote": False}), "1"),
        ("#made\nwho,amount\nA,1\n", table(dialect={"commentChar": "#"}), "1"),
        ("A,1\n", table(dialect={"header": False}, schema=fields()), "1"),
        ('who, amount\nA, "1"\n', table(dialect={"skipInitialSpace": True}), "1"),
        ("who,amount\nA,1\n", table(path=["t.csv"]), "1"),
        ("who;amount\nA;1.234,5\n", table(schema="s.json", dialect="d.json"), "1234.5"),
        ("who,amount\nกรม,1\n".encode("cp874"), {}, "1"),
        ("who,amount\nกรม,1\n".encode("utf-16"), {}, "1"),
    ],
)
def test_table_is_read_as_its_descriptor_says(
    tmp_path: Path, text: str | bytes, says: dict[str, Any], amount: str
) -> None:
    beside = {
        "s.json": json.dumps(fields(decimalChar=",", groupChar=".")),
        "d.json": json.dumps({"delimiter": ";"}),
    }

    entries = read(tmp_path, text, says, beside=beside)

    assert amounts(entries) == [Decimal(amount)]
    assert "กรม" in repr(entries) or not isinstance(text, bytes)


@pytest.mark.parametrize("amount", ["1234,56", "1,5", "12 34", "1.5E6", "฿100", "๑๐๐", "NaN"])
def test_amount_that_may_mean_two_things_is_refused_with_line_table_and_mend(
    tmp_path: Path, amount: str
) -> None:
    entries = read(tmp_path, f"who;amount\nA;{amount}\nB;1,234\n")

    (refusal,) = [entry for entry in entries if isinstance(entry, Refusal)]
    assert (refusal.sheet, refusal.line, refusal.column, refusal.value) == ("t.csv", 2, "amount", amount)
    assert "decimalChar and groupChar" in refusal.reason
    assert amounts(entries) == [1234]


def test_declared_words_for_nothing_are_no_amounts(tmp_path: Path) -> None:
    entries = read(
        tmp_path, "who,amount\nA,999\nB,..\nC,2\n", table(schema={**fields(), "missingValues": ["..", "999"]})
    )

    assert amounts(entries) == [2]
    assert [note.line for note in entries if isinstance(note, Note)] == [2, 3]


@pytest.mark.parametrize(
    ("says", "said"),
    [
        (table(path="https://example.org/t.csv"), "Nothing is fetched"),
        (table(path="../t.csv"), "does not lie beside it"),
        (table(path="..\\t.csv"), "does not lie beside it"),
        (table(path=["t.csv", "u.csv"]), "Join them into one"),
        ({"resources": [{"name": "t", "data": [{"who": "A", "amount": 1}]}]}, "stands in the descriptor"),
        (table(dialect={"headerRows": [1, 2]}), "“headerRows”"),
        (table(dialect={"header": False}), "declares no fields"),
        (table(dialect="d.json"), "d.json is missing"),
        (table(schema={"fields": [{"name": "amount"}, {"name": "who"}]}), "column 1 is “who”"),
        (table(schema=fields(decimalChar=",", groupChar=",")), "parts both decimals and thousands"),
        (table(encoding="ascii"), "Correct the descriptor's encoding"),
        (measure(source="amt"), "The table has: who, amount"),
        (measure(resource="other"), "“other”"),
        (measure(factor=0), "as in 1000"),
        ({"fiscalPeriod": {"start": "2563-10-01"}}, "Write 2020 for 2563"),
    ],
)
def test_descriptor_that_does_not_fit_its_table_is_refused_with_what_would_mend_it(
    tmp_path: Path, says: dict[str, Any], said: str
) -> None:
    with pytest.raises(FileError, match=said):
        read(tmp_path, "who,amount\nกรม,1\n", says)


@pytest.mark.parametrize(
    "content", [gzip.compress(b"who,amount\nA,1\n", mtime=0), b"%PDF-1.7 who,amount"], ids=["gzip", "PDF"]
)
def test_table_that_is_no_text_is_refused_by_its_name(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileError, match=r"t\.csv is no text"):
        read(tmp_path, content)


def test_column_that_stands_twice_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="two columns “amount”"):
        read(tmp_path, "who,amount,amount\nA,1,2\n")


def test_each_figure_names_the_table_in_which_its_line_counts(tmp_path: Path) -> None:
    of_year = {"name": "u", "path": "data/u.csv"}
    codes = {"name": "codes", "path": "https://example.org/c.csv", "schema": {"fields": [{"name": "code"}]}}
    content = "who,amount\nB,2\nC,x\n"

    entries = read(
        tmp_path, "who,amount\nA,1\n", {"resources": [*table()["resources"], of_year, codes]},
        beside={"data/u.csv": content},
    )  # fmt: skip

    first, second = [entry for entry in entries if isinstance(entry, PackageFigureRecord)]
    assert (first.table_file, first.line, first.amount) == ("t.csv", 2, 1)
    assert (second.table_file, second.line, second.amount) == ("data/u.csv", 2, 2)
    assert second.table_sha256 == sha256(content.encode()).hexdigest()
    assert [(one.sheet, one.line) for one in entries if isinstance(one, Refusal)] == [("data/u.csv", 3)]
