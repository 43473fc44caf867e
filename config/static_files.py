"""Our own static files, ready to be served: found, named after their content, compressed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_stale() -> bool:
    """Collect the static files unless those that were collected last are the same. Returns whether it did."""
    kept = settings.STATIC_ROOT / ".collected"
    fingerprint = fingerprint_of_sources()
    if kept.exists() and kept.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    kept.write_text(fingerprint)
    return True


def fingerprint_of_sources() -> str:
    """One sum over the path, size and time of every static file."""
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = (path, storage.size(path), storage.get_modified_time(path).timestamp())
            found.update(repr(facts).encode())
    return found.hexdigest()
