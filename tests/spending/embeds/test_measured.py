"""Figures per person, as shares and in other prices, away from their pages: those of page and API."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.spending.test_measured import book
from tests.spending.years import total

from .reading import boxes, data_of, said_on, text_of

__all__ = ["book"]  # a fixture
QUERIES = ("per=capita", "per=gdp", "per=total", "prices=2564", "per=capita&prices=2558")


def box_of(client: Client, address: str) -> tuple[str, dict[str, str]]:
    """The page, and the box beside its first figure that is told as the query asks."""
    html = client.get(address).content.decode()
    return html, next(box for box in boxes(html) if "per=" in box["frame"] or "prices=" in box["frame"])


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("query", QUERIES)
def test_frame_and_picture_say_the_measured_figures_of_page_and_api(client: Client, query: str) -> None:
    asked = f"/api/v1/allocations/breakdown?by=ministry&year=2565&{query}"
    expected: Any = json.loads(client.get(asked).content, parse_float=Decimal)
    html, box = box_of(client, f"/en/budget/2565/?by=ministry&{query}")

    framed = client.get(box["frame"]).content.decode()
    drawn = text_of(client.get(box["svg"]).content.decode())

    measured = {row["measured"] for row in expected["rows"]}
    assert measured <= {Decimal(value) for value in data_of(framed)}
    assert set(data_of(framed)) <= said_on(html)
    assert all(word in box["frame"] for word in query.split("&"))
    assert "The others together" not in drawn, "nothing is left out, however the figures are rounded"
    head = {"per=capita": "per person", "per=gdp": "domestic product", "per=total": "of the total"}
    assert head.get(query, "in prices of") in " ".join(drawn)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("query", [query for query in QUERIES if query != "per=total"])
def test_figures_of_a_body_are_measured_as_on_its_page(client: Client, query: str) -> None:
    for year in range(2018, 2023):
        total(year, "1000.00", body="กระทรวงมหาดไทย", dataset="mof_history")
    html, box = box_of(client, f"/en/agencies/15/?{query}")

    framed = client.get(box["frame"])

    assert framed.status_code == 200
    assert set(data_of(framed.content.decode())) <= said_on(html)
    assert data_of(framed.content.decode())


@pytest.mark.usefixtures("book")
def test_figure_that_no_share_of_a_total_is_told_of_says_none(client: Client) -> None:
    for year in range(2018, 2023):
        total(year, "1000.00", body="กระทรวงมหาดไทย", dataset="mof_history")
    found = boxes(client.get("/en/agencies/15/?per=total").content.decode())

    assert found
    assert all("per=" not in box["frame"] for box in found)


@pytest.mark.usefixtures("book")
def test_a_figure_that_cannot_be_told_so_says_why(client: Client) -> None:
    refused = client.get("/en/embed/agencies/21004/?per=capita")

    assert refused.status_code == 400
