"""Two publishers' files of one name are two parts; one publisher's newer file replaces its older one."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from importers.loading import load
from importers.models import ImportRun
from importers.sources import SOURCES
from spending.models import Edition, OpenProcess, PackageFigure

pytestmark = pytest.mark.django_db
Outcome = ImportRun.Outcome


def releases(
    folder: Path, publisher: str, *ids: str, title: str = "Bridge", name: str = "releases.json"
) -> ImportRun:
    package: dict[str, Any] = {
        "releases": [{"ocid": one, "date": "2024-01-01", "tender": {"title": title}} for one in ids]
    }
    if publisher:
        package["publisher"] = {"name": publisher}
    (folder / name).write_text(json.dumps(package), encoding="utf-8")
    run = load(SOURCES["ocds"], folder / name)
    assert run.outcome == Outcome.PUBLISHED, run.message
    return run


def package(folder: Path, title: str, amount: str, name: str = "budget") -> ImportRun:
    descriptor = {
        "name": name,
        "title": title,
        "resources": [{"name": "table", "path": "table.csv"}],
        "mapping": {"measures": {"approved": {"source": "approved", "currency": "MKD"}}},
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (folder / "table.csv").write_text(f"approved\n{amount}\n", encoding="utf-8")
    run = load(SOURCES["fiscal_packages"], folder / "datapackage.json")
    assert run.outcome == Outcome.PUBLISHED, run.message
    return run


def parts() -> list[str]:
    return list(Edition.objects.current().order_by("part").values_list("part", flat=True))


def test_packages_of_one_name_stand_beside_each_other(tmp_path: Path) -> None:
    package(tmp_path, "Budget of Acme", "10")
    package(tmp_path, "Budget of Umbria", "7")

    assert parts() == ["budget", "budget-2"]
    assert set(PackageFigure.objects.current().values_list("publisher", "amount")) == {
        ("Budget of Acme", Decimal(10)),
        ("Budget of Umbria", Decimal(7)),
    }


def test_each_publisher_replaces_its_own_package(tmp_path: Path) -> None:
    for title, amount in (("Acme", "10"), ("Umbria", "7"), ("Umbria", "8"), ("Acme", "11")):
        package(tmp_path, title, amount)

    assert parts() == ["budget", "budget-2"]
    assert set(PackageFigure.objects.current().values_list("amount", flat=True)) == {Decimal(11), Decimal(8)}


def test_package_of_which_nothing_changed_is_not_loaded_again(tmp_path: Path) -> None:
    package(tmp_path, "Acme", "10")

    run = load(SOURCES["fiscal_packages"], tmp_path / "datapackage.json")

    assert run.outcome == Outcome.UNCHANGED


def test_names_alike_in_their_first_forty_letters_are_two_packages(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        package(tmp_path, "Acme", "5", name=f"the-budget-of-the-republic-of-acme-for-the-year-{year}")

    assert len(parts()) == 2


def test_a_part_kept_apart_says_so(tmp_path: Path) -> None:
    package(tmp_path, "Acme", "10")
    package(tmp_path, "Umbria", "7")

    [note] = Edition.objects.get(part="budget-2").notes
    assert (note["kind"], note["published"], note["read_as"]) == ("part_of_another", "budget", "budget-2")


def test_sum_of_a_name_that_two_packages_bear_asks_whose(client: Client, tmp_path: Path) -> None:
    package(tmp_path, "Acme", "10")
    package(tmp_path, "Umbria", "7")
    asked = "/api/v1/package-figures/breakdown?by=phase&package=budget&figure=approved&currency=MKD"

    refused, told = client.get(asked), client.get(f"{asked}&publisher=Umbria")

    assert (refused.status_code, refused.json()["parameter"]) == (400, "publisher")
    assert told.json()["total"] == 7


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("", "ocds-213czf-1"), ("", "ocds-9zzzzz-1")),
        (("Acme", "ocds-213czf-1"), ("ACME!", "ocds-9zzzzz-1")),
        (("R" * 50, "ocds-213czf-1"), (f"{'R' * 49}S", "ocds-9zzzzz-1")),
        (("Acme", "ocds-1"), ("acme", "ocds-1")),
    ],
)
def test_releases_of_two_publishers_in_files_of_one_name_are_all_kept(
    tmp_path: Path, client: Client, first: tuple[str, str], second: tuple[str, str]
) -> None:
    releases(tmp_path, *first)
    releases(tmp_path, *second, title="Road")

    assert len(parts()) == 2
    rows = client.get("/api/v1/open-processes/").json()["rows"]
    assert {(row["publisher"], row["title"]) for row in rows} == {(first[0], "Bridge"), (second[0], "Road")}


@pytest.mark.parametrize("publisher", ["Acme", ""])
def test_newer_file_of_a_publisher_replaces_the_older(tmp_path: Path, publisher: str) -> None:
    releases(tmp_path, publisher, "ocds-213czf-1")
    releases(tmp_path, publisher, "ocds-213czf-2")

    assert len(parts()) == 1
    assert [one.ocid for one in OpenProcess.objects.current()] == ["ocds-213czf-2"]


def test_files_that_differ_behind_a_dot_are_two_parts(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        releases(tmp_path, "Acme", f"ocds-213czf-{year}", name=f"contracts.{year}.json")

    assert parts() == ["acme-contracts-2023", "acme-contracts-2024"]
