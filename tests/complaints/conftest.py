"""What every test of complaints may rely on: the desks and rules that the site ships with."""

from __future__ import annotations

import pytest

from .cases import restored_desks


@pytest.fixture(autouse=True)
def shipped_desks(request: pytest.FixtureRequest) -> None:
    """The shipped table of competence, in tests that use the database."""
    if "transactional_db" in request.fixturenames:
        request.getfixturevalue("transactional_db")
    elif "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
    else:
        return
    restored_desks()
