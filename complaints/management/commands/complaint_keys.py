"""`manage.py complaint_keys`: a fresh set of keys for production, printed once and kept nowhere."""

from typing import Any

from django.core.management.base import BaseCommand

from complaints import access, sealing, signatures
from complaints.channels.sftp import public_line


class Command(BaseCommand):
    """Makes a pair to seal with, a pair to sign with, and a pepper."""

    help = "Print a fresh set of keys for complaints, as environment variables."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print which part of the site gets which key."""
        private, signing = sealing.new_private_key(), signatures.new_signing_key()
        public = sealing.public_key_of(private)
        self.stdout.write(
            f"# Key {sealing.name_of(public)}. Keep the private keys twice, offline: without them every\n"
            "# complaint stays closed for good.\n"
            "# All parts of the site:\n"
            f"COMPLAINT_PUBLIC_KEYS={public}\n"
            f"COMPLAINT_PEPPER={access.new_nonce()}\n"
            "# Only where SITE=staff (the staff server, the worker, beat, commands):\n"
            f"COMPLAINT_PRIVATE_KEYS={private}\n"
            f"COMPLAINT_SIGNING_KEY={signing}\n"
            f"# For the agencies, to check our signatures: {signatures.verify_key_of(signing)}\n"
            f"# For agencies that take files by SFTP, to let us in: {public_line(signing)}"
        )
