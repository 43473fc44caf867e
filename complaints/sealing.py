"""What is encrypted, with which key, and who can open it.

A seal needs a public key only, so the part of the site that visitors reach can close complaints and never
open them. A sealed value says which key closed it; see docs/decisions/0005.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

FORMAT = b"\x01"
NAME_BYTES = 8
PADDED_TO = 512  # bytes; the length of a sealed text tells no more than this


class SealError(Exception):
    """Raised if a key is no key, or a sealed value cannot be opened; names the key, never the content."""


def new_private_key() -> str:
    """A fresh private key, as it is written in a setting."""
    return _text(bytes(PrivateKey.generate()))


def public_key_of(private: str) -> str:
    """The public half of a private key."""
    return _text(bytes(PrivateKey(_key(private)).public_key))


def name_of(public: str) -> str:
    """The short name under which a public key is known: 16 letters and digits, safe to show."""
    return _name(_key(public)).hex()


def seal(data: bytes, public: str) -> bytes:
    """`data`, closed so that only the private half of the key opens it."""
    key = _key(public)
    return FORMAT + _name(key) + SealedBox(PublicKey(key)).encrypt(data)


def seal_words(words: Mapping[str, Any], public: str) -> bytes:
    """Named texts and lists, closed together, padded so that the length says little."""
    data = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(data + b" " * (-len(data) % PADDED_TO), public)


def closed_with(sealed: bytes | memoryview) -> str:
    """The name of the key that opens a sealed value. Raises SealError."""
    sealed = bytes(sealed)
    if sealed[:1] != FORMAT or len(sealed) <= 1 + NAME_BYTES:
        raise SealError("This is no sealed value.")
    return sealed[1 : 1 + NAME_BYTES].hex()


def unseal(sealed: bytes | memoryview, private_keys: Iterable[str]) -> bytes:
    """What was sealed, opened with whichever of the keys fits. Raises SealError."""
    wanted = closed_with(sealed)
    for private in private_keys:
        key = PrivateKey(_key(private))
        if _name(bytes(key.public_key)).hex() == wanted:
            return _opened(bytes(sealed)[1 + NAME_BYTES :], key, wanted)
    raise SealError(f"The private key {wanted} is not here.")


def unseal_words(sealed: bytes | memoryview, private_keys: Iterable[str]) -> dict[str, Any]:
    """The named texts and lists that `seal_words()` closed. Raises SealError."""
    return dict(json.loads(unseal(sealed, private_keys)))


def _opened(box: bytes, key: PrivateKey, name: str) -> bytes:
    try:
        return SealedBox(key).decrypt(box)
    except CryptoError as error:
        raise SealError(f"A value sealed to {name} is damaged.") from error


def _name(public: bytes) -> bytes:
    return blake2b(public, digest_size=NAME_BYTES, person=b"key name").digest()


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealError("A key is 32 bytes in base 64.") from error
    if len(key) != PublicKey.SIZE:
        raise SealError("A key is 32 bytes in base 64.")
    return key


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
