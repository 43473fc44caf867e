"""Exactly what leaves the house. A channel is given a letter and nothing else, so it can leak nothing else.

The groups and names follow PACC's form for complaints, so that nobody has to type it again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One file of evidence: what it is, and the sums by which it is known again."""

    position: int
    kind: str
    size: int
    """Bytes of the file as it was given."""
    sha256: str
    """Of the file as it was given, which stays sealed here."""
    state: str
    """What the scanner said."""
    content: bytes | None = field(default=None, repr=False)
    """The cleaned copy, where there is one."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One version of one complaint for one desk."""

    number: str
    """Number of the delivery: whoever gets it twice has got one letter."""
    reference: str
    """The number that the citizen may speak."""
    version: int
    desk: str
    desk_name: str
    address: str
    """Where the channel takes it: an address on the web or of e-mail."""
    received_at: str
    language: str
    identity: str
    suspicion: str
    level: str
    matter: Mapping[str, Any] = field(repr=False)
    accused: Sequence[Mapping[str, str]] = field(default=(), repr=False)
    reporter: Mapping[str, str] | None = field(default=None, repr=False)
    """Only of citizens who chose to be named."""
    added: Sequence[str] = field(default=(), repr=False)
    """What the citizen wrote since."""
    about: Mapping[str, Any] | None = None
    """The public figure, as it was frozen."""
    enclosures: Sequence[Enclosure] = ()

    def as_json(self) -> bytes:
        """The letter as a message. Cleaned copies travel apart: here stands what they are."""
        body = asdict(self)
        del body["address"]
        for enclosure in body["enclosures"]:
            enclosure["has_copy"] = enclosure.pop("content") is not None
        message = {"type": "complaint.filed", "timestamp": self.received_at, "data": body}
        return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
