"""What a source is: one file of this folder, knowing one publisher's layout and nothing of the database."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from ..records import Entry


@dataclass(frozen=True, slots=True)
class Expect:
    """What a healthy file has. Outside it nothing is published until a person looks.

    `rows` bounds the records kept; `refused` is the largest share of rows that may be refused; `totals`
    are known sums of the main amount in baht by part, each with its origin in the source's docstring.
    """

    rows: range = range(1, 50_000_000)
    refused: Decimal = Decimal("0.01")
    totals: Mapping[str, Decimal] = field(default_factory=dict)


class Source(ABC):
    """One kind of published file.

    The docstring of each source gives what the file is, its cadence and its caveats: the page of sources
    is made of it.
    """

    name: str  # the word on the command line
    dataset: str  # the data set its editions belong to
    title: str  # Thai title of the data set
    title_en: str
    publisher: str
    licence: str
    address: str  # where the publisher offers it
    cadence: str
    suffixes: tuple[str, ...]  # endings of the files it reads, e.g. (".csv", ".xlsx")
    expects: Expect = Expect()
    paged: bool = False  # its address answers page by page (see `paging`)
    keeps_file: bool = True  # not where the file names natural persons: its hash is kept then

    @abstractmethod
    def entries(self, path: Path) -> Iterator[Entry]:
        """Read a file as a stream: a `Head`, then records, refusals, notes and controls in file order.

        Raises FileError if the file as a whole can't be read, also after some entries: nothing is kept then.
        """

    def beside(self, path: Path) -> frozenset[str]:
        """The SHA-256 of each file that is read together with this one; none for most. Raises FileError."""
        return frozenset()
