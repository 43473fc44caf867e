"""`manage.py raise_flags`: ask the rules of the purchases at hand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from spending.flags.raising import refresh
from spending.models import FlagRun


class Command(BaseCommand):
    help = (
        "Ask the rules of every edition of purchases that they were not asked of in their present versions."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--again", action="store_true", help="ask them of all editions again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            FlagRun.objects.update(versions="")
        self.stdout.write(f"{refresh():,} flags")
