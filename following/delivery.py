"""Bringing letters: claimed by one worker, opened and written there, recorded. No transaction is open while a
letter is sent.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import override

from . import letters
from .keys import SealError, opened
from .letters import News
from .models import Subscriber, Subscription
from .subjects import NoSubject, TooSlow, subject_of
from .subscribing import forget_idle

AT_ONCE = 500  # letters of one kind that a sweep starts
SETTLED = timedelta(minutes=15)  # so long ago an edition was published that none before it can still appear
TOLD = 10  # editions told of one subject in a letter
logger = logging.getLogger(__name__)


class LetterError(Exception):
    """Raised if a letter could not be brought; `permanent` if the address is refused for good. Says nothing
    of the address.
    """

    def __init__(self, *, permanent: bool) -> None:
        super().__init__("refused" if permanent else "not taken")
        self.permanent = permanent


def due() -> tuple[Sequence[int], Sequence[int]]:
    """What is due: the requests to confirm, and the subscribers to write to."""
    if not settings.FOLLOWING_BY_MAIL:
        return [], []
    waiting = Subscription.objects.waiting().order_by("next_at").values_list("pk", flat=True)
    subscribers = Subscriber.objects.due().order_by("next_at").values_list("pk", flat=True)
    return list(waiting[:AT_ONCE]), list(subscribers[:AT_ONCE])


def ask_to_confirm(subscription_pk: int) -> bool | None:
    """Attempt the letter that asks to confirm. True if it went; None if there was nothing to attempt."""
    one = Subscription.objects.select_related("subscriber").filter(pk=subscription_pk).first()
    if one is None or not one.claim():
        return None
    try:
        known, token = opened(one.subscriber.sealed), opened(one.sealed_token)["token"]
        subject = subject_of(one.kind, one.key)
        letter = letters.request_to_confirm(known["address"], subject, one.language, token, known["stop"])
        send(letter)
    except NoSubject:
        return _forget(one)
    except SealError:
        logger.warning("A letter cannot be written: FOLLOWING_PRIVATE_KEYS lacks the key of an address.")
        one.mark_failed()
        return False
    except LetterError as error:
        if error.permanent:
            return _forget(one)
        one.mark_failed()
        return False
    one.mark_sent()
    return True


def _forget(one: Subscription) -> bool:
    """Nothing is kept of a wish that cannot be confirmed."""
    Subscription.objects.filter(pk=one.pk, confirmed_at__isnull=True).delete()
    forget_idle()
    return False


def write_to(subscriber_pk: int) -> bool | None:
    """Attempt today's letter. True if it went; None if there was nothing to attempt, or nothing new."""
    one = Subscriber.objects.filter(pk=subscriber_pk).first()
    if one is None or not one.claim():
        return None
    until = timezone.now() - SETTLED
    try:
        language = _language(one)
        with override(language):
            news = news_for(one, until)
        if not news:
            one.mark_written(until, sent=False)
            return None
        known = opened(one.sealed)
        number = f"{one.pk} {timezone.localdate().isoformat()}"
        send(letters.daily(known["address"], news, language, known["stop"], number))
    except SealError:
        logger.warning("A letter cannot be written: FOLLOWING_PRIVATE_KEYS lacks the key of an address.")
        one.mark_failed()
        return False
    except TooSlow:
        one.mark_failed()
        return False
    except LetterError as error:
        if error.permanent:
            one.mark_refused()
        else:
            one.mark_failed()
        return False
    one.mark_written(until, sent=True)
    return True


def news_for(subscriber: Subscriber, until: datetime) -> list[News]:
    """What changed for all that a subscriber follows, in the language at hand, without what changed nothing.
    Raises SealError or TooSlow.
    """
    news = []
    for one in subscriber.subscriptions.filter(confirmed_at__isnull=False).order_by("pk"):
        try:
            subject = subject_of(one.kind, one.key)
            entries = subject.entries(limit=TOLD + 1, since=one.told_until, until=until)
        except NoSubject:  # published no longer under this name
            continue
        if entries:
            token = opened(one.sealed_token)["token"]
            news.append(News(subject, entries[:TOLD], token, more=len(entries) > TOLD))
    return news


def _language(subscriber: Subscriber) -> str:
    """The language of what was confirmed last."""
    confirmed = subscriber.subscriptions.filter(confirmed_at__isnull=False).order_by("-confirmed_at")
    return str(confirmed.values_list("language", flat=True)[0])


def send(letter: EmailMessage) -> None:
    """Give a letter to the mail server. Raises LetterError, without the words of the server: they hold the
    address.
    """
    try:
        letter.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _said in error.recipients.values()]
        raise LetterError(permanent=all(code >= 500 for code in codes)) from None
    except UnicodeError:
        raise LetterError(permanent=True) from None
    except (SMTPException, OSError) as error:
        logger.warning("The mail server did not take a letter (%s).", type(error).__name__)
        raise LetterError(permanent=False) from None
