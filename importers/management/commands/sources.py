"""`manage.py sources`: what can be imported."""

from typing import Any

from django.core.management.base import BaseCommand

from importers.sources import SOURCES


class Command(BaseCommand):
    help = "List the sources that `import` knows, with their publisher and the files they read."

    def handle(self, *args: Any, **options: Any) -> None:
        for source in SOURCES.values():
            self.stdout.write(
                f"{source.name:16} {' '.join(source.suffixes):14} {source.title_en} · {source.publisher}"
            )
