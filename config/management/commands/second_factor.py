"""`manage.py second_factor ACCOUNT`: for the first administrator, and whoever lost telephone and paper."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import admission, second_factor


class Command(BaseCommand):
    """Gives an account a new second factor, prints it once, and lets the account try to sign in at once."""

    help = "Give an account of staff a new second factor, and print it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The account."""
        parser.add_argument("account")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the secret, its address for a telephone, and the recovery codes."""
        user = User.objects.filter(username=options["account"]).first()
        if user is None:
            raise CommandError("There is no such account.")
        factor = second_factor.give(user)
        admission.forget(factor.account)
        self.stdout.write(f"Secret           {factor.secret}")
        self.stdout.write(f"For a telephone  {factor.address}")
        self.stdout.write(f"Recovery codes   {' '.join(factor.recovery)}")
