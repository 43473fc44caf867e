"""`take()`: a letter by e-mail that came back. Forged, late and double reports change nothing."""

from __future__ import annotations

from contextlib import suppress
from enum import Enum
from pathlib import Path

from django.conf import settings

from . import delivery_reports
from .models import Dispatch, Event
from .return_paths import read_return_path

ENDED = (Event.Kind.RESENT, Event.Kind.FAILED, Event.Kind.EXHAUSTED, Event.Kind.BOUNCED)
"""After one of these another sending counts: what is said of the one before comes too late."""
MOST_AT_ONCE = 200


class Heard(Enum):
    """What a message was."""

    BOUNCED = "came back for good"
    AGAIN = "came back for now: is sent again"
    NOTHING = "of a letter of ours, and changes nothing"
    STRANGE = "no report on a letter of ours"
    LATER = "of a letter whose sending is not written down yet"


def take(raw: bytes, recipient: str = "") -> Heard:
    """Hear one message, as the mail server brought it."""
    report = delivery_reports.read(raw, recipient)
    path = read_return_path(report.addressed, settings.COMPLAINT_PEPPER) if report else None
    if report is None or path is None:
        return Heard.STRANGE
    number, place = path
    sent = Dispatch.objects.select_related("complaint").filter(number=number).first()
    if sent is None:
        return Heard.STRANGE
    if sent.leased_until is not None:
        return Heard.LATER
    later = sent.complaint.events.filter(kind__in=ENDED, number__gt=place, detail__dispatch=number)
    if not report.failed or later.exists() or not sent.mark_bounced(report.status, is_hard=report.is_hard):
        return Heard.NOTHING
    sent.refresh_from_db()
    return Heard.AGAIN if sent.state == Dispatch.State.PENDING else Heard.BOUNCED


def take_folder(folder: str) -> int:
    """Hear what lies new in a Maildir: what is understood is removed, anything else is left there as read,
    for a person. How many letters came back.
    """
    came_back, new = 0, Path(folder) / "new"
    if not folder or not new.is_dir():
        return 0
    for path in sorted(new.iterdir())[:MOST_AT_ONCE]:
        with suppress(FileNotFoundError):  # somebody else was faster
            with path.open("rb") as file:
                heard = take(file.read(delivery_reports.LARGEST))
            came_back += heard in (Heard.BOUNCED, Heard.AGAIN)
            if heard is Heard.STRANGE:
                path.rename(new.parent / "cur" / f"{path.name}:2,S")
            elif heard is not Heard.LATER:
                path.unlink()
    return came_back
