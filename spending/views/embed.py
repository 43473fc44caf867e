"""Figures away from their pages: `/embed/` before a page's address is one figure of that page.

The page's own view answers (see `figures`), so an embed cannot say anything else than its page. These answers
may be framed by anybody, and can do nothing: no script, no form, no cookie.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from csp.decorators import csp
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from .. import publishers, sentences
from ..allowance import spend
from ..as_known import keeping
from ..datasets import title_of
from ..embeds import codes
from ..embeds.figures import Figure
from ..embeds.graphics import SCALES, Graphic, Words, graphic, png
from ..fiscal import day_in_words
from ..models import Edition
from ..moments import Moment
from ..parameters import PARAMETERS, BadQuery
from ..patience import TooSlow, within
from ..validity import version
from .asked import one_of
from .figures import Figures, asked_for_figures, shown_since

P = ParamSpec("P")
Made = TypeVar("Made", str, Graphic)
PAGES = (
    "home",
    "budget",
    "budget_newest",
    "agency",
    "reconciliation",
    "obligations",
    "obligations_newest",
    "disbursements",
    "disbursements_newest",
    "purchases",
    "purchases_newest",
    "project",
    "contract",
    "past_project",
    "provinces",
    "local",
    "local_newest",
    "line",
)
"""The pages whose figures can be embedded, by their names."""
KEPT = "public, max-age=3600"  # seconds until a frame asks again whether its figures still stand
TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}
FRAMED = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "base-uri": ["'self'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
}
DRAWN = {**FRAMED, "style-src": ["'none'"], "img-src": ["'none'"], "base-uri": ["'none'"]}
LARGEST = 64_000  # letters of an answer that is kept in memory


CHANGED = gettext_lazy(
    "These figures are no longer those that were embedded: what is known of that time was corrected since."
)


class Unavailable(Exception):
    """Raised if a page hands over no figure: it says so itself, with `status`; or it lies elsewhere."""

    def __init__(self, status: int, location: str = "") -> None:
        super().__init__(status)
        self.status = status
        self.location = location


@dataclass(frozen=True, slots=True)
class Taken:
    """A figure taken from the page at a path under a query (without the words of embeds)."""

    figure: Figure
    page: str
    query: dict[str, str]
    as_of: str
    seal: str

    @property
    def has_changed(self) -> bool:
        """Whether the figures are others than those that were embedded."""
        return bool(self.seal) and self.seal != self.figure.seal

    @property
    def pinned(self) -> str:
        """The page with the figure, as known then."""
        return codes.with_query(codes.quoted(self.page), self.query, as_of=self.as_of) + f"#{self.figure.id}"

    @property
    def now(self) -> str:
        """The page with the figure, as it is now."""
        return codes.with_query(codes.quoted(self.page), self.query) + f"#{self.figure.id}"


def answering(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view that is counted as the API is, may be read from any site, and says in a line why it cannot."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        allowance = spend(request)
        headers = allowance.headers if allowance else {}
        if allowance is not None and allowance.is_spent:
            words = _("At most %(limit)s requests a minute are answered. Ask again in %(seconds)s seconds.")
            said = words % {"limit": allowance.limit, "seconds": allowance.seconds}
            headers = {**headers, "Retry-After": str(allowance.seconds)}
            response: HttpResponseBase = refused(request, 429, said)
        else:
            response = _answered(view, request, *args, **kwargs)
        for name, value in {**headers, "Access-Control-Allow-Origin": "*"}.items():
            response[name] = value
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    return answer


def _answered(view: Callable[..., HttpResponseBase], request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    try:
        with within(int(settings.API_STATEMENT_SECONDS * 1_000)):
            return view(request, *args, **kwargs)
    except BadQuery as error:
        return refused(request, 400, error.message)
    except TooSlow:
        return refused(request, 503, _("This takes too long. Ask for less."))


def refused(request: HttpRequest, status: int, why: str) -> HttpResponse:
    """A small page that says why there is no figure, and leads to the page that could say more."""
    page = codes.with_query(page_of(request.path), _page_query(request.GET))
    context = {"why": why, "page": page}
    return render(request, "spending/embed_error.html", context, status=status)


@require_safe
@xframe_options_exempt
@csp(FRAMED)
@answering
def framed(request: HttpRequest, page: str = "") -> HttpResponseBase:
    """One figure of a page: `?figure=` says which, the first unless asked."""

    def make() -> str:
        return _html(request, taken(request, page_of(request.path), request.GET, name))

    name = request.GET.get("figure", "")
    try:
        if not request.GET.get("as_of"):
            return _pinned(taken(request, page_of(request.path), request.GET, name))
        html = remembered(request, request.path, make)
    except Unavailable as error:
        return _unavailable(request, error)
    return kept(request, HttpResponse(html), html.encode())


@require_safe
@xframe_options_exempt
@csp(DRAWN)  # type: ignore[arg-type] # its types know no view that takes more than a request
@answering
def picture(request: HttpRequest, /, page: str, figure: str, form: str) -> HttpResponseBase:
    """A figure as a picture; `?scale=2` for a PNG of twice the size."""

    def make() -> Graphic:
        return drawn_of(request, taken(request, path, request.GET, figure))

    scale = one_of(request.GET, "scale", [str(one) for one in SCALES]) or "1"
    path = page_of(request.path).removesuffix(f"{figure}.{form}")
    try:
        if not request.GET.get("as_of"):
            return _pinned(taken(request, path, request.GET, figure), form, scale)
        drawn = remembered(request, request.path.removesuffix(form), make)
    except Unavailable as error:
        return _unavailable(request, error, f"{figure}.{form}")
    response = HttpResponse(content_type=TYPES[form])
    response["Content-Disposition"] = f'inline; filename="{figure}.{form}"'
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer = kept(request, response, f"{drawn.svg}{form}{scale}".encode())
    if answer is response:
        response.content = drawn.svg if form == "svg" else png(drawn, int(scale))
    return answer


def remembered(request: HttpRequest, path: str, make: Callable[[], Made]) -> Made:
    """What was made for the same question while the facts were the same, else made now. Pages of a popular
    story are asked for by thousands, and a page of a past moment is more work than one of today.
    """
    query = request.GET.copy()
    query.pop("scale", None)
    said = (version().etag, sentences.language(), request.build_absolute_uri(path), query.urlencode())
    name = "embed-" + hashlib.sha256("\n".join(said).encode()).hexdigest()
    found: Made | None = cache.get(name)
    if found is None:
        found = make()
        if len(str(found)) <= LARGEST:
            cache.set(name, found, timeout=None)
    return found


def taken(request: HttpRequest, page: str, asked: QueryDict, figure: str) -> Taken:
    """The figure of the page at a path; the first if none is named. Raises Unavailable or BadQuery."""
    query = _page_query(asked)
    if asked.get("as_of") and not Edition.objects.is_now(PARAMETERS["as_of"].value(str(asked["as_of"]))):
        query["as_of"] = str(asked["as_of"])
    response = _asked(request, page, query)
    if not isinstance(response, Figures):
        raise Unavailable(response.status_code, response.headers.get("Location", ""))
    if not response.figures:
        raise Unavailable(404)
    name = figure or next(iter(response.figures))
    if name not in response.figures:
        known = ", ".join(response.figures)
        raise BadQuery("figure", _("figure takes one of: %(known)s.") % {"known": known})
    as_of = asked.get("as_of") or shown_since()
    return Taken(response.figures[name], page, _page_query(asked), as_of, asked.get("seen", ""))


def match_of(page: str) -> ResolverMatch:
    """The page that stands at a path and may be embedded. Raises Unavailable."""
    try:
        match = resolve(page)
    except Resolver404 as error:
        raise Unavailable(404) from error
    if match.namespace != "spending" or match.url_name not in PAGES:
        raise Unavailable(404)
    return match


def _html(request: HttpRequest, found: Taken) -> str:
    """The figure as a page of its own, whose links lead to pages of the same moment."""
    day = PARAMETERS["as_of"].value(found.as_of)
    context = {
        "figure": found.figure,
        "page": codes.quoted(found.page),
        "canonical": request.build_absolute_uri(found.now.partition("#")[0]),
        "here": found.pinned,
        "now": found.now,
        "day": shown_on(day),
        "source": source_of(found.figure),
        "changed": CHANGED if found.has_changed else "",
    }
    return keeping(day, render_to_string("spending/embed.html", context, request))


def drawn_of(request: HttpRequest, found: Taken) -> Graphic:
    """The figure drawn, with its origin in words."""
    words = Words(
        site=_("Where do my taxes go"),
        sentence=found.figure.sentence,
        origin=tuple(_origin(request, found)),
        others=_("The others together"),
        warning=str(CHANGED) if found.has_changed else "",
    )
    return graphic(found.figure, words, sentences.language())


def source_of(figure: Figure) -> str:
    """Who published the figures, in which data set, as of which day."""
    origin = figure.provenance
    if origin is None:
        return ""
    as_of = day_in_words(origin.as_of, sentences.language())
    words = _("Source: %(publisher)s, %(dataset)s, as of %(as_of)s")
    publisher = origin.publisher
    if sentences.language() != "th":
        publisher = publishers.in_english(publisher) or publisher
    said = words % {"publisher": publisher, "dataset": title_of(origin.dataset), "as_of": as_of}
    return f"{said}, {origin.place}" if origin.place else said


def editions_of(figure: Figure) -> list[str]:
    """The keys of the editions behind a figure."""
    return [edition.key for edition in figure.provenance.editions] if figure.provenance else []


def shown_on(day: date) -> date:
    """The day, as people in Thailand have it, of a day or a moment."""
    return timezone.localdate(day.at) if isinstance(day, Moment) else day


def page_of(path: str) -> str:
    """The path of the page whose figure an embed's path shows."""
    return path.replace(f"/{codes.PREFIX}", "/", 1)


def kept(request: HttpRequest, response: HttpResponse, content: bytes) -> HttpResponseBase:
    """The answer with its tag; or, to who holds it already, that it still stands."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response["ETag"] = tag
    response["Cache-Control"] = KEPT
    answer: HttpResponseBase = get_conditional_response(request, etag=tag, response=response)  # type: ignore[assignment]
    return answer


def _origin(request: HttpRequest, found: Taken) -> list[str]:
    editions = editions_of(found.figure)
    day = day_in_words(shown_on(PARAMETERS["as_of"].value(found.as_of)), sentences.language())
    known = _("As this site showed it on %(day)s.") % {"day": day}
    if editions:
        more = f" + {len(editions) - 1}" if len(editions) > 1 else ""
        known = f"{known} " + _("Edition %(edition)s") % {"edition": editions[0] + more}
    address = uri_to_iri(request.build_absolute_uri(found.pinned))
    return [line for line in (source_of(found.figure), known, address) if line]


def _page_query(asked: QueryDict) -> dict[str, str]:
    """The query of the page in an embed's query."""
    return {name: str(asked[name]) for name in asked if name not in (*codes.OWN, "scale")}


def _asked(request: HttpRequest, page: str, query: dict[str, str]) -> HttpResponseBase:
    """What the page at a path answers to one who asks for its figures."""
    match = match_of(page)
    inner = asked_for_figures(copy.copy(request))
    inner.path = inner.path_info = page
    text = urlencode(query)
    inner.GET = QueryDict(text)
    inner.META = {**request.META, "QUERY_STRING": text, "PATH_INFO": page}
    inner.resolver_match = match
    try:
        answer: HttpResponseBase = match.func(inner, *match.args, **match.kwargs)
    except Http404 as error:
        raise Unavailable(404) from error
    return answer


def _unavailable(request: HttpRequest, error: Unavailable, name: str = "") -> HttpResponseBase:
    """Where the page has moved, the embed of the page there; else a line that says that there is nothing."""
    if not error.location:
        status = error.status if error.status in (400, 404) else 404
        why = _("There is no such figure at this address, or its page cannot read it.")
        return refused(request, status, why)
    moved = urlsplit(error.location)
    own = {word: request.GET[word] for word in (*codes.OWN, "scale") if request.GET.get(word)}
    query = dict(parse_qsl(moved.query))
    return HttpResponseRedirect(codes.with_query(f"{codes.embedded(moved.path)}{name}", query | own))


def _pinned(found: Taken, form: str = "", scale: str = "1") -> HttpResponseBase:
    """The way to the address that says which moment it shows, so that it never shows another unseen."""
    own = {"as_of": found.as_of, "seen": found.figure.seal}
    if form:
        larger = {"scale": scale} if scale != "1" else {}
        return HttpResponseRedirect(
            codes.picture(found.page, found.query, found.figure.id, form, **own, **larger)
        )
    return HttpResponseRedirect(codes.address(found.page, found.query, figure=found.figure.id, **own))
