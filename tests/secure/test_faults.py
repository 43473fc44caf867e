"""S17: each view of complaints broken on purpose, in three ways. Whoever asked gets a number and no word of
why; the log gets the number, the kind and the place, and no word of anybody.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest
from django.conf import settings
from django.db import DataError, connection, transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.reading import MIXED
from tests.staff.test_matrix import FACTS, NAMES, OTHER_VIEWS, PUBLIC_COMPLAINTS, Rows, address, allowed, rows

from .conftest import Count

__all__ = ["rows"]

VIEWS = sorted(PUBLIC_COMPLAINTS) + [f"admin:{name}" for name in NAMES if not name.startswith(FACTS)]
TYPED, ROW = "คานารีที่พิมพ์ 1101700230708", "คานารีในแถว 0899999777"
"""What somebody typed, and what stands in a row of the database."""
GIVEN = {"key": TYPED, "detail": TYPED, "first_name": TYPED, "username": TYPED, "password": TYPED}
HEADERS = {"User-Agent": TYPED.encode().decode("latin-1"), "X-Forwarded-For": "203.0.113.77"}
SECRETS = (settings.SECRET_KEY, settings.COMPLAINT_PEPPER, *settings.COMPLAINT_PRIVATE_KEYS)
NOWHERE = (TYPED, ROW, "203.0.113.77", *SECRETS)
STACK = ("Traceback", 'File "', ".py", "DataError", "SELECT")
STATEMENTS = 12
"""How many statements of a view are broken, one after the other."""


class Broken(DataError):
    """Raised by these tests. Its words are such as a database says."""

    def __init__(self) -> None:
        super().__init__(f"DETAIL: Key (name)=({ROW}) of {TYPED} with {SECRETS[-1]} exists.")


def all_patterns(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from all_patterns(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield f"{prefix}{pattern.name}", pattern


PATTERNS = dict(all_patterns())


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site's own handler writes."""
    written = io.StringIO()
    (handler,) = (one for one in logging.getLogger("django.request").handlers if one.name == "stderr")
    before = handler.setStream(written)  # type: ignore[attr-defined]
    yield written
    handler.setStream(before)  # type: ignore[attr-defined]


@pytest.fixture
def ask(rows: tuple[Rows, dict[str, Client]], db: None) -> Callable[[str, str], Any]:
    """Ask a view by its name, as somebody who may see it."""

    def asked(name: str, method: str) -> Any:
        known, clients = rows
        own = name.removeprefix("admin:")
        there = reverse(name) if own == name else address(own, known)
        assert there is not None
        may = ({"supervisor"} if own == name else allowed(own)) or {"supervisor"}
        role = "supervisor" if "supervisor" in may else sorted(may)[0]
        client = clients[role]
        client.raise_request_exception = False
        with transaction.atomic():
            answer = getattr(client, method)(there, GIVEN if method == "post" else {}, headers=HEADERS)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        return answer, body.decode(errors="replace")

    return asked


def is_fit(name: str, answer: Any, body: str, written: str) -> str:
    """What is wrong with the answer to something broken; empty if nothing is."""
    said = body + repr(sorted(answer.items()))
    for word in NOWHERE:
        for text, where in ((said, "answer"), (written, "log")):
            if word in text or word.encode("unicode_escape").decode() in text:
                return f"{word} in the {where}"
    if answer.status_code != 500:
        return f"{answer.status_code}, not 500"
    if any(sign in body for sign in STACK):
        return "a stack"
    number = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", body)
    if number is None or written.count(f"[{number[0]}]") != 1:
        return "no number, or not the log's"
    if "Broken" not in written or "test_faults.py" not in written:
        return "the log does not say what broke, and where"
    kind = "application/problem+json" if name.startswith("complaints_api") else "text/html; charset=utf-8"
    held = {"Content-Type": kind, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    said = {key: answer.get(key, "") for key in held}
    return ", ".join(f"{key}: {said[key]}" for key, value in held.items() if value not in said[key])


def breaking(*args: Any, **kwargs: Any) -> Any:
    typed = kwargs | {"words": TYPED}
    assert typed
    raise Broken


def takes_in(name: str) -> bool:
    """Whether the view is asked at all with what is sent to it; a page that is only read is not."""
    return name.partition(":")[0] not in MIXED or getattr(PATTERNS[name].callback, "csrf_exempt", False)


@pytest.mark.parametrize(
    ("name", "method"),
    [(name, method) for name in VIEWS for method in ("get", "post") if method == "get" or takes_in(name)],
)
def test_view_that_breaks_tells_a_number_alone(
    count: Count, name: str, method: str, ask: Any, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    pattern = PATTERNS[name]
    if cls := getattr(pattern.callback, "cls", None):  # a view of the API breaks inside of its framework
        monkeypatch.setattr(cls, method, breaking, raising=False)
    else:
        monkeypatch.setattr(pattern, "callback", wraps(pattern.callback)(breaking))

    wrong = is_fit(name, *ask(name, method), log.getvalue())

    count("S17", got_through=bool(wrong), what=f"{method} {name}: {wrong}")


class BreakingAt:
    """Lets some statements of a view through, and breaks the next."""

    def __init__(self, statement: int) -> None:
        self.left, self.has_broken = statement, False

    def __call__(self, execute: Any, sql: str, *args: Any) -> Any:
        if sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            return execute(sql, *args)
        self.left -= 1
        if self.left >= 0:
            return execute(sql, *args)
        self.has_broken = True
        raise Broken


@pytest.mark.parametrize("name", VIEWS)
def test_database_that_breaks_at_any_statement_tells_nobodys_words(
    count: Count, name: str, ask: Any, log: io.StringIO
) -> None:
    for method in ("get", "post"):
        for statement in range(STATEMENTS):
            log.truncate(log.seek(0))
            at = BreakingAt(statement)
            with connection.execute_wrapper(at):
                answer = ask(name, method)
            if not at.has_broken:
                break
            wrong = is_fit(name, *answer, log.getvalue())
            count("S17", got_through=bool(wrong), what=f"{method} {name}, statement {statement}: {wrong}")


@pytest.mark.parametrize("name", VIEWS)
def test_page_that_breaks_while_it_is_written_tells_a_number_alone(
    count: Count, name: str, ask: Any, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    render, has_broken = Template.render, []

    def rendered(self: Template, *args: Any, **kwargs: Any) -> Any:
        if self.template.name == "500.html":
            return render(self, *args, **kwargs)
        has_broken.append(self)
        return breaking()

    monkeypatch.setattr(Template, "render", rendered)

    answer = ask(name, "get")

    if has_broken:
        wrong = is_fit(name, *answer, log.getvalue())
        count("S17", got_through=bool(wrong), what=f"{name}: {wrong}")


def test_every_view_of_complaints_is_broken() -> None:
    found = {name for name in PATTERNS if name.startswith(("complaints", "admin:complaints"))}

    assert found <= set(VIEWS)
    assert {f"admin:{name}" for name in OTHER_VIEWS} <= set(VIEWS)
