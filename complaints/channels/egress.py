"""A connection out of the house that leads to a public address only, and follows no redirect.

A name is resolved once, every address it stands for is checked, and the connection goes to one of the very
addresses that were checked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from .base import TIMEOUT, DeliveryError

LONGEST_ANSWER = 64 * 1024  # bytes
Lookup = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def addresses_of(host: str, port: int) -> list[str]:
    """The numeric addresses that a name stands for. Raises OSError if there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    private: bool = False,
    lookup: Lookup = addresses_of,
    seconds: float = TIMEOUT,
) -> Answer:
    """Post to an https address; to one of this machine by http too if `private`. Raises DeliveryError.

    `seconds` bounds the whole exchange, however slowly the other side speaks.
    """
    url = split(address, private=private)
    watch: list[threading.Timer] = []
    try:
        with closing(_connected(url, private, lookup, seconds, watch)) as connection:
            connection.request("POST", _path(url), body, dict(headers))
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers), answer.read(LONGEST_ANSWER))
    except (OSError, UnicodeError, ValueError, http.client.HTTPException) as error:
        raise DeliveryError(f"The server could not be reached ({type(error).__name__}).") from error
    finally:
        for timer in watch:
            timer.cancel()


def split(address: str, *, private: bool = False) -> SplitResult:
    """The parts of an address that may be posted to. Raises DeliveryError."""
    if not address.isprintable() or " " in address:
        raise DeliveryError("The address is no address.", permanent=True)
    try:
        url = urlsplit(address)
        port = url.port
    except ValueError as error:
        raise DeliveryError("The address is no address.", permanent=True) from error
    if url.scheme not in (("https", "http") if private else ("https",)) or not url.hostname:
        raise DeliveryError("The address does not begin with https://.", permanent=True)
    if url.username or url.password or port == 0:
        raise DeliveryError("The address holds a name or a password.", permanent=True)
    return url


def is_public(place: str) -> bool:
    """Whether a numeric address leads into the open internet, not into this machine or its network."""
    address = ipaddress.ip_address(place.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return False  # an address in an address: nobody needs one to reach an agency
        if address not in ipaddress.ip_network("2000::/3"):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _connected(
    url: SplitResult, private: bool, lookup: Lookup, seconds: float, watch: list[threading.Timer]
) -> http.client.HTTPConnection:
    """A connection that `watch` cuts when its time is over, greetings included."""
    host, port = str(url.hostname), url.port or (443 if url.scheme == "https" else 80)
    places = lookup(host, port)
    if not private and not all(is_public(place) for place in places):
        raise DeliveryError("The address leads into a private network.", permanent=True)
    sock: socket.socket = socket.create_connection((places[0], port), timeout=seconds)
    try:
        if url.scheme == "https":
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        watch.append(threading.Timer(seconds, _cut, [sock]))
        watch[0].daemon = True
        watch[0].start()
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
    except (OSError, ValueError):
        sock.close()
        raise
    connection = http.client.HTTPConnection(host, port)
    connection.sock = sock
    return connection


def _path(url: SplitResult) -> str:
    return (url.path or "/") + (f"?{url.query}" if url.query else "")


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
