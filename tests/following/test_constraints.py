"""What must always be true of those who follow is kept by the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from following import subscribing
from following.models import Subscription
from following.subjects import subject_of
from tests.complaints.test_constraints import refused_as

from .conftest import ADDRESS

pytestmark = pytest.mark.django_db


@pytest.fixture
def subscription(book: None) -> Subscription:
    subscribing.ask(ADDRESS, subject_of("agency", "15008"), "th")
    return Subscription.objects.get()


def test_subject_is_followed_once(subscription: Subscription) -> None:
    values: dict[str, Any] = {
        field.name: getattr(subscription, field.name)
        for field in Subscription._meta.fields
        if field.name not in ("id", "token_digest")
    }
    with refused_as("one_subscription_of_a_subject"):
        Subscription.objects.create(**values, token_digest="other")


def test_only_what_is_confirmed_is_told(subscription: Subscription) -> None:
    with refused_as("only_confirmed_subscription_is_told"):
        Subscription.objects.update(told_until=timezone.now())
