"""`manage.py verify [FOLDER]`: a dump held against itself, without the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from spending.dumps.verifying import verify
from spending.dumps.writing import latest


class Command(BaseCommand):
    help = (
        "Check a dump's signature and hashes, read every file, and add up anew each sum and each headline "
        "figure that pages of the site show. Asks no database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="a dump; the latest one unless named")
        parser.add_argument("--key", default="", help="the publisher's public key, got on another way")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"] or latest(settings.DUMPS_DIR)
        if folder is None or not folder.is_dir():
            raise CommandError("There is no dump here. Name its folder, or write one with manage.py publish.")
        told = self.stdout.write if options["verbosity"] > 1 else lambda path: None
        report = verify(folder, public_key=options["key"], told=told)
        if not report.holds:
            raise CommandError("The dump does not hold:\n" + "\n".join(report.problems))
        self.stdout.write(
            f"The dump holds: {report.files} files, {report.rows:,} rows, {report.headlines:,} headline "
            f"figures added up anew. Signed by {report.key}"
        )
