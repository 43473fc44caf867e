"""`manage.py following_keys`: a fresh set of keys for letters, printed once and kept nowhere."""

from typing import Any

from django.core.management.base import BaseCommand

from complaints import sealing

from ...keys import new_token


class Command(BaseCommand):
    """Makes a pair to seal addresses with, and a pepper."""

    help = "Print a fresh set of keys for letters to those who follow, as environment variables."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print which part of the site gets which key."""
        private = sealing.new_private_key()
        public = sealing.public_key_of(private)
        self.stdout.write(
            f"# Key {sealing.name_of(public)}. Without the private key nobody can be written to.\n"
            "# All parts of the site:\n"
            f"FOLLOWING_PUBLIC_KEY={public}\n"
            f"FOLLOWING_PEPPER={new_token()}\n"
            "# Only where SITE=staff (the worker):\n"
            f"FOLLOWING_PRIVATE_KEYS={private}"
        )
