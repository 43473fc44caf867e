"""What sources rely on the database to refuse, of places and of the money of local government."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from spending.models import Agency, Area, Edition, LocalBudget, Province, SourceFile
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
