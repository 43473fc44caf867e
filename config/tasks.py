"""Tasks about the task queue itself."""

from celery import shared_task


@shared_task
def heartbeat() -> None:
    """Does nothing. Beat sends it each minute, so that a queue nobody works on is seen to age."""
