"""Asking for letters, confirming, stopping: the three verbs of those who follow."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from .counting import may_write_to
from .keys import address_digest, new_token, sealed, token_digest
from .models import UNCONFIRMED_FOR, Subscriber, Subscription, next_morning
from .subjects import Subject


def ask(address: str, subject: Subject, language: str) -> None:
    """Keep the wish for 48 hours and have a letter ask to confirm it. Says nothing of whether the address is
    known; enough letters in a day, or a subject that is followed already, and nothing is done.
    """
    if not may_write_to(address):
        return
    with transaction.atomic():
        subscriber = _subscriber(address)
        known = subscriber.subscriptions.filter(kind=subject.kind, key=subject.key)
        if known.exists():
            waiting = known.filter(confirmed_at__isnull=True)
            waiting.update(asked_at=Now(), next_at=Now(), attempts=0, letter_sent_at=None, language=language)
        else:
            _subscribe(subscriber, subject, language)


def confirm(token: str) -> bool:
    """Begin to follow: True if the link belongs to a wish that waits, or was confirmed before."""
    now = timezone.now()
    asked = Subscription.objects.filter(token_digest=token_digest(token))
    waiting = asked.filter(confirmed_at__isnull=True, asked_at__gte=now - UNCONFIRMED_FOR)
    if not waiting.update(confirmed_at=now, told_until=now):
        return asked.filter(confirmed_at__isnull=False).exists()
    Subscriber.objects.filter(subscriptions__in=asked, written_on__isnull=True).update(
        next_at=next_morning(now)
    )
    return True


def found(token: str) -> Subscription | None:
    """The wish or subscription that a link belongs to, unless it has lapsed."""
    asked = Subscription.objects.filter(token_digest=token_digest(token)).first()
    if asked is None or asked.confirmed_at is not None:
        return asked
    return asked if asked.asked_at >= timezone.now() - UNCONFIRMED_FOR else None


@transaction.atomic
def stop_one(token: str) -> None:
    """End one subscription; with the last one the address is forgotten."""
    _locked(Subscriber.objects.filter(subscriptions__token_digest=token_digest(token)))
    Subscription.objects.filter(token_digest=token_digest(token)).delete()
    forget_idle()


@transaction.atomic
def stop_all(token: str) -> None:
    """End all letters to an address, and forget it."""
    Subscriber.objects.filter(
        pk__in=_locked(Subscriber.objects.filter(stop_digest=token_digest(token)))
    ).delete()


@transaction.atomic
def forget_lapsed() -> int:
    """Remove what nobody confirmed in 48 hours. How many wishes."""
    lapsed = Subscription.objects.lapsed()
    _locked(Subscriber.objects.filter(pk__in=lapsed.values("subscriber")))
    count: int = lapsed.delete()[0]
    forget_idle()
    return count


@transaction.atomic
def forget_idle() -> None:
    """Remove addresses that nothing is followed with."""
    idle = _locked(Subscriber.objects.filter(subscriptions__isnull=True))
    Subscriber.objects.filter(pk__in=idle, subscriptions__isnull=True).delete()


def _locked(subscribers: QuerySet[Subscriber]) -> list[int]:
    """The subscribers, held until the transaction ends, so that nothing is added to what is removed."""
    held = subscribers.order_by("pk").select_for_update(of=("self",))
    return list(held.values_list("pk", flat=True))


def _subscriber(address: str) -> Subscriber:
    stop = new_token()
    made = {
        "sealed": sealed({"address": address, "stop": stop}),
        "stop_digest": token_digest(stop),
        "next_at": timezone.now(),
    }
    digest = address_digest(address)
    subscriber = Subscriber.objects.get_or_create(address_digest=digest, defaults=made)[0]
    if _locked(Subscriber.objects.filter(pk=subscriber.pk)):
        return subscriber
    return Subscriber.objects.create(address_digest=digest, **made)  # stopped in this very moment


def _subscribe(subscriber: Subscriber, subject: Subject, language: str) -> None:
    token, now = new_token(), timezone.now()
    Subscription.objects.create(
        subscriber=subscriber,
        kind=subject.kind,
        key=subject.key,
        language=language,
        token_digest=token_digest(token),
        sealed_token=sealed({"token": token}),
        asked_at=now,
        next_at=now,
    )
