"""The secrets of a machine nobody has given any: made once, kept for its owner alone."""

import os
from collections.abc import Callable
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def kept_in(folder: Path, name: str = "secret-key", make: Callable[[], str] = get_random_secret_key) -> str:
    """The secret of that name in this folder, made at the first call. Two first calls at once agree on
    one.
    """
    kept = folder / name
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"{name}.{os.getpid()}"
        descriptor = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode=0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(make())
        try:
            os.link(fresh, kept)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text(encoding="ascii")
