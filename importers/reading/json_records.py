"""JSON: a whole document, or one record on each line. Numbers keep every digit: Decimal where there is a
point."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import FileError, Reason, gettext_noop
from ..records import Refusal
from .archives import LIMITS, MIB, Limits
from .encoding import encoding_of
from .json_places import Deepest, Token, deepest, place_of, tokens
from .kinds import Kind, kind_of, wrong_kind
from .unwrapping import unwrapped

_FARTHEST = 40  # places before or behind the point, at most, where the first digit of a number stands
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")  # how a zero byte or half a letter may be written
_NO_LETTER = re.compile("[\x00\ud800-\udfff]")


class JsonRecord(NamedTuple):
    """One record: the line it stands on, from 1, and its members."""

    line: int
    values: dict[str, Any]


class _Flaw(ValueError):
    """Raised if JSON that can be decoded says two things, or something that is no value."""

    def __init__(self, reason: Reason, is_at: Callable[[Token], bool]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_at = is_at

    def place(self, text: str) -> str:
        """Where in the text it is; "" where that cannot be told."""
        return place_of(text, self.is_at) or ""

    def path(self, text: str) -> str:
        """The same of a text of one line: its members from the top."""
        token = next(filter(self.is_at, tokens(text)), None)
        return token.path if token else ""


class _TooDeep(_Flaw):
    """Raised if JSON nests deeper than anything that reads it can follow."""

    def __init__(self, found: Deepest) -> None:
        sentence = gettext_noop(
            "The JSON nests too deeply to be data: %(levels)s brackets within each other. Write flat what "
            "lies there, or download the file again."
        )
        super().__init__(Reason(sentence, levels=found.levels), lambda token: False)
        self.found = found

    def place(self, text: str) -> str:
        sentence = gettext_noop("line %(line)s, column %(column)s (%(path)s)")
        return Reason(sentence, line=self.found.line, column=self.found.column, path=self.found.path)

    def path(self, text: str) -> str:
        return self.found.path


def open_json(
    path: Path, *, largest: int = 64 * MIB, limits: Limits = LIMITS, encoding: str | None = None
) -> Any:
    """The document in a file of at most `largest` bytes: dicts, lists, str, int, Decimal, bool and None.

    `encoding` is told from the bytes unless it is known: one of Thai letters or of Latin ones look alike.

    Raises FileError if it is no JSON, was cut off, nests too deeply, or gives one name twice in one object.
    """
    with unwrapped(path, (".json", ".geojson"), wanted="JSON", limits=limits) as file:
        _refuse_workbook(file)
        if file.stat().st_size > largest:
            sentence = gettext_noop("The file is larger than %(most)s MB. Load it as JSON lines or CSV.")
            raise FileError(Reason(sentence, most=largest // MIB))
        text = file.read_text(encoding or encoding_of(file).name)
    try:
        return _decoded(text)
    except json.JSONDecodeError as error:
        place = Reason(
            gettext_noop("line %(line)s, column %(column)s"), line=error.lineno, column=error.colno
        )
        raise FileError(_undecodable(error, text), place) from error
    except _Flaw as flaw:
        raise FileError(flaw.reason, flaw.place(text)) from flaw


def open_json_lines(
    path: Path, *, longest: int = 16 * MIB, limits: Limits = LIMITS, encoding: str | None = None
) -> Iterator[JsonRecord | Refusal]:
    """The records of a file that holds one JSON object on each line; blank lines are passed over.

    A line that is no object comes as a Refusal. Raises FileError if the last line is cut off, if a line
    has more than `longest` letters, or if the file is not text.
    """
    with unwrapped(path, (".jsonl", ".ndjson", ".json"), wanted="JSON", limits=limits) as file:
        _refuse_workbook(file)
        with file.open(encoding=encoding or encoding_of(file).name, newline="\n") as lines:
            number = records = 0
            while line := lines.readline(longest + 1):
                number += 1
                if len(line) > longest:
                    sentence = gettext_noop(
                        "The line has more than %(most)s letters: these are no JSON lines."
                    )
                    raise FileError(Reason(sentence, most=longest), _line(number))
                if line.strip():
                    records += 1
                    yield _record(number, line)
        if not records:
            raise FileError(Reason(gettext_noop("The file is empty. Download it again.")))


def _record(number: int, line: str) -> JsonRecord | Refusal:
    try:
        values = _decoded(line)
    except json.JSONDecodeError as error:
        # Complete files may lack the last line end, but then the JSON is whole. A line without an opening
        # brace was no record before it was cut: it ends a document that is not written line by line.
        if not line.endswith("\n") and line.lstrip().startswith("{"):
            sentence = gettext_noop("The last line is not complete: the file was cut off. Download it again.")
            raise FileError(Reason(sentence), _line(number)) from error
        return Refusal(number, "", line.strip()[:300], _undecodable(error, line))
    except _Flaw as flaw:
        return Refusal(number, flaw.path(line), line.strip()[:300], flaw.reason)
    if not isinstance(values, dict):
        return Refusal(number, "", line.strip()[:300], Reason(gettext_noop("The line is no JSON object.")))
    return JsonRecord(number, values)


def _decoded(text: str) -> Any:
    try:
        document = json.loads(
            text,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
        if _ESCAPED.search(text) and any(map(_NO_LETTER.search, _texts(document))):
            sentence = gettext_noop("A text holds a zero byte or half a letter, which is no text.")
            raise _Flaw(Reason(sentence), _is_no_text)
    except RecursionError as error:
        raise _TooDeep(deepest(text)) from error
    return document


def too_deep_in(path: Path, *, encoding: str | None = None) -> FileError:
    """What to say of a file whose JSON could be decoded but nests too deeply to be followed."""
    with unwrapped(path, (".json", ".geojson", ".jsonl", ".ndjson"), wanted="JSON") as file:
        text = file.read_text(encoding or encoding_of(file).name)
    flaw = _TooDeep(deepest(text))
    return FileError(flaw.reason, flaw.place(text))


def _texts(value: Any) -> Iterator[str]:
    """All texts in a document, names of members as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        sentence = gettext_noop(
            "The name “%(name)s” stands twice in one object, so one of its values is lost."
        )
        raise _Flaw(Reason(sentence, name=repeated[:60]), lambda token: token.before is not None)
    return values


def _integer(digits: str) -> int:
    if len(digits) > _FARTHEST:
        sentence = gettext_noop(
            "A number has more than 40 digits. Look for digits that have run together, or write it as text."
        )
        raise _Flaw(Reason(sentence), lambda token: token.text == digits)
    return int(digits)


def _decimal(digits: str) -> Decimal:
    try:
        number = Decimal(digits)
    except InvalidOperation:  # an exponent beyond any computer's
        number = Decimal("Infinity")
    if not number.is_finite() or abs(number.adjusted()) > _FARTHEST:
        sentence = gettext_noop("The number %(digits)s is too large or too small to be a figure.")
        raise _Flaw(Reason(sentence, digits=digits[:60]), lambda token: token.text == digits)
    return number


def _no_number(name: str) -> Any:
    sentence = gettext_noop(
        "%(name)s is no number in JSON. Write the figure, or null where none was published."
    )
    raise _Flaw(Reason(sentence, name=name), lambda token: token.text == name)


def _is_no_text(token: Token) -> bool:
    return token.text.startswith('"') and _NO_LETTER.search(json.loads(token.text)) is not None


def _undecodable(error: json.JSONDecodeError, text: str) -> Reason:
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return Reason(gettext_noop("The JSON ends too early: the file was cut off. Download it again."))
    return Reason(
        gettext_noop("This is not JSON (%(error)s). Correct it there, or download the file again."),
        error=error.msg,
    )


def _refuse_workbook(path: Path) -> None:
    if kind_of(path) is Kind.WORKBOOK:
        raise wrong_kind(Kind.WORKBOOK, "JSON")


def _line(number: int) -> Reason:
    return Reason(gettext_noop("line %(line)s"), line=number)
