"""Why a delivery failed, or no copy of a file was made, in the language of whoever reads.

Channels and whatever opens files say it in plain English, one sentence each, which is what is stored: they
know no Django, and the worker does not know who will read. Here stands each of these sentences.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

DELIVERIES = (
    _("A file is still being examined."),
    _("Everything sealed was removed from this complaint."),
    _("The last attempt never came back."),
    _("The server redirects (%(what)s); redirects are not followed."),
    _("The server wants no more deliveries (410)."),
    _("The server answered %(what)s."),
    _("The server answered, but not with a receipt."),
    _("The server answered, but not with a receipt for this delivery."),
    _("The server could not be reached (%(what)s)."),
    _("The address is no address."),
    _("The address does not begin with https://."),
    _("The address holds a name or a password."),
    _("The address leads into a private network."),
    _("To be printed and posted by staff."),
    _("The server is not the one whose key is known."),
    _("The file could not be put there (%(what)s)."),
    _("The address is not of the form sftp://user@host/folder."),
    _("The key of the server is no key."),
    _("No mail server is set: EMAIL_HOST and EMAIL_FROM."),
    _("The address is no address of e-mail."),
    _("The mail server refuses the address."),
    _("The mail server did not take it (%(what)s)."),
    _("The desk's OpenPGP key cannot be used."),
    _("The mail server sent it back (%(what)s)."),
)
FILES = (
    _("No virus scanner runs here."),
    _("Looking at the file ended the program, each time."),
    _("The virus scanner did not answer (%(what)s)."),
    _("The virus scanner did not take the file."),
    _("The file is damaged, or is not what it says."),
    _("The file is locked with a password."),
    _("The picture has too many points."),
    _("The file holds something that could do harm when it is opened."),
    _("The file needs too much memory or unpacks to too much."),
    _("Reading the file took too long."),
    _("The file broke the program that reads it."),
)
KEYS = (
    _("This is no sealed value."),
    _("The private key %(what)s is not here."),
    _("A value sealed to %(what)s is damaged."),
    _("A key is 32 bytes in base 64."),
    _("A sealed file is missing on the disk; bring it back from the backup."),
)
SENTENCES = (*DELIVERIES, *FILES, *KEYS)
END = re.compile(r"(?<=\.) (?=[A-Z])")


def told(trouble: str) -> str:
    """What is stored of a trouble, sentence by sentence, translated; what is none of ours stays as it is."""
    return " ".join(_told(sentence) for sentence in END.split(trouble))


def _told(sentence: str) -> str:
    for known, pattern in _patterns():
        found = pattern.fullmatch(sentence)
        if found:
            return gettext(known) % found.groupdict()
    return sentence


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The sentences, those without an open place first."""
    ordered = sorted(SENTENCES, key=lambda sentence: "%(what)s" in sentence)
    return [
        (one, re.compile(re.escape(one).replace(re.escape("%(what)s"), "(?P<what>.+)"))) for one in ordered
    ]
