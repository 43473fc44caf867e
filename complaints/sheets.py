"""What a screening sheet says, as plain values: each question as it stood, and what is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

YES, NO, UNCLEAR = "yes", "no", "unclear"


@dataclass(frozen=True, slots=True)
class Line:
    """One question as it stood, with its mark and who says that it is asked."""

    code: str
    group: str
    question: str
    mark: str
    """`yes`, `no`, `unclear`, or empty where nobody has looked."""
    remark: str = field(repr=False)
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one version holds: the marks, what is proposed, and what the table of competence said."""

    lines: Sequence[Line]
    decision: str
    decision_name: str
    reason: str = field(repr=False)
    suggested_desk: str
    suggested_because: str


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """A version that a second person signed."""

    version: int
    signed_at: str
    """Moment, as ISO 8601 has it."""
    sheet: Sheet
