"""How long an answer holds: until an edition is published, replaced or withdrawn."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
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
  coalesce(sum(amended), 0)
FROM spending_edition
"""
"""How often staff or the machine said something counts too, and how often it was taken back or decided, and
what became of which body; how many migrations there were, as some mend what was loaded before, such as names
in English; and how often persons were left out of editions later. All that changes what is shown. Written
out, as each answer of the API asks it.
"""


@dataclass(frozen=True, slots=True)
class Version:
    """What all answers depend on: the tag changes whenever a visitor could be shown something else, and
    `since` is when this process first answered with it.
    """

    etag: str
    since: datetime

    @property
    def headers(self) -> dict[str, str]:
        return {"ETag": self.etag, "Last-Modified": http_date(self.since.timestamp())}

    def is_known(self, request: HttpRequest) -> bool:
        """Whether the caller says that it holds the answer of this version."""
        seconds = int(self.since.timestamp())
        answer = get_conditional_response(request, etag=self.etag, last_modified=seconds)
        return answer is not None and answer.status_code == 304


@dataclass
class Shown:
    """The version that this process answered with last. Much that changes an answer leaves no date (a mended
    name, a person left out, an edition withdrawn), so each new version is dated when it is first seen, a
    second at least behind the one before: who holds an older answer by its date alone is never told that it
    stands.
    """

    last: Version

    def dated(self, etag: str) -> Version:
        """The version of a tag, with its date."""
        last = self.last
        if etag != last.etag:
            now = timezone.now().replace(microsecond=0)
            last = self.last = Version(etag, max(now, last.since + timedelta(seconds=1)))
        return last


SHOWN = Shown(Version("", datetime(2000, 1, 1, tzinfo=UTC)))


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
    return SHOWN.dated(tag)
