"""`reseal()`: close anew, with the key in use, what was sealed to the office with another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction

from . import sealing
from .examining import sealed
from .models import (
    Attachment,
    Blackening,
    Complaint,
    IdentityRequest,
    Message,
    Note,
    Opinion,
    Redaction,
    Reporter,
    ScreeningSheet,
    Slip,
)

SEALED: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Complaint, ("matter", "accused", "next_action")),
    (Reporter, ("identity", "later")),
    (Attachment, ("name",)),
    (Message, ("words",)),
    (Note, ("words",)),
    (Redaction, ("passages",)),
    (IdentityRequest, ("reason",)),
    (Opinion, ("words",)),
    (ScreeningSheet, ("content",)),
    (Blackening, ("content",)),
)
"""Everything that is sealed to the office. What is sealed to a reporter opens with their access key alone."""
FILES: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Attachment, ("original", "cleaned")),
    (Blackening, ("copy",)),
    (Slip, ("content",)),
)
"""Every file that is kept sealed to the office."""
NOT_KNOWN = "files that are missing or damaged"
"""Stands where a key is named that nobody can tell."""


def keys_in_use() -> Counter[str]:
    """How many sealed values each key closes, by the key's name; `NOT_KNOWN` for files that do not say."""
    counted: Counter[str] = Counter()
    for model, names in SEALED:
        for name in names:
            values = model._default_manager.values_list(name, flat=True).iterator()
            counted.update(sealing.closed_with(value) for value in values if value is not None)
    counted.update(_keys_of_files())
    return counted


def reseal(public: str, private_keys: list[str]) -> int:
    """Close everything with `public` that another key closes. Returns how many values were closed anew.

    Harmless to repeat and to interrupt: each row is changed whole or not at all. What cannot be opened stays
    as it is and keeps nothing else back. Raises SealError if there was such, with the first reason.
    """
    wanted, done = sealing.name_of(public), 0
    troubles: list[str] = []
    for step in _steps(wanted, public, private_keys):
        try:
            done += step()
        except sealing.SealError as error:
            troubles.append(str(error))
    if troubles:
        left = f"{len(troubles)} rows or files could not be opened"
        raise sealing.SealError(f"{troubles[0]} {left}, {done} values were sealed anew.")
    return done


def _steps(wanted: str, public: str, keys: list[str]) -> Iterator[Callable[[], int]]:
    for model, names in SEALED:
        for pk in model._default_manager.values_list("pk", flat=True).iterator():
            yield partial(_row, model, pk, names, wanted, public, keys)
    for model, names in FILES:
        for row in model._default_manager.iterator():
            yield from (partial(_file, row, name, wanted, public, keys) for name in names)


@transaction.atomic
def _row(
    model: type[models.Model], pk: int, names: tuple[str, ...], wanted: str, public: str, keys: list[str]
) -> int:
    row = model._default_manager.select_for_update().only(*names).filter(pk=pk).first()
    old = {name: getattr(row, name) for name in names} if row else {}  # it may be gone by now: retention
    stale = {n: v for n, v in old.items() if v is not None and sealing.closed_with(v) != wanted}
    if stale:
        fresh = {name: sealing.seal(sealing.unseal(value, keys), public) for name, value in stale.items()}
        model._default_manager.filter(pk=pk).update(**fresh)
    return len(stale)


def _file(row: models.Model, name: str, wanted: str, public: str, keys: list[str]) -> int:
    """A file is closed anew under a new name; the old one goes when the row points to the new one. Ends in
    between leave a file that nothing names, for retention to remove.
    """
    old = getattr(row, name).name
    if not old:
        return 0
    content = sealed(old)
    if sealing.closed_with(content) == wanted:
        return 0
    fresh = default_storage.save(old, ContentFile(sealing.seal(sealing.unseal(content, keys), public)))
    is_ours = type(row)._default_manager.filter(pk=row.pk, **{name: old}).update(**{name: fresh})
    default_storage.delete(old if is_ours else fresh)  # somebody else may have changed it meanwhile
    return is_ours


def _keys_of_files() -> Iterator[str]:
    for model, fields in FILES:
        for names in model._default_manager.values_list(*fields).iterator():
            for name in filter(None, names):
                try:
                    yield sealing.closed_with(sealed(name, 64))
                except sealing.SealError:
                    yield NOT_KNOWN
