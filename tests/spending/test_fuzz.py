"""The API is what its description says: whatever is asked of it, rightly or wrongly, gets a described answer.

Some hundred questions in the suite; `make fuzz` asks as many thousand as FUZZ_REQUESTS says.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as amount
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from tests.test_pages import publish

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "400"))
PROMISES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
RIGHT, WRONG = GenerationMode.POSITIVE, GenerationMode.NEGATIVE


@cache
def operations() -> list[Any]:
    """Every question the description knows; what takes something in has tests of its own."""
    raw = SchemaGenerator().get_schema(request=None, public=True)
    schema = schemathesis.openapi.from_dict(raw)
    found = [operation.ok() for operation in schema.get_all_operations()]
    return [operation for operation in found if operation.method == "get"]


@pytest.fixture
def figures(db: None, tmp_path: Path, settings: Any) -> Iterator[None]:
    """A few figures, and the test's connection kept between requests, made as a server makes them."""
    settings.API_RATE_LIMIT = 0
    publish(tmp_path)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@given(data=st.data())
@amount(
    max_examples=REQUESTS,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_asked_gets_a_described_answer(figures: None, data: st.DataObject) -> None:
    operation = data.draw(st.sampled_from(operations()))
    mode = data.draw(st.sampled_from([RIGHT, RIGHT, WRONG]))
    case = data.draw(operation.as_strategy(generation_mode=mode))

    response = case.call(
        app=application, base_url="http://localhost", headers={"Accept-Encoding": "identity"}
    )

    case.validate_response(response, checks=PROMISES)


def test_description_lists_questions_of_every_kind() -> None:
    paths = {operation.path for operation in operations()}

    assert len(paths) > 60
    assert {"/api/v1/allocations/", "/api/v1/contracts.parquet", "/api/v1/flags/breakdown"} <= paths
