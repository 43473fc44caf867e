"""What every test may rely on: a database of its own, no network, no broker, the real files if any."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from config import embedded, translations
from spending import named

SHARED_DATA = settings.BASE_DIR.parent / "shared" / "data"
"""Published files as they were found. Tests that read them are not collected where the folder is absent."""

DATABASE = {"django_db_setup", "live_server"}
"""Fixtures through which a test comes to a database where it has no mark that says so."""


ALIKE = ("tests/staff/test_matrix.py", "tests/secure/")
"""Where tests ask the same of each role, page and hostile text: a second server answers each tenth alike."""
TENTH = 10


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only`, for the second kind of PostgreSQL: other tests, and nine in ten that are alike,
    would say the same again.
    """
    parser.addoption("--database-only", action="store_true", help="leave out tests that ask for no database")


def pytest_configure(config: pytest.Config) -> None:
    """Settings of tests alone: unhashed static files, a queue nobody works on, quick password hashes."""
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_AUTOREFRESH = True  # looks for static files when asked: none are collected
    settings.CELERY_BROKER_URL = "memory://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    translations.compile_stale(settings.BASE_DIR, [code for code, _name in settings.LANGUAGES])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that ask for the real files where there are none, and others if asked to."""
    if not SHARED_DATA.is_dir():
        leave_out(config, items, [item for item in items if "shared_data" in fixtures_of(item)])
    if config.getoption("--database-only"):
        leave_out(config, items, [item for item in items if not asks_for_database(item)])
        alike = [
            item for item in items if item.path.relative_to(config.rootpath).as_posix().startswith(ALIKE)
        ]
        leave_out(config, items, [item for place, item in enumerate(alike) if place % TENTH])


def leave_out(config: pytest.Config, items: list[pytest.Item], those: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=those)
    left_out = set(those)
    items[:] = [item for item in items if item not in left_out]


def fixtures_of(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def asks_for_database(item: pytest.Item) -> bool:
    """Whether a test has a database. Every other one is refused it, by pytest-django."""
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(fixtures_of(item))


def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Nobody comes to a database behind the back of `--database-only`."""
    if fixturedef.argname in ("db", "transactional_db"):
        assert asks_for_database(request.node), "a test that asks for a database while it runs needs the mark"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Downloads that a test does not read to the end are closed behind it, as a web server closes them."""
    answered = Client.request
    streams = []

    def request(client: Client, **given: Any) -> Any:
        response = answered(client, **given)
        if response.streaming:
            streams.append(response)
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        try:
            return (yield)
        finally:
            for close in [close for response in streams for close in response._resource_closers]:
                close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of the published files. Where there is none, no test that asks for it is collected."""
    return SHARED_DATA


@pytest.fixture(scope="session")
def postgresql() -> Iterator[None]:
    """The server the tests use: the one `DATABASE_URL` names, or an embedded one kept for tests alone."""
    with ExitStack() as stack:
        if settings.EMBEDDED_DATABASE is not None:
            data = settings.VAR_DIR / "test-postgres"
            stack.enter_context(embedded.serving(data, durable=False))
            connections["default"].settings_dict["HOST"] = embedded.address(data)["host"]
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    postgresql: None, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Let pytest-django make its database on that server."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let tests with transactions of their own empty the tables behind them, also the log that is never
    emptied. Where each chosen test comes to the database through a fixture, pytest-django has made none for
    tests, and they would write to the site's own.
    """
    made: Any = []
    with django_db_blocker.unblock():
        if connections["default"].settings_dict["NAME"] == settings.DATABASE["dbname"]:
            made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        with connections["default"].cursor() as cursor:
            cursor.execute("ALTER TABLE complaints_event DISABLE TRIGGER log_is_never_emptied")
            cursor.execute("ALTER TABLE complaints_change DISABLE TRIGGER changes_are_never_emptied")
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def no_kept_answers() -> None:
    """What another test was answered is forgotten: two tests may give different facts the same version."""
    cache.clear()
    named.forget()


@pytest.fixture(autouse=True)
def kept_files(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> None:
    """Files that a test keeps go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "files"
