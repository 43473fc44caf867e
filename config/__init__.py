"""How the rooms are put together: settings, addresses, the task queue, the two commands."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
