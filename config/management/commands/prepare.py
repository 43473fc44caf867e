"""`manage.py prepare`: everything the site needs before it serves, done only where it is not done."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config import static_files, translations
from spending import quality


class Command(BaseCommand):
    """Makes a database and a folder of files ready to be served. Harmless to run again."""

    help = "Compile translations, collect static files, migrate the database and load the sample data set."

    def add_arguments(self, parser: Any) -> None:
        """The one option."""
        parser.add_argument("--without-sample", action="store_true", help="do not load the sample data set")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step says on one line what it does, unless there is nothing to do."""
        translations.compile_stale(settings.BASE_DIR, [code for code, _name in settings.LANGUAGES])
        call_command("migrate", interactive=False, verbosity=0)
        if static_files.collect_stale():
            self.stdout.write("Static files collected and compressed.")
        if not options["without_sample"]:
            call_command("load_sample")
        for line in loaded():
            self.stdout.write(line)


def loaded() -> Iterator[str]:
    """What visitors see now, a line for each data set: its editions, rows and newest day."""
    found = quality.collections()
    yield "Loaded:" if found else "Nothing is loaded yet."
    for one in found:
        counts = f"{len(one.editions):>3} editions {one.rows:>10,} rows"
        yield f"  {one.dataset:<22}{counts}   figures up to {one.newest.as_of.isoformat()}"
