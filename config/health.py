"""`/health/`: whether the site can answer, for a load balancer or a person at night."""

from celery import current_app
from django.conf import settings
from django.db import connection
from django.db.utils import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from complaints.models import Dispatch
from config import broker

LATE_SECONDS = 180
"""Beat sends a heartbeat each minute; a task that has waited for three is not being worked on."""


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, 503 while it does not.

    `queue` is `working`, `late` (tasks wait and no worker takes them) or `unreachable`; `deliveries` of
    complaints are `on time`, or `late` when one has been due for five minutes and nobody attempts it. The
    pages do without either, so they do not change the status.
    """
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        deliveries = "late" if Dispatch.objects.overdue().exists() else "on time"
        return JsonResponse({"database": "up", "queue": queue_state(), "deliveries": deliveries})
    except Error:
        unknown = {"database": "down", "queue": "unknown", "deliveries": "unknown"}
        return JsonResponse(unknown, status=503)


def queue_state() -> str:
    """How the task queue does, wherever it lives."""
    if settings.CELERY_BROKER_URL != broker.IN_POSTGRESQL:
        return broker_state()
    queue = f"pgmq.q_{settings.CELERY_TASK_DEFAULT_QUEUE}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [queue])
        if cursor.fetchone() == (False,):
            return "working"  # nobody has sent a task yet
        cursor.execute(f"SELECT extract(epoch FROM clock_timestamp() - min(vt)) FROM {queue}")
        waited = cursor.fetchone()[0]
    return "late" if waited is not None and waited > LATE_SECONDS else "working"


def broker_state() -> str:
    """Whether the broker that the operator named can be reached at once."""
    try:
        with current_app.connection_for_read() as broker_connection:
            broker_connection.ensure_connection(max_retries=1, timeout=1)
    except OperationalError:
        return "unreachable"
    return "working"
