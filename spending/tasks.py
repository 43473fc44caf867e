"""What the clock asks of the published facts."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from .dumps.writing import publish


@shared_task
def publish_dump() -> None:
    """Write the whole site as files, where a key to sign them is given."""
    if settings.DUMP_SIGNING_KEY:
        publish(settings.DUMPS_DIR, settings.DUMP_SIGNING_KEY)
