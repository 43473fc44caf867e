"""Loading a published file: the one verb `load()`.

Reading, COPY, checks, totals and publication happen in one transaction: a visitor sees the edition before
or the one after, never half of one. The `ImportRun` lives outside of it, so that a failed load leaves its
trace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from spending import moving, purchase_rollups, rollups, upkeep, vocabulary
from spending.flags import raising
from spending.models import Edition, SourceFile

from . import repeats
from .checking import Tally, problems
from .crosswalk import match_bodies
from .errors import FileError, Reason, gettext_noop
from .keeping import forget, kept, legible, sha256_of
from .models import ImportRun, Rejection
from .owners import is_newer, part_of
from .records import Control, Entry, Head, Note, Record, Refusal, SourcedHead
from .sources import Source
from .tables import TABLES, Keys, copy_records

BATCH = 5_000  # records sent at a time: bounds the memory of a load
KEPT_REFUSALS = 10_000  # refusals kept word for word; all are counted
LOAD_LOCK = 2_565_001  # key of the advisory lock that lets one load write at a time
TOO_LARGE = (psycopg.DataError, psycopg.errors.ProgramLimitExceeded)  # a value for its column or index

Progress = Callable[[int], Any]


class DryRun(Exception):
    """Raised if a load was asked for as a trial, to undo it when everything has been read."""


@dataclass
class Load:
    """One load while it runs: the editions it fills, by part, and what was counted of each."""

    source: Source
    source_file: SourceFile
    keys: Keys
    tallies: dict[str, Tally] = field(default_factory=dict)
    refusals: list[tuple[Tally, Refusal]] = field(default_factory=list)
    repeats: dict[int, Record] = field(default_factory=dict)  # by the place of their refusal

    def begin(self, head: Head) -> Tally:
        """The tally of a part; its edition is created when the part is met first."""
        if head.part not in self.tallies:
            published = head if isinstance(head, SourcedHead) else self.source
            edition = Edition.objects.create(
                dataset=self.source.dataset,
                part=head.part,
                fiscal_year=head.fiscal_year,
                as_of=head.as_of,
                source_file=self.source_file,
                origin_name=head.origin_name,
                origin_sha256=head.origin_sha256,
                publisher=published.publisher,
                licence=published.licence,
                address=published.address,
            )
            self.tallies[head.part] = Tally(edition)
        return self.tallies[head.part]

    def refuse(self, tally: Tally, refusal: Refusal) -> None:
        tally.refused += 1
        if len(self.refusals) < KEPT_REFUSALS:
            self.refusals.append((tally, refusal))

    def refuse_repeat(self, tally: Tally, record: Record) -> None:
        """Refuse a record whose key was met before; where, is looked up when all are sent."""
        if len(self.refusals) < KEPT_REFUSALS:
            self.repeats[len(self.refusals)] = record
        self.refuse(tally, repeats.refusal_of(record))

    def tell_repeats(self) -> None:
        for place, record in self.repeats.items():
            tally = self.refusals[place][0]
            line = repeats.stood_in(tally.edition, record)
            self.refusals[place] = tally, repeats.refusal_of(record, line)


def load(
    source: Source,
    path: Path,
    *,
    address: str = "",
    dry_run: bool = False,
    again: bool = False,
    progress: Progress | None = None,
    run: ImportRun | None = None,
    more_follow: bool = False,
) -> ImportRun:
    """Load one published file and say what became of it; a file loaded before changes nothing unless `again`.

    The outcome is published, held (outside expectation, waiting for a person), unchanged, checked
    (`dry_run`) or failed (unreadable; the message says where and what to do). `progress` is called with
    the count of entries read so far. `run` is the attempt to complete where it was announced before.
    Who loads several files says that `more_follow` and calls `settle()` behind the last.
    """
    run = run or ImportRun.objects.create(source=source.name, file_name=legible(path.name))
    try:
        if legible(path.name) != path.name:
            sentence = gettext_noop("The name of the file is not written in UTF-8. Rename the file.")
            raise FileError(Reason(sentence), legible(path.name))
        run.sha256 = sha256_of(path)
        with transaction.atomic():
            _wait_for_others()
            if again or not _already_loaded(run, source, path):
                _load(run, source, path, address, dry_run, progress)
                transaction.on_commit(upkeep.reuse, robust=True)
                if not more_follow:
                    settle()
    except FileError as error:
        place, reason = _in_words(error.place), _in_words(error.reason)
        _finish(run, ImportRun.Outcome.FAILED, f"{place}: {reason}" if place else reason)
    except DatabaseError as error:
        if not isinstance(error.__cause__, TOO_LARGE):
            raise
        _finish(run, ImportRun.Outcome.FAILED, _in_words(_too_large(error)))
    except DryRun as trial:
        _finish_trial(run, trial.args[0])
    finally:
        if not source.keeps_file:
            forget(run.sha256)
    return run


def _in_words(said: str) -> str:
    """A reason or a place in the language at hand."""
    if not isinstance(said, Reason):
        return said
    return _(said.sentence) % said.figures if said.figures else _(said.sentence)


def _too_large(error: DatabaseError) -> Reason:
    sentence = gettext_noop(
        "A value of the file is longer or larger than any that is kept here (%(error)s). Look for cells that "
        "have run together."
    )
    return Reason(sentence, error=str(error).partition("\n")[0])


def settle() -> None:
    """Make the search ready for what was loaded, and join its bodies to agencies."""
    vocabulary.learn_names()
    match_bodies()
    moving.follow_all()
    upkeep.settle()


def _wait_for_others() -> None:
    """One load at a time, to the end of its transaction: the next one sees what it has loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOAD_LOCK])


def _already_loaded(run: ImportRun, source: Source, path: Path) -> bool:
    editions = Edition.objects.filter(
        dataset=source.dataset,
        source_file__sha256=run.sha256,
        state__in=[Edition.State.PUBLISHED, Edition.State.HELD],
    )
    if not editions or is_newer(editions, source.beside(path)):
        return False
    run.editions.set(editions)
    _finish(run, ImportRun.Outcome.UNCHANGED, _("This file is already loaded; nothing was changed."))
    return True


def _load(
    run: ImportRun, source: Source, path: Path, address: str, dry_run: bool, progress: Progress | None
) -> None:
    source_file = kept(path, run.sha256, address=address, copy=source.keeps_file and not dry_run)
    work = Load(source, source_file, Keys.known())
    _read(work, source.entries(path), progress)
    work.tell_repeats()
    if not work.tallies:
        raise FileError(_("The file holds no rows that this source reads."), path.name)
    _keep_apart(work)
    moving.move(moving.leading_elsewhere(), [tally.edition.pk for tally in work.tallies.values()])
    rollups.build(tally.edition.pk for tally in work.tallies.values())
    vocabulary.learn(tally.edition.pk for tally in work.tallies.values())
    found = {tally.edition.part: problems(tally, source.expects) for tally in work.tallies.values()}
    for tally in work.tallies.values():
        _close(tally, "\n".join(found[tally.edition.part]))
    run.rows = sum(tally.rows for tally in work.tallies.values())
    run.refused = sum(tally.refused for tally in work.tallies.values())
    if dry_run:
        raise DryRun(work)
    purchase_rollups.keep_winners()
    raising.refresh()
    _keep_refusals(run, work.refusals, with_editions=True)
    run.editions.set(tally.edition for tally in work.tallies.values())
    messages = [f"{part}: {reason}" for part, reasons in found.items() for reason in reasons]
    _finish(run, ImportRun.Outcome.HELD if messages else ImportRun.Outcome.PUBLISHED, "\n".join(messages))


def _keep_apart(work: Load) -> None:
    """Give a part whose name is another publisher's a name of its own."""
    for part, tally in work.tallies.items():
        tally.edition.part = part_of(tally.edition)
        if tally.edition.part != part:
            tally.note(Note("part_of_another", 1, part, tally.edition.part))


def _read(work: Load, entries: Iterator[Entry], progress: Progress | None) -> None:
    tally: Tally | None = None
    count = 0
    while batch := list(islice(entries, BATCH)):
        tally = _take(work, tally, batch)
        count += len(batch)
        if progress is not None:
            progress(count)


def _take(work: Load, tally: Tally | None, batch: list[Entry]) -> Tally:
    """Count a batch of entries and send its records to their tables."""
    accepted: list[tuple[Tally, Any]] = []
    for entry in batch:
        if isinstance(entry, Head):
            tally = work.begin(entry)
        elif tally is None:
            raise FileError(_("The file begins with a row that belongs to no part."))
        elif isinstance(entry, Refusal):
            work.refuse(tally, entry)
        elif isinstance(entry, Note):
            tally.note(entry)
        elif isinstance(entry, Control):
            tally.controls.append(entry)
        elif tally.repeats(entry):
            work.refuse_repeat(tally, entry)
        else:
            tally.count(entry, TABLES[type(entry)].amount(entry))
            accepted.append((tally, entry))
    if tally is None:
        raise FileError(_("The file begins with a row that belongs to no part."))
    _send(work.keys, accepted)
    return tally


def _send(keys: Keys, accepted: list[tuple[Tally, Any]]) -> None:
    keys.learn(record for _tally, record in accepted)
    by_kind: dict[type, list[tuple[int, Any]]] = {}
    for tally, record in accepted:
        by_kind.setdefault(type(record), []).append((tally.edition.pk, record))
    for kind, records in by_kind.items():
        copy_records(TABLES[kind], records, keys)


def _close(tally: Tally, hold_reason: str) -> None:
    edition = tally.edition
    edition.rows, edition.refused, edition.total = tally.rows, tally.refused, tally.total
    edition.checks, edition.notes = tally.checks_as_json(), tally.notes_as_json()
    edition.save()
    if hold_reason:
        edition.mark_held(hold_reason)
    else:
        edition.mark_published(timezone.now())


def _keep_refusals(run: ImportRun, refusals: list[tuple[Tally, Refusal]], *, with_editions: bool) -> None:
    Rejection.objects.bulk_create(
        Rejection(
            run=run,
            edition=tally.edition if with_editions else None,
            sheet=refusal.sheet[:80],
            line=refusal.line,
            column=refusal.column[:120],
            value=refusal.value[:300],
            reason=getattr(refusal.reason, "sentence", refusal.reason),
            figures=getattr(refusal.reason, "figures", {}),
        )
        for tally, refusal in refusals
    )


def _finish(run: ImportRun, outcome: ImportRun.Outcome, message: str) -> None:
    run.outcome, run.message, run.finished_at = outcome, message, timezone.now()
    run.save()


def _finish_trial(run: ImportRun, work: Load) -> None:
    _keep_refusals(run, work.refusals, with_editions=False)
    held = [tally.edition for tally in work.tallies.values() if tally.edition.hold_reason]
    message = "\n".join(f"{edition.part}: {edition.hold_reason}" for edition in held)
    _finish(run, ImportRun.Outcome.CHECKED, message)
