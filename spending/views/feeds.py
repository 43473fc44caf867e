"""What all feeds share: the JSON form beside Atom, and an answer that holds until an edition is published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed
from django.views.decorators.http import require_safe

from ..exports import as_json
from ..validity import version

P = ParamSpec("P")
BEGINNING = datetime(2014, 10, 1, tzinfo=UTC)
"""The date of a feed in which nothing stands yet: the first day of fiscal year 2558, before any figure."""


class SteadyAtom(Atom1Feed):
    """Atom whose date says when something was last published, not when it was asked for."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEGINNING


class PagedAtom(SteadyAtom):
    """Atom in pages that lead to each other (RFC 5005, section 3): `pages`, addresses by relation."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})


class JsonFeed(SyndicationFeed):
    """The same entries as a JSON feed (https://www.jsonfeed.org/version/1.1/)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "next_url": self.feed["pages"].get("next"),
            "description": self.feed["subtitle"] or None,
            "language": self.feed["language"],
            "items": [_item(item) for item in self.items],
        }
        outfile.write(as_json({name: value for name, value in feed.items() if value is not None}))


def _item(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": item["description"],
        "date_published": item["pubdate"].isoformat(timespec="seconds"),
        "tags": list(item["categories"]),
    }


def holding(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A feed whose answer holds until an edition is published: who has it already is told so (304)."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        now = version()
        response = HttpResponseNotModified() if now.is_known(request) else view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            for name, value in now.headers.items():
                response[name] = value
            response["Cache-Control"] = "public, max-age=300"
        return response

    return answer
