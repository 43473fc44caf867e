"""oEmbed: another site gives an address of ours and gets what to show for it.

Nothing is ever fetched: the host must be the one that was asked, and the path is looked up in our own map.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..citations import SITE_NAME
from ..embeds import codes
from ..embeds.graphics import SCALES, WIDTH
from ..embeds.oembed import FORMATS, TYPES, table_of, written
from ..parameters import BadQuery
from ..sentences import language
from .asked import only_parameters
from .embed import (
    Taken,
    Unavailable,
    answering,
    drawn_of,
    editions_of,
    kept,
    page_of,
    remembered,
    source_of,
    taken,
)

TAKES = ("url", "format", "maxwidth", "maxheight")
CACHE = 86_400  # seconds that another site may keep the answer
LEAST = 160  # pixels: no figure is readable in a smaller frame
MOST = 10_000  # pixels
PRIVATE = ("complaints", "admin")  # rooms whose pages are somebody's own


class Refused(Exception):
    """Raised if an address has no answer; `status` says why, as the format has it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@require_safe
@answering
def oembed(request: HttpRequest) -> HttpResponseBase:
    """What to show for `?url=`, an address of a page of ours or of an embed."""
    with translation.override("en" if "/en/" in request.GET.get("url", "") else "th"):
        try:
            return _answer(request)
        except Refused as error:
            return _plain(error.status, error.why)
        except BadQuery as error:
            return _plain(400, error.message)


def _answer(request: HttpRequest) -> HttpResponseBase:
    form = request.GET.get("format") or "json"
    if form not in FORMATS:
        raise Refused(501, _("format takes one of: %(known)s.") % {"known": ", ".join(FORMATS)})
    only_parameters(request.GET, TAKES)
    width, height = _size(request.GET, "maxwidth", codes.WIDTH), _size(request.GET, "maxheight", codes.HEIGHT)
    parts = _own(request, request.GET.get("url", ""))
    content = remembered(
        request,
        request.path,
        lambda: written(_said(request, _found(request, parts), width, height), form),
    )
    return kept(request, HttpResponse(content, content_type=TYPES[form]), content.encode())


def _own(request: HttpRequest, url: str) -> SplitResult:
    """The parts of an address of this very site. Raises Refused."""
    if not url:
        raise BadQuery("url", _("url takes the address of a page of this site."))
    try:
        parts = urlsplit(url)
        host = parts.netloc
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https") or host.lower() != request.get_host().lower():
        raise Refused(404, _("url takes the address of a page of this site."))
    return parts


def _found(request: HttpRequest, parts: SplitResult) -> Taken:
    """The figure at an address: the one its query or its fragment names, else the page's first."""
    path, query = unquote(parts.path), QueryDict(parts.query)
    page = page_of(path)
    _refuse_private(page)
    name = query.get("figure") or ""
    if path == page and not name:
        name = parts.fragment
    try:
        return taken(request, page, query, name)
    except Unavailable as error:
        raise Refused(404, _("There is no figure at this address.")) from error
    except BadQuery:
        if name != parts.fragment:
            raise
        return taken(request, page, query, "")  # a place on the page that is no figure


def _refuse_private(page: str) -> None:
    try:
        match = resolve(page)
    except Resolver404:
        return
    if match.namespace.partition(":")[0] in PRIVATE:
        raise Refused(401, _("What stands at this address is for its owner alone."))


def _said(request: HttpRequest, found: Taken, width: int, height: int) -> dict[str, Any]:
    """The answer, with a frame of at most the size that is asked for."""
    figure = found.figure
    own = {"as_of": found.as_of, "seen": figure.seal if not found.seal else found.seal}
    framed = codes.address(found.page, found.query, figure=figure.id, **own)
    drawn = drawn_of(request, found)
    thumbnail: dict[str, Any] = {}
    if "maxwidth" not in request.GET and "maxheight" not in request.GET:
        picture = codes.picture(found.page, found.query, figure.id, "png", **own)
        thumbnail = {
            "thumbnail_url": request.build_absolute_uri(picture),
            "thumbnail_width": WIDTH * SCALES[0],
            "thumbnail_height": drawn.height * SCALES[0],
        }
    origin = figure.provenance
    return {
        "type": "rich",
        "version": "1.0",
        "title": figure.whole_title,
        "author_name": origin.publisher if origin else "",
        "provider_name": SITE_NAME[language()],
        "provider_url": request.build_absolute_uri("/"),
        "cache_age": CACHE,
        "html": codes.frame(request.build_absolute_uri(framed), figure.whole_title, width, height),
        "width": width,
        "height": height,
        **thumbnail,
        "source": source_of(figure),
        "as_of": origin.as_of.isoformat() if origin else None,
        "known": found.as_of,
        "editions": editions_of(figure),
        "address": request.build_absolute_uri(found.pinned),
        "unit": "baht",
        "table": table_of(figure.table),
    }


def _size(asked: QueryDict, name: str, usual: int) -> int:
    """The size of a frame under the most that is asked for. Raises BadQuery or Refused."""
    text = asked.get(name) or str(MOST)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST):
        raise BadQuery(name, _("%(name)s takes a number of pixels.") % {"name": name})
    if int(text) < LEAST:
        raise Refused(404, _("No figure is readable in a frame below %(least)s pixels.") % {"least": LEAST})
    return min(usual, int(text))


def _plain(status: int, why: str) -> HttpResponse:
    return HttpResponse(f"{why}\n", content_type="text/plain; charset=utf-8", status=status)
