"""The letters to those who follow: a request to confirm, and what changed since the last one.

Plain words and simple HTML, no picture and nothing that is loaded. What somebody typed stands in no letter
that was not confirmed, so that nobody can send words of their own through us.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from .entries import Entry
from .feeds import entry_title
from .keys import keyed
from .models import UNCONFIRMED_FOR
from .subjects import Kind, Subject


@dataclass(frozen=True, slots=True)
class News:
    """What changed for one subject; `token` is the key of the link that stops telling of it alone, `more`
    whether there is more than is told.
    """

    subject: Subject
    entries: Sequence[Entry]
    token: str
    more: bool = False


def request_to_confirm(
    address: str, subject: Subject, language: str, token: str, stop: str
) -> EmailMultiAlternatives:
    """The letter that asks whether somebody wants to follow."""
    with override(language):
        what = _("a search") if subject.kind is Kind.SEARCH else subject.name
        context = {
            "what": what,
            "confirm": link(reverse("following:one", args=[token])),
            "hours": UNCONFIRMED_FOR // timedelta(hours=1),
            "site": link(reverse("spending:home")),
        }
        return _letter(address, _("Please confirm"), "confirm", context, stop, keyed("letter", token))


def daily(
    address: str, news: Sequence[News], language: str, stop: str, number: str
) -> EmailMultiAlternatives:
    """The letter of a day: all that changed. `number` is the same for each attempt at it."""
    with override(language):
        context = {
            "news": [
                {
                    "name": one.subject.name,
                    "address": link(one.subject.address),
                    "stop": link(reverse("following:one", args=[one.token])),
                    "entries": [(entry, entry_title(entry), _address(entry)) for entry in one.entries],
                    "more": one.more,
                }
                for one in news
            ],
        }
        names = [one.subject.name for one in news]
        said = names[0] if len(names) == 1 else _("%(number)s things you follow") % {"number": len(names)}
        title = _("New: %(what)s") % {"what": said}
        return _letter(address, title, "daily", context, stop, keyed("letter", number))


def link(path: str) -> str:
    """An address of the site as letters write it."""
    return f"{settings.PUBLIC_URL}{path}"


def _address(entry: Entry) -> str:
    return link(reverse("spending:edition", args=[entry.edition.pk]))


def _letter(
    address: str, title: str, name: str, context: dict[str, Any], stop: str, number: str
) -> EmailMultiAlternatives:
    """A letter with the headers of RFC 8058, by which a mail program stops it with one click."""
    ending = link(reverse("following:stop", args=[stop]))
    given = {**context, "stop": ending, "privacy": link(reverse("spending:privacy")), "title": title}
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    headers = {
        "List-Unsubscribe": f"<{ending}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{number[:32]}@{host}>",
    }
    sender = formataddr((_("Where do my taxes go"), settings.DEFAULT_FROM_EMAIL or f"noreply@{host}"))
    text = render_to_string(f"following/mail/{name}.txt", given)
    letter = EmailMultiAlternatives(
        " ".join(strip_tags(title).split()), text, sender, [address], headers=headers
    )
    letter.attach_alternative(render_to_string(f"following/mail/{name}.html", given), "text/html")
    return letter
