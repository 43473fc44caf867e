"""The data set that travels with the site: any source's records, in the format of `importers.samples`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..records import Entry
from ..samples import read_sample
from .base import Expect, Source


class SampleOf(Source):
    """Another source's data set, read from a sample. Editions say they are that source's, from its
    published files.
    """

    suffixes = (".jsonl.gz",)
    cadence = "with each release of the site"

    def __init__(self, origin: Source) -> None:
        self.name = f"sample_of_{origin.name}"
        self.dataset = origin.dataset
        self.title, self.title_en = origin.title, origin.title_en
        self.publisher, self.licence, self.address = origin.publisher, origin.licence, origin.address
        self.expects = Expect(refused=origin.expects.refused, totals=origin.expects.totals)

    def entries(self, path: Path) -> Iterator[Entry]:
        return read_sample(path)
