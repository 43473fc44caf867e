"""The Celery app. What it is told, and what beat starts when, stands in `settings.py`."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("where-do-my-taxes-go")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def write_as_the_site_does(**kwargs: Any) -> None:
    """What workers and beat write down is what the site's own log may hold: no word of an exception."""
    dictConfig(settings.LOGGING)
