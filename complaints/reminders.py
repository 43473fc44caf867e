"""Mail to staff: how many cases wait and what soon is removed. Numbers only, nothing of any case."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from . import queues, retention, roles
from .models import Complaint

logger = logging.getLogger(__name__)


def send() -> int:
    """One mail to each member of staff with an address for whom something waits. How many mails.

    An address that cannot be written to keeps nobody else's mail back.
    """
    if not settings.EMAIL_HOST:
        return 0
    with override(settings.LANGUAGE_CODE):
        letters = [(user, text) for user in _staff() if (text := text_for(user))]
        return sum(_was_sent(text, user) for user, text in letters)


def _was_sent(text: str, user: User) -> bool:
    try:
        send_mail(_("What is waiting"), text, settings.DEFAULT_FROM_EMAIL, [user.email])
    except (SMTPException, OSError, ValueError) as error:  # refused, no server, or no address at all
        logger.warning("A reminder to %r was not sent (%s).", user.get_username(), type(error).__name__)
        return False
    return True


def text_for(user: Any) -> str:
    """What stands in the mail to a member of staff; empty if nothing waits."""
    return "\n".join(_lines(user))


def _lines(user: Any) -> Iterator[str]:
    cases = Complaint.objects.open().open_to(user)
    mine = cases if roles.has(user, roles.MAY_HOLD) else cases.filter(assigned_to=user)
    now = timezone.now()
    late = mine.filter(due_at__lt=now).count()
    soon = mine.filter(Q(due_at__gte=now) & Q(due_at__lt=now + queues.SOON)).count()
    if late:
        yield _("Overdue: %(cases)s") % {"cases": late}
    if soon:
        yield _("Due in three days: %(cases)s") % {"cases": soon}
    planned = mine.filter(next_action_on__lte=timezone.localdate()).count()
    if planned:
        yield _("Next action due: %(cases)s") % {"cases": planned}
    stuck = mine.filter(dispatches__state__in=queues.STUCK).distinct().count()
    if stuck:
        yield _("Not delivered: %(cases)s") % {"cases": stuck}
    if roles.has(user, roles.MAY_HOLD):
        for days, removed in retention.soon_removed().items():
            if removed:
                yield _("Removed in %(days)s days unless held: %(cases)s") % {"days": days, "cases": removed}


def _staff() -> Any:
    people = User.objects.filter(is_active=True, is_staff=True, groups__name__in=roles.MAY_SEE_CASES)
    return people.exclude(email="").distinct()
