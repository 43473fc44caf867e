"""The Celery app. What it is told, and what beat starts when, stands in `settings.py`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("where-do-my-taxes-go")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
