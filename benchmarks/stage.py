"""Where measurements are made: a database of their own on the site's server, gone when they are done."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import django
from django.conf import settings
from django.test.utils import setup_test_environment, teardown_test_environment

from config.visitors import keep_what_is_loaded
from spending.patience import bound_by

SHARED_VOLUMES = Path(__file__).parents[2] / "shared" / "data" / "budget" / "fy2565-whitebook-csv"


def set_up() -> None:
    """Django, with the settings of the site and no words about progress."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


@contextmanager
def stage() -> Iterator[None]:
    """A fresh, migrated database; files are kept in a folder of its own. One at a time in a process."""
    from django.db import connection

    from config import embedded

    with ExitStack() as stack:
        if settings.EMBEDDED_DATABASE is not None:
            stack.enter_context(embedded.serving(settings.EMBEDDED_DATABASE))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmarks"))
        settings.MEDIA_ROOT = Path(folder)
        usual = str(connection.settings_dict["NAME"])
        connection.settings_dict["TEST"]["NAME"] = f"benchmarks_{os.getpid()}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(usual, verbosity=0)


@contextmanager
def visitors() -> Iterator[None]:
    """Django's test client may ask, as one asks a process of the public site: its connection has its settings
    from the beginning. Pages name the files of styles as they lie in the tree.
    """
    from django.db import connection

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    setup_test_environment(debug=False)
    warnings.filterwarnings("ignore", "No directory at")  # of collected files: there are none
    keep_what_is_loaded()
    settings.CONNECTION_SETTINGS = bound_by(settings.API_STATEMENT_SECONDS * 1_000)
    connection.close()
    try:
        yield
    finally:
        settings.CONNECTION_SETTINGS = {}
        connection.close()
        teardown_test_environment()


def database_url() -> str:
    """The address of the stage's database, for a process of its own."""
    from django.db import connection

    given = connection.settings_dict
    password = f":{quote(given['PASSWORD'], safe='')}" if given["PASSWORD"] else ""
    login = f"{quote(given['USER'], safe='')}{password}"
    query = f"?host={quote(str(given['HOST']), safe='')}&port={given['PORT']}"
    return f"postgresql://{login}@/{given['NAME']}{query}"


def say(text: str = "") -> None:
    """Print at once, for whoever watches."""
    print(text, flush=True)


def held_against(what: str, found: float, bar: float, unit: str = "×") -> None:
    """One line: what was found beside the bar it is held against, and whether it is within."""
    mark = "within" if found <= bar else "OVER"
    say(f"  {what:58} {found:10.2f} {unit}   {mark} {bar:g} {unit}")
