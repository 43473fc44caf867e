"""What can go wrong between a published file and a record, in words that a clerk can act on.

Every error carries a `reason`: an English sentence that is also the key of its translation. `Reason` keeps
the sentence apart from the figures in it, so that a page may say it in another language:
`_(reason.sentence) % reason.figures`.
"""

from typing import Self


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation and return it as it is: the page that shows it translates it."""
    return sentence


class Reason(str):
    """A sentence with its figures filled in, which still knows both: `sentence` and `figures`."""

    sentence: str
    figures: dict[str, str]

    def __new__(cls, sentence: str, **figures: object) -> Self:
        """Fill `figures` into the `%(name)s` of a `sentence` marked by `gettext_noop` where it is written."""
        as_text = {name: str(figure) for name, figure in figures.items()}
        reason = super().__new__(cls, sentence % as_text if as_text else sentence)
        reason.sentence = sentence
        reason.figures = as_text
        return reason


class ImporterError(Exception):
    """Raised if something published cannot be taken in as it stands; always as one of its two children."""


class FileError(ImporterError):
    """Raised if a file as a whole cannot be read, so that nothing of it may be loaded.

    `reason` says what was found and what to do about it; `place` (may be empty) says where: a line, a cell, a
    byte, a member.
    """

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason, place)
        self.reason = reason
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" if self.place else self.reason


class RecordError(ImporterError):
    """Raised if a cell can't be read as its column promises; the row is refused, the rest of the file is not.

    `column` is the published name of the column (empty if the whole row is meant), `value` what stands there,
    as text, and `reason` why it is refused. The line is known to whoever reads the rows.
    """

    def __init__(self, column: str, value: object, reason: str) -> None:
        super().__init__(column, value, reason)
        self.column = column
        self.value = "" if value is None else str(value)
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.column} {self.value!r}: {self.reason}".lstrip()


STOOD_BEFORE = gettext_noop(
    "The key of this row stood in line %(line)s of the file before; keys must be unique. Take one of the two "
    "out."
)
"""Why a row is refused whose key an earlier line has."""
