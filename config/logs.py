"""Lines of the log: where in the code something broke and under which number, no word of what it was about.

The message of an exception often repeats what somebody typed, or a row of the database; it is left out. What
a line says is one line, whatever it was made of.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from traceback import StackSummary, walk_tb
from typing import Any

from gunicorn.glogging import Logger

LEFT_OUT = "…"
UNREADABLE = "Invalid request"
"""How the server begins a line about a request that is none; the address and the words follow."""
SHORTEST = 4
"""Signs of the shortest message that is looked for: shorter ones would be found inside of other words."""
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
PLACES = ("sqlstate", "table_name", "column_name", "constraint_name")
"""What PostgreSQL tells of an error besides words: where in the schema, never which value."""


class Line(logging.Formatter):
    """A line; under one that tells of an exception stands where it came from."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        request = getattr(record, "request", None)
        number = getattr(request, "fault", "")
        message = without_values(message_of(record, error), request)
        record.message = one_line(message) + (f" [{number}]" if number else "")
        record.asctime = self.formatTime(record, self.datefmt)
        line = self.formatMessage(record)
        return "\n".join([line, *came_from(error)]) if error else line


class ServerLog(Logger):
    """The log of gunicorn, which hears of what breaks while an answer is on its way. Without addresses."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Line(self.error_fmt, self.datefmt))

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """A request that cannot be read is told without whose it is and what stands in it."""
        super().warning(UNREADABLE if msg.startswith(UNREADABLE) else msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        super().exception(msg, *(LEFT_OUT for _ in args), **kwargs)


def one_line(text: str) -> str:
    """The text without ends of lines and signs that steer a terminal; they are written as numbers."""
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def message_of(record: logging.LogRecord, error: BaseException | None) -> str:
    """What is said, without what the exception says."""
    if error is None:
        return record.getMessage()
    if isinstance(record.args, Mapping):  # Celery's: the exception and what the task was given, as texts
        hidden = {name: LEFT_OUT for name in ("exc", "traceback", "args", "kwargs") if name in record.args}
        text = str(record.msg) % {**record.args, **hidden}
    else:
        text = record.getMessage()
    for one in chain(error):
        for said in (repr(one), str(one), *map(str, one.args)):
            text = text.replace(said, LEFT_OUT) if len(said) >= SHORTEST else text
    return text


def without_values(text: str, request: Any) -> str:
    """The text with the pattern of an address instead of the address: that may hold somebody's token."""
    match = getattr(request, "resolver_match", None)
    if match is None or not match.kwargs:
        return text
    for path in (request.path, request.path.encode("unicode_escape").decode()):
        text = text.replace(path, f"/{match.route}")
    return text


def came_from(error: BaseException) -> Iterator[str]:
    """The way of an exception through the code, with those that it came of, the first one first."""
    for one in reversed(list(chain(error))):
        yield from "".join(StackSummary.extract(walk_tb(one.__traceback__)).format()).splitlines()
        yield named(one)


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception, what it came of, and so on."""
    known: set[int] = set()
    while error is not None and id(error) not in known:
        yield error
        known.add(id(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def named(error: BaseException) -> str:
    """The kind of an exception, and what it tells besides words."""
    kind = type(error)
    diagnosis = getattr(error, "diag", None)
    told = {name: getattr(diagnosis, name, None) for name in PLACES}
    told["errno"] = getattr(error, "errno", None)
    places = (f"{name}={value}" for name, value in told.items() if value)
    return " ".join([f"{kind.__module__}.{kind.__qualname__}", *places])
