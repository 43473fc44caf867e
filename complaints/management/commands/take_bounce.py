"""`manage.py take_bounce`: a mail server hands a report on a letter that came back to standard input."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from complaints import bouncing, delivery_reports

TRY_LATER = 75  # EX_TEMPFAIL: the mail server keeps it and comes again


class Command(BaseCommand):
    """Says what the message was, and nothing that stands in it. Ends well also for what is no report, as the
    server would send a report on that.
    """

    help = "Read a message about a letter that could not be delivered (RFC 3464) from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        """To whom it was brought."""
        parser.add_argument("--to", default="", help="the address to which the server brought the message")

    def handle(self, *args: Any, **options: Any) -> None:
        """Hear it; ask the server to come again where it is too early to tell."""
        raw = sys.stdin.buffer.read(delivery_reports.LARGEST)
        while sys.stdin.buffer.read(delivery_reports.LARGEST):
            pass  # to the end, else the server sees a broken pipe
        heard = bouncing.take(raw, options["to"])
        self.stdout.write(heard.value)
        if heard is bouncing.Heard.LATER:
            sys.exit(TRY_LATER)
