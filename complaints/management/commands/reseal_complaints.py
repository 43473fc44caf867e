"""`manage.py reseal_complaints`: after a new key has come into use, or to see which keys are needed."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from complaints import resealing, sealing


class Command(BaseCommand):
    """Seals everything with the key in use, and says which keys are still needed."""

    help = "Seal complaints anew with the first of COMPLAINT_PUBLIC_KEYS; say which keys are still needed."

    def add_arguments(self, parser: Any) -> None:
        """The one option."""
        parser.add_argument("--list", action="store_true", help="only say which keys are needed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal anew, unless only asked."""
        if not settings.COMPLAINT_PUBLIC_KEYS:
            raise CommandError("COMPLAINT_PUBLIC_KEYS names no key.")
        public = settings.COMPLAINT_PUBLIC_KEYS[0]
        if not options["list"]:
            try:
                done = resealing.reseal(public, settings.COMPLAINT_PRIVATE_KEYS)
            except sealing.SealError as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"{done} values sealed anew.")
        for name, count in resealing.keys_in_use().most_common():
            uses = {sealing.name_of(public): "in use", resealing.NOT_KNOWN: "their key is not known"}
            use = uses.get(name, "still needed")
            self.stdout.write(f"{name}  {count} values  {use}")
