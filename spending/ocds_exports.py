"""Which purchases are exported as OCDS, read a batch at a time, and their JSON with exact numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import simplejson
from django.db.models import Max

from .models import Contract, Edition, Project
from .ocds import Json, record_package, release_of, release_package
from .purchase_filters import DATASETS

BATCH = 500  # projects whose contracts are read at a time


def releases(projects: Any) -> Iterator[Json]:
    """A release of each of some projects, in their order."""
    for release, _compiled in pairs(projects):
        yield release


def pairs(projects: Any) -> Iterator[tuple[Json, Json]]:
    """The release of each of some projects, and the same compiled."""
    rows = projects.select_related("edition", "buyer", "province").order_by("number", "edition")
    waiting = rows.iterator(chunk_size=BATCH)
    while some := list(islice(waiting, BATCH)):
        contracts = _contracts_of([project.number for project in some])
        for project in some:
            own = contracts.get(project.number, [])
            yield release_of(project, own), release_of(project, own, tags=["compiled"])


def published_at() -> datetime:
    """When the newest purchases were published here."""
    found = Edition.objects.current().filter(dataset__in=DATASETS).aggregate(newest=Max("published_at"))
    newest: datetime | None = found["newest"]
    return newest if newest is not None else datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def package_of(number: str, uri: str, *, record: bool) -> Json | None:
    """The release package, or the record package, of one project; None where there is no such project."""
    found = list(pairs(Project.objects.current().counted().numbered(number)))
    if not found:
        return None
    if record:
        return record_package(found, uri=uri, published=published_at())
    return release_package([release for release, _compiled in found], uri=uri, published=published_at())


def as_text(value: Any) -> str:
    """JSON with every amount exact, as it is kept."""
    return simplejson.dumps(value, use_decimal=True, ensure_ascii=False)


def _contracts_of(numbers: list[str]) -> dict[str, list[Contract]]:
    found: dict[str, list[Contract]] = {}
    rows = Contract.objects.current().counted().filter(project_number__in=numbers)
    for contract in rows.select_related("supplier"):
        found.setdefault(contract.project_number, []).append(contract)
    return found
