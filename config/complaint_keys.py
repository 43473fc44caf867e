"""The keys of the complaints on a machine nobody has given any: made once, the private ones for their owner
alone.
"""

from pathlib import Path

from complaints import access, sealing, signatures

from . import secret

PUBLIC, PRIVATE, STAND_IN = "complaint-public-key", "complaint-private-key", "stand-in-signing-key"


def public_key_in(folder: Path) -> str:
    """The public key kept in this folder; a pair is made at the first call."""
    if not (folder / PUBLIC).exists():
        private = private_key_in(folder)
        secret.kept_in(folder, PUBLIC, lambda: sealing.public_key_of(private))
    return (folder / PUBLIC).read_text(encoding="ascii")


def private_key_in(folder: Path) -> str:
    """The private key kept in this folder. Only the staff's part of the site asks for it."""
    return secret.kept_in(folder, PRIVATE, sealing.new_private_key)


def pepper_in(folder: Path) -> str:
    """The pepper of the access keys."""
    return secret.kept_in(folder, "complaint-pepper", access.new_nonce)


def signing_key_in(folder: Path) -> str:
    """The key that signs what goes to agencies."""
    return secret.kept_in(folder, "complaint-signing-key", signatures.new_signing_key)


def stand_in_signing_key_in(folder: Path) -> str:
    """The key with which the stand-in agency signs."""
    return secret.kept_in(folder, STAND_IN, signatures.new_signing_key)


def stand_in_verify_key_in(folder: Path) -> str:
    """The public half of it, by which the site knows its acknowledgements."""
    make = signatures.verify_key_of
    return secret.kept_in(folder, "stand-in-verify-key", lambda: make(stand_in_signing_key_in(folder)))
