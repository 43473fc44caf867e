"""Budgets as Fiscal Data Packages: valid under frictionless, and read back to the same sum."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from frictionless import Package, validate

from importers.records import PackageFigureRecord
from importers.sources import SOURCES
from spending.fiscal_packages import MAPPINGS
from spending.resources import RESOURCES
from tests.factories import allocation, head, loaded
from tests.local_budgets import granted, locally, spent

pytestmark = pytest.mark.django_db

SUMS = {"allocations": ("amount", Decimal("350.25")), "local-budgets": ("approved", Decimal("150.50"))}


@pytest.fixture(autouse=True)
def budgets(tmp_path: Path) -> None:
    loaded(
        head(), allocation(1, "100.00"), allocation(2, "250.25", description='=1+"2",\n3'), folder=tmp_path
    )
    locally(granted(1, "100.00"), granted(2, "50.50"), folder=tmp_path)
    locally(spent(1), folder=tmp_path, part="2568-01", year=2025)


def exported(folder: Path, name: str, year: int = 2022) -> Path:
    call_command("export_fiscal_package", name, str(folder / "package"), year=year)
    return folder / "package" / "datapackage.json"


@pytest.mark.parametrize("name", MAPPINGS)
def test_package_is_valid_under_frictionless(tmp_path: Path, name: str) -> None:
    report = validate(str(exported(tmp_path, name)))

    assert report.valid, report.flatten(["code", "note", "message"])
    (resource,) = Package(str(exported(tmp_path, name))).resources
    assert len(resource.read_rows()) == 2


@pytest.mark.parametrize("name", MAPPINGS)
def test_package_is_read_back_to_its_sum(tmp_path: Path, name: str) -> None:
    entries = list(SOURCES["fiscal_packages"].entries(exported(tmp_path, name)))

    measure, total = SUMS[name]
    figures = [one for one in entries if isinstance(one, PackageFigureRecord) and one.measure == measure]
    assert sum(one.amount for one in figures) == total
    assert {one.currency for one in figures} == {"THB"}


def test_how_far_money_is_spent_is_given_out_too(tmp_path: Path) -> None:
    entries = list(SOURCES["fiscal_packages"].entries(exported(tmp_path, "local-budgets", 2025)))

    figures = {one.measure: one.amount for one in entries if isinstance(one, PackageFigureRecord)}
    assert (figures["disbursed"], figures["remaining"]) == (Decimal(50), Decimal(25))


@pytest.mark.parametrize("name", MAPPINGS)
def test_mapping_names_columns_of_the_resource(name: str) -> None:
    columns = {column.name for column in RESOURCES[name].columns}
    mapping = MAPPINGS[name]

    assert set(mapping.measures) <= columns
    assert {source for _dimension, _kind, sources in mapping.dimensions for source in sources} <= columns


def test_year_without_rows_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no allocations"):
        exported(tmp_path, "allocations", 1999)
