"""The keys of those who follow by e-mail, on a machine nobody has given any: made once, kept for their owner
alone.
"""

from pathlib import Path

from complaints import access, sealing

from . import secret

PUBLIC, PRIVATE, PEPPER = "following-public-key", "following-private-key", "following-pepper"


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
    """The pepper of addresses and of the keys in links."""
    return secret.kept_in(folder, PEPPER, access.new_nonce)
