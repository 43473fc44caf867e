"""The envelope sender of each letter by e-mail: an address of its own, by which what comes back is known.

It stands on the outside of the message only (VERP). Whoever did not get the letter cannot make it: it holds
the number of the delivery, the place in its case's log at which it left, and a keyed hash of both.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32decode, b32encode
from uuid import UUID

PLACE_BYTES, HASH_BYTES = 4, 10
LENGTH = 48  # letters of 16 + 4 + 10 bytes in base 32; with a name of 15 letters before it 64 are kept to
FOUND = re.compile(rf"\+([a-z2-7]{{{LENGTH}}})@")


def return_path(number: str, place: int, address: str, key: str) -> str:
    """The address for one sending; `address` is the mailbox for all of them, nothing where there is none."""
    name, at, host = address.rpartition("@")
    if not at:
        return ""
    said = UUID(number).bytes + place.to_bytes(PLACE_BYTES)
    token = b32encode(said + _hash(said, key)).decode().lower()
    return f"{name}+{token}@{host}"


def read_return_path(words: str, key: str) -> tuple[str, int] | None:
    """The delivery's number and the place in the log, of the first address of ours among these words."""
    for token in FOUND.findall(words.lower()):
        raw = b32decode(token.upper())
        said, given = raw[:-HASH_BYTES], raw[-HASH_BYTES:]
        if hmac.compare_digest(given, _hash(said, key)):
            return str(UUID(bytes=said[:-PLACE_BYTES])), int.from_bytes(said[-PLACE_BYTES:])
    return None


def _hash(said: bytes, key: str) -> bytes:
    return hmac.digest(key.encode(), b"return path\0" + said, "sha256")[:HASH_BYTES]
