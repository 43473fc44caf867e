"""`/health/` tells a working site from one whose database or queue does not answer."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from kombu import Connection

from config import broker

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


def test_site_with_its_database_is_well(client: Client, queue_in_postgresql: str) -> None:
    response = client.get("/health/")

    assert response.status_code == 200
    assert response.json() == {"database": "up", "queue": "working"}
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(("seconds_ago", "state"), [(60, "working"), (600, "late")])
def test_task_that_nobody_takes_is_seen(
    client: Client, queue_in_postgresql: str, seconds_ago: int, state: str
) -> None:
    send(queue_in_postgresql, seconds_ago=seconds_ago)

    assert client.get("/health/").json() == {"database": "up", "queue": state}


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
    assert response.json() == {"database": "down", "queue": "unknown"}


class UnreachableBroker:
    """A Celery app whose broker is at a port where nobody listens."""

    def connection_for_read(self) -> Any:
        return Connection("redis://127.0.0.1:1/0")
