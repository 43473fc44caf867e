"""What every channel promises: it takes a letter and gives a receipt, or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from ..letters import Letter

TIMEOUT = 15.0
"""Seconds that a channel may take for one letter; less than the lease of an attempt."""


class DeliveryError(Exception):
    """Raised if a letter did not arrive. Says why in words of ours, without a word of the letter.

    `permanent` means that trying again is of no use; `wait` is how many seconds the other side asks for;
    `wants_no_more` that it said so of any letter, not of this one alone.
    """

    def __init__(
        self, message: str, *, permanent: bool = False, wait: int = 0, wants_no_more: bool = False
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.wait = wait
        self.wants_no_more = wants_no_more


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the desk answered: enough to find the delivery again on their side."""

    text: str
    has_arrived: bool = True
    """False if it lies ready and the desk was told: it has arrived when somebody picks it up."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a channel may use beside the letter."""

    signing_key: str = ""
    stand_in: str = ""
    """Address of the stand-in agency: the one private address that may be reached."""
    sender: str = ""
    """Who writes e-mails; none where no mail server is set."""
    return_path: str = ""
    """To which address the mail server sends back what it cannot deliver; none where nobody reads that."""
    portal: str = ""
    """Where a liaison signs in to pick up what lies ready."""
    dossier: Callable[[Letter], bytes] = field(default=lambda letter: b"", repr=False)
    """Makes the ZIP of a letter."""
    now: int = 0
    """Seconds since 1970 by the clock of the database, which may know better than this machine's."""


class Channel(Protocol):
    """A way to reach a desk."""

    def send(self, letter: Letter, means: Means) -> Receipt:
        """Deliver the letter. Raises DeliveryError."""
        ...
