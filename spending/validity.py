"""How long an answer holds: until an edition is published, replaced or withdrawn."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from .models import BodyMatch, Dismissal, Edition, LineCandidate
from .resources import RESOURCES

SHAPE = zlib.crc32(" ".join(one.name for r in RESOURCES.values() for one in r.columns).encode())
"""Changes with the columns, so that a new release of the site is not taken for the old."""


@dataclass(frozen=True, slots=True)
class Version:
    """What all answers depend on: the tag changes whenever a visitor could be shown something else."""

    etag: str
    since: datetime | None

    @property
    def headers(self) -> dict[str, str]:
        headers = {"ETag": self.etag}
        return headers | ({"Last-Modified": http_date(self.since.timestamp())} if self.since else {})

    def is_known(self, request: HttpRequest) -> bool:
        """Whether the caller says that it holds the answer of this version."""
        seconds = int(self.since.timestamp()) if self.since else None
        answer = get_conditional_response(request, etag=self.etag, last_modified=seconds)
        return answer is not None and answer.status_code == 304


def version() -> Version:
    """The version of the facts at hand, in one query."""
    found = Edition.objects.aggregate(
        newest=Max("pk", filter=Q(published_at__isnull=False)),
        since=Max("published_at"),
        shown=Count("pk", filter=Q(published_at__isnull=False)),
        current=Count("pk", filter=Q(is_current=True)),
        answers=Max(Subquery(_moves(Dismissal, "withdrawn_at"))),
        matches=Max(Subquery(_moves(BodyMatch, "undone_at"))),
        pairs=Max(Subquery(_moves(LineCandidate, "decided_at"))),
    )
    since = found["since"]
    moment = f"{since:%Y%m%d%H%M%S}" if since else "0"
    said = (found["answers"], found["matches"], found["pairs"])
    counted = "-".join(str(number or 0) for number in (found["shown"], found["current"], *said))
    tag = f'"{found["newest"] or 0}-{moment}-{counted}-{SHAPE:x}"'
    return Version(tag, since)


def _moves(model: Any, second: str) -> QuerySet[Any, Any]:
    """How often staff or the machine said something, and how often it was taken back or decided: that too
    changes what is shown.
    """
    one = model.objects.order_by().annotate(one=Value(1)).values("one")
    moves: QuerySet[Any, Any] = one.annotate(moves=Count("pk") + Count(second)).values("moves")
    return moves
