"""`manage.py sweep`: for a timer that does not depend on beat, nor on the task queue."""

from typing import Any

from django.core.management.base import BaseCommand

from complaints import delivery, examining
from complaints.sealing import SealError


class Command(BaseCommand):
    """Attempts everything that is due, here and now. Harmless beside workers and other sweeps."""

    help = "Attempt every delivery of a complaint that is due, in this process."

    def handle(self, *args: Any, **options: Any) -> None:
        """Attempt one after the other, look at the files that nobody looked at, and say how many arrived."""
        due = delivery.sweep(is_long=True)
        arrived = sum(bool(delivery.deliver(pk)) for pk in due)
        self.stdout.write(f"{len(due)} due, {arrived} delivered.")
        looked_at, troubles = 0, dict[str, None]()  # each said once, in their order
        for pk in examining.due():
            try:
                looked_at += examining.examine(pk)
            except SealError as error:
                troubles[str(error)] = None
        for trouble in troubles:
            self.stderr.write(trouble)
        self.stdout.write(f"{looked_at} files examined.")
