"""The other side of each channel, real enough to deliver to: what it got, and how it is told to fail."""

from __future__ import annotations

import asyncio
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncssh
from django.core import mail
from pysequoia import Tsk, decrypt

from complaints import signatures, stand_in
from complaints.channels import CHANNELS
from complaints.channels.base import Channel, Means
from complaints.channels.sftp import Sftp, client_key
from complaints.dossier import dossier
from complaints.letters import Enclosure, Letter
from complaints.sheets import Line, Sheet, SignedSheet
from complaints.stand_in import Agency

SIGNING = signatures.new_signing_key()
SECRETS = ("ลาดยาง", "สมหญิง", "สมชาย", "0812345678")
REMARK = "นายสมชาย ใจดี รับผิดชอบสัญญานี้"
SHEET = Sheet(
    lines=[Line("graft", "competence", "เป็นการทุจริตในภาครัฐ", "yes", REMARK, "มาตรา 17", "law")],
    decision="accept_18_4", decision_name="รับตามมาตรา 18/4", reason="มีพยานเอกสาร",
    suggested_desk="pacc", suggested_because="เจ้าหน้าที่ของรัฐ",
)  # fmt: skip
SIGNED = SignedSheet(2, "2026-11-21T05:00:00+00:00", SHEET)


def letter(**changes: Any) -> Letter:
    """A letter of a citizen who chose to be named, with one file and a signed screening sheet."""
    values: dict[str, Any] = {
        "number": str(uuid4()),
        "reference": "123456782",
        "version": 1,
        "desk": "pacc",
        "desk_name": "สำนักงาน ป.ป.ท.",
        "address": "desk@agency.example",
        "received_at": "2026-11-21T04:00:00+00:00",
        "language": "th",
        "identity": "named",
        "suspicion": "corruption",
        "level": "unknown",
        "matter": {"subject": "ถนนลาดยางไม่ครบ", "detail": "วัดได้ 800 เมตร"},
        "accused": [{"name": "นายสมชาย ใจดี"}],
        "reporter": {"first_name": "สมหญิง", "phone": "0812345678"},
        "enclosures": [Enclosure(1, "jpg", 9, "a" * 64, "clean", "b" * 64, b"cleaned copy")],
        "screening": SIGNED,
    }
    return Letter(**(values | changes))


@dataclass
class World:
    """One channel with its other side."""

    channel: Channel
    means: Means
    fit: dict[str, Any] = field(default_factory=dict)
    """What a letter for it must have: address and keys."""
    effects: Callable[[], dict[str, int]] = dict
    """What has an effect there: numbers of deliveries, with how often each is registered."""
    seen: Callable[[], bytes] = bytes
    """Everything a stranger on the way sees."""
    got: Callable[[], dict[str, Any]] = dict
    """The letter as the desk itself reads it; nothing where it is picked up here."""
    break_down: Callable[[], Any] = lambda: None

    def letter(self) -> Letter:
        """A fresh letter for this desk."""
        return letter(**self.fit)


@contextmanager
def webhook(folder: Path) -> Iterator[World]:
    """The stand-in agency."""
    agency = Agency(signatures.verify_key_of(SIGNING), late_seconds=0.2)
    with stand_in.serve(agency) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        world = World(CHANNELS["webhook"], Means(SIGNING, stand_in=address), {"address": address})
        world.effects = lambda: dict.fromkeys(agency.received, 1)
        world.got = lambda: next(iter(agency.received.values()))
        world.break_down = lambda: agency.behaviour.update(error=1.0)
        yield world
        server.shutdown()


@contextmanager
def email(folder: Path) -> Iterator[World]:
    """A desk with an OpenPGP key; its mail arrives in a list."""
    desk = Tsk.generate("desk@agency.example")
    means = Means(SIGNING, sender="site@spending.example", portal="https://staff.example/", dossier=dossier)
    fit = {"openpgp_key": str(desk.extract_certificate())}
    world = World(CHANNELS["email"], means, fit, effects=lambda: by_number(desk), seen=all_mail)
    world.got = lambda: of_dossier(attached(desk))

    def fall_silent() -> None:
        world.means = replace(world.means, dossier=lambda letter: _raise(OSError()))

    world.break_down = fall_silent
    yield world


@contextmanager
def notice(folder: Path) -> Iterator[World]:
    """A desk without a key: it hears that something lies ready, and no more."""
    means = Means(SIGNING, sender="site@spending.example", portal="https://staff.example/", dossier=dossier)
    world = World(CHANNELS["email"], means, {}, effects=lambda: dict.fromkeys(subjects(), 1), seen=all_mail)
    yield world


@contextmanager
def pickup(folder: Path) -> Iterator[World]:
    """A desk whose liaison comes by."""
    means = Means(SIGNING, sender="site@spending.example", portal="https://staff.example/", dossier=dossier)
    effects = lambda: dict.fromkeys(subjects(), 1)  # noqa: E731
    yield World(CHANNELS["pickup"], means, {}, effects=effects, seen=all_mail)


@contextmanager
def sftp(folder: Path) -> Iterator[World]:
    """A real SFTP server that lets our key in."""
    host_key = asyncssh.generate_private_key("ssh-ed25519")
    loop, ready, ports = asyncio.new_event_loop(), threading.Event(), []
    root = folder / str(uuid4())
    root.mkdir()

    async def serve() -> asyncssh.SSHAcceptor:
        keys = asyncssh.import_authorized_keys(client_key(SIGNING).export_public_key().decode())
        return await asyncssh.listen(
            "127.0.0.1", 0, server_host_keys=[host_key], authorized_client_keys=keys, sftp_factory=_in(root)
        )

    acceptor = loop.run_until_complete(serve())
    ports.append(acceptor.sockets[0].getsockname()[1])
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    ready.set()
    fit = {
        "address": f"sftp://us@localhost:{ports[0]}/in",
        "host_key": f"localhost {host_key.export_public_key().decode()}",
    }
    channel = Sftp(lambda host, port: ["127.0.0.1"], private=True)
    world = World(channel, Means(SIGNING, dossier=dossier), fit)
    world.effects = lambda: {path.stem: 1 for path in (root / "in").glob("*.zip")}
    world.got = lambda: of_dossier(next((root / "in").glob("*.zip")).read_bytes())
    world.break_down = lambda: loop.call_soon_threadsafe(acceptor.close)
    yield world
    asyncio.run_coroutine_threadsafe(_end(acceptor), loop).result(5)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


async def _end(acceptor: asyncssh.SSHAcceptor) -> None:
    """Close the server and let its connections end."""
    acceptor.close()
    await acceptor.wait_closed()
    while len(asyncio.all_tasks()) > 1:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)  # closing transports let go of their sockets in the next rounds of the loop


def _in(root: Path) -> Callable[[Any], asyncssh.SFTPServer]:
    return lambda channel: asyncssh.SFTPServer(channel, chroot=str(root).encode())


def _raise(error: Exception) -> Any:
    raise error


def all_mail() -> bytes:
    """Everything that travelled, as it travelled."""
    return b"\n".join(bytes(message.message()) for message in mail.outbox)


def subjects() -> list[str]:
    """The numbers of the deliveries that were written of."""
    return [str(message.subject).removeprefix("Delivery ") for message in mail.outbox]


def by_number(desk: Tsk) -> dict[str, int]:
    """What the desk can open, by the id of the message."""
    found: dict[str, int] = {}
    for message in mail.outbox:
        found[str(message.subject).removeprefix("Delivery ")] = (
            1 if b".zip" in opened_by(desk, message) else 0
        )
    return found


def opened_by(desk: Tsk, message: Any) -> bytes:
    """A message as the desk's key opens it."""
    parts = list(message.message().iter_parts())
    opened = decrypt(parts[1].get_payload(decode=True), decryptor=desk.decryptor()).bytes
    assert opened is not None
    return bytes(opened)


def attached(desk: Tsk) -> bytes:
    """The ZIP in the one message that came."""
    (message,) = mail.outbox
    files = message_from_bytes(opened_by(desk, message)).walk()
    zipped = next(part.get_payload(decode=True) for part in files if part.get_filename())
    assert isinstance(zipped, bytes)
    return zipped


def of_dossier(zipped: bytes) -> dict[str, Any]:
    """The letter in a dossier, whose sheet lies beside it as a PDF."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        read: dict[str, Any] = json.loads(archive.read("letter.json"))["data"]
        assert archive.read("screening.pdf").startswith(b"%PDF-")
    return read


WORLDS: dict[str, Callable[[Path], Any]] = {
    "webhook": webhook,
    "email": email,
    "notice": notice,
    "pickup": pickup,
    "sftp": sftp,
}
"""The channels that a machine serves; `notice` is e-mail to a desk without a key."""
