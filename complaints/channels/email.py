"""A letter by e-mail: encrypted to the desk's OpenPGP key, or else only a notice that something lies ready.

Subject and clear text name the delivery and nothing of the case. The id of the message is made from the
number of the delivery, so whoever gets it twice can see that it is one.
"""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP, Policy
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage as DjangoMessage
from pysequoia import Cert, encrypt

from ..letters import Letter
from .base import DeliveryError, Means, Receipt

ADDRESS = re.compile(r"[^\s@<>,;\"']+@[^\s@<>,;\"']+")
LARGEST = 15 * 1024 * 1024  # bytes of a dossier; many servers refuse a larger message


class Email:
    """Delivered when the mail server takes the encrypted letter; a notice only lays it ready."""

    def send(self, letter: Letter, means: Means) -> Receipt:
        """Write to the desk. Raises DeliveryError."""
        dossier = means.dossier(letter) if letter.openpgp_key else b""
        if not dossier or len(dossier) > LARGEST:
            return notify(letter, means)
        post(letter, means, encrypted(letter, dossier))
        return Receipt(f"{message_id(letter)} encrypted")


def notify(letter: Letter, means: Means) -> Receipt:
    """Tell the desk that something lies ready for it. Raises DeliveryError."""
    text = Travelling(policy=SMTP)
    text.set_content(NOTICE.format(number=letter.number, portal=means.portal or "-"))
    post(letter, means, text)
    return Receipt(f"{message_id(letter)} notice", has_arrived=False)


NOTICE = """\
มีเรื่องร้องเรียนเลขที่การส่ง {number} รอให้หน่วยงานของท่านรับ
ผู้ประสานงานของหน่วยงานเข้าสู่ระบบเพื่อดาวน์โหลดและลงรับได้ที่ {portal}

Delivery {number} lies ready for your office.
Your liaison signs in, downloads it and enters your register number at {portal}
"""


def post(letter: Letter, means: Means, content: EmailMessage) -> None:
    """Give a message to the mail server. Raises DeliveryError; the address is not named in it."""
    if not means.sender:
        raise DeliveryError("No mail server is set: EMAIL_HOST and EMAIL_FROM.", permanent=True)
    if not ADDRESS.fullmatch(letter.address):
        raise DeliveryError("The address is no address of e-mail.", permanent=True)
    message = Prepared(content, letter, means)
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        raise DeliveryError("The mail server refuses the address.", permanent=True) from error
    except (SMTPException, OSError) as error:
        raise DeliveryError(f"The mail server did not take it ({type(error).__name__}).") from error


class Travelling(EmailMessage):
    """A message as the framework's way to a mail server wants it: it names the end of a line."""

    def as_bytes(
        self, unixfrom: bool = False, policy: Policy[Any] | None = None, linesep: str = "\r\n"
    ) -> bytes:
        """Byte for byte what travels; its lines end as mail servers want them, whatever `linesep` says."""
        return super().as_bytes(unixfrom, policy or SMTP)


class Prepared(DjangoMessage):
    """A message whose parts are made already; the framework only brings it to the server."""

    def __init__(self, content: EmailMessage, letter: Letter, means: Means) -> None:
        content["Subject"] = f"Delivery {letter.number}"
        content["From"], content["To"] = means.sender, letter.address
        content["Message-ID"] = message_id(letter)
        content["Auto-Submitted"] = "auto-generated"
        envelope = means.return_path or means.sender  # on the outside; the letter itself names the sender
        super().__init__(content["Subject"], "", envelope, [letter.address])
        self.content = content

    def message(self, *, policy: Any = None) -> Any:
        """What travels."""
        return self.content


def encrypted(letter: Letter, dossier: bytes) -> EmailMessage:
    """The dossier in a message that the desk's key alone opens (RFC 3156). Raises DeliveryError."""
    inner = EmailMessage(policy=SMTP)
    inner.set_content(f"{letter.desk_name}\n\nDelivery {letter.number}, version {letter.version}\n")
    inner.add_attachment(dossier, "application", "zip", filename=f"{letter.number}.zip")
    try:
        closed = encrypt(bytes(inner), [Cert.from_bytes(letter.openpgp_key.encode())])
    except (RuntimeError, ValueError) as error:
        raise DeliveryError("The desk's OpenPGP key cannot be used.", permanent=True) from error
    outer: EmailMessage = Travelling(policy=SMTP)
    outer["Content-Type"] = 'multipart/encrypted; protocol="application/pgp-encrypted"'
    outer.attach(part("application", "pgp-encrypted", b"Version: 1\r\n", "version.txt"))
    outer.attach(part("application", "octet-stream", bytes(closed), "encrypted.asc"))
    return outer


def part(maintype: str, subtype: str, content: bytes, name: str) -> EmailMessage:
    """One of the two parts of an encrypted message."""
    made = EmailMessage(policy=SMTP)
    made.set_content(content, maintype, subtype, cte="7bit", filename=name)
    return made


def message_id(letter: Letter) -> str:
    """The same for each attempt at one delivery."""
    return f"<{letter.number}@delivery.invalid>"
