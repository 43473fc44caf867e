"""Connections to the database: seen to be broken before they are used again, set up as visitors need them."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections

from config.visitors import bind_connections
from spending import patience

USUAL = patience.bound_by(settings.API_STATEMENT_SECONDS * 1_000)


def another() -> Any:
    """A second connection to the same database."""
    return type(connections[DEFAULT_DB_ALIAS])(connection.settings_dict, DEFAULT_DB_ALIAS)


@pytest.mark.django_db
def test_connection_that_the_server_ended_is_seen_to_be_broken() -> None:
    kept = another()
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    assert kept.is_usable()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])

    assert not kept.is_usable()
    kept.close()
    assert not kept.is_usable()


@pytest.mark.django_db
def test_usable_connection_is_asked_nothing() -> None:
    kept = another()
    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state_change FROM pg_stat_activity WHERE pid = %s", [kept.connection.info.backend_pid]
        )
        before = cursor.fetchone()

    assert kept.is_usable()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT state_change FROM pg_stat_activity WHERE pid = %s", [kept.connection.info.backend_pid]
        )
        assert cursor.fetchone() == before
    kept.close()


@pytest.mark.django_db
def test_new_connection_of_the_public_part_has_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CONNECTION_SETTINGS", USUAL)
    kept = another()

    with kept.cursor() as cursor:
        cursor.execute("SELECT current_setting('work_mem'), current_setting('statement_timeout')")
        assert cursor.fetchone() == ("32MB", f"{settings.API_STATEMENT_SECONDS}s")
    kept.close()


@pytest.mark.django_db
def test_settings_that_the_connection_has_are_not_set_again(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    usual = settings.API_STATEMENT_SECONDS * 1_000
    monkeypatch.setattr(settings, "CONNECTION_SETTINGS", USUAL)
    with monkeypatch.context() as outside:
        outside.setattr(connections[DEFAULT_DB_ALIAS], "in_atomic_block", False)
        with django_assert_num_queries(0), patience.within(usual):
            pass
    monkeypatch.setattr(settings, "CONNECTION_SETTINGS", {})
    with django_assert_num_queries(5), patience.within(usual):  # a savepoint; settings read, set and set back
        pass


@pytest.mark.parametrize(("part", "bound"), [("public", True), ("staff", False), ("all", False)])
def test_server_of_visitors_alone_binds_its_connections(
    monkeypatch: pytest.MonkeyPatch, part: str, bound: bool
) -> None:
    monkeypatch.setattr(settings, "SITE", part)
    monkeypatch.setattr(settings, "CONNECTION_SETTINGS", {})

    bind_connections()

    assert (settings.CONNECTION_SETTINGS == USUAL) is bound
