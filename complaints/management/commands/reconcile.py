"""`manage.py reconcile`: what a desk says it has got, beside what stands here."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from complaints import reconciling
from complaints.models import Desk


class Command(BaseCommand):
    """Changes nothing. Fails if something is missing on either side, so that a timer reports it."""

    help = "Compare a desk's list of deliveries (CSV: number, reference, register) with what stands here."

    def add_arguments(self, parser: CommandParser) -> None:
        """The list, and whose it is."""
        parser.add_argument("list", type=Path, help="the desk's list, a CSV file in UTF-8")
        parser.add_argument(
            "--desk", default="", help="code of the desk; without it, the list is of all desks"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, compare, and print a line for each that does not agree."""
        if options["desk"] and not Desk.objects.filter(code=options["desk"]).exists():
            raise CommandError(f"There is no desk {options['desk']}.")
        try:
            with options["list"].open(encoding="utf-8-sig", newline="") as lines:
                listed = reconciling.read_list(lines)
        except (OSError, UnicodeError, reconciling.ListError) as error:
            raise CommandError(f"The list cannot be read: {error}") from error
        found = reconciling.compare(listed, reconciling.deliveries(options["desk"]))
        stranded = reconciling.stranded()
        for entry in found.unknown_here:
            self.stdout.write(
                f"not here: {entry.reference}, delivery {entry.number}, registered {entry.register}"
            )
        for one in found.unknown_there:
            self.stdout.write(f"not there: {one.reference}, delivery {one.number}")
        for one in found.on_their_way:
            self.stdout.write(f"there already: {one.reference}, delivery {one.number}")
        for reference in stranded:
            self.stdout.write(f"without a delivery: {reference}")
        missing = len(found.unknown_here) + len(found.unknown_there) + len(stranded)
        self.stdout.write(f"{len(listed)} listed, {missing} to be looked at.")
        if missing:
            raise CommandError("The two sides do not agree.")
