"""Fetching from an interface that answers page by page: politely, and on from where it stopped.

What has arrived lies in a spool, one answer on a line. The spool itself says how far the asking came, so that
an attempt that was cut off goes on behind the last whole answer. It may hold names of natural persons: nobody
but the account of the site reads it, and whoever has loaded it removes it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from .cells import as_text
from .errors import FileError, Reason, gettext_noop
from .fetching import MIB, Lookup, Network, Patience, Unanswered, addresses_of, fetched
from .reading import open_json

SECRETS = {"api-key", "apikey", "api_key", "key", "token", "access_token"}
ONE_ANSWER = Patience(largest=64 * MIB, silence=30, whole=300)

Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Manners:
    """How an interface is asked: rows on a page, seconds between two pages, tries of one page, bytes in all.

    The wait doubles with each try of a page.
    """

    limit: int = 100
    pause: float = 1.0
    tries: int = 5
    largest: int = 2_048 * MIB


@dataclass(frozen=True, slots=True)
class Interface:
    """An interface that takes `offset` and `limit` and answers `{"result": […]}`.

    `headers` carry the key. `allowed` are networks that may be reached although they are not public.
    """

    address: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    manners: Manners = Manners()
    allowed: Sequence[Network] = ()
    lookup: Lookup = addresses_of
    wait: Callable[[float], object] = time.sleep

    def page(self, offset: int) -> dict[str, Any]:
        """The answer that begins with one result, counted from 0, tried again while the server fails.

        Raises FileError.
        """
        for attempt in range(1, self.manners.tries):
            try:
                return self._asked(offset)
            except Unanswered:
                self.wait(self.manners.pause * 2**attempt)
        return self._asked(offset)

    def _asked(self, offset: int) -> dict[str, Any]:
        parts = urlsplit(self.address)
        asked = [*parse_qsl(parts.query), ("offset", str(offset)), ("limit", str(self.manners.limit))]
        address = urlunsplit(parts._replace(query=urlencode(asked)))
        with fetched(
            address, headers=self.headers, patience=ONE_ANSWER, allowed=self.allowed, lookup=self.lookup
        ) as path:
            answer = open_json(path)
        if isinstance(answer, dict) and isinstance(answer.get("result"), list):
            return answer
        message = as_text(answer.get("msg")) if isinstance(answer, dict) else ""
        sentence = gettext_noop(
            "The answer holds no list of results; it says: “%(message)s”. Fetch it again."
        )
        raise FileError(Reason(sentence, message=message[:200]), self.address)


def collected(interface: Interface, folder: Path, progress: Progress | None = None) -> Path:
    """All that an interface holds under an address, as a file of JSON lines in `folder`.

    A page with fewer results than the first is the last. An attempt that was cut off is gone on with.
    `progress` is called with the number of results so far. Raises FileError; what has arrived by then stays
    for the next attempt.
    """
    _check(interface.address)
    spool = _opened(folder, interface.address)
    sizes, before = _arrived(spool)
    while not sizes or 0 < sizes[-1] >= sizes[0]:
        if sizes:
            interface.wait(interface.manners.pause)
        answer = interface.page(sum(sizes))
        now = _mark(answer)
        if answer["result"] and now == before:
            sentence = gettext_noop("The interface answers the same page again, whatever page is asked for.")
            raise FileError(Reason(sentence), interface.address)
        _append(spool, answer, interface)
        sizes, before = [*sizes, len(answer["result"])], now
        if progress is not None:
            progress(sum(sizes))
    return spool


def _check(address: str) -> None:
    """Raise FileError if the address sets the page itself, or carries the key for all to see."""
    names = {name.lower() for name, _value in parse_qsl(urlsplit(address).query, keep_blank_values=True)}
    if names & SECRETS:
        sentence = gettext_noop("The key does not belong into the address; put it into the environment.")
        raise FileError(Reason(sentence), address.split("?")[0])
    if names & {"offset", "limit"}:
        sentence = gettext_noop("Leave offset and limit out of the address: all pages are fetched.")
        raise FileError(Reason(sentence), address)


def _opened(folder: Path, address: str) -> Path:
    """The spool of an address, made if there is none; for the account of the site alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = urlsplit(address).path.rstrip("/").rsplit("/", 1)[-1] or "answers"
    spool = folder / f"{name[:40]}-{sha256(address.encode()).hexdigest()[:8]}.jsonl"
    spool.touch(mode=0o600)
    return spool


def _arrived(spool: Path) -> tuple[list[int], str]:
    """How many results each whole answer has, and the mark of the last; half a line is cut off."""
    sizes: list[int] = []
    mark = ""
    with spool.open("r+b") as file:
        end = 0
        for line in file:
            if not line.endswith(b"\n"):
                break
            answer = json.loads(line)
            sizes.append(len(answer["result"]))
            mark = _mark(answer)
            end += len(line)
        file.truncate(end)
    return sizes, mark


def _append(spool: Path, answer: Mapping[str, Any], interface: Interface) -> None:
    line = json.dumps(answer, ensure_ascii=False, separators=(",", ":"), default=str).encode() + b"\n"
    if spool.stat().st_size + len(line) > interface.manners.largest:
        sentence = gettext_noop(
            "The interface holds more than %(most)s MB. Ask for a part, e.g. one department."
        )
        raise FileError(Reason(sentence, most=interface.manners.largest // MIB), interface.address)
    with spool.open("ab") as file:
        file.write(line)


def _mark(answer: Mapping[str, Any]) -> str:
    """What tells two answers apart: their results, not the time at which they were given."""
    results = json.dumps(answer["result"], sort_keys=True, default=str)
    return sha256(results.encode()).hexdigest()
