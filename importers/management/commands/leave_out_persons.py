"""`manage.py leave_out_persons`: what was loaded before a rule knew somebody, read anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from importers.leaving_out import leave_out_persons


class Command(BaseCommand):
    help = (
        "Take persons whom the rules of today know out of titles that were loaded before; no figure changes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        changed = leave_out_persons()
        for key, rows in sorted(changed.items()):
            self.stdout.write(f"{key}: {rows:,} rows")
        if not changed:
            self.stdout.write("Nobody is named whom the rules know.")
            return
        self.stdout.write(
            "Restart the web servers and empty what proxies keep; write the dump anew (manage.py publish) "
            "and delete the dumps before it."
        )
