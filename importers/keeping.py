"""Keeping published files, byte for byte, under their hash."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path
from typing import Any, cast

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from spending.models import SourceFile

from .errors import FileError, Reason, gettext_noop


def legible(name: str) -> str:
    """A name in letters, with � for what are none: a file system takes any bytes for a name."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hexadecimal. Raises FileError if it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        reason = Reason(gettext_noop("The file cannot be opened: %(error)s."), error=error.strerror)
        raise FileError(reason, legible(str(path))) from error


def kept(path: Path, sha256: str, *, address: str = "", copy: bool = True) -> SourceFile:
    """The kept file of these bytes, copied into the store if it is not there yet."""
    source_file = SourceFile.objects.filter(sha256=sha256).first()
    if source_file is None:
        size = path.stat().st_size
        source_file = SourceFile(sha256=sha256, name=path.name, size=size, address=address)
    if copy and not source_file.content:
        with path.open("rb") as content:
            source_file.content.save(f"{sha256[:16]}-{path.name}", File(content), save=False)
    source_file.save()
    return source_file


def forget(sha256: str) -> None:
    """Remove the kept copy of these bytes when the transaction at hand is done; name and hash stay."""
    source_file = SourceFile.objects.filter(sha256=sha256).exclude(content="").first()
    if source_file is None:
        return
    storage, name = source_file.content.storage, str(source_file.content.name)
    source_file.content = ""
    source_file.save(update_fields=["content"])
    transaction.on_commit(lambda: storage.delete(name))


def kept_upload(upload: UploadedFile) -> SourceFile:
    """The kept file of an upload."""
    sha256 = file_digest(cast(Any, upload.file), "sha256").hexdigest()
    known = SourceFile.objects.filter(sha256=sha256).exclude(content="").first()
    if known is not None:
        return known
    name = Path(upload.name or "upload").name
    source_file = SourceFile(sha256=sha256, name=name, size=upload.size or 0)
    source_file.content.save(f"{sha256[:16]}-{name}", upload, save=True)
    return source_file
