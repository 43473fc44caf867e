"""`/health/` tells a working site from one whose database or queue does not answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from kombu import Connection

from complaints.models import Desk, Dispatch
from config import broker
from tests.complaints.cases import dispatch, restored_desks

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue_in_postgresql(settings: Any) -> str:
    """The queue of the default broker, empty, as a worker makes it."""
    settings.CELERY_BROKER_URL = broker.IN_POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgmq.create(%s)", [settings.CELERY_TASK_DEFAULT_QUEUE])
    return str(settings.CELERY_TASK_DEFAULT_QUEUE)


def send(queue: str, *, seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgmq.send(%s, '{}'::jsonb, %s)", [queue, -seconds_ago])


def due(minutes_ago: int) -> Dispatch:
    """A delivery that has been due for so long."""
    restored_desks()
    made = dispatch()
    Dispatch.objects.filter(pk=made.pk).update(next_attempt_at=Now() - timedelta(minutes=minutes_ago))
    return made


def test_site_with_its_database_is_well(client: Client, queue_in_postgresql: str) -> None:
    response = client.get("/health/")

    assert response.status_code == 200
    assert response.json() == {"database": "up", "queue": "working", "deliveries": "on time"}
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(("seconds_ago", "state"), [(60, "working"), (600, "late")])
def test_task_that_nobody_takes_is_seen(
    client: Client, queue_in_postgresql: str, seconds_ago: int, state: str
) -> None:
    send(queue_in_postgresql, seconds_ago=seconds_ago)

    assert client.get("/health/").json()["queue"] == state


@pytest.mark.parametrize(("minutes", "state"), [(4, "on time"), (6, "late")])
def test_complaint_that_nobody_delivers_is_seen(client: Client, minutes: int, state: str) -> None:
    due(minutes)

    assert client.get("/health/").json()["deliveries"] == state


def test_complaint_is_not_late_while_an_attempt_runs(client: Client) -> None:
    due(6).claim()

    assert client.get("/health/").json()["deliveries"] == "on time"


@pytest.mark.parametrize(
    "asleep",
    [{"is_open": False}, {"rests_until": Now() - timedelta(minutes=1)}],
    ids=["closed", "rested until just now"],
)
def test_complaint_is_not_late_while_its_desk_takes_nothing(client: Client, asleep: dict[str, Any]) -> None:
    Desk.objects.filter(pk=due(6).desk_id).update(**asleep)

    assert client.get("/health/").json()["deliveries"] == "on time"


def test_broker_that_is_not_there_is_said_and_the_site_is_well(client: Client) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("config.health.current_app", UnreachableBroker())
        response = client.get("/health/")

    assert response.status_code == 200
    assert response.json()["queue"] == "unreachable"


@pytest.mark.django_db(transaction=True)
def test_site_without_its_database_is_unwell(client: Client) -> None:
    connection.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connection.settings_dict, "HOST", "/nowhere")
        response = client.get("/health/")
        connection.close()

    assert response.status_code == 503
    assert response.json() == {"database": "down", "queue": "unknown", "deliveries": "unknown"}


class UnreachableBroker:
    """A Celery app whose broker is at a port where nobody listens."""

    def connection_for_read(self) -> Any:
        return Connection("redis://127.0.0.1:1/0")
