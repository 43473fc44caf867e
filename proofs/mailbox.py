"""A mail server on this machine that takes everything, and keeps it as it came and as a reader sees it."""

from __future__ import annotations

import zipfile
from email import message_from_bytes
from email.message import Message
from email.policy import default
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller

from .programs import free_port


class Mailbox:
    """Keeps `N.eml`, byte for byte, and `N.txt`: its headers and parts, decoded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.senders: list[str] = []
        """Who stood on the outside of each message, to whom it would be sent back."""
        folder.mkdir()
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    def __enter__(self) -> Mailbox:
        self.controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.controller.stop()

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return str(self.controller.hostname), int(self.controller.port)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a message."""
        place = len(list(self.folder.glob("*.eml"))) + 1
        content: bytes = envelope.original_content
        self.senders.append(envelope.mail_from)
        (self.folder / f"{place}.eml").write_bytes(content)
        (self.folder / f"{place}.txt").write_bytes(decoded(message_from_bytes(content, policy=default)))
        return "250 taken"

    def messages(self) -> list[Message]:
        """What came, in order."""
        paths = sorted(self.folder.glob("*.eml"), key=lambda path: int(path.stem))
        return [message_from_bytes(path.read_bytes(), policy=default) for path in paths]

    def subjects(self) -> list[str]:
        """What stands above each of them."""
        return [str(message["Subject"]) for message in self.messages()]

    def opened(self, desk: Any) -> str:
        """What the holder of this OpenPGP key reads in the messages that are encrypted to it."""
        from pysequoia import decrypt

        texts = []
        for message in self.messages():
            for part in message.walk():
                if part.get_filename() == "encrypted.asc":
                    inner = decrypt(part.get_payload(decode=True), decryptor=desk.decryptor()).bytes
                    texts += [text_of(each) for each in message_from_bytes(inner, policy=default).walk()]
        return "".join(texts)


def decoded(message: Message) -> bytes:
    """Headers and parts as a reader would see them."""
    headers = "\n".join(f"{name}: {value}" for name, value in message.items())
    parts = [part.get_payload(decode=True) or b"" for part in message.walk() if not part.is_multipart()]
    return b"\n".join([headers.encode(), *map(bytes, parts)])


def text_of(part: Message) -> str:
    """Text of a part, of a ZIP the text of its files."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(BytesIO(content)) as box:
        return "".join(box.read(name).decode(errors="replace") for name in box.namelist())
