"""A letter that the desk's liaison picks up here, signed in. By e-mail they hear only that it is there."""

from __future__ import annotations

from ..letters import Letter
from .base import Means, Receipt
from .email import notify


class Pickup:
    """Lies ready at once. It has arrived when it is downloaded, and is taken over with a register number."""

    def send(self, letter: Letter, means: Means) -> Receipt:
        """Lay the letter ready, and tell the liaison if there is an address. Raises DeliveryError."""
        if letter.address and means.sender:
            return notify(letter, means)
        return Receipt(f"ready {letter.number}", has_arrived=False)
