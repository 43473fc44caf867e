"""What a mail server says of a message that it could not deliver (RFC 3464), and to which address it says so.

Read by Python's own parser; nothing of the message that is sent back along is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any

LARGEST = 1024 * 1024  # bytes that are looked at: the report stands before what it is about
ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
"""Headers that name the address to which the report was sent."""
STATUS = re.compile(r"\s*([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")
UNSAID = "5.0.0"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one message."""

    addressed: str
    """The addresses to which the report was sent."""
    failed: bool
    """Whether the server gave up; else it is late, or tells of an arrival."""
    status: str = ""
    """Of a failure: three numbers, the first 5 if trying again is of no use, 4 if it may help."""

    @property
    def is_hard(self) -> bool:
        """Whether trying again is of no use."""
        return self.status.startswith("5")


def read(raw: bytes, recipient: str = "") -> Report | None:
    """The report in a message; None if it is none. `recipient` is the address to which the server brought it,
    where that is known.
    """
    try:
        message = message_from_bytes(raw[:LARGEST])
        kind = str(message.get_param("report-type", "")).lower()
        if message.get_content_type() != "multipart/report" or kind != "delivery-status":
            return None
        said = [part for part in _parts(message) if part.get_content_type() == "message/delivery-status"]
        if not said:
            return None
        statuses = list(_failures(said[0]))
        addressed = recipient or " ".join(
            str(value) for name in ADDRESSED for value in message.get_all(name, [])
        )
    except (RecursionError, ValueError, LookupError):  # whatever was made to break a parser is no report
        return None
    return Report(addressed, bool(statuses), max(statuses, default=""))  # 5 before 4


def _parts(message: Message) -> list[Message]:
    """What a message is made of, not what its parts are made of."""
    payload: Any = message.get_payload()
    return payload if message.is_multipart() else []


def _failures(part: Message) -> Iterator[str]:
    """The status of each recipient for whom the server gave up."""
    for fields in _parts(part):
        if str(fields.get("Action", "")).strip().lower() == "failed":
            found = STATUS.match(str(fields.get("Status", "")))
            yield found[1] if found and found[1][0] != "2" else UNSAID
