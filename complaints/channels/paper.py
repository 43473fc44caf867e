"""A letter that staff print and post: no machine can deliver it, so it becomes a task for a person."""

from __future__ import annotations

from ..letters import Letter
from .base import DeliveryError, Means, Receipt


class Paper:
    """Never delivers by itself. Staff enter the number, day and way of posting, which is the receipt."""

    def send(self, letter: Letter, means: Means) -> Receipt:
        """Hand the letter to staff. Always raises DeliveryError."""
        raise DeliveryError("To be printed and posted by staff.", permanent=True)
