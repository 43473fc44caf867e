"""What Django itself says to staff is Thai on Thai pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import django
import pytest
from babel.messages.pofile import read_po
from django.test import RequestFactory
from django.utils import translation

from config.staff_site import ScriptSentences

ROOT = Path(django.__file__).parent / "contrib"
NEVER_SHOWN = {
    # the admin's own pages of errors, menu and forgotten passwords: ours has others, or none
    "We’re sorry, but the requested page could not be found.",
    "There’s been an error. It’s been reported to the site administrators via email and should be fixed"
    " shortly. Thanks for your patience.",
    "Something’s wrong with your database installation. Make sure the appropriate database tables have been"
    " created, and make sure the database is readable by the appropriate user.",
    "Toggle navigation", "Sidebar", "Start typing to filter…", "Filter navigation items",
    "Forgotten your login credentials?",
    "We’ve emailed you instructions for setting your password, if an account exists with the email you"
    " entered. You should receive them shortly.",
    "If you don’t receive an email, please make sure you’ve entered the address you registered with, and"
    " check your spam folder.",
    "In case you’ve forgotten, you are:",
    "Forgotten your password? Enter your email address below, and we’ll email instructions for setting a new"
    " one.",
    "Password reset sent",
    "Enter a valid username. This value may contain only unaccented lowercase a-z and uppercase A-Z letters,"
    " numbers, and @/./+/-/_ characters.",
    # names of rows that nobody is shown
    "content type", "object repr", "action flag", "log entry", "log entries", "%(class_name)s %(instance)s",
}  # fmt: skip


def untranslated(room: str) -> list[str]:
    """The sentences of one of Django's rooms that stay English on a Thai page."""
    path = ROOT / room / "locale" / "en" / "LC_MESSAGES" / "django.po"
    found = []
    with translation.override("th"), path.open("rb") as file:
        for message in read_po(file):
            if not message.id:
                continue
            one, many = (message.id, "") if isinstance(message.id, str) else message.id
            context = message.context
            if many:
                said = (
                    translation.npgettext(context, one, many, 2)
                    if context
                    else translation.ngettext(one, many, 2)
                )
            else:
                said = translation.pgettext(context, one) if context else translation.gettext(one)
            if said in (one, many):
                found.append(one)
    return found


@pytest.mark.parametrize("room", ["admin", "auth"])
def test_sentences_of_the_workbench_are_thai(room: str) -> None:
    assert [one for one in untranslated(room) if one not in NEVER_SHOWN] == []


@pytest.mark.parametrize(("language", "is_thai"), [("th", True), ("en", False)])
def test_sentences_of_its_scripts_are_in_the_language_of_the_page(language: str, is_thai: bool) -> None:
    with translation.override(language):
        answer: Any = ScriptSentences.as_view()(RequestFactory().get("/admin/jsi18n/"))

    assert (json.dumps("เลือกแล้ว %(sel)s จาก %(cnt)s") in answer.content.decode()) == is_thai
