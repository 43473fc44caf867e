"""`manage.py publish`: the whole site as files, signed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from spending.dumps.manifest import KEY, SUMS
from spending.dumps.signing import BadKey
from spending.dumps.writing import publish


class Command(BaseCommand):
    help = (
        "Write every row that answers today as CSV and Parquet, for each data set and edition, with columns, "
        "counts, sums, hashes and an Ed25519 signature. The dump replaces the one that visitors download."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DUMP_SIGNING_KEY:
            raise CommandError("DUMP_SIGNING_KEY is not set: nobody would know who vouches for the dump.")
        try:
            folder = publish(settings.DUMPS_DIR, settings.DUMP_SIGNING_KEY)
        except BadKey as error:
            raise CommandError("DUMP_SIGNING_KEY is no Ed25519 key of 32 bytes in base64.") from error
        files = [path for path in folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        self.stdout.write(f"{folder}: {len(files)} files, {size / 1e6:,.1f} MB")
        self.stdout.write(f"{KEY}: {(folder / KEY).read_text().strip()}")
        self.stdout.write(f"Check it with: manage.py verify {folder}, or sha256sum --check {SUMS}")
