"""What search engines are told: which addresses there are, and which lead nowhere for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from spending.sitemaps import SITEMAPS
from spending.validity import version

KEPT_FOR = 3_600  # seconds
CLOSED = ("/admin/", "/en/admin/", "/api/", "/health/")
CLOSED_PAGES = ("complaints:status", "spending:search")
ENDLESS = ("/*about=", "/*as_of=", "/*sort=")  # the same pages again, in other words


class ComplaintPages(Sitemap):
    """Where to report something, and what became of reports."""

    i18n = alternates = x_default = True

    def items(self) -> list[str]:
        return ["complaints:new", "complaints:statistics"]

    def location(self, item: str) -> str:
        return reverse(item)


SECTIONS: dict[str, type[Sitemap] | Sitemap] = {**SITEMAPS, "complaints": ComplaintPages}


def kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose answer holds until an edition is published, and may be kept for an hour without asking."""

    @require_safe
    @cache_control(public=True, max_age=KEPT_FOR)
    @wraps(view)
    def answer(request: HttpRequest, **arguments: str) -> HttpResponseBase:
        now = version()
        response = HttpResponseNotModified() if now.is_known(request) else view(request, **arguments)
        for name, value in now.headers.items():
            response[name] = value
        return response

    return answer


@kept
def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """The list of the files of addresses."""
    return views.index(request, SECTIONS, sitemap_url_name="sitemap")


@kept
def sitemap(request: HttpRequest, section: str) -> HttpResponseBase:
    """One file of addresses; `?p=` tells those of a long section apart."""
    return views.sitemap(request, SECTIONS, section)


@require_safe
@cache_control(public=True, max_age=KEPT_FOR)
def robots(request: HttpRequest) -> HttpResponse:
    """What to leave alone: the workbench, what is one person's, data for programs, and endless questions."""
    lines = ["User-agent: *", *_rules()]
    if settings.SITE != "staff":
        lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemaps'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _rules() -> Iterator[str]:
    """The rules for all of them. Where two speak of an address, the longer one counts."""
    if settings.SITE == "staff":
        yield "Disallow: /"
        return
    yield from (f"Disallow: {path}" for path in (*CLOSED, *ENDLESS))
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield from (f"Disallow: {reverse(name)}" for name in CLOSED_PAGES)
            yield f"Allow: {reverse('spending:api_docs')}"
            yield f"Disallow: {reverse('spending:dumps')}"  # files of gigabytes
            yield f"Allow: {reverse('spending:dumps')}$"
