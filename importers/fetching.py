"""Fetching a published file from its address, without becoming a door to the inside of our own network.

An address that staff type in, or that a publisher's site redirects to, may name a machine that only we can
reach. So a name is resolved once, every address it stands for is checked, and the connection goes to the very
address that was checked; each redirect is checked anew.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from .errors import FileError, Reason, gettext_noop

MIB = 1024 * 1024
_CHUNK = 64 * 1024
_MOST_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_HEADERS = {
    "User-Agent": "phasi-pai-nai-importer/1 (open government spending)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_LONGEST_NAME = 60  # letters: 180 bytes in Thai, and a file system takes 255

_BUSY = {408, 425, 429, 500, 502, 503, 504}  # answers of a server that may answer better later

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Progress: TypeAlias = Callable[[int, int | None], object]
Lookup: TypeAlias = Callable[[str, int], Sequence[str]]

# Where no publisher is: this machine, private and shared networks, links, examples, multicast, and tunnels
# that carry another address inside. Written out: what `ipaddress` calls global depends on Python's version.
_PRIVATE = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32",
        "2002::/16", "3fff::/20",
    )
)  # fmt: skip
_PUBLIC = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("2000::/3"))  # but for the above


class Unanswered(FileError):
    """Raised if a server does not answer now, or only in part, and may when it is asked again."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How much is taken from a publisher's server, and how long it is waited for.

    `largest` is in bytes; `silence` are the seconds without a byte, `whole` those for the whole file.
    """

    largest: int = 2_048 * MIB
    silence: float = 30
    whole: float = 3_600


PATIENCE = Patience()


def addresses_of(host: str, port: int) -> list[str]:
    """The numeric addresses that a name stands for. Raises OSError if there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


@contextmanager
def fetched(
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    patience: Patience = PATIENCE,
    allowed: Sequence[Network] = (),
    progress: Progress | None = None,
    lookup: Lookup = addresses_of,
) -> Iterator[Path]:
    """The file at an http(s) address, kept while the block runs, under the name its publisher gives it.

    `headers`, which may carry a key, go to the host of the address alone. `allowed` are networks that may be
    reached although they are not public. `progress` is called with the bytes received and the bytes announced
    (None if the server does not say). Raises FileError that names the address and what to do.
    """
    with tempfile.TemporaryDirectory(prefix="fetched-") as folder:
        deadline = time.monotonic() + patience.whole
        own = (_origin(address), dict(headers or {}))
        fetch = _Fetch(patience, tuple(allowed), progress, lookup, deadline, own)
        yield fetch.file(address, Path(folder))


@dataclass(frozen=True, slots=True)
class _Fetch:
    patience: Patience
    allowed: tuple[Network, ...]
    progress: Progress | None
    lookup: Lookup
    deadline: float
    own: tuple[tuple[str, str, int | None], dict[str, str]]  # headers for one scheme, host and port alone

    def file(self, address: str, folder: Path) -> Path:
        """Follow an address through its redirects and save what it leads to."""
        for _ in range(_MOST_REDIRECTS + 1):
            found = self._visit(address, folder)
            if isinstance(found, Path):
                return found
            address = found
        raise FileError(Reason(gettext_noop("The address redirects too often.")), address)

    def _visit(self, address: str, folder: Path) -> Path | str:
        """Ask one address: the file, saved, or the address it redirects to."""
        url = _split(address)
        try:
            with closing(self._connected(url)) as connection:
                watch = threading.Timer(self.deadline - time.monotonic(), _cut, [connection.sock])
                watch.daemon = True
                watch.start()
                try:
                    return self._answered(address, url, connection, folder)
                finally:
                    watch.cancel()
        except (OSError, UnicodeError, http.client.HTTPException) as error:
            if time.monotonic() >= self.deadline:
                sentence = gettext_noop("The server takes longer than %(seconds)s seconds for the file.")
                raise Unanswered(Reason(sentence, seconds=self.patience.whole), address) from error
            sentence = gettext_noop(
                "The file could not be fetched (%(error)s). Try again, or download it by hand."
            )
            raise Unanswered(Reason(sentence, error=error or type(error).__name__), address) from error

    def _connected(self, url: SplitResult) -> http.client.HTTPConnection:
        """A connection to one of the checked addresses of the host."""
        host, port = str(url.hostname), url.port or (443 if url.scheme == "https" else 80)
        places = self.lookup(host, port)
        for place in places:
            if not self._may_reach(ipaddress.ip_address(place)):
                sentence = gettext_noop("The address leads into a private network, where no publisher is.")
                raise FileError(Reason(sentence), url.geturl())
        failure: OSError = OSError("no address")
        for place in places:
            try:
                sock = socket.create_connection((place, port), timeout=self.patience.silence)
            except OSError as error:
                failure = error
            else:
                return _speaking(sock, url.scheme, host, port)
        raise failure

    def _may_reach(self, address: Address) -> bool:
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        if any(address in network for network in self.allowed):
            return True
        return any(address in net for net in _PUBLIC) and not any(address in net for net in _PRIVATE)

    def _answered(
        self, address: str, url: SplitResult, connection: http.client.HTTPConnection, folder: Path
    ) -> Path | str:
        path = quote(url.path or "/", safe="/%:@!$&'()*+,;=~")
        query = f"?{quote(url.query, safe='/%:@!$&()*+,;=~?')}" if url.query else ""
        origin, own = self.own
        headers = _HEADERS | own if _origin(address) == origin else _HEADERS
        connection.request("GET", path + query, headers=headers)
        with closing(connection.getresponse()) as answer:
            location = answer.headers.get("Location")
            if answer.status in _REDIRECTS and location:
                return urljoin(address, location)
            if answer.status != 200:
                sentence = gettext_noop(
                    "The server answers %(status)s %(phrase)s. Check the address in a browser."
                )
                kind = Unanswered if answer.status in _BUSY else FileError
                raise kind(Reason(sentence, status=answer.status, phrase=answer.reason), address)
            return self._saved(address, answer, folder / _name(answer, url))

    def _saved(self, address: str, answer: http.client.HTTPResponse, target: Path) -> Path:
        announced, received = answer.length, 0
        too_large = Reason(
            gettext_noop("The file is larger than %(most)s MB. Download it by hand and load a part of it."),
            most=self.patience.largest // MIB,
        )
        if announced is not None and announced > self.patience.largest:
            raise FileError(too_large, address)
        with target.open("wb") as file:
            while chunk := answer.read(_CHUNK):
                received += len(chunk)
                if received > self.patience.largest:
                    raise FileError(too_large, address)
                file.write(chunk)
                if self.progress is not None:
                    self.progress(received, announced)
        if time.monotonic() >= self.deadline:
            raise TimeoutError
        if announced is not None and received < announced:
            sentence = gettext_noop("Only %(received)s of %(announced)s bytes arrived. Try again.")
            raise Unanswered(Reason(sentence, received=received, announced=announced), address)
        return target


def _split(address: str) -> SplitResult:
    """The parts of an http(s) address. Raises FileError if it is none, or carries a user's name."""
    try:
        url = urlsplit(address)
        usable = (
            url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0 and "@" not in url.netloc
        )
    except ValueError:
        usable = False
    if not usable:
        raise FileError(
            Reason(gettext_noop("Only plain http:// and https:// addresses are fetched.")), address
        )
    return url


def _origin(address: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address. Raises FileError if it is none."""
    url = _split(address)
    return url.scheme, str(url.hostname), url.port


def _speaking(sock: socket.socket, scheme: str, host: str, port: int) -> http.client.HTTPConnection:
    """An HTTP connection over a socket that is already where it may be."""
    if scheme == "http":
        connection = http.client.HTTPConnection(host, port)
    else:
        connection = http.client.HTTPSConnection(host, port)
        try:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        except OSError:
            sock.close()
            raise
    connection.sock = sock
    return connection


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):  # closed already
        sock.shutdown(socket.SHUT_RDWR)


def _name(answer: http.client.HTTPResponse, url: SplitResult) -> str:
    """A file name without any path, from the server or else from the address."""
    given = answer.headers.get_filename() or ""
    with suppress(UnicodeError):  # servers write UTF-8 where the standard has Latin-1
        given = given.encode("latin-1").decode("utf-8")
    name = re.split(r"[/\\]", given or unquote(url.path))[-1]
    return re.sub(r"[\x00-\x1f\x7f]", "", name).lstrip(".")[-_LONGEST_NAME:] or "file"
