"""How long an answer holds: until an edition is published, replaced or withdrawn."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from .resources import RESOURCES

SHAPE = zlib.crc32(" ".join(one.name for r in RESOURCES.values() for one in r.columns).encode())
"""Changes with the columns, so that a new release of the site is not taken for the old."""

ASKED = """
SELECT max(id) FILTER (WHERE published_at IS NOT NULL), max(published_at),
  count(published_at), count(*) FILTER (WHERE is_current),
  (SELECT count(*) + count(withdrawn_at) FROM spending_dismissal),
  (SELECT count(*) + count(undone_at) FROM spending_bodymatch),
  (SELECT coalesce(max(id), 0) FROM spending_movedfact),
  (SELECT count(*) + count(decided_at) FROM spending_linecandidate),
  (SELECT coalesce(left(md5(string_agg(row::text, '' ORDER BY id)), 8), '') FROM spending_succession row),
  (SELECT coalesce(max(id), 0) FROM django_migrations),
  coalesce(sum(jsonb_array_length(notes)), 0)
FROM spending_edition
"""
"""How often staff or the machine said something counts too, and how often it was taken back or decided, and
what became of which body; how many migrations there were, as some mend what was loaded before, such as names
in English; and how much is noted of editions, as persons left out of them later are. All that changes what is
shown. Written out, as each answer of the API asks it.
"""


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
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        return told(cursor.fetchone())


def told(row: Sequence[Any]) -> Version:
    """The version that a row of `ASKED` tells."""
    newest, since, *counted = row
    moment = f"{since:%Y%m%d%H%M%S}" if since else "0"
    tag = f'"{newest or 0}-{moment}-{"-".join(map(str, counted))}-{SHAPE:x}"'
    return Version(tag, since)
