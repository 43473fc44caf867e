"""Complaints for tests; each function states only what matters."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models.functions import Now

from complaints import access, sealing
from complaints.models import Complaint, Desk, Dispatch, Opinion


def complaint(**changes: Any) -> Complaint:
    """A complaint as the database may hold it, without what filing adds."""
    given = access.access_for(access.new_nonce(), settings.COMPLAINT_PEPPER)
    values = {
        "reference": access.new_reference(),
        "nonce_digest": given.nonce_digest,
        "key_digest": given.key_digest,
        "reporter_key": given.reporter_key,
        "suspicion": "corruption",
        "level": "unknown",
        "language": "th",
        "identity": "anonymous",
        "matter": sealing.seal_words({"subject": "ถนน"}, settings.COMPLAINT_PUBLIC_KEYS[0]),
        "desk": Desk.objects.get(code="pacc"),
        "desk_reason": "ป.ป.ท.",
    }
    return Complaint.objects.create(**(values | changes))


def dispatch(**changes: Any) -> Dispatch:
    """A delivery that is due."""
    case = changes.pop("complaint", None) or complaint()
    values = {"complaint": case, "desk": case.desk, "next_attempt_at": Now()}
    return Dispatch.objects.create(**(values | changes))


def opinion(**changes: Any) -> Opinion:
    """An opinion that nobody has read."""
    given = access.access_for(access.new_nonce(), settings.COMPLAINT_PEPPER)
    values = {
        "nonce_digest": given.nonce_digest,
        "key_digest": given.key_digest,
        "reporter_key": given.reporter_key,
        "language": "th",
        "about": "/agencies/15008/",
        "snapshot": {"title": "กรมส่งเสริมการปกครองท้องถิ่น", "agency": "", "about": "/agencies/15008/"},
        "snapshot_sha256": "0" * 64,
        "words": sealing.seal_words({"text": "บริการดี"}, settings.COMPLAINT_PUBLIC_KEYS[0]),
    }
    return Opinion.objects.create(**(values | changes))


def restored_desks() -> None:
    """The shipped desks and rules again, after a test with its own transactions emptied the tables."""
    if Desk.objects.exists():
        return
    for name in (
        "0003_table_of_competence", "0007_shipped_clocks_and_holidays", "0011_shipped_screening",
        "0015_shipped_texts", "0019_shipped_offices",
    ):  # fmt: skip
        import_module(f"complaints.migrations.{name}").ship(apps, None)
