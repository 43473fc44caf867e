"""Signed messages between this site and an agency: Standard Webhooks with asymmetric signatures (`v1a`).

What is signed is `id.timestamp.body`. Each side holds the other's public key, so nothing secret is shared.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

VERSION = "v1a"
TOLERANCE = 300  # seconds that the two clocks may differ, or a message may travel
LONGEST_ID = 200


class SignatureError(Exception):
    """Raised if a message is not signed by whom it should be; says which part is wrong."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The three headers of a signed message."""

    id: str
    timestamp: str
    signature: str

    @property
    def headers(self) -> dict[str, str]:
        """As they travel."""
        return {
            "webhook-id": self.id,
            "webhook-timestamp": self.timestamp,
            "webhook-signature": self.signature,
        }


def new_signing_key() -> str:
    """A fresh private signing key, as it is written in a setting."""
    return base64.b64encode(bytes(SigningKey.generate())).decode()


def verify_key_of(signing: str) -> str:
    """The public half, to be given to the other side."""
    return base64.b64encode(bytes(SigningKey(_bytes(signing)).verify_key)).decode()


def seed_of(signing: str) -> bytes:
    """The 32 bytes of a private signing key, to derive other keys from. Raises SignatureError."""
    return _bytes(signing)


def sign(body: bytes, *, id: str, at: int, signing: str) -> Signed:
    """The headers for a message of this id, sent at `at` (seconds since 1970)."""
    signature = SigningKey(_bytes(signing)).sign(_content(id, str(at), body)).signature
    return Signed(id, str(at), f"{VERSION},{base64.b64encode(signature).decode()}")


def verify(body: bytes, signed: Signed, *, verify_keys: list[str], now: int) -> None:
    """Raises SignatureError unless one of the keys signed this body, under this id, within five minutes."""
    if not 0 < len(signed.id) <= LONGEST_ID or not signed.id.isascii():
        raise SignatureError("The id is missing or no id.")
    if not (signed.timestamp.isascii() and signed.timestamp.isdigit() and len(signed.timestamp) <= 12):
        raise SignatureError("The time is no time.")
    if abs(now - int(signed.timestamp)) > TOLERANCE:
        raise SignatureError("The time is too far from now.")
    content = _content(signed.id, signed.timestamp, body)
    if not any(_fits(content, part, key) for part in signed.signature.split() for key in verify_keys):
        raise SignatureError("No signature fits.")


def said(value: Any, most: int) -> str:
    """What the other side calls something, as it can be kept and shown: one line of signs that are seen,
    so long at most; empty for what is neither a text nor a number.
    """
    text = str(value) if type(value) in (str, int) else ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:most]


def _fits(content: bytes, part: str, key: str) -> bool:
    version, _, text = part.partition(",")
    if version != VERSION:
        return False
    try:
        VerifyKey(_bytes(key)).verify(content, _bytes(text))
    except (BadSignatureError, SignatureError, ValueError):
        return False
    return True


def _content(id: str, timestamp: str, body: bytes) -> bytes:
    return f"{id}.{timestamp}.".encode() + body


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureError("This is not base 64.") from error
