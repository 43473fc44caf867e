"""Where in a JSON text a name or a value stands: what decodes it says only what is wrong, not where."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..errors import Reason, gettext_noop

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|-?Infinity|NaN|-?[0-9][-+.0-9eE]*|[]{}[,]', re.DOTALL)
_BRACKET_OR_NAME = re.compile(r'[]{}[,]|"(?:[^"\\]|\\.)*"(\s*:)?', re.DOTALL)
_STEPS = 6  # of the path to a place far down: enough to know where it begins


class Token(NamedTuple):
    """A name or a value: where it begins, its path from the top (`releases[0].date`), its text; and where
    the same name stood before in its object.
    """

    offset: int
    path: str
    text: str
    is_name: bool = False
    before: int | None = None


@dataclass(slots=True)
class _Level:
    """An object or a list that is not closed yet: its path, the names so far, and what comes next."""

    path: str
    is_object: bool
    names: dict[str, int] = field(default_factory=dict)
    at: int | str = 0
    wants_name: bool = True

    @property
    def here(self) -> str:
        if self.is_object:
            return f"{self.path}.{self.at}" if self.path else str(self.at)
        return f"{self.path}[{self.at}]"


def tokens(text: str) -> Iterator[Token]:
    """Names and values in their order, up to where the text is no JSON."""
    levels: list[_Level] = []
    for found in _TOKEN.finditer(text):
        sign, level = found[0], levels[-1] if levels else None
        if sign in ("{", "["):
            levels.append(_Level(level.here if level else "", sign == "{"))
        elif sign in ("}", "]"):
            if levels:
                levels.pop()
        elif sign == ",":
            if level is not None:
                level.wants_name = True
                level.at = level.at if isinstance(level.at, str) else level.at + 1
        elif level is not None and level.is_object and level.wants_name:
            level.at, level.wants_name = _word(sign), False
            before = level.names.setdefault(level.at, found.start())
            yield Token(found.start(), level.here, sign, True, None if before == found.start() else before)
        else:
            yield Token(found.start(), level.here if level else "", sign)


def _word(sign: str) -> str:
    try:
        return str(json.loads(sign, strict=False))
    except ValueError:
        return sign


def place_of(text: str, is_meant: Callable[[Token], bool]) -> Reason | None:
    """Line, column and path of the first token that is meant; None where there is none."""
    token = next(filter(is_meant, tokens(text)), None)
    if token is None:
        return None
    line, column = _line_and_column(text, token.offset)
    where = {"line": line, "column": column, "path": token.path}
    if token.before is None:
        return Reason(gettext_noop("line %(line)s, column %(column)s (%(path)s)"), **where)
    first, first_column = _line_and_column(text, token.before)
    sentence = gettext_noop(
        "line %(line)s, column %(column)s (%(path)s), and before in line %(first)s, column %(first_column)s"
    )
    return Reason(sentence, **where, first=first, first_column=first_column)


class Deepest(NamedTuple):
    """The bracket that lies deepest in a text: how many levels deep, its line, column, and how its path
    begins.
    """

    levels: int
    line: int
    column: int
    path: str


def deepest(text: str) -> Deepest:
    """Where a text nests deepest, the first such place; of many documents on lines too."""
    level, most, offset, found = 0, 0, 0, ""
    steps: list[str | int] = []  # the first of the path: a name in an object, a place in a list
    for one in _BRACKET_OR_NAME.finditer(text):
        sign = one[0]
        if sign in ("{", "["):
            level += 1
            if level > most:
                most, offset, found = level, one.start(), _path(steps)
            if level <= _STEPS:
                steps.append("" if sign == "{" else 0)
        elif sign in ("}", "]"):
            level = max(level - 1, 0)
            del steps[level:]
        elif sign == "," and level <= _STEPS and steps and isinstance(steps[-1], int):
            steps[-1] += 1
        elif one[1] and level <= _STEPS and steps:
            steps[-1] = _word(sign.removesuffix(one[1]))
    line, column = _line_and_column(text, offset)
    return Deepest(most, line, column, found)


def _path(steps: list[str | int]) -> str:
    """The first steps to a place as they are written, those of objects behind a point."""
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return written.lstrip(".")[:120] + ("…" if len(steps) == _STEPS else "")


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
