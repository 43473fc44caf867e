"""`manage.py import <source> <file-or-address>…`: load published files."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from importers.errors import FileError
from importers.fetching import fetched
from importers.keeping import legible
from importers.loading import load, settle
from importers.models import ImportRun
from importers.paging import Interface, collected
from importers.sources import SOURCES, Source

ADDRESS = ("http://", "https://")
LOADED = (ImportRun.Outcome.PUBLISHED, ImportRun.Outcome.HELD)


class Command(BaseCommand):
    help = "Load published files. Each becomes an edition; a file already loaded changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "source", choices=list(SOURCES), help="what the files are; see `manage.py sources`"
        )
        parser.add_argument("files", nargs="+", metavar="file-or-address", help="files, or http(s) addresses")
        parser.add_argument("--dry-run", action="store_true", help="read and check everything, keep nothing")
        parser.add_argument(
            "--again", action="store_true", help="load even if the same bytes are loaded already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = SOURCES[options["source"]]
        runs = [self._load(source, place, options) for place in options["files"]]
        if any(run.outcome in LOADED for run in runs):
            settle()
        failed = [run for run in runs if run.outcome == ImportRun.Outcome.FAILED]
        if failed:
            raise CommandError(
                f"{len(failed)} of {len(runs)} files could not be read; nothing of them was kept."
            )

    def _load(self, source: Source, place: str, options: dict[str, Any]) -> ImportRun:
        if place.startswith(ADDRESS):
            try:
                run = (self._load_paged if source.paged else self._load_fetched)(source, place, options)
            except FileError as error:
                run = ImportRun(
                    source=source.name, file_name=place, outcome=ImportRun.Outcome.FAILED, message=str(error)
                )
        else:
            run = self._load_file(source, Path(place), options)
        self._report(run, legible(place))
        return run

    def _load_fetched(self, source: Source, place: str, options: dict[str, Any]) -> ImportRun:
        with fetched(place) as path:
            return self._load_file(source, path, options, address=place)

    def _load_paged(self, source: Source, place: str, options: dict[str, Any]) -> ImportRun:
        """Load what an interface answers; the spool stays if it could not be read, to be gone on with."""
        key = settings.GOVSPENDING_API_KEY
        interface = Interface(place, headers={settings.GOVSPENDING_API_KEY_HEADER: key} if key else {})
        with tqdm(desc=place, unit=" rows", disable=not sys.stderr.isatty(), leave=False) as bar:
            spool = collected(interface, settings.VAR_DIR / "spool", lambda count: bar.update(count - bar.n))
        run = self._load_file(source, spool, options, address=place)
        if run.outcome != ImportRun.Outcome.FAILED:
            spool.unlink()
        return run

    def _load_file(self, source: Source, path: Path, options: dict[str, Any], address: str = "") -> ImportRun:
        with tqdm(desc=path.name, unit=" rows", disable=not sys.stderr.isatty(), leave=False) as bar:
            return load(
                source,
                path,
                address=address,
                dry_run=options["dry_run"],
                again=options["again"],
                progress=lambda count: bar.update(count - bar.n),
                more_follow=True,
            )

    def _report(self, run: ImportRun, place: str) -> None:
        said = {"outcome": run.get_outcome_display(), "rows": f"{run.rows:,}", "refused": f"{run.refused:,}"}
        self.stdout.write(f"{place}: " + _("%(outcome)s · %(rows)s rows, %(refused)s refused") % said)
        for line in run.message.splitlines():
            self.stdout.write(f"  {line}")
        if run.pk and run.refused:
            for rejection in run.rejections.all()[:10]:
                where = f"{rejection.sheet} {rejection.line}".strip()
                self.stdout.write(f"  {where} {rejection.column} {rejection.value!r}: {rejection.said}")
