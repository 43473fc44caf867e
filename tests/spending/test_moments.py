"""A moment asks for what this site showed then, whatever was published since."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from spending.addresses import with_day
from spending.models import Allocation, Edition
from spending.models.editions import newest_known
from spending.moments import Moment, day_or_moment
from spending.parameters import PARAMETERS, BadQuery
from tests.factories import allocation, head, loaded
from tests.spending.years import load_week


def test_moment_is_the_day_it_lies_in_and_is_written_as_it_is_read() -> None:
    moment = day_or_moment("2026-11-21T03:04:05+07:00")

    assert (moment.year, moment.month, moment.day) == (2026, 11, 21)
    assert moment.isoformat() == str(moment) == "2026-11-20T20:04:05Z"
    assert day_or_moment(moment.isoformat()) == moment
    assert with_day("/budget/", moment) == "/budget/?as_of=2026-11-20T20:04:05Z"


def test_copies_of_a_moment_are_the_moment() -> None:
    moment = day_or_moment("2026-11-20T20:04:05Z")

    for copied in (copy.deepcopy(moment), pickle.loads(pickle.dumps(moment))):
        assert isinstance(copied, Moment)
        assert copied.at == moment.at


@pytest.mark.parametrize(
    "text", ["2026-11-21T03:04:05", "2026-11-21T25:00:00Z", "2569-11-21T03:04:05Z", "2026-11"]
)
def test_what_is_neither_day_nor_moment_is_refused(text: str) -> None:
    with pytest.raises(BadQuery, match="as_of"):
        PARAMETERS["as_of"].value(text)


def test_plain_day_stays_a_day() -> None:
    found = PARAMETERS["as_of"].value("2026-07-03")

    assert type(found) is date


def test_moment_after_midnight_in_bangkok_is_answered_by_what_was_published_by_then() -> None:
    week = date(2026, 7, 1)
    first = Edition(as_of=week, published_at=datetime(2026, 7, 3, 17, 10, tzinfo=UTC))
    corrected = Edition(as_of=week, published_at=datetime(2026, 7, 3, 17, 30, tzinfo=UTC))

    assert newest_known([first, corrected], Moment(datetime(2026, 7, 3, 17, 31, tzinfo=UTC))) is corrected


def test_a_day_ends_at_midnight_in_bangkok() -> None:
    week = date(2026, 7, 1)
    first = Edition(as_of=week, published_at=datetime(2026, 7, 2, 3, tzinfo=UTC))
    after_midnight = Edition(as_of=week, published_at=datetime(2026, 7, 3, 17, 30, tzinfo=UTC))

    assert newest_known([first, after_midnight], date(2026, 7, 3)) is first
    assert newest_known([first, after_midnight], date(2026, 7, 4)) is after_midnight


@pytest.mark.django_db
def test_moment_after_midnight_in_bangkok_shows_what_was_corrected_after_midnight(tmp_path: Path) -> None:
    loaded(head(), allocation(1, "100.00"), folder=tmp_path)
    loaded(head(), allocation(1, "250.00"), folder=tmp_path)
    first, second = Edition.objects.order_by("pk").values_list("pk", flat=True)
    Edition.objects.filter(pk=first).update(published_at=datetime(2026, 11, 21, 18, 13, tzinfo=UTC))
    Edition.objects.filter(pk=second).update(published_at=datetime(2026, 11, 21, 18, 14, tzinfo=UTC))

    assert Allocation.objects.current(day_or_moment("2026-11-21T18:13:30Z")).total() == 100
    assert Allocation.objects.current(day_or_moment("2026-11-22T01:14:00+07:00")).total() == 250
    assert Edition.objects.is_now(day_or_moment("2026-11-21T18:15:00Z"))


@pytest.mark.django_db
def test_moment_keeps_the_edition_that_a_late_report_replaces(tmp_path: Path, client: Client) -> None:
    loaded(head(), allocation(1, "100.00"), folder=tmp_path)
    then = Moment(timezone.now() + timedelta(seconds=1))
    loaded(head(), allocation(1, "250.00"), folder=tmp_path)
    Edition.objects.filter(is_current=True).update(published_at=then.at + timedelta(hours=1))

    assert Allocation.objects.current(then).total() == 100
    assert Allocation.objects.current(timezone.localdate(then.at)).total() == 250
    address = f"/api/v1/allocations/breakdown?by=ministry&year=2565&as_of={then.isoformat()}"
    assert client.get(address).json()["total"] == 100


@pytest.mark.django_db
def test_moment_answers_with_the_days_it_knew(tmp_path: Path, client: Client) -> None:
    load_week(tmp_path)
    then = Moment(timezone.now() + timedelta(seconds=1))

    for page in ("/", "/disbursements/2569/", "/agencies/15/", "/provinces/"):
        response = client.get(page, {"as_of": then.isoformat()})

        assert response.status_code == 200
        assert f"as_of={then.isoformat()}" in response.content.decode()
