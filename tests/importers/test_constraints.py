"""What sources rely on the database to refuse, of places and of the money of local government."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from spending.models import (
    Agency,
    Area,
    Edition,
    LocalBudget,
    OpenContract,
    OpenProcess,
    PackageFigure,
    Province,
    SourceFile,
)
from tests.spending.test_constraints import refused_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    file = SourceFile.objects.create(sha256="5" * 64, name="areas.json", size=10)
    return Edition.objects.create(dataset="areas", part="district", as_of=date(2023, 1, 1), source_file=file)


def test_code_of_an_area_stands_once_in_an_edition(edition: Edition) -> None:
    values: dict[str, Any] = {
        "edition": edition,
        "line": 1,
        "code": "5101",
        "name": "เมืองลำพูน",
        "name_en": "Mueang Lamphun",
        "level": Area.Level.DISTRICT,
        "province": Province.objects.get(code="51"),
    }
    Area.objects.create(**values)

    with refused_as("one_area_of_a_code"):
        Area.objects.create(**values)


@pytest.mark.parametrize(
    "amounts",
    [
        pytest.param({"remaining": Decimal(51)}, id="rest that does not follow"),
        pytest.param({"disbursed": None}, id="one amount missing"),
        pytest.param({"remaining": None}, id="no rest"),
    ],
)
def test_rest_of_a_local_budget_follows_from_its_parts(
    edition: Edition, amounts: dict[str, Decimal | None]
) -> None:
    body = Agency.objects.create(code="7551", name="องค์การบริหารส่วนจังหวัดลำพูน", kind=Agency.Kind.PAO)
    spent = {
        "increased": Decimal(10),
        "decreased": Decimal(20),
        "committed": Decimal(30),
        "disbursed": Decimal(10),
        "remaining": Decimal(50),
    }
    values: dict[str, Any] = {
        "edition": edition,
        "line": 2,
        "fiscal_year": 2025,
        "body": body,
        "province": Province.objects.get(code="51"),
        "approved": Decimal(100),
    }
    LocalBudget.objects.create(**values, **spent)
    LocalBudget.objects.create(**values)

    with refused_as("local_remaining_follows_from_its_parts"):
        LocalBudget.objects.create(**values, **(spent | amounts))


PROCESS: dict[str, Any] = {"line": 1, "ocid": "ocds-213czf-1", "publisher": "Acme"}
AWARD: dict[str, Any] = {**PROCESS, "stage": "award", "number": "a"}


def test_process_stands_once_in_an_edition(edition: Edition) -> None:
    OpenProcess.objects.create(edition=edition, **PROCESS)

    with refused_as("one_process_of_an_ocid_in_an_edition"):
        OpenProcess.objects.create(edition=edition, **PROCESS)


def test_money_of_a_process_has_a_currency(edition: Edition) -> None:
    with refused_as("process_money_has_a_currency"):
        OpenProcess.objects.create(edition=edition, **PROCESS, tendered=Decimal(1))


def test_award_stands_once_in_a_process(edition: Edition) -> None:
    OpenContract.objects.create(edition=edition, **AWARD)

    with refused_as("one_contract_of_a_number_in_a_process"):
        OpenContract.objects.create(edition=edition, **AWARD)


def test_value_of_a_contract_has_a_currency(edition: Edition) -> None:
    with refused_as("contract_value_has_a_currency"):
        OpenContract.objects.create(edition=edition, **AWARD, amount=Decimal(1))


def test_figure_of_a_package_has_a_currency(edition: Edition) -> None:
    with refused_as("package_figure_has_a_currency"):
        PackageFigure.objects.create(
            edition=edition, line=1, package="p", publisher="Acme", dimensions={}, amount=Decimal(1)
        )
