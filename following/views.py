"""Asking for letters, confirming and stopping: pages without a sign-in, a cookie or a trace."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from . import counting, subscribing
from .forms import AskForm
from .models import UNCONFIRMED_FOR
from .showing import followed, mail_folder
from .subjects import Kind, NoSubject, Subject, subject_of

HOURS = int(UNCONFIRMED_FOR.total_seconds()) // 3_600
READ_OR_WRITE = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """A page whose address is a key: kept by nobody, listed nowhere, told to nobody.

    Nothing of the browser counts here but the key itself, so no cookie need protect the form, and a mail
    program may stop letters with one request (RFC 8058).
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    answer.is_private = True  # type: ignore[attr-defined]  # read by config.policies
    return answer


@csrf_exempt
@never_cache
@require_http_methods(READ_OR_WRITE)
def ask(request: HttpRequest) -> HttpResponseBase:
    """The form for one subject, and what it sends. The answer is the same whether an address is known or
    not.
    """
    given = request.POST if request.method == "POST" else request.GET
    subject = _subject(given.get("kind", Kind.EDITIONS.value), given.get("key", ""))
    if request.method != "POST":
        return _form(request, subject)
    if not settings.FOLLOWING_BY_MAIL:
        raise Http404
    form = AskForm(request.POST)
    if not form.is_valid():
        return _form(request, subject, form, status=400)
    if not counting.may_ask(request):
        problem = _("So many letters were asked for from where you are that we wait a while. Try in an hour.")
        return _form(request, subject, form, problem=problem, status=429)
    subscribing.ask(form.cleaned_data["email"], subject, (get_language() or "th")[:2])
    return HttpResponseRedirect(reverse("following:asked"))


def _subject(kind: str, key: str) -> Subject:
    try:
        return subject_of(kind, key)
    except NoSubject:
        raise Http404 from None


def _form(
    request: HttpRequest,
    subject: Subject,
    form: AskForm | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponseBase:
    errors = [str(one) for one in form.errors.get("email", [])] if form is not None else []
    context = {
        "section": "data",
        **followed(subject),
        "typed": request.POST.get("email", "")[:300],
        "problem": problem or next(iter(errors), ""),
    }
    return render(request, "following/ask.html", context, status=status)


@require_safe
def asked(request: HttpRequest) -> HttpResponseBase:
    """What happens next."""
    context = {"section": "data", "hours": HOURS, "mail_folder": mail_folder()}
    return render(request, "following/asked.html", context)


@private
@require_http_methods(READ_OR_WRITE)
def one(request: HttpRequest, token: str) -> HttpResponseBase:
    """One subscription: to be confirmed, or to be ended. Nothing happens before a button is pressed, as mail
    programs look at links by themselves.
    """
    if request.method == "POST" and request.POST.get("act") == "stop":
        subscribing.stop_one(token)
        return _done(request, "stopped")
    if request.method == "POST":
        return _done(request, "confirmed" if subscribing.confirm(token) else "lapsed", token)
    found = subscribing.found(token)
    if found is None:
        return _done(request, "lapsed")
    state = "waiting" if found.confirmed_at is None else "followed"
    return _done(request, state, token)


@private
@require_http_methods(READ_OR_WRITE)
def stop(request: HttpRequest, token: str) -> HttpResponseBase:
    """End all letters to an address. The answer is the same whether anything was to be ended."""
    if request.method == "POST":
        subscribing.stop_all(token)
        return _done(request, "stopped")
    return _done(request, "stopping")


def _done(request: HttpRequest, state: str, token: str = "") -> HttpResponseBase:
    context = {"section": "data", "state": state, "subject": _followed(token) if token else None}
    return render(request, "following/letters.html", context, status=404 if state == "lapsed" else 200)


def _followed(token: str) -> Subject | None:
    """What a link is about; None where it is published no longer."""
    found = subscribing.found(token)
    try:
        return subject_of(found.kind, found.key) if found else None
    except NoSubject:
        return None
