"""What comes to gunicorn as it is on the wire, and what it answers before there is a request."""

from __future__ import annotations

import json
import re
import sys
from socket import SHUT_WR, socketpair
from subprocess import run
from typing import Any

import pytest
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from gunicorn.config import Config
from gunicorn.http.errors import InvalidRequestLine, ParseException
from gunicorn.http.unreader import IterUnreader

from config.logs import ServerLog
from config.run import WEB
from config.server import ThaiRequest, Worker
from config.unread import answer
from spending.descriptions import ANSWERS, UNREAD

HOST = b"Host: testserver\r\n\r\n"


def parsed(line: bytes) -> ThaiRequest:
    config = Config()
    config.set("limit_request_line", 8190)
    return ThaiRequest(config, IterUnreader([line + b"\r\n" + HOST]), ("127.0.0.1", 1))


def answered(line: bytes) -> tuple[str, dict[str, str], str]:
    """The status line, the headers and the body of what is sent to who asks so."""
    with pytest.raises(ParseException) as refused:
        parsed(line)
    worker: Any = object.__new__(Worker)
    worker.cfg = Config()
    worker.log = ServerLog(worker.cfg)
    ours, theirs = socketpair()
    with ours, theirs:
        theirs.shutdown(SHUT_WR)
        worker.handle_error(None, ours, ("127.0.0.1", 1), refused.value)
        ours.close()
        sent = b"".join(iter(lambda: theirs.recv(65_536), b"")).decode()
    head, body = sent.split("\r\n\r\n", 1)
    status, *headers = head.split("\r\n")
    return status, dict(line.split(": ", 1) for line in headers), body


def test_the_site_is_served_by_this_worker() -> None:
    assert f"{Worker.__module__}.{Worker.__qualname__}" in WEB


def test_worker_is_loaded_before_the_site_is() -> None:
    """As the server does, in a process where nothing is set up."""
    run([sys.executable, "-c", "import config.server"], cwd=settings.BASE_DIR, check=True)


def test_letters_as_they_are_are_read_as_the_same_address_in_percent_signs() -> None:
    request = parsed("GET /api/v1/projects/?province=น่าน&q=a%20b HTTP/1.1".encode())

    assert request.path == "/api/v1/projects/"
    assert request.query == "province=%E0%B8%99%E0%B9%88%E0%B8%B2%E0%B8%99&q=a%20b"


@pytest.mark.parametrize(
    "line", [b"GET /a b c HTTP/1.1", b"GET /\x01 HTTP/1.1", b"\xe0\xb8\x81 / HTTP/1.1", b"nonsense"]
)
def test_what_is_no_address_is_still_refused(line: bytes) -> None:
    with pytest.raises(ParseException):
        parsed(line)


def test_program_is_told_in_a_problem_document() -> None:
    status, headers, body = answered(b"GET /api/v1/projects/?q=a b HTTP/1.1")

    assert status == "HTTP/1.1 400 Bad Request"
    assert (headers["Content-Type"], headers["Connection"]) == ("application/problem+json", "close")
    assert int(headers["Content-Length"]) == len(body.encode())
    assert json.loads(body)["status"] == 400


def test_address_that_is_too_long_is_told_how_long_it_may_be() -> None:
    status, _headers, body = answered(b"GET /en/api/v1/projects/?q=" + b"a" * 9_000 + b" HTTP/1.1")

    assert status.startswith("HTTP/1.1 414 ")
    assert "8,190 bytes" in json.loads(body)["detail"]


@pytest.mark.parametrize(("path", "words"), [(b"/", "อ่านที่อยู่นี้ไม่ได้"), (b"/en/", "This address cannot be read")])
def test_people_are_told_on_a_page_in_their_language(path: bytes, words: str) -> None:
    _status, headers, body = answered(b"GET " + path + b"?q=a b HTTP/1.1")

    assert headers["Content-Type"].startswith("text/html")
    assert words in body


def test_nothing_that_was_sent_is_sent_back() -> None:
    _status, _headers, body = answered(b"GET /<script>alert(1)</script> x HTTP/1.1")

    assert "script" not in body


def test_every_status_that_gunicorn_answers_has_words() -> None:
    for status in (400, 403, 414, 417, 431, 500, 501):
        assert answer(status, b"", InvalidRequestLine("")).startswith(f"HTTP/1.1 {status} ".encode())


@pytest.mark.parametrize("status", UNREAD)
def test_what_the_server_answers_before_the_site_is_described_at_every_address(status: str) -> None:
    described = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]

    operations = [(path, one) for path, of in described["paths"].items() for one in of.values()]
    said = described["components"]["responses"][status]["content"]
    assert operations
    assert list(said) == ["application/problem+json"]
    assert [path for path, one in operations if status not in one["responses"]] == []


def test_documents_and_description_tell_of_the_same_errors() -> None:
    text = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")

    told = set(re.findall(r"^\| (\d{3}) \| ", text, re.MULTILINE))
    assert {status for status in ANSWERS if status >= "400"} <= told
