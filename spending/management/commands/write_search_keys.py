"""`manage.py write_search_keys`: what search keeps beside the texts, made anew."""

from typing import Any

from django.core.management.base import BaseCommand

from spending import rekeying


class Command(BaseCommand):
    help = "Write the search keys anew, after a new version that reads texts or cuts words in another way."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rekeying.rewrite_keys():,} rows written.")
