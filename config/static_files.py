"""Our own static files, ready to be served: found, named after their content, compressed."""

import hashlib
from typing import Any

import brotli
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

BROTLI_QUALITY = 9
"""The best quality, 11, would save a tenth of the largest script and cost the first start twenty seconds."""


def collect_stale() -> bool:
    """Collect the static files unless those that were collected last are the same. Returns whether it did."""
    kept = settings.STATIC_ROOT / ".collected"
    fingerprint = fingerprint_of_sources()
    if kept.exists() and kept.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    kept.write_text(fingerprint)
    return True


class QuickCompressor(Compressor):
    """Compresses nearly as well as WhiteNoise's own, in a twentieth of the time."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """The file's bytes in brotli."""
        return bytes(brotli.compress(data, quality=BROTLI_QUALITY))


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Names each file after its content, so that browsers may keep it for good."""

    def create_compressor(self, **options: Any) -> Compressor:
        """What `collectstatic` compresses with."""
        return QuickCompressor(**options)


def fingerprint_of_sources() -> str:
    """One sum over the path, size and time of every static file."""
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = (path, storage.size(path), storage.get_modified_time(path).timestamp())
            found.update(repr(facts).encode())
    return found.hexdigest()
