"""Feeds of one subject, as Atom and as JSON: what each edition brought or changed for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import SyndicationFeed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spending.models import Edition
from spending.parameters import BadQuery
from spending.publication_words import STEPS, title
from spending.views.asked import only_parameters
from spending.views.feeds import JsonFeed, PagedAtom, holding
from spending.views.listing import explaining_bad_queries

from .entries import Entry
from .subjects import Kind, NoSubject, Subject, TooSlow, subject_of

IN_A_FEED = 20
BEFORE = "before"  # the parameter that asks for the page behind an edition
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Followed:
    """A subject with a page of its entries, on a host: the address of the page, and of those beside it."""

    subject: Subject
    entries: Sequence[Entry]
    host: str
    address: str
    pages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry under the name that it keeps for good."""

    entry: Entry
    guid: str


class SubjectFeed(Feed):
    """What changed for one subject, newest first."""

    feed_type: type[SyndicationFeed] = PagedAtom

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Followed:
        subject = self._subject(request, **kwargs)
        behind = _behind(request)
        found = subject.entries(limit=IN_A_FEED + 1, behind=behind)
        shown = found[:IN_A_FEED]

        def address(before: int | None) -> str:
            query = request.GET.copy()
            query.pop(BEFORE, None)
            if before is not None:
                query[BEFORE] = str(before)
            path = f"{request.path}?{query.urlencode()}" if query else request.path
            return request.build_absolute_uri(path)

        pages = {"first": address(None)}
        if len(found) > len(shown):
            pages["next"] = address(shown[-1].edition.pk)
        return Followed(subject, shown, request.get_host(), address(behind), pages)

    def _subject(self, request: HttpRequest, code: str = "") -> Subject:
        if self.kind is not Kind.SEARCH:
            only_parameters(request.GET, (BEFORE,))
            return subject_of(self.kind.value, code)
        only_parameters(request.GET, ("q", BEFORE))
        try:
            return subject_of(self.kind.value, request.GET.get("q", ""))
        except NoSubject:
            raise BadQuery("q", _("Say in q what to look for: two letters at least.")) from None

    def title(self, obj: Followed) -> str:
        return _("%(name)s: published and corrected") % {"name": obj.subject.name}

    def subtitle(self, obj: Followed) -> str:
        return _("What each edition brought or changed, with the figures before and after.")

    def link(self, obj: Followed) -> str:
        return obj.subject.address

    def feed_url(self, obj: Followed) -> str:
        return obj.address

    def feed_extra_kwargs(self, obj: Followed) -> dict[str, Any]:
        return {"pages": obj.pages}

    def feed_guid(self, obj: Followed) -> str:
        return _tag(obj)

    def author_name(self, obj: Followed) -> str:
        return _("Where do my taxes go")

    def items(self, obj: Followed) -> list[Item]:
        return [Item(entry, f"{_tag(obj)}/{entry.edition.pk}") for entry in obj.entries]

    def item_title(self, item: Item) -> str:
        return entry_title(item.entry)

    def item_description(self, item: Item) -> str:
        return render_to_string("following/entry.html", {"entry": item.entry}).strip()

    def item_link(self, item: Item) -> str:
        return reverse("spending:edition", args=[item.entry.edition.pk])

    def item_guid(self, item: Item) -> str:
        return item.guid

    def item_pubdate(self, item: Item) -> datetime:
        return item.entry.publication.at

    def item_updateddate(self, item: Item) -> datetime:
        return item.entry.publication.at

    def item_categories(self, item: Item) -> tuple[str, ...]:
        return item.entry.edition.dataset, str(item.entry.publication.step)


class SubjectJsonFeed(SubjectFeed):
    """The same as a JSON feed."""

    feed_type = JsonFeed


def entry_title(entry: Entry) -> str:
    """Which edition an entry tells of, and what it is to the one before."""
    return f"{title(entry.publication)}: {STEPS[entry.publication.step]}"


def _behind(request: HttpRequest) -> int | None:
    """The edition behind which a page begins; None for the first. Raises BadQuery."""
    text = request.GET.get(BEFORE, "")
    if not text:
        return None
    known = text.isascii() and text.isdigit() and Edition.objects.shown().filter(pk=int(text[:9])).exists()
    if not known or len(text) > 9:
        raise BadQuery(BEFORE, _("before takes what the next page's address of the same feed gives."))
    return int(text)


def _tag(obj: Followed) -> str:
    """The name of a feed for good (RFC 4151), one for each language."""
    subject = obj.subject
    host = obj.host.partition(":")[0]
    return f"tag:{host},2026:{get_language()}/{subject.kind.value}/{quote(subject.key, safe='')}"


def _view(feed: SubjectFeed) -> View:
    """A feed as a view; what does not exist is not found, what takes too long may be asked later."""

    @holding
    @explaining_bad_queries
    def answer(request: HttpRequest, /, **arguments: str) -> HttpResponseBase:
        try:
            return feed(request, **arguments)
        except NoSubject:
            raise Http404 from None
        except TooSlow:
            return HttpResponse(status=503, headers={"Retry-After": "600"})

    return answer


ATOM: dict[Kind, View] = {kind: _view(SubjectFeed(kind)) for kind in Kind}
JSON: dict[Kind, View] = {kind: _view(SubjectJsonFeed(kind)) for kind in Kind}
