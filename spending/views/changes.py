"""What was published and corrected, when: a page, an Atom feed and a JSON feed of the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..datasets import title_of
from ..exports import as_json
from ..parameters import BadQuery
from ..provenance import data_links
from ..publication_words import STEPS, sentence, title
from ..publications import Publication, Step, datasets_published, publications
from .asked import one_of, only_parameters
from .feeds import PagedAtom, holding
from .listing import explaining_bad_queries, page_of

ROWS = 50
IN_A_FEED = 50
ASKED = ("dataset", "step")


@require_safe
@explaining_bad_queries
def changes(request: HttpRequest) -> HttpResponseBase:
    only_parameters(request.GET, (*ASKED, "page"))
    dataset, step = _asked(request)
    page = page_of(Paginator(publications(dataset, step), ROWS), request.GET)
    query = urlencode({name: value for name, value in (("dataset", dataset), ("step", step or "")) if value})
    context = {
        "section": "data",
        "page": page,
        "entries": [(one, title(one), STEPS[one.step]) for one in page.object_list],
        "before": _page(query, page.previous_page_number()) if page.has_previous() else "",
        "after": _page(query, page.next_page_number()) if page.has_next() else "",
        "query": query,
        "downloads": [] if step else data_links("editions", query),
        "dataset": dataset,
        "step": step,
        "datasets": [(name, title_of(name)) for name in datasets_published()],
        "steps": list(STEPS.items()),
    }
    return render(request, "spending/changes.html", context)


def _asked(request: HttpRequest) -> tuple[str, Step | None]:
    """The data set and the step that are asked for. Raises BadQuery."""
    dataset = request.GET.get("dataset", "")
    if dataset and dataset not in (known := datasets_published()):
        message = _("dataset takes one of: %(known)s.")
        raise BadQuery("dataset", message % {"known": ", ".join(known)})
    step = one_of(request.GET, "step", tuple(Step))
    return dataset, Step(step) if step else None


def _page(query: str, number: int) -> str:
    return f"?{query}&page={number}" if query else f"?page={number}"


def _address(one: Publication) -> str:
    return reverse("spending:edition", args=[one.edition.pk])


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a feed: its publications, and the addresses of it and of the pages beside it."""

    found: Sequence[Publication]
    address: str
    pages: dict[str, str]


def _leaf(request: HttpRequest) -> Leaf:
    """The page of the feed that is asked for. Raises BadQuery."""
    only_parameters(request.GET, (*ASKED, "page"))
    page = page_of(Paginator(publications(*_asked(request)), IN_A_FEED), request.GET)

    def address(number: int) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        if number > 1:
            query["page"] = str(number)
        path = f"{request.path}?{query.urlencode()}" if query else request.path
        return request.build_absolute_uri(path)

    pages = {"first": address(1), "last": address(page.paginator.num_pages)}
    if page.has_previous():
        pages["previous"] = address(page.previous_page_number())
    if page.has_next():
        pages["next"] = address(page.next_page_number())
    return Leaf(list(page.object_list), address(page.number), pages)


class Changes(Feed):
    """The publications as an Atom feed in pages; `?dataset=` and `?step=` choose as on the page."""

    feed_type = PagedAtom
    title = gettext_lazy("Where do my taxes go: published and corrected")
    subtitle = gettext_lazy("Each edition of each data set, with what it changed.")
    author_name = gettext_lazy("Where do my taxes go")

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Leaf:
        return _leaf(request)

    def link(self) -> str:
        return reverse("spending:changes")

    def feed_url(self, obj: Leaf) -> str:
        return obj.address

    def feed_extra_kwargs(self, obj: Leaf) -> dict[str, Any]:
        return {"pages": obj.pages}

    def items(self, obj: Leaf) -> Sequence[Publication]:
        return obj.found

    def item_title(self, item: Publication) -> str:
        return title(item)

    def item_description(self, item: Publication) -> str:
        return sentence(item)

    def item_link(self, item: Publication) -> str:
        return _address(item)

    def item_updateddate(self, item: Publication) -> datetime:
        return item.at

    def item_pubdate(self, item: Publication) -> datetime:
        return item.at

    def item_categories(self, item: Publication) -> tuple[str, ...]:
        return item.edition.dataset, str(item.step)


atom = holding(explaining_bad_queries(Changes()))


@holding
@explaining_bad_queries
def json_feed(request: HttpRequest) -> HttpResponseBase:
    """The same as a JSON feed (version 1.1)."""
    leaf = _leaf(request)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": str(Changes.title),
        "home_page_url": request.build_absolute_uri(reverse("spending:changes")),
        "feed_url": leaf.address,
        **({"next_url": leaf.pages["next"]} if "next" in leaf.pages else {}),
        "authors": [{"name": str(Changes.author_name)}],
        "items": [_item(request, one) for one in leaf.found],
    }
    return HttpResponse(as_json(feed), content_type="application/feed+json")


def _item(request: HttpRequest, one: Publication) -> dict[str, Any]:
    address = request.build_absolute_uri(_address(one))
    return {
        "id": address,
        "url": address,
        "title": title(one),
        "content_text": sentence(one),
        "date_published": one.at.isoformat(timespec="seconds"),
        "tags": [one.edition.dataset, str(one.step)],
    }
