"""Who vouches for a dump: an Ed25519 signature of its list of hashes."""

from __future__ import annotations

import base64
import binascii

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey


class BadKey(ValueError):
    """Raised if a text is no Ed25519 key or signature in base64."""


def new_key() -> str:
    """A fresh private key, as it is written in the setting."""
    return base64.b64encode(bytes(SigningKey.generate())).decode()


def public_key_of(key: str) -> str:
    """The public half of a private key. Raises BadKey."""
    return base64.b64encode(bytes(_signing(key).verify_key)).decode()


def signature_of(text: bytes, key: str) -> str:
    """The detached signature in base64. Raises BadKey."""
    return base64.b64encode(_signing(key).sign(text).signature).decode()


def is_signed(text: bytes, signature: str, public_key: str) -> bool:
    """Whether the holder of the key signed the text. Raises BadKey if the public key is none."""
    try:
        VerifyKey(_decoded(public_key)).verify(text, _decoded(signature))
    except BadSignatureError:
        return False
    except (ValueError, TypeError) as error:
        raise BadKey from error
    return True


def _signing(key: str) -> SigningKey:
    try:
        return SigningKey(_decoded(key))
    except (ValueError, TypeError) as error:
        raise BadKey from error


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except binascii.Error as error:
        raise BadKey from error
