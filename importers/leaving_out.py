"""Persons left out of what was loaded before a rule knew them: titles read anew, figures as they are.

A source leaves persons out as it reads. Whom only a rule of today finds still stands in what was loaded
before, in editions that answer and in earlier ones. Titles are pure text, so the rules are asked of the
stored ones: the published file, which names them, need not be at hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import islice
from typing import Any

from django.db import transaction

from spending.models import Contract, Edition, Project, ProjectDisbursement
from spending.rekeying import rewrite_keys

from .keeping import forget
from .neighbours import without_neighbours
from .persons import without_persons

BATCH = 2_000  # rows held at a time
SHOWN = 20  # lines that a note names


def _title(text: str) -> str:
    return without_neighbours(without_persons(text)[0])[0]


def _words(text: str) -> str:
    return without_persons(text)[0]


def _project_of_the_former_site(text: str) -> str:
    return without_neighbours(text)[0]


RULES: dict[Any, dict[str, Callable[[str], str]]] = {
    ProjectDisbursement: {"name": _project_of_the_former_site},
    Project: {"name": _title, "buyer_unit": _words},
    Contract: {"contract_no": _words},
}
"""What the sources do to a text as they read it, by the column that keeps it."""


@transaction.atomic
def leave_out_persons() -> dict[str, int]:
    """Take the persons out of all stored titles whom the rules of today know. Each edition notes it, and a
    kept file that names them is kept no longer. Says how many rows changed, by the key of their edition.
    """
    changed: dict[int, list[int]] = defaultdict(list)
    for model, rules in RULES.items():
        rows = model.objects.only("edition_id", "line", *rules).order_by("pk").iterator(BATCH)
        while batch := list(islice(rows, BATCH)):
            named = [row for row in batch if _is_changed(row, rules)]
            model.objects.bulk_update(named, list(rules))
            for row in named:
                changed[row.edition_id].append(row.line)
    for edition in Edition.objects.filter(pk__in=changed).select_related("source_file"):
        _note(edition, sorted(changed[edition.pk]))
        forget(edition.source_file.sha256)
    if changed:
        rewrite_keys()
    keys = {edition.pk: edition.key for edition in Edition.objects.filter(pk__in=changed)}
    return {keys[pk]: len(lines) for pk, lines in changed.items()}


def _is_changed(row: Any, rules: dict[str, Callable[[str], str]]) -> bool:
    """Give a row the texts it should have; whether it had others."""
    before = [getattr(row, name) for name in rules]
    for name, rule in rules.items():
        setattr(row, name, rule(getattr(row, name)))
    return before != [getattr(row, name) for name in rules]


def _note(edition: Edition, lines: list[int]) -> None:
    note = {"kind": "person_left_out_later", "published": "", "read_as": ""}
    edition.notes = [*edition.notes, {**note, "count": len(lines), "lines": lines[:SHOWN]}]
    edition.amended += 1
    edition.save(update_fields=["notes", "amended"])
