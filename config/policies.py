"""What a browser may load and no cache may keep, told with each answer; which addresses are none; and that
who asks for the head of an answer gets no body.
"""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

Answering = Callable[[HttpRequest], HttpResponseBase]


class PolicyMiddleware(CSPMiddleware):
    """Writes the site's policy on answers that have none of their own, and makes it for those alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if HEADER in response else super().process_response(request, response)


def unkept(get_response: Answering) -> Answering:
    """Nothing of the workbench, and of pages that say so of themselves, is kept by a cache; nor refusals."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response, match = get_response(request), request.resolver_match
        if match and (match.namespace == "admin" or getattr(match.func, "is_private", False)):
            patch_cache_control(response, no_store=True, private=True)
        return response

    return answer


def nameable(get_response: Answering) -> Answering:
    """No address holds the sign NUL: nothing in the database could be called so."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path:
            raise Http404
        return get_response(request)

    return answer


def headed(get_response: Answering) -> Answering:
    """A HEAD is answered as a GET would be, length and all, without its body; no file is written for it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "HEAD":
            _emptied(response)
        return response

    return answer


def _emptied(response: HttpResponseBase) -> None:
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = iter(())  # what was to be sent is closed with the answer
    elif isinstance(response, HttpResponse):
        response.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
