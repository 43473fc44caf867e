"""Parts of data sets into which any publisher's files are loaded: two publishers' files of one name are two
parts, and neither replaces the other.

Whose a part is, its rows say: the publisher they name, or else the registered beginning of their ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Left

from spending.models import Edition, OpenProcess, PackageFigure

PREFIX = len("ocds-213czf")  # of an ocid: registered for one publisher
State = Edition.State


def part_of(edition: Edition) -> str:
    """The part that an edition replaces: the one that its file names where that is its publisher's or
    nobody's yet, else the first such behind it (`budget-2`).
    """
    whose = OWNERS.get(edition.dataset)
    owners = whose(edition) if whose is not None else set()
    if whose is None or not owners:
        return edition.part
    return next(part for part in _names(edition.part) if _is_free(edition, part, owners))


def _names(part: str) -> Iterator[str]:
    yield part
    yield from (f"{part[:55]}-{number}" for number in count(2))


def _is_free(edition: Edition, part: str, owners: set[Any]) -> bool:
    """Whether nobody else has a part of that name."""
    loaded = Edition.objects.filter(dataset=edition.dataset, part=part).exclude(pk=edition.pk)
    before = loaded.filter(state__in=(State.PUBLISHED, State.HELD)).order_by("pk").last()
    return before is None or not (others := OWNERS[edition.dataset](before)) or bool(owners & others)


def _of_processes(edition: Edition) -> set[Any]:
    """The publishers of the processes of an edition; where they are not named, how their ids begin."""
    rows = OpenProcess.objects.filter(edition=edition).order_by()
    named = set(rows.exclude(publisher="").values_list("publisher", flat=True).distinct())
    begins = rows.annotate(begin=Left("ocid", PREFIX)).values_list("begin", flat=True).distinct()
    return named or {f"id {begin}" for begin in begins}


def _of_figures(edition: Edition) -> set[Any]:
    """The package of an edition with its publisher."""
    rows = PackageFigure.objects.filter(edition=edition).order_by()
    return set(rows.values_list("package", "publisher").distinct())


OWNERS: dict[str, Callable[[Edition], set[Any]]] = {"ocds": _of_processes, "fiscal_packages": _of_figures}


def is_newer(loaded: QuerySet[Edition], beside: frozenset[str]) -> bool:
    """Whether one of the files read together with the one that was loaded is another by now."""
    return (
        bool(beside)
        and PackageFigure.objects.filter(edition__in=loaded).exclude(table_sha256__in=beside).exists()
    )
