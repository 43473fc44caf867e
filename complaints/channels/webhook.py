"""A signed message to the body's own server: Standard Webhooks, signed with Ed25519 (`v1a`)."""

from __future__ import annotations

import json
import time

from .. import signatures
from ..letters import Letter
from . import egress
from .base import DeliveryError, Means, Receipt

LONGEST_RECEIPT = 200
LONGEST_WAIT = 86_400  # seconds that a server may ask us to wait


class Webhook:
    """Delivered when the server names the delivery in its answer; 2xx alone may be any page."""

    def send(self, letter: Letter, means: Means) -> Receipt:
        """Post the letter, signed. Raises DeliveryError."""
        body = letter.as_json()
        at = means.now or int(time.time())
        signed = signatures.sign(body, id=letter.number, at=at, signing=means.signing_key)
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "phasi-pai-nai/1"}
        address = means.stand_in or letter.address
        answer = egress.post(address, body, headers | signed.headers, private=bool(means.stand_in))
        return receipt_of(answer, letter.number)


def receipt_of(answer: egress.Answer, number: str) -> Receipt:
    """What an answer means. Raises DeliveryError unless it is a receipt for this very delivery."""
    if 300 <= answer.status < 400:
        raise DeliveryError(f"The server redirects ({answer.status}); redirects are not followed.")
    if answer.status == 410:
        said = "The server wants no more deliveries (410)."
        raise DeliveryError(said, permanent=True, wants_no_more=True)
    if not 200 <= answer.status < 300:
        raise DeliveryError(f"The server answered {answer.status}.", wait=_wait(answer))
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise DeliveryError("The server answered, but not with a receipt.") from error
    if not isinstance(said, dict) or said.get("received") != number:
        raise DeliveryError("The server answered, but not with a receipt for this delivery.")
    return Receipt(signatures.said(said.get("receipt"), LONGEST_RECEIPT) or number)


def _wait(answer: egress.Answer) -> int:
    text = next((value for name, value in answer.headers.items() if name.lower() == "retry-after"), "")
    return min(int(text), LONGEST_WAIT) if text.isascii() and text.isdigit() and len(text) < 10 else 0
