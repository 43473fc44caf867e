"""Every list page leads to its rows as JSON, CSV, XLSX and Parquet, and all four say the same."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pyarrow import parquet

from spending.provenance import ENDINGS
from spending.urls import urlpatterns
from tests.test_pages import PAGES, address, publish

LISTS: dict[str, tuple[str, ...]] = {
    "provinces": (),
    "home": ("disbursements",),
    "budget": ("allocations",),
    "lines": ("allocations",),
    "line": ("allocations",),
    "past_projects": ("project-disbursements",),
    "past_project": ("project-disbursements",),
    "obligations": ("commitments",),
    "agencies": ("agencies",),
    "agency": ("disbursements", "allocations", "reconciliation"),
    "reconciliation": ("reconciliation",),
    "disbursements": ("disbursements",),
    "purchases": ("projects",),
    "projects": ("projects",),
    "project": ("contracts",),
    "contract": ("contracts",),
    "flags": ("flags",),
    "flag_rule": ("flags",),
    "suppliers": ("suppliers",),
    "supplier": ("contracts",),
    "/en/provinces/?source=projects": ("project-disbursements",),
    "/en/provinces/?source=purchases": ("projects",),
    "province": ("project-disbursements", "projects"),
    "local": ("local-budgets",),
    "data": ("editions",),
    "dataset": ("allocations", "editions"),
    "changes": ("editions",),
    "/en/search/?q=รายการ": ("allocations",),
    "/en/search/?q=รายการ&in=purchase": ("projects",),
    "/en/budget/differences/?from=2565&to=2565": ("differences",),
    "/en/agencies/?kind=ministry": ("agencies",),
    "/en/taxes/?tax=30000&year=2565": ("taxes",),
    "/en/compare/?a=15&b=21": ("compare",),
}
"""The pages that list rows, by their name in the map or their address, and the resources behind them."""
NO_ROWS = {
    "budget_newest",
    "obligations_newest",
    "disbursements_newest",
    "purchases_newest",
    "local_newest",
    "differences",
    "compare",
    "search",
    "taxes",
    "edition",
    "page",
    "elsewhere",
    "sources",
    "dumps",
    "dictionary",
    "data_tables",
    "api_docs",
    "api_migration",
    "about",
    "accessibility",
    "privacy",
}
"""Pages that send on, ask first, or list no rows of a resource."""

Rows = Sequence[dict[str, Any]]


@pytest.fixture
def figures(db: None, tmp_path: Path) -> None:
    publish(tmp_path)


def test_every_page_of_the_map_is_known_to_list_rows_or_not() -> None:
    listed = {name for name in LISTS if not name.startswith("/")}

    assert listed | NO_ROWS == set(PAGES) & {pattern.name for pattern in urlpatterns}
    assert not listed & NO_ROWS


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("name", LISTS)
def test_rows_of_a_list_page_are_the_same_in_all_four_forms(client: Client, name: str) -> None:
    html = client.get(name if name.startswith("/") else address(name, "en"), follow=True).content.decode()

    for resource in LISTS[name]:
        links = taken_from(html, resource)
        assert set(links) >= set(ENDINGS), resource
        counted = {form: told(rows_of(client, form, links[form])) for form in ENDINGS}
        assert counted["JSON"][0] > 0 or name in ("flags", "flag_rule")
        assert len(set(counted.values())) == 1, counted


def taken_from(html: str, resource: str) -> dict[str, str]:
    """The addresses of one resource that a page leads to, by the form they answer in."""
    found = {}
    for href in re.findall(rf'href="(/api/v1/{resource}(?:/|\.\w+)(?:\?[^"]*)?)"', html):
        path = href.partition("?")[0].removeprefix(f"/api/v1/{resource}")
        form = next((form for form, ending in ENDINGS.items() if path == ending), None)
        if form is not None:
            found.setdefault(form, unescape(href))
    return found


def rows_of(client: Client, form: str, href: str) -> Rows:
    response = client.get(href)
    assert response.status_code == 200, href
    if form == "JSON":
        found = response.json(parse_float=Decimal)
        assert not found.get("next")  # what a test publishes fits on one page
        return found["rows"]
    content = response.getvalue()
    if form == "CSV":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    if form == "Parquet":
        return parquet.read_table(io.BytesIO(content)).to_pylist()
    head, *rows = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(
        values_only=True
    )
    return [dict(zip(head, row, strict=True)) for row in rows]


def told(rows: Rows) -> tuple[int, Decimal]:
    """How many rows there are, and what all their amounts come to."""
    amounts = ("amount", "budget", "budgeted", "disbursed", "after_transfer", "to_amount", "total")
    values = [row[name] for row in rows for name in amounts if row.get(name) not in (None, "")]
    return len(rows), sum((Decimal(str(value)) for value in values), Decimal(0)).quantize(Decimal("0.01"))
