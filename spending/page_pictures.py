"""Pictures of printed pages, painted when somebody asks and kept from then on."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from .models import SourceFile

PAINTED_WITHIN = 20  # seconds
WAITS_FOR = 10.0  # seconds until another page is painted: one at a time
LOOKS_EVERY = 0.1  # seconds


class NotPainted(Exception):
    """Raised if a page can't be shown as a picture: the file isn't kept, is damaged, or takes too long."""


class Busy(Exception):
    """Raised if other pages are being painted and this one did not get its turn."""


def picture_of(file: SourceFile, place: int) -> Path:
    """The picture (WebP) of the page at a place of a kept PDF, counted from 1. Raises NotPainted or Busy."""
    source = kept_path(file)
    if source is None:
        raise NotPainted
    folder = Path(settings.MEDIA_ROOT) / "pages" / file.sha256
    picture = folder / f"{place}.webp"
    if not picture.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder.parent):
            if not picture.exists():
                _paint(source, place, picture)
    return picture


def kept_path(file: SourceFile) -> Path | None:
    """Where the kept copy of a PDF lies, None if there is none."""
    if not file.content or not file.name.lower().endswith(".pdf"):
        return None
    path = Path(file.content.path)
    return path if path.is_file() else None


def _paint(source: Path, place: int, picture: Path) -> None:
    handle, name = tempfile.mkstemp(suffix=".webp", dir=picture.parent)
    os.close(handle)
    command = [sys.executable, "-m", "spending.page_painter", str(source), str(place), name]
    try:
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, timeout=PAINTED_WITHIN, capture_output=True, check=False
        )
        if done.returncode != 0:
            raise NotPainted
        Path(name).chmod(0o644)
        Path(name).replace(picture)
    except subprocess.TimeoutExpired as error:
        raise NotPainted from error
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Paint one page at a time: a machine with two cores has other visitors."""
    with (folder / "painting.lock").open("w") as lock:
        until = time.monotonic() + WAITS_FOR
        while not _locked(lock.fileno()):
            if time.monotonic() > until:
                raise Busy
            time.sleep(LOOKS_EVERY)
        yield


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
