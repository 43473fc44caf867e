"""`manage.py messages`: bring the translation files up to date, or say what they lack."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import translations


class Command(BaseCommand):
    """Collects the sentences of the code into `locale/` and compiles them."""

    help = "Collect the sentences to translate into locale/, say what has no translation, compile the rest."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one option."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; fail if a file is stale or a translation missing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and compile, or only look."""
        languages = [code for code, _name in settings.LANGUAGES]
        if not options["check"]:
            for language in languages:
                translations.write(settings.BASE_DIR, language)
            translations.compile_stale(settings.BASE_DIR, languages)
        found = [
            line for language in languages for line in translations.complaints(settings.BASE_DIR, language)
        ]
        for line in found:
            self.stdout.write(line)
        if found and options["check"]:
            raise CommandError(f"{len(found)} to mend in locale/.")
