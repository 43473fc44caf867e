"""What every channel promises: it takes a letter and gives a receipt, or says why it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..letters import Letter

TIMEOUT = 15.0
"""Seconds that a channel may take for one letter; less than the lease of an attempt."""


class DeliveryError(Exception):
    """Raised if a letter did not arrive. Says why in words of ours, without a word of the letter.

    `permanent` means that trying again is of no use; `wait` is how many seconds the other side asks for.
    """

    def __init__(self, message: str, *, permanent: bool = False, wait: int = 0) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the desk answered: enough to find the delivery again on their side."""

    text: str


@dataclass(frozen=True, slots=True)
class Means:
    """What a channel may use beside the letter."""

    signing_key: str = ""
    stand_in: str = ""
    """Address of the stand-in agency: the one private address that may be reached."""


class Channel(Protocol):
    """A way to reach a desk."""

    def send(self, letter: Letter, means: Means) -> Receipt:
        """Deliver the letter. Raises DeliveryError."""
        ...
