"""What is embedded stays, or says that it did not; and says what its page says, to the satang."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spending.models import Edition
from spending.models.editions import EditionQuerySet
from tests.factories import allocation, head, loaded
from tests.spending.test_parity import book

from .reading import boxes, data_of, data_of_foot, text_of

__all__ = ["book"]  # a fixture


@pytest.mark.django_db
def test_embedded_figure_stays_and_leads_to_what_it_says_now(tmp_path: Path, client: Client) -> None:
    loaded(head(), allocation(1, "100.00"), folder=tmp_path)
    box = boxes(client.get("/en/budget/2565/?by=ministry").content.decode())[0]
    loaded(head(), allocation(1, "250.00"), folder=tmp_path)
    newest = Edition.objects.filter(is_current=True).get(dataset="budget_book")
    Edition.objects.filter(pk=newest.pk).update(published_at=newest.published_at + timedelta(minutes=1))

    framed = client.get(box["frame"]).content.decode()

    assert data_of(framed)[0] == "100.00"
    assert 'role="note"' not in framed
    assert 'data-today href="/en/budget/2565/?by=ministry#slices"' in framed
    assert data_of(client.get("/en/budget/2565/?by=ministry").content.decode())[0] == "250.00"


@pytest.mark.django_db
def test_figure_that_differs_from_what_was_embedded_says_so(tmp_path: Path, client: Client) -> None:
    loaded(head(), allocation(1, "100.00"), folder=tmp_path)
    box = boxes(client.get("/en/budget/2565/").content.decode())[0]
    address = re.sub("seen=[0-9a-f]+", "seen=00000000", box["frame"])
    picture = re.sub("seen=[0-9a-f]+", "seen=00000000", box["svg"])

    assert "no longer those that were embedded" in client.get(address).content.decode()
    assert any("no longer those" in text for text in text_of(client.get(picture).content.decode()))


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    "query", ["", "?by=agency", "?by=category&ministry=15", "?plan=แผนงานพื้นฐาน", "?q=ถนน&max=99999.99"]
)
def test_page_frame_picture_and_answer_say_one_total_to_the_satang(client: Client, query: str) -> None:
    html = client.get(f"/en/budget/2565/{query}").content.decode()
    box = next(box for box in boxes(html) if "figure=slices" in box["frame"])

    total = Decimal(data_of_foot(html))
    assert total > 0
    assert Decimal(data_of_foot(client.get(box["frame"]).content.decode())) == total
    texts = text_of(client.get(box["svg"]).content.decode())
    amounts = [Decimal(text.replace(",", "")) for text in texts if re.fullmatch(r"[\d,]+(\.\d\d)?", text)]
    assert total in amounts
    answer = client.get("/oembed/", {"url": f"http://testserver/en/budget/2565/{query}"}).json()
    place = next(i for i, column in enumerate(answer["table"]["columns"]) if column["holds"] == "money")
    assert Decimal(str(answer["table"]["sums"][place])) == total
    rows = [Decimal(str(row[place])) for row in answer["table"]["rows"]]
    assert sum(rows).quantize(Decimal("0.01")) == total


PRESENT = (
    "/en/embed/budget/2565/?figure=slices&by=agency",
    "/en/embed/agencies/15008/",
    "/en/embed/disbursements/2569/?figure=bodies",
    "/en/embed/procurement/2568/",
    "/en/embed/provinces/",
)


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("address", PRESENT)
def test_the_present_moment_shows_what_a_past_one_would(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    framed = client.get(client.get(address)["Location"]).content.decode()
    cache.clear()
    monkeypatch.setattr(EditionQuerySet, "is_now", lambda self, day: day is None)

    read_as_past = client.get(client.get(address)["Location"]).content.decode()

    assert in_order(framed) == in_order(read_as_past)


def in_order(html: str) -> str:
    """A page whose addresses have their parameters in one order."""
    return re.sub(
        r'(?<=\?)[^"#]+(?=[#"])', lambda found: "&amp;".join(sorted(unquote(found[0]).split("&amp;"))), html
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
def test_the_present_moment_costs_no_more_than_the_present(client: Client) -> None:
    with CaptureQueriesContext(connection) as of_now:
        there = client.get("/en/embed/agencies/15008/")["Location"]
    with CaptureQueriesContext(connection) as of_the_moment:
        client.get(there)

    assert len(of_the_moment) <= len(of_now) + 3, "three to see that the moment is the present"
