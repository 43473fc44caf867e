"""What is kept of an address and of the keys in links: sealed texts and keyed hashes, nothing readable."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from complaints import sealing
from complaints.sealing import SealError

TOKEN_BYTES = 24  # 192 random bits


def new_token() -> str:
    """The key of a link: 32 letters, digits and dashes."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_digest(token: str) -> str:
    """What the database keeps of the key of a link."""
    return keyed("link", token)


def address_digest(address: str) -> str:
    """What two equal addresses have in common; capital letters do not tell them apart."""
    return keyed("address", address.casefold())


def keyed(purpose: str, text: str) -> str:
    """A hash of a text that nobody can compute without the pepper."""
    return hmac.digest(settings.FOLLOWING_PEPPER.encode(), f"{purpose}\0{text}".encode(), "sha256").hex()


def sealed(words: Mapping[str, str]) -> bytes:
    """Words that only the worker can open."""
    return sealing.seal_words(words, settings.FOLLOWING_PUBLIC_KEY)


def opened(closed: bytes | memoryview) -> dict[str, Any]:
    """The words that were sealed. Raises SealError where this process does not hold the key."""
    return sealing.unseal_words(closed, settings.FOLLOWING_PRIVATE_KEYS)


__all__ = ["SealError", "address_digest", "keyed", "new_token", "opened", "sealed", "token_digest"]
