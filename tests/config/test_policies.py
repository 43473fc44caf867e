"""Answers without a body, as the server writes them: Django's test client would take the body off itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from config.policies import headed

ASKED = RequestFactory()


def test_head_of_a_page_tells_its_length_and_has_no_body() -> None:
    answer = headed(lambda _request: HttpResponse("ภาษี"))(ASKED.head("/"))

    assert isinstance(answer, HttpResponse)
    assert (answer["Content-Length"], answer.content) == ("12", b"")


def test_head_of_a_file_reads_nothing_of_it_and_closes_it() -> None:
    read: list[str] = []

    def rows() -> Iterator[bytes]:
        try:
            read.append("row")
            yield b"1"
        finally:
            read.append("closed")

    given = rows()
    answer = headed(lambda _request: StreamingHttpResponse(given))(ASKED.head("/lines.csv"))

    assert isinstance(answer, StreamingHttpResponse)
    assert b"".join(answer) == b""
    for close in answer._resource_closers:  # type: ignore[attr-defined]  # what a server has closed
        close()
    assert read == []
    with pytest.raises(StopIteration):
        next(given)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_others_keep_their_body(method: str) -> None:
    def page(_request: object) -> HttpResponseBase:
        return HttpResponse("x")

    answer = headed(page)(ASKED.generic(method, "/"))

    assert isinstance(answer, HttpResponse)
    assert answer.content == b"x"
