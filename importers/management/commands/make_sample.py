"""`manage.py make_sample`: re-express published files as the data set that travels with the site."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from importers.keeping import sha256_of
from importers.records import Entry, Head
from importers.samples import write_sample
from importers.sources import SOURCES, Source


class Command(BaseCommand):
    help = "Write the facts of published files, with provenance, to sample/<source>.jsonl.gz."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", choices=list(SOURCES))
        parser.add_argument("files", nargs="+", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        source = SOURCES[options["source"]]
        path = settings.SAMPLE_DIR / f"{source.name}.jsonl.gz"
        path.parent.mkdir(exist_ok=True)
        count = write_sample(path, source.name, with_origin(source, options["files"]))
        self.stdout.write(f"{path.name}: {count} entries, {path.stat().st_size} bytes")


def with_origin(source: Source, files: Iterable[Path]) -> Iterator[Entry]:
    """The entries of published files, each head naming its file and hash."""
    for file in files:
        sha256 = sha256_of(file)
        for entry in source.entries(file):
            if isinstance(entry, Head):
                yield replace(entry, origin_name=file.name, origin_sha256=sha256)
            else:
                yield entry
