"""The two words a citizen takes home: a reference number that may be spoken, an access key that must not.

The key is computed from the form's one-time number, so the same form sent twice shows the same receipt.
"""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import b64encode
from dataclasses import dataclass
from hashlib import blake2b

from .sealing import public_key_of

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are read as something else."""
KEY_LETTERS = 26  # of five bits each: 130 bits
GROUP = 4
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
NONCE_BYTES = 16
REFERENCE_DIGITS = 9  # the last one checks the others


@dataclass(frozen=True, slots=True)
class Access:
    """What one form number becomes: the key for the citizen, and what the database may hold of it."""

    key: str
    """26 letters and digits; shown once, stored nowhere."""
    key_digest: str
    nonce_digest: str
    reporter_key: str
    """Public half of the pair that only the access key opens."""


def new_nonce() -> str:
    """A form's one-time number: 128 random bits."""
    return secrets.token_hex(NONCE_BYTES)


def is_nonce(text: str) -> bool:
    """Whether a text is a form's one-time number: 32 hexadecimal digits."""
    return re.fullmatch(r"[0-9a-f]{32}", text) is not None


def access_for(nonce: str, pepper: str) -> Access:
    """The access that belongs to a form's one-time number."""
    bits = int.from_bytes(_keyed("access key", nonce, pepper)) >> (256 - 5 * KEY_LETTERS)
    key = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(KEY_LETTERS)))
    return Access(
        key=key,
        key_digest=key_digest(key, pepper),
        nonce_digest=_keyed("form number", nonce, pepper).hex(),
        reporter_key=public_key_of(reporter_private_key(key)),
    )


def key_digest(key: str, pepper: str) -> str:
    """What the database keeps of an access key."""
    return _keyed("digest", key, pepper).hex()


def reporter_private_key(key: str) -> str:
    """The private key that opens what is sealed to the reporter: there only while they present the key."""
    return b64encode(blake2b(key.encode(), digest_size=32, person=b"reporter pair").digest()).decode()


def grouped(key: str) -> str:
    """The key as people copy it: groups of four."""
    return "-".join(key[start : start + GROUP] for start in range(0, len(key), GROUP))


def read_key(text: str) -> str:
    """The access key in what somebody typed; empty if it is none. Case, spaces and dashes do not matter."""
    letters = re.sub("[\\s\\-‐‑–—\u00ad\u200b-\u200d\u2060\ufeff]", "", text).upper().translate(MISREAD)
    is_key = len(letters) == KEY_LETTERS and set(letters) <= set(ALPHABET)
    return letters if is_key else ""


def new_reference() -> str:
    """A reference number: eight random digits and one that checks them."""
    digits = "".join(str(secrets.randbelow(10)) for _ in range(REFERENCE_DIGITS - 1))
    return digits + str(_check_digit(digits))


def is_reference(text: str) -> bool:
    """Whether nine digits check out: one wrong digit, or two neighbours swapped, is noticed."""
    return re.fullmatch(r"[0-9]{9}", text) is not None and _check_digit(text) == 0


DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2), (7, 0, 9, 2, 1, 5, 4, 8, 6, 3), (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6), (6, 1, 2, 3, 0, 4, 5, 9, 7, 8), (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4), (8, 9, 4, 5, 3, 6, 2, 0, 1, 7), (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)  # fmt: skip
"""Damm's table (2004): finds every wrong digit and every swap of neighbours."""


def _check_digit(digits: str) -> int:
    carried = 0
    for digit in digits:
        carried = DAMM[carried][int(digit)]
    return carried


def _keyed(purpose: str, text: str, pepper: str) -> bytes:
    return hmac.digest(pepper.encode(), f"{purpose}\0{text}".encode(), "sha256")
