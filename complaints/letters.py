"""Exactly what leaves the house. A channel is given a letter and nothing else, so it can leak nothing else.

The groups and names follow PACC's form for complaints, so that nobody has to type it again.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from .sheets import SignedSheet

WAYS = ("address", "openpgp_key", "host_key")
"""How the letter finds its way: for the channel, not for whoever reads it."""


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
    copy_sha256: str = ""
    """Of the cleaned copy, where there is one."""
    content: bytes | None = field(default=None, repr=False)
    """The cleaned copy, where there is one."""
    is_blackened: bool = False
    """Whether staff blacked out parts of the copy."""


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
    """Where the channel takes it: an address on the web, of e-mail, or of a server for files."""
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
    office: str = ""
    """The regional office that is proposed by the province, in Thai; empty where none is."""
    about: Mapping[str, Any] | None = None
    """The public figure, as it was frozen."""
    enclosures: Sequence[Enclosure] = ()
    screening: SignedSheet | None = None
    """The first look, where a second person has signed one."""
    openpgp_key: str = field(default="", repr=False)
    """The desk's public key for e-mail."""
    host_key: str = field(default="", repr=False)
    """The public key of its server for files."""

    def as_json(self, *, with_copies: bool = True) -> bytes:
        """The letter as a message, with the cleaned copies in base 64 or only with what they are."""
        body = asdict(self)
        for name in WAYS:
            del body[name]
        for enclosure in body["enclosures"]:
            content = enclosure.pop("content")
            if with_copies and content is not None:
                enclosure["copy"] = base64.b64encode(content).decode()
        message = {"type": "complaint.filed", "timestamp": self.received_at, "data": body}
        return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
