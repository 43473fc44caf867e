"""A dossier put on the body's own server for files. The server is known by its key alone.

The file is written under a working name, flushed, and renamed; its sum is written last. So whoever collects
the files never sees half of one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b, sha256
from urllib.parse import unquote, urlsplit

import asyncssh
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ..letters import Letter
from ..signatures import seed_of
from .base import TIMEOUT, DeliveryError, Means, Receipt
from .egress import addresses_of, is_public

Lookup = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where on which server, and as whom."""

    host: str
    port: int
    user: str
    folder: str


class Sftp:
    """Delivered when the file and its sum stand on the server under their final names."""

    def __init__(self, lookup: Lookup = addresses_of, *, private: bool = False) -> None:
        self.lookup, self.private = lookup, private

    def send(self, letter: Letter, means: Means) -> Receipt:
        """Put the dossier there. Raises DeliveryError."""
        place, dossier = place_of(letter.address), means.dossier(letter)
        try:
            addresses = self.lookup(place.host, place.port)
            if not self.private and not all(map(is_public, addresses)):
                raise DeliveryError("The address leads into a private network.", permanent=True)
            asyncio.run(asyncio.wait_for(_put(place, addresses[0], letter, means, dossier), TIMEOUT * 2))
        except asyncssh.HostKeyNotVerifiable as error:
            raise DeliveryError("The server is not the one whose key is known.", permanent=True) from error
        except (OSError, asyncssh.Error, TimeoutError) as error:
            raise DeliveryError(f"The file could not be put there ({type(error).__name__}).") from error
        return Receipt(f"{letter.number}.zip sha256:{sha256(dossier).hexdigest()}")


def place_of(address: str) -> Place:
    """The parts of `sftp://user@host:port/folder`. Raises DeliveryError."""
    try:
        url = urlsplit(address)
        port = url.port or 22
    except ValueError as error:
        raise DeliveryError("The address is no address.", permanent=True) from error
    if url.scheme != "sftp" or not url.hostname or not url.username or url.password:
        raise DeliveryError("The address is not of the form sftp://user@host/folder.", permanent=True)
    return Place(url.hostname, port, unquote(url.username), unquote(url.path).strip("/") or ".")


def client_key(signing: str) -> asyncssh.SSHKey:
    """The key by which the server knows us: made from our signing key, and another one than it."""
    seed = blake2b(seed_of(signing), digest_size=32, person=b"sftp client").digest()
    return asyncssh.import_private_key(_openssh(seed))


def public_line(signing: str) -> str:
    """Our public key, as the agency puts it into `authorized_keys`."""
    return client_key(signing).export_public_key().decode().strip()


def _openssh(seed: bytes) -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


def _known(letter: Letter) -> tuple[list[asyncssh.SSHKey], list[asyncssh.SSHKey], list[asyncssh.SSHKey]]:
    lines = [line for line in letter.host_key.splitlines() if line.strip() and not line.startswith("#")]
    try:
        keys = [asyncssh.import_public_key(" ".join(_key_part(line))) for line in lines]
    except (asyncssh.KeyImportError, ValueError) as error:
        raise DeliveryError("The key of the server is no key.", permanent=True) from error
    return keys, [], []


def _key_part(line: str) -> list[str]:
    """The kind and the key of a line of `ssh-keyscan`, with or without the host before them."""
    words = line.split()
    return words[:2] if words[0].startswith(("ssh-", "ecdsa-")) else words[1:3]


async def _put(place: Place, address: str, letter: Letter, means: Means, dossier: bytes) -> None:
    connection = asyncssh.connect(
        address,
        place.port,
        username=place.user,
        known_hosts=_known(letter),
        client_keys=[client_key(means.signing_key)],
        agent_path=None,
        config=None,
        connect_timeout=TIMEOUT,
    )
    async with connection as ssh, ssh.start_sftp_client() as sftp:
        await sftp.makedirs(place.folder, exist_ok=True)
        name = f"{place.folder}/{letter.number}.zip"
        await _write(sftp, name, dossier)
        await _write(sftp, f"{name}.sha256", f"{sha256(dossier).hexdigest()}  {letter.number}.zip\n".encode())


async def _write(sftp: asyncssh.SFTPClient, name: str, content: bytes) -> None:
    """Write the whole file under a working name, then give it its own."""
    async with sftp.open(f"{name}.part", "wb") as file:
        await file.write(content)
        with suppress(asyncssh.SFTPOpUnsupported):  # an extension that not every server has
            await file.fsync()
    if await sftp.exists(name):
        await sftp.remove(name)
    await sftp.rename(f"{name}.part", name)
