"""The first rows of several editions: the same as if the database had sorted all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spending.in_order import InOrder
from spending.models import Edition, Project
from spending.querysets import LARGEST_BUDGET
from tests.purchases import bought, part, project

pytestmark = pytest.mark.django_db
API = "/api/v1/projects/"


@pytest.fixture
def pieces(tmp_path: Path) -> list[int]:
    amounts = {"2568-1": ["5", "3", None, "1"], "2568-2": ["4", "3", "2", None]}
    number = 0
    for name, budgets in amounts.items():
        projects = [project(number + n, budget) for n, budget in enumerate(budgets, start=1)]
        number += len(budgets)
        bought(part(name), *projects, folder=tmp_path)
    return list(Edition.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("places", [(0, 3), (2, 6), (5, 8), (0, 100), (100, 120)])
def test_first_rows_are_those_of_one_sorted_list(pieces: list[int], places: tuple[int, int]) -> None:
    every = Project.objects.order_by(*LARGEST_BUDGET)

    assert InOrder(Project.objects.all(), pieces, LARGEST_BUDGET)[slice(*places)] == list(
        every[slice(*places)]
    )


def test_rows_far_behind_the_first_are_sorted_by_the_database(pieces: list[int], monkeypatch: Any) -> None:
    monkeypatch.setattr("spending.in_order.FAR", 2)
    every = Project.objects.order_by(*LARGEST_BUDGET)

    assert InOrder(Project.objects.all(), pieces, LARGEST_BUDGET)[4:6] == list(every[4:6])


@pytest.mark.parametrize("order", ["", "budget", "-budget", "-recorded_on", "name"])
def test_pages_of_data_lead_through_all_editions_and_back(client: Any, pieces: list[int], order: str) -> None:
    asked = f"?limit=3&order={order}" if order else "?limit=3"
    whole = [
        row["project"] for row in client.get(f"{API}{asked.replace('limit=3', 'limit=100')}").json()["rows"]
    ]

    forth, address = [], f"{API}{asked}"
    while address:
        answer = client.get(address).json()
        forth.append([row["project"] for row in answer["rows"]])
        address, last = answer["next"], address
    back, address = [forth[-1]], client.get(last).json()["previous"]
    while address:
        answer = client.get(address).json()
        back.append([row["project"] for row in answer["rows"]])
        address = answer["previous"]

    assert len(whole) == 8
    assert [number for page in forth for number in page] == whole
    assert back[::-1] == forth


def test_amounts_stand_in_their_order_the_unknown_last(client: Any, pieces: list[int]) -> None:
    rows = client.get(f"{API}?order=-budget").json()["rows"]

    assert [row["budget"] for row in rows] == [5, 4, 3, 3, 2, 1, None, None]
