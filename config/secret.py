"""The secret key of a machine nobody has given one: made once, kept for its owner alone."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def kept_in(folder: Path) -> str:
    """The key in this folder, made at the first call. Two first calls at once agree on one key."""
    kept = folder / "secret-key"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"secret-key.{os.getpid()}"
        descriptor = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode=0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(get_random_secret_key())
        try:
            os.link(fresh, kept)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text(encoding="ascii")
