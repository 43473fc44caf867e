"""What the competent body need not read: passages that staff keep back. The original stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from . import sealing
from .models import Complaint, Event, Redaction
from .models.events import note

BLACK = "█"


@transaction.atomic
def keep_back(case: Complaint, passages: Sequence[str], actor: str) -> None:
    """Black these passages out of every later letter; none at all gives the whole text free again."""
    sealed = sealing.seal_words({"passages": list(passages)}, settings.COMPLAINT_PUBLIC_KEYS[0])
    Redaction.objects.update_or_create(complaint=case, defaults={"passages": sealed, "author": actor})
    note(case, Event.Kind.REDACTED, actor, passages=len(passages))


def passages_of(case: Complaint) -> Sequence[str]:
    """What is kept back, opened. Raises SealError."""
    kept = Redaction.objects.filter(complaint=case).first()
    if kept is None:
        return []
    return list(sealing.unseal_words(kept.passages, settings.COMPLAINT_PRIVATE_KEYS)["passages"])


def blackened(value: Any, passages: Sequence[str]) -> Any:
    """A text, or a list or mapping of texts, in which each passage is black; as long as before."""
    if isinstance(value, str):
        for passage in passages:
            value = value.replace(passage, BLACK * len(passage))
        return value
    if isinstance(value, dict):
        return {name: blackened(part, passages) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [blackened(part, passages) for part in value]
    return value
