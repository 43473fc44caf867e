"""What a file of evidence told of its maker, in the language of whoever gave it.

Cleaning keeps it as `name: value`, in the words of cameras and programs: it knows no Django, and who will
read is not known then. Names that say something to a person are put into words here, days are told in the
reader's calendar; other values stay as they are.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_noop as _

from spending.fiscal import day_in_words

NAMES = {
    "Actions": _("Things it does by itself"),
    "AppVersion": _("Version of the program"),
    "Application": _("Program"),
    "Artist": _("Author"),
    "Attachments": _("Files inside it"),
    "Author": _("Author"),
    "Comment": _("Remark"),
    "Company": _("Company"),
    "Copyright": _("Whose rights"),
    "CreationDate": _("Made on"),
    "Creator": _("Made with"),
    "DateTime": _("Changed on"),
    "Description": _("Description"),
    "GPS": _("Place (GPS)"),
    "HostComputer": _("Computer"),
    "ImageDescription": _("Description"),
    "Keywords": _("Keywords"),
    "Make": _("Maker of the camera"),
    "Manager": _("Manager"),
    "ModDate": _("Changed on"),
    "Model": _("Model of the camera"),
    "Producer": _("Written by the program"),
    "Software": _("Program"),
    "Subject": _("Subject"),
    "Title": _("Name of the document"),
    "XMP": _("Further notes (XMP)"),
    "created": _("Made on"),
    "creator": _("Author"),
    "description": _("Description"),
    "keywords": _("Keywords"),
    "lastModifiedBy": _("Changed last by"),
    "lastPrinted": _("Printed on"),
    "modified": _("Changed on"),
    "subject": _("Subject"),
    "title": _("Name of the document"),
}
"""Names of the formats: EXIF, PNG, PDF, Office Open XML."""
TAKEN_OUT = re.compile(r"(?:([0-9]+) )?taken out")
MOMENTS = ("CreationDate", "DateTime", "ModDate", "created", "lastPrinted", "modified")
"""Names whose value is a moment, which each format spells in its own way."""
MOMENT = re.compile(r"(?:D:)?(\d{4})[-:]?(\d{2})[-:]?(\d{2})(?:[T ]?(\d{2}):?(\d{2}))?.*")
OF_OURS = ("Actions", "Attachments")
"""Names whose value cleaning says in words of its own."""


def told(line: str) -> str:
    """One line of it in words; a name that is not known here stays as the file has it."""
    name, colon, value = line.partition(": ")
    if not colon or name not in NAMES:
        return line
    if name in OF_OURS:
        value = _taken_out(value)
    elif name in MOMENTS:
        value = _moment(value)
    return f"{gettext(NAMES[name])}: {value}"


def _moment(value: str) -> str:
    """A day in words, with its time of day as the file has it; what is none stays."""
    found = MOMENT.fullmatch(value)
    if found:
        with suppress(ValueError):  # no such day
            day = date(*(int(part) for part in found.groups()[:3]))
            time = f" {found[4]}:{found[5]}" if found[4] else ""
            return day_in_words(day, get_language() or "th") + time
    return value


def _taken_out(value: str) -> str:
    found = TAKEN_OUT.fullmatch(value)
    if not found:
        return value
    if found[1] is None:
        return gettext("taken out")
    return ngettext("%(files)s file taken out", "%(files)s files taken out", int(found[1])) % {
        "files": found[1]
    }
