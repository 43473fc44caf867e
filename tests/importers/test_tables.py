"""How records are sent to their tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction

from importers.records import AllocationRecord
from importers.tables import TABLES, Keys, copy_records
from spending.models import Plan
from tests.factories import allocation

pytestmark = pytest.mark.django_db


def test_row_that_asks_the_database_while_rows_are_sent_is_an_error_and_no_standstill() -> None:
    keys = Keys.known()
    keys.learn([allocation()])
    asking = replace(TABLES[AllocationRecord], values=lambda record, keys: (Plan.objects.count(),))

    with pytest.raises(RuntimeError, match="learn it before"), transaction.atomic():
        copy_records(asking, [(1, allocation())], keys)


def test_agency_of_a_row_is_looked_for_within_its_ministry_and_remembered() -> None:
    keys = Keys.known()
    record = allocation()
    keys.learn([record])

    first = keys.agency(record.agency, record.ministry)

    assert keys.agency(record.agency, record.ministry) == first
    assert keys.agency(record.ministry) != first
