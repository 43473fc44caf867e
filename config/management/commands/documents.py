"""`manage.py documents`: write the documents that are made of the code, or say which are stale."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import documents


class Command(BaseCommand):
    """Writes `docs/data-dictionary.md` and `docs/sources.md`."""

    help = "Write the data dictionary and the list of sources into docs/."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one option."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, or only look."""
        folder = settings.BASE_DIR / "docs"
        if not options["check"]:
            for name in documents.write(folder):
                self.stdout.write(f"docs/{name} written.")
        elif found := documents.stale(folder):
            raise CommandError(f"Stale: {', '.join(found)}. Run `manage.py documents`.")
