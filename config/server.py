"""How gunicorn reads an address and answers what it cannot read, in place of its own words.

By the rules of HTTP an address has percent signs where it has other letters than ASCII. Some programs send a
Thai address as it is; it is read as the same address in percent signs, as most servers do. What remains
unreadable is answered as the site answers: a problem document to programs, a page to people.
"""

from __future__ import annotations

import re
from contextlib import suppress
from socket import SHUT_WR, socket
from typing import Any

from gunicorn.http.errors import ParseException
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import ThreadWorker

NOT_ASCII = re.compile(rb"[\x80-\xff]")
STATUS = re.compile(rb"HTTP/1.1 ([0-9]{3})")
MOST_LEFT = 4  # times that more of an unreadable request is taken
BEGINNING = 200  # bytes of a request that say who asks


class ThaiRequest(Request):
    """A request whose address may have letters as they are. One that cannot be read says how it begins."""

    begins = b""

    def parse(self, unreader: Any) -> Any:
        try:
            return super().parse(unreader)
        except ParseException as error:
            error.begins = self.begins
            raise

    def read_line(self, unreader: Any, buf: bytearray, limit: int = 0) -> Any:
        try:
            return super().read_line(unreader, buf, limit)
        finally:
            self.begins = self.begins or bytes(buf[:BEGINNING])

    def parse_request_line(self, line_bytes: bytes) -> None:
        method, blank, rest = line_bytes.partition(b" ")
        encoded = NOT_ASCII.sub(lambda found: b"%%%02X" % found[0][0], rest)
        super().parse_request_line(method + blank + encoded)


class Worker(ThreadWorker):
    """A worker that reads such addresses: `--worker-class config.server.Worker`."""

    def init_process(self) -> None:
        RequestParser.mesg_class = ThaiRequest
        super().init_process()

    def handle_error(self, req: Any, client: socket, addr: Any, exc: BaseException) -> None:
        """Log an error as gunicorn does, and answer it in the words of the site."""
        from .unread import answer  # a worker's class is loaded before there is a site to speak for

        said = Unsent()
        super().handle_error(req, said, addr, exc)
        status = STATUS.match(said.words)
        if status is not None:
            send(client, answer(int(status[1]), getattr(exc, "begins", b""), exc))


def send(client: socket, words: bytes) -> None:
    """Send the last words of a connection. What is still coming is taken and left: a connection closed over
    it is cut off, and the answer with it.
    """
    client.settimeout(1)
    with suppress(OSError):
        client.sendall(words)
        client.shutdown(SHUT_WR)
        for _more in range(MOST_LEFT):
            if not client.recv(65_536):
                break


class Unsent:
    """A connection that keeps what gunicorn would say."""

    words = b""

    def gettimeout(self) -> float:
        return 0.0

    def sendall(self, words: bytes) -> None:
        self.words += words
