"""Who a citizen says they are, opened: for a custodian, and for the letter of whoever chose to be named."""

from __future__ import annotations

from django.conf import settings

from . import sealing
from .models import Reporter


def who(reporter: Reporter) -> dict[str, str]:
    """What the citizen gave when filing; what they gave later stands in its place, field by field.

    Raises SealError where this process does not hold the key.
    """
    keys = settings.COMPLAINT_PRIVATE_KEYS
    words = sealing.unseal_words(reporter.identity, keys)
    return words | (sealing.unseal_words(reporter.later, keys) if reporter.later is not None else {})
