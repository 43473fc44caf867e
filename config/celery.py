"""The Celery app. What it is told stands in `settings.py`; what beat starts, in `CELERY_BEAT_SCHEDULE` there."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("where-do-my-taxes-go")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
