"""What the tests of following share: letters switched on, a mail server on loopback, a small edition."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from complaints import sealing
from tests.factories import allocation, head, loaded

ADDRESS = "Somchai.Jaidee@example.org"


@pytest.fixture(autouse=True)
def keys(settings: Any) -> None:
    """Keys of their own, and letters switched on."""
    private = sealing.new_private_key()
    settings.FOLLOWING_PRIVATE_KEYS = [private]
    settings.FOLLOWING_PUBLIC_KEY = sealing.public_key_of(private)
    settings.FOLLOWING_PEPPER = "pepper"
    settings.FOLLOWING_BY_MAIL = True
    settings.PUBLIC_URL = "https://example.org"
    settings.DEFAULT_FROM_EMAIL = "site@example.org"


@pytest.fixture
def book(db: None, tmp_path: Path) -> None:
    """One volume with two lines of the department of local administration."""
    loaded(head(), allocation(1, "100.00"), allocation(2, "50.00"), folder=tmp_path)


@dataclass
class Sink:
    """A mail server that keeps what it gets, or answers as it is told."""

    received: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answer_to_recipient: str = "250 OK"
    answer_to_letter: str = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer_to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer_to_letter.startswith("250"):
            letter = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.received.append((envelope.rcpt_tos[0], letter))
        return self.answer_to_letter

    def letter(self) -> EmailMessage:
        """The only letter there is."""
        assert len(self.received) == 1
        return self.received[0][1]


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A real mail server on loopback, set as the site's own."""
    kept = Sink()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    try:
        yield kept
    finally:
        server.stop()
