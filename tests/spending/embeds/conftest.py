"""Figures of every kind of page, published once for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.test_pages import publish


@pytest.fixture(scope="module")
def figures(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A small book, a weekly report, totals, purchases; taken back when the module is through."""
    folder = tmp_path_factory.mktemp("embeds")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "files"), transaction.atomic():
        publish(folder)
        yield
        transaction.set_rollback(True)
