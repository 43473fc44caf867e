"""What was counted while a part was read, and what is not as a healthy file has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from spending.models import Edition

from .met import Met
from .records import Control, Note, Record
from .sources import Expect

NOTED_LINES = 20  # line numbers kept of each note
NOTED_KINDS = 1_000  # different notes kept of one edition
SHRINKS_TO = Decimal("0.8")  # an edition with fewer rows than this share of the one before is looked at


@dataclass
class Tally:
    """Counts, sums, controls and notes of one edition while it is read."""

    edition: Edition
    rows: int = 0
    refused: int = 0
    total: Decimal = Decimal(0)
    controls: list[Control] = field(default_factory=list)
    notes: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    note_counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    keys: Met = field(default_factory=Met)

    def repeats(self, record: Record) -> bool:
        """Whether the record's key was met before."""
        key = record.key
        return key is not None and self.keys.again(key)

    def count(self, record: Record, amount: Decimal | None) -> None:
        self.rows += 1
        if amount is not None:
            self.total += amount

    def note(self, note: Note) -> None:
        key = (note.kind, note.published, note.read_as)
        if key not in self.notes and len(self.notes) >= NOTED_KINDS:
            key = (note.kind, "", "")
        self.note_counts[key] = self.note_counts.get(key, 0) + 1
        lines = self.notes.setdefault(key, [])
        if len(lines) < NOTED_LINES:
            lines.append(note.line)

    def checks_as_json(self) -> list[dict[str, Any]]:
        """The controls as `Edition.checks` keeps them: amounts as text, exact."""
        return [
            {
                "name": control.name,
                "expected": str(control.expected),
                "found": str(control.found),
                "difference": str(control.found - control.expected),
                "tolerance": str(control.tolerance),
                "holds": control.holds,
                "advisory": control.advisory,
            }
            for control in self.controls
        ]

    def notes_as_json(self) -> list[dict[str, Any]]:
        """The notes as `Edition.notes` keeps them, the most frequent first."""
        return [
            {
                "kind": kind,
                "published": published,
                "read_as": read_as,
                "count": count,
                "lines": self.notes[key],
            }
            for key, count in sorted(self.note_counts.items(), key=lambda item: -item[1])
            for kind, published, read_as in [key]
        ]


def problems(tally: Tally, expects: Expect) -> list[str]:
    """Sentences saying why an edition must not be published unseen; empty if it is healthy."""
    return [*_counts(tally, expects), *_sums(tally, expects), *_shrinking(tally)]


def _counts(tally: Tally, expects: Expect) -> list[str]:
    found = []
    if tally.rows not in expects.rows:
        found.append(
            _("%(rows)s rows were read; a healthy file has %(least)s to %(most)s.")
            % {"rows": tally.rows, "least": expects.rows.start, "most": expects.rows.stop - 1}
        )
    read = tally.rows + tally.refused
    if tally.refused > expects.refused * read:
        found.append(
            _("%(refused)s of %(read)s rows were refused, more than %(share)s %%.")
            % {"refused": tally.refused, "read": read, "share": expects.refused * 100}
        )
    return found


def _sums(tally: Tally, expects: Expect) -> list[str]:
    known = expects.totals.get(tally.edition.part)
    if known is not None:
        tally.controls.append(Control(_("Known total of this part"), known, tally.total))
    return [
        _("%(name)s: %(expected)s baht expected, %(found)s found.")
        % {"name": control.name, "expected": f"{control.expected:,}", "found": f"{control.found:,}"}
        for control in tally.controls
        if not control.holds and not control.advisory
    ]


def _shrinking(tally: Tally) -> list[str]:
    edition = tally.edition
    before = Edition.objects.current().filter(dataset=edition.dataset, part=edition.part).first()
    if before is None or tally.rows >= before.rows * SHRINKS_TO:
        return []
    return [
        _("%(rows)s rows were read, far fewer than the %(before)s of the edition before.")
        % {"rows": tally.rows, "before": before.rows}
    ]
