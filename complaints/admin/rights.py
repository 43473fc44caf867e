"""Rights by role, and the few shapes that pages of staff are made of."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.contrib import admin
from django.db.models import Field, Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spending.fiscal import day_in_words

from .. import roles
from ..models import Desk
from ..models.events import REPORTER, SYSTEM

SHORT_NAME = re.compile(r"\(([^()]+)\)$")
ACTORS = {SYSTEM: _("the system"), REPORTER: _("the citizen")}
"""Who did something, where it was no member of staff and no body."""


class RoleAdmin(admin.ModelAdmin):
    """Rights by role, not by the permissions of the framework: a superuser alone sees nothing here."""

    may_see = roles.MAY_SEE_CASES
    may_change: frozenset[str] = frozenset()
    may_add: frozenset[str] = frozenset()
    may_delete: frozenset[str] = frozenset()
    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return roles.has(request.user, self.may_see)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.has(request.user, self.may_see)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.has(request.user, self.may_change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return roles.has(request.user, self.may_add)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.has(request.user, self.may_delete)


def day_of(at: date) -> str:
    """The day of a moment, or a day, in the reader's language and calendar."""
    day = timezone.localdate(at) if isinstance(at, datetime) else at
    return day_in_words(day, get_language() or "th", short=True)


def said_moment(at: datetime | None) -> str:
    """A day and a time of day in the reader's language and calendar."""
    return f"{day_of(at)} {timezone.localtime(at):%H:%M}" if at else "–"


def moment(model: type[Model], name: str) -> Any:  # the types of Django know columns by name alone
    """A column, or a line of a page, that tells the moment in this field."""

    @admin.display(description=_label(model, name), ordering=name)
    def shown(row: Any) -> str:
        return said_moment(getattr(row, name))

    shown.__name__ = name
    return shown


def person(model: type[Model], name: str) -> Any:
    """A column, or a line of a page, that names the account in this field; without a way to accounts."""

    @admin.display(description=_label(model, name), ordering=name)
    def shown(row: Any) -> str:
        account = getattr(row, name)
        return str(account.get_username()) if account else "–"

    shown.__name__ = name
    return shown


def _label(model: type[Model], name: str) -> Any:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field.verbose_name


def short_name(desk: Desk) -> str:
    """A body by the name in brackets behind its own, where it has one: lists have little room."""
    short = SHORT_NAME.search(desk.spoken_name)
    return short[1] if short else desk.spoken_name


def actor(name: str) -> str:
    """Who did something, as it stands in the log: accounts and codes of bodies as they are."""
    return str(ACTORS.get(name, name))


def table(rows: Any) -> SafeString | str:
    """Names and values one under the other, each of several values on a line; every word is escaped."""
    if not rows:
        return "–"
    lines = format_html_join(
        "", "<dt>{}</dt><dd>{}</dd>", ((name, _lines(value)) for name, value in rows.items())
    )
    return format_html('<dl class="facts">{}</dl>', lines)


def _lines(value: Any) -> SafeString | str:
    if isinstance(value, (list, tuple)):
        return format_html_join("", "<div>{}</div>", ((words(part),) for part in value))
    return words(value)


def words(value: Any) -> str:
    """A value, or a list of them, as text."""
    if isinstance(value, dict):
        return " · ".join(f"{name}: {words(part)}" for name, part in value.items())
    if isinstance(value, (list, tuple)):
        return " | ".join(words(part) for part in value)
    return str(value)
