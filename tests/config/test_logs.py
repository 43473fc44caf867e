"""What a line of the log holds of an exception: where it came from, under which number, and no word of it."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import Error, connection, transaction

from config.logs import LEFT_OUT, Line, ServerLog

WORDS = "นางคานารี 1101700230708"


def line(message: str, *args: Any, error: BaseException | None = None, **more: Any) -> str:
    about = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("a", logging.ERROR, __file__, 1, message, args, about)
    for name, value in more.items():
        setattr(record, name, value)
    return Line("%(levelname)s %(name)s %(message)s").format(record)


def raised(error: Exception, of: Exception | None = None) -> Exception:
    try:
        raise error from of
    except (ValueError, KeyError) as caught:
        return caught


def test_exception_is_told_by_its_kind_and_place_alone() -> None:
    told = line("broke: %s", "x", error=raised(ValueError(WORDS), raised(KeyError(WORDS))))

    assert WORDS not in told
    assert told.splitlines()[0] == "ERROR a broke: x"
    assert f'{__file__}", line' in told
    assert told.index("builtins.KeyError") < told.index("builtins.ValueError")


@pytest.mark.parametrize("said", ["%s", "it said %s", "%r"])
def test_message_that_repeats_the_exception_leaves_it_out(said: str) -> None:
    error = raised(ValueError(WORDS))

    assert WORDS not in line(said, error, error=error)
    assert LEFT_OUT in line(said, error, error=error)


def test_task_is_named_without_what_it_was_given() -> None:
    context = {"name": "complaints.tasks.deliver", "id": "7", "exc": repr(ValueError(WORDS)), "args": WORDS}
    record = logging.LogRecord("a", 40, "", 1, "Task %(name)s[%(id)s]: %(exc)s %(args)s", (context,), None)
    error = raised(ValueError(WORDS))
    record.exc_info = (type(error), error, error.__traceback__)

    told = Line("%(message)s").format(record)

    assert told.startswith(f"Task complaints.tasks.deliver[7]: {LEFT_OUT} {LEFT_OUT}\n")
    assert WORDS not in told


def test_exceptions_that_came_of_each_other_end() -> None:
    one, other = ValueError("a"), KeyError("b")
    one.__cause__, other.__cause__ = other, one

    assert line("x", error=one).count("builtins.") == 2


@pytest.mark.django_db
def test_error_of_the_database_tells_the_constraint_and_no_row() -> None:
    statement = "INSERT INTO complaints_holiday (name, name_en) VALUES (%s, '')"
    with pytest.raises(Error) as failed, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [WORDS])

    told = line("x", error=failed.value)

    assert WORDS not in told
    assert "sqlstate=23502 table_name=complaints_holiday column_name=day" in told


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\x0b", "\x85", "\u2028", "\x1b[31m", "\u202e"])
def test_line_stays_one_line(sign: str) -> None:
    told = line("asked for %s", f"a{sign}ERROR forged")

    assert len(told.splitlines()) == 1
    assert sign not in told


def test_address_with_a_token_is_told_by_its_pattern() -> None:
    match = SimpleNamespace(kwargs={"token": "secret"}, route="follow/stop/<str:token>/")
    request = SimpleNamespace(path="/follow/stop/secret/", resolver_match=match, fault="17")

    told = line("Internal Server Error: %s", request.path, request=request)

    assert told == "ERROR a Internal Server Error: /follow/stop/<str:token>/ [17]"


def test_the_site_its_worker_and_its_server_write_such_lines() -> None:
    from config.celery import app
    from config.run import WEB

    assert {one["()"] for one in settings.LOGGING["formatters"].values()} == {"config.logs.Line"}
    assert all(one["formatter"] == "line" for one in settings.LOGGING["handlers"].values())
    assert app.log.setup_logging_subsystem(loglevel=logging.WARNING)  # somebody else saw to it
    assert f"{ServerLog.__module__}.{ServerLog.__qualname__}" in WEB


def test_request_that_cannot_be_read_is_logged_without_whose_it_is(capfd: Any) -> None:
    from gunicorn.config import Config

    ServerLog(Config()).warning(f"Invalid request from ip=198.51.100.7: Invalid line 'GET /?q={WORDS}'")

    told = capfd.readouterr().err
    assert "Invalid request\n" in told
    assert WORDS not in told
    assert "198.51.100.7" not in told


def test_what_breaks_on_its_way_is_logged_by_the_server_without_its_address(capfd: Any) -> None:
    from gunicorn.config import Config

    log = ServerLog(Config())
    try:
        raise RuntimeError(WORDS)
    except RuntimeError:
        log.exception("Error handling request %s", f"/search/?q={WORDS}")

    told = capfd.readouterr().err
    assert WORDS not in told
    assert f"Error handling request {LEFT_OUT}\n" in told
    assert "builtins.RuntimeError" in told
