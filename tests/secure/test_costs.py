"""S20: what lists of staff cost, and questions made to be slow. `make bench` asks 100,000 cases the same."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from benchmarks.casework import (
    LISTS,
    MOST_SECONDS,
    MOST_STATEMENTS,
    REPEATED,
    hostile,
    nested,
    statements_of,
)
from tests.complaints.cases import complaint, dispatch, opinion
from tests.complaints.staff import account, verified

from .conftest import Count

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor() -> Client:
    return verified(account("supervisor"))


def cases(count: int) -> None:
    for _ in range(count):
        dispatch(complaint=complaint(assigned_to=account("triage")))
        opinion()


def test_lists_ask_the_database_as_often_however_many_cases_there_are(supervisor: Client) -> None:
    lists = {name: address for name, address in LISTS.items() if "last page" not in name}
    cases(2)
    few = {name: statements_of(supervisor, address) for name, address in lists.items()}
    cases(20)
    many = {name: statements_of(supervisor, address) for name, address in lists.items()}

    assert many == few
    assert max(many.values()) <= MOST_STATEMENTS


def test_questions_made_to_be_slow_are_answered_soon(count: Count, supervisor: Client) -> None:
    cases(3)
    assert len(set(REPEATED)) >= 30
    for address in hostile():
        began = time.process_time()
        answer = supervisor.get(address)
        took = time.process_time() - began
        got_through = took > MOST_SECONDS or answer.status_code >= 500
        count("S20", got_through=got_through, what=f"{address[:60]} {answer.status_code} {took:.1f} s")


def test_complaint_that_is_nested_deeply_is_refused_soon(count: Count, client: Client) -> None:
    count("S20", got_through=nested(client) > MOST_SECONDS)
