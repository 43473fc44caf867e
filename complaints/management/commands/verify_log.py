"""`manage.py verify_log`: whether anybody tampered with the log."""

from hashlib import sha256
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Max

from complaints.models import Change, Event


class Command(BaseCommand):
    """Recomputes every chain. The printed seal changes with each entry: kept elsewhere, it also tells whether
    the newest entries were cut off, or a whole chain.
    """

    help = "Recompute the hash chains of the log; fail and name the entries that do not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many entries an earlier run counted."""
        parser.add_argument("--at-least", type=int, default=0, help="entries that an earlier run counted")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, recompute, and print the seal."""
        events, changes = Event.objects.count(), Change.objects.count()
        broken = [f"event {pk}" for pk in Event.objects.broken()]
        broken += [f"change {pk}" for pk in Change.objects.broken()]
        if broken:
            raise CommandError(f"The log was tampered with: {', '.join(broken)}")
        if events + changes < options["at_least"]:
            raise CommandError(f"Entries are missing: {events + changes} of {options['at_least']}.")
        self.stdout.write(f"{events} events and {changes} changes, all chains whole.")
        self.stdout.write(f"Seal {seal()}")


def seal() -> str:
    """One hash over the last link of each chain."""
    heads = Event.objects.values("complaint_id").annotate(last=Max("number")).order_by("complaint_id")
    rows = Change.objects.values("table", "row").annotate(last=Max("number")).order_by("table", "row")
    total = sha256()
    for head in heads.iterator():
        last = Event.objects.get(complaint_id=head["complaint_id"], number=head["last"])
        total.update(last.hash.encode())
    for row in rows.iterator():
        total.update(Change.objects.get(table=row["table"], row=row["row"], number=row["last"]).hash.encode())
    return total.hexdigest()
