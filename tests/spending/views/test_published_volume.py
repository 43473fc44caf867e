"""A volume of the budget book as it was published, seen on every face of the site."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from importers.loading import load
from importers.sources import SOURCES

EDUCATION = Decimal(
    "332052737500.00"
)  # baht, volume 3-10 of fiscal year 2565, printed as 332,052.738 million
VOLUME = "budget/fy2565-whitebook-csv/2022-3-10.csv"


@pytest.fixture
def volume(db: None, shared_data: Path) -> Path:
    """The volume of the Ministry of Education, loaded."""
    path = shared_data / VOLUME
    load(SOURCES["budget_book"], path)
    return path


@pytest.mark.usefixtures("volume")
@pytest.mark.parametrize(
    "address",
    [
        "/budget/2565/?ministry=20",
        "/budget/2565/?ministry=20&by=plan",
        "/budget/2565/?ministry=20&by=category",
        "/budget/2565/lines/?ministry=20",
        "/budget/2565/lines/?ministry=20&page=9&sort=name",
        "/agencies/20/",
    ],
)
def test_every_face_shows_the_verified_sum_to_the_satang(client: Client, address: str) -> None:
    html = client.get(address).content.decode()

    assert f'<data value="{EDUCATION}">332,052,737,500</data>' in html


@pytest.mark.usefixtures("volume")
def test_the_api_gives_the_sum_that_the_page_shows(client: Client) -> None:
    answer = client.get("/api/v1/allocations/breakdown?by=agency&year=2565&ministry=20").json()

    assert Decimal(answer["total"]) == EDUCATION


def test_a_line_shows_its_row_of_the_file(client: Client, volume: Path) -> None:
    with volume.open(encoding="utf-8", newline="") as file:
        line, row = next(
            (number, row)
            for number, row in enumerate(csv.DictReader(file), 2)
            if row["ITEM_ID"] == "2022.3.10.43"
        )

    html = client.get("/en/budget/2565/lines/2022.3.10.43/").content.decode()

    plain = re.sub(r"<wbr>", "", html)
    assert row["ITEM_DESCRIPTION"] in plain
    assert f"line {line} of {volume.name} as published" in plain
    assert f"issue 3, volume 10, page {row['REF_PAGE_NO']}" in plain
    assert "It costs 6.35 million baht in all" in plain
