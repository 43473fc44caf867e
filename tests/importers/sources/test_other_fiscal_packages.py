"""Descriptors as publishers in the world write them: lists of attributes, types of columns, other letters."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import PackageFigureRecord
from importers.sources import SOURCES
from importers.sources.fiscal_packages import NOT_NAMED


def figures(
    folder: Path, descriptor: dict[str, Any], table: str, encoding: str = "utf-8"
) -> list[PackageFigureRecord]:
    """The figures of a package with one table, `table.csv`."""
    whole = {"name": "budget", "resources": [{"name": "table", "path": "table.csv"}], **descriptor}
    (folder / "datapackage.json").write_text(json.dumps(whole), encoding="utf-8")
    (folder / "table.csv").write_text(table, encoding=encoding)
    entries = SOURCES["fiscal_packages"].entries(folder / "datapackage.json")
    return [entry for entry in entries if isinstance(entry, PackageFigureRecord)]


def mapping(dimensions: Any, **measure: str) -> dict[str, Any]:
    measures = {"amount": {"source": "amount", "currency": "MDL", **measure}}
    return {"mapping": {"measures": measures, "dimensions": dimensions}}


def test_levels_in_a_list_of_objects_are_numbered_where_their_names_repeat(tmp_path: Path) -> None:
    levels = [
        {"id": {"source": "code1"}, "title": {"source": "label1"}},
        {"id": {"source": "code2"}, "title": {"source": "label2"}},
    ]
    dimensions = {"functional": {"dimensionType": "classification", "attributes": levels}}

    (figure,) = figures(
        tmp_path, mapping(dimensions), "code1,label1,code2,label2,amount\n1,Health,11,Clinics,5\n"
    )

    assert figure.dimensions == (
        ("functional.1.id", "1"),
        ("functional.1.title", "Health"),
        ("functional.2.id", "11"),
        ("functional.2.title", "Clinics"),
    )


def test_levels_in_a_list_keep_names_of_their_own(tmp_path: Path) -> None:
    dimensions = {"place": {"attributes": [{"admin1": {"source": "A"}}, {"admin2": {"source": "B"}}]}}

    (figure,) = figures(tmp_path, mapping(dimensions), "A,B,amount\nNorth,Town,5\n")

    assert figure.dimensions == (("place.admin1", "North"), ("place.admin2", "Town"))


def test_dimension_that_holds_its_attributes_itself_is_read(tmp_path: Path) -> None:
    dimensions = {"other": {"fund": {"source": "fund"}, "transfer": {"source": "transfer"}}}

    (figure,) = figures(tmp_path, mapping(dimensions), "fund,transfer,amount\nState,No,5\n")

    assert figure.dimensions == (("other.fund", "State"), ("other.transfer", "No"))


def test_currency_of_the_package_holds_for_measures_without_one(tmp_path: Path) -> None:
    descriptor = {"currency": "eur", **mapping({}, currency="")}

    (figure,) = figures(tmp_path, descriptor, "amount\n5\n")

    assert figure.currency == "EUR"


def test_model_of_a_single_table_is_its_mapping(tmp_path: Path) -> None:
    model = {
        "measures": {"value": {"source": "value", "currency": "ZAR"}},
        "dimensions": {"vote": {"attributes": {"label": {"source": "department"}}}},
    }
    descriptor = {"resources": [{"name": "table", "path": "table.csv", "model": model}]}

    (figure,) = figures(tmp_path, descriptor, "department,value\nHealth,5\n")

    assert (figure.measure, figure.currency, figure.dimensions) == ("value", "ZAR", (("vote", "Health"),))


TYPED = {
    "fields": [
        {"name": "Department", "columnType": "administrative-classification:generic:level1:label"},
        {"name": "Planned", "type": "number", "normalize": {"Phase": "approved"}},
        {"name": "Paid", "type": "number", "normalize": {"Phase": "executed"}},
        {"name": "Row"},
    ],
    "extraFields": [
        {"name": "Amount", "columnType": "value", "normalizationTarget": True},
        {"name": "Phase", "columnType": "phase:id"},
        {"name": "Currency", "columnType": "currency:code", "constant": "CAD"},
        {"name": "Year", "columnType": "date:fiscal-year", "constant": "2018"},
    ],
}


def test_columns_are_told_by_their_types_where_there_is_no_mapping(tmp_path: Path) -> None:
    descriptor = {"resources": [{"name": "table", "path": "table.csv", "schema": TYPED}]}

    planned, paid = figures(tmp_path, descriptor, "Department,Planned,Paid,Row\nHealth,10,7.50,1\n")

    assert (planned.measure, planned.phase, planned.amount) == ("Planned", "approved", 10)
    assert (paid.measure, paid.phase, paid.amount) == ("Paid", "executed", Decimal("7.50"))
    assert planned.currency == paid.currency == "CAD"
    assert planned.dimensions == (("Department", "Health"), ("Year", "2018"))


def test_typed_column_of_a_recipient_names_no_person(tmp_path: Path) -> None:
    fields = [
        {"name": "who", "columnType": "recipient:generic:name"},
        {"name": "amount", "columnType": "value", "currency": "CAD"},
    ]
    descriptor = {"resources": [{"name": "table", "path": "table.csv", "schema": {"fields": fields}}]}

    first, second = figures(tmp_path, descriptor, "who,amount\nPedro Ejemplo,5\nAcme Ltd,6\n")

    assert first.dimensions == (("who", NOT_NAMED),)
    assert second.dimensions == (("who", "Acme Ltd"),)


def test_typed_amounts_without_a_currency_are_refused(tmp_path: Path) -> None:
    schema = {"fields": [{"name": "amount", "columnType": "value"}]}

    with pytest.raises(FileError):
        figures(
            tmp_path, {"resources": [{"name": "table", "path": "table.csv", "schema": schema}]}, "amount\n5\n"
        )


@pytest.mark.parametrize(
    "column", ["Beneficiary", "Proveedor", "Bénéficiaire", "Empfänger", "razon_social", "Dodavatel"]
)
def test_column_of_payees_is_known_in_other_languages(tmp_path: Path, column: str) -> None:
    dimensions = {"row": {"attributes": {"title": {"source": column}}}}

    (figure,) = figures(tmp_path, mapping(dimensions), f"{column},amount\nPedro Ejemplo,5\n")

    assert figure.dimensions == (("row", NOT_NAMED),)


def test_table_in_undeclared_latin_letters_is_read(tmp_path: Path) -> None:
    dimensions = {"section": {"attributes": {"title": {"source": "DESCRIPCIÓN"}}}}

    (figure,) = figures(tmp_path, mapping(dimensions), "DESCRIPCIÓN;amount\nEspaña;5\n", "iso-8859-1")

    assert figure.dimensions == (("section", "España"),)
