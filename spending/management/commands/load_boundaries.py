"""`manage.py load_boundaries FILE`: draw the map of provinces by borders, not by equal tiles."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from spending import boundaries
from spending.models.outlines import ProvinceOutline


class Command(BaseCommand):
    """Keeps the borders of a GeoJSON file for the map of provinces, or forgets them."""

    help = (
        "Draw the map of provinces by the borders of a GeoJSON file (77 features, a property with the code)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the property that holds the code, and whom to name under the map."""
        parser.add_argument("file", nargs="?", type=Path, help="GeoJSON with a feature for each province")
        parser.add_argument(
            "--code", default="pro_code", help="property with the province's two-digit code (pro_code)"
        )
        parser.add_argument("--source", default="", help="who published the borders, under which terms")
        parser.add_argument("--clear", action="store_true", help="draw equal tiles again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, place on the grid, keep; or forget."""
        if options["clear"]:
            ProvinceOutline.objects.all().delete()
            self.stdout.write("The map is drawn of equal tiles.")
            return
        if options["file"] is None or not options["source"].strip():
            raise CommandError("Name the file, and with --source who published it under which terms.")
        try:
            found = boundaries.paths(boundaries.read(options["file"], options["code"]))
        except (OSError, boundaries.BoundaryError) as error:
            raise CommandError(str(error)) from error
        boundaries.keep(found, options["source"].strip())
        size = sum(map(len, found.values()))
        self.stdout.write(f"The map is drawn by {len(found)} borders ({size:,} letters).")
