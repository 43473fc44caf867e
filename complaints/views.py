"""Pages for whoever sees something wrong: the form with its receipt, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

import segno
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from spending.terms import published_in_english

from . import inbox
from .access import grouped, read_key
from .crowding import bucket_of
from .filing import (
    MOST_FILES_IN_AN_HOUR,
    IsClosed,
    Receipt,
    TooManyFiles,
    file_complaint,
    supplement,
    withdraw,
)
from .forms import ComplaintForm, IdentityForm, SupplementForm, new_token, nonce_of
from .models import Complaint, Desk
from .raising import raise_identity
from .records import parts_of
from .sightings import sighting
from .snapshots import Snapshot, freeze
from .uploads import keep_in_memory

View = Callable[[HttpRequest], HttpResponse]


def private(view: View) -> View:
    """A view whose answer no other site and no cache hears of. Forged posts are refused without a cookie."""

    @never_cache
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response["Referrer-Policy"] = "no-referrer"
        return response

    answer.is_private = True  # type: ignore[attr-defined]  # read by config.policies
    return answer


@private
def new(request: HttpRequest) -> HttpResponse:
    """Where to report what one has seen, and, once sent, the receipt."""
    if not settings.COMPLAINT_PUBLIC_KEYS:
        about = freeze(request.GET.get("about", ""))
        address = request.build_absolute_uri(about.about) if about else ""
        return render(request, "complaints/elsewhere.html", {"desks": Desk.objects.shown(), "about": address})
    if request.method == "POST":
        return _filed(request)
    about = _about(request.GET.get("about", ""))
    language = get_language() or "th"
    spoken = about if language == "th" or about is None else _about(about.about, language)
    initial = {
        "token": new_token(),
        "about": about.about if about else "",
        "subject": _subject(spoken),
        "agency": in_both(spoken.agency, 150) if spoken else "",
    }
    return _form(request, ComplaintForm(initial=initial), about)


@private
def status(request: HttpRequest) -> HttpResponse:
    """What became of a complaint, for whoever presents its access key."""
    if request.method != "POST":
        return render(request, "complaints/status.html", {"desks": Desk.objects.shown()})
    handler = keep_in_memory(request)
    if not is_from_here(request):
        return render(request, "complaints/status.html", {"problem": "elsewhere"}, status=403)
    key = read_key(request.POST.get("key", ""))
    complaint = inbox.find(key)
    if complaint is None:
        return _opinion(request, key)
    form, done = SupplementForm(), ""
    raising = IdentityForm(complaint.identity)
    if request.POST.get("act") == "add":
        form, done = _added(request, complaint, is_over=handler.is_over)
    elif request.POST.get("act") == "withdraw" and request.POST.get("sure") == "yes":
        done = "withdrawn" if withdraw(complaint) else ""
    elif request.POST.get("act") == "raise":
        raising, done = _raised(request, complaint)
    context = {
        "case": inbox.read(complaint, key),
        "key": key,
        "form": form,
        "raising": raising,
        "done": done,
        **trial(),
    }
    return render(request, "complaints/case.html", context)


def _added(request: HttpRequest, complaint: Complaint, *, is_over: bool) -> tuple[SupplementForm, str]:
    """Keep what the citizen adds; what cannot be kept now stays in the form, with when it can."""
    form = SupplementForm(request.POST, request.FILES)
    if is_over:
        form.add_error("evidence", gettext("The files together may have 50 MB at most."))
    if not form.is_valid():
        return form, ""
    try:
        supplement(complaint, words=form.cleaned_data["words"], files=form.cleaned_data["evidence"])
    except IsClosed:  # it was open when the page was made
        return form, "closed"
    except TooManyFiles as error:
        words = gettext(
            "This report has had %(most)s files within an hour. It takes these from %(time)s on; nothing of "
            "this was kept, and what you wrote still stands below."
        )
        at = timezone.localtime(error.again_at + timedelta(minutes=1)).strftime("%H:%M")
        form.add_error("evidence", words % {"most": MOST_FILES_IN_AN_HOUR, "time": at})
        return form, ""
    return SupplementForm(), "added"


def _raised(request: HttpRequest, complaint: Complaint) -> tuple[IdentityForm, str]:
    """Have the citizen say more of who they are. What they sent twice is done already."""
    if request.POST.get("identity") == complaint.identity:
        return IdentityForm(complaint.identity), "raised"
    form = IdentityForm(complaint.identity, request.POST)
    if not form.is_valid():
        return form, ""
    done = raise_identity(complaint, form.cleaned_data["identity"], form.reporter)
    return IdentityForm(complaint.identity), "raised" if done else ""


def _opinion(request: HttpRequest, key: str) -> HttpResponse:
    """The same for an opinion; any other key is unknown."""
    opinion = inbox.find_opinion(key)
    if opinion is None:
        return render(request, "complaints/status.html", {"problem": "unknown"}, status=404)
    return render(request, "complaints/opinion_status.html", {"opinion": opinion, **trial()})


def _filed(request: HttpRequest) -> HttpResponse:
    handler = keep_in_memory(request)
    about = _about(request.POST.get("about", ""))
    form = ComplaintForm(request.POST, request.FILES)
    nonce = nonce_of(request.POST.get("token", ""))
    if not is_from_here(request) or not nonce:
        return _form(request, form, about, problem="expired", status=403)
    if handler.is_over:
        form.add_error("evidence", gettext("The files together may have 50 MB at most."))
    if not form.is_valid():
        return _form(request, form, about, problem="fields")
    try:
        receipt = file_complaint(form.filing(nonce, get_language() or "th", about, bucket_of(request)))
    except (OperationalError, InterfaceError, OSError):  # the database is away, or the disk is full
        return _form(request, form, about, problem="down")
    return _receipt(request, receipt)


def _form(
    request: HttpRequest,
    form: ComplaintForm,
    about: Snapshot | None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form with all that was typed; it gets a fresh number if the one it had is no good."""
    token = form["token"].value() or ""
    if problem == "expired" or not nonce_of(token):
        token = new_token()
    known = sighting(about.about) if about and not problem else None
    context = {"form": form, "about": about, "problem": problem, "token": token, "sighting": known, **trial()}
    return render(request, "complaints/new.html", context, status=status)


def _receipt(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    key = grouped(receipt.key)
    picture = segno.make(key, error="m").svg_inline(
        border=2, omitsize=True, svgclass="qr", lineclass=None, title=gettext("Access key")
    )
    context = {"receipt": receipt, "key": key, "qr": picture, **trial()}
    return render(request, "complaints/receipt.html", context)


def trial() -> dict[str, bool]:
    """Whether this is a trial, where complaints reach no real body; the pages then say so."""
    return {"is_trial": not settings.PRODUCTION}


def is_from_here(request: HttpRequest) -> bool:
    """Whether a post comes from a page of ours, as far as the browser says. Older ones say nothing."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin", "null")  # a page without referrer says "null"
    here = f"{request.scheme}://{request.get_host()}"
    return origin in ("null", here, *settings.CSRF_TRUSTED_ORIGINS)


def _about(address: str, language: str = "th") -> Snapshot | None:
    """The page complained about. While the database is away, its address alone."""
    try:
        return freeze(address, language)
    except (OperationalError, InterfaceError):
        return Snapshot(address, address) if parts_of(address) else None


def _subject(about: Snapshot | None) -> str:
    if about is None or about.title == about.about:
        return ""
    return " · ".join(in_both(part, 200) for part in about.title.split(" · "))[:200]


def in_both(name: str, most: int) -> str:
    """A name, on English pages behind its English one: whoever writes reads that, the body reads its own."""
    english = "" if get_language() == "th" else published_in_english(name)
    both = f"{english} ({name})" if english and english != name else name
    return both if len(both) <= most else name[:most]
