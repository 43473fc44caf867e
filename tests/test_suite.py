"""The suite on a second kind of PostgreSQL leaves out what cannot differ there, and nothing else."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.conftest import asks_for_database, pytest_collection_modifyitems


@pytest.fixture
def rows(db: None) -> None:
    """Comes to the database for the test."""


@pytest.mark.django_db
def test_marked_test_asks_for_a_database(request: pytest.FixtureRequest) -> None:
    assert asks_for_database(request.node)


def test_test_with_a_fixture_that_has_a_database_asks_for_it(
    rows: None, request: pytest.FixtureRequest
) -> None:
    assert asks_for_database(request.node)


def test_test_with_a_fixture_alone_has_a_database_of_tests(django_db_setup: None) -> None:
    """Also when nothing but this test is chosen: pytest-django makes one for marked tests alone."""
    assert connections["default"].settings_dict["NAME"] != settings.DATABASE["dbname"]


def test_test_with_a_serving_site_asks_for_a_database(
    live_server: Any, request: pytest.FixtureRequest
) -> None:
    assert asks_for_database(request.node)


def test_test_that_asks_for_none_is_refused_one(request: pytest.FixtureRequest) -> None:
    assert not asks_for_database(request.node)
    with pytest.raises(RuntimeError, match="not allowed"):
        connection.ensure_connection()


def test_test_that_asks_for_none_gets_none_while_it_runs(request: pytest.FixtureRequest) -> None:
    with pytest.raises(AssertionError, match="needs the mark"):
        request.getfixturevalue("db")


@pytest.mark.parametrize("only", [True, False])
def test_database_only_leaves_out_tests_that_ask_for_none(request: pytest.FixtureRequest, only: bool) -> None:
    here = [item for item in request.session.items if item.path == request.path]
    left_out: list[pytest.Item] = []
    told = {"--database-only": only}
    config: Any = SimpleNamespace(
        getoption=told.__getitem__,
        rootpath=request.config.rootpath,
        hook=SimpleNamespace(pytest_deselected=lambda items: left_out.extend(items)),
    )

    pytest_collection_modifyitems(config, kept := list(here))

    assert request.node in (left_out if only else kept)
    assert set(kept) | set(left_out) == set(here)
    assert not any(asks_for_database(item) for item in left_out)


class Asked:
    """A test with a database that lies in a file."""

    fixturenames = ("db",)

    def __init__(self, path: Path) -> None:
        self.path = path

    def get_closest_marker(self, name: str) -> str:
        return name


def test_database_only_asks_a_tenth_of_those_that_are_alike(request: pytest.FixtureRequest) -> None:
    root = request.config.rootpath
    config: Any = SimpleNamespace(
        getoption={"--database-only": True}.__getitem__,
        rootpath=root,
        hook=SimpleNamespace(pytest_deselected=lambda items: None),
    )
    alike: list[Any] = [Asked(root / "tests/staff/test_matrix.py") for _ in range(25)]
    other: list[Any] = [Asked(root / "tests/test_suite.py") for _ in range(5)]

    pytest_collection_modifyitems(config, kept := [*alike, *other])

    assert kept == [alike[0], alike[10], alike[20], *other]
