"""What pages know of a subject that can be followed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from .subjects import Subject


def followed(subject: Subject) -> dict[str, Any]:
    """The subject, its feeds, and whether letters can be asked for; `mail_folder` is where they
    go on trial.
    """
    return {
        "subject": subject,
        "atom": subject.feed("atom"),
        "json": subject.feed("json"),
        "by_mail": settings.FOLLOWING_BY_MAIL,
        "mail_folder": mail_folder(),
    }


def mail_folder() -> str:
    """Where letters become files on trial, as seen from the site's own folder; "" where mail is sent."""
    folder = Path(settings.MAIL_FOLDER)
    if not settings.MAIL_FOLDER or not folder.is_relative_to(settings.BASE_DIR):
        return settings.MAIL_FOLDER
    return str(folder.relative_to(settings.BASE_DIR))
