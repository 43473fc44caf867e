"""Pages of opinions: say what one thinks of a record, and read what others and the agency said."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from . import opinions
from .access import grouped
from .crowding import OPINIONS, bucket_of
from .forms import new_token, nonce_of
from .models import Opinion
from .records import record_of
from .snapshots import freeze
from .views import is_from_here, private, trial

LEAST_LETTERS = 10


class OpinionForm(forms.Form):
    """One text about one record."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    about = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What do you think of it?"),
        min_length=LEAST_LETTERS,
        max_length=opinions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        help_text=_(
            "A person reads it before it is published. Name no persons, and nothing that tells who you are."
        ),
    )

    def clean_about(self) -> str:
        """A record of this site."""
        record = record_of(self.cleaned_data["about"])
        if not record:
            raise ValidationError(
                gettext("Opinions are about one line, project, contract, supplier or agency.")
            )
        return record


@private
def new(request: HttpRequest) -> HttpResponse:
    """Where to say what one thinks of a record and, once sent, the receipt."""
    if not settings.COMPLAINT_PUBLIC_KEYS:
        raise Http404
    if request.method == "POST":
        return _kept(request)
    record = record_of(request.GET.get("about", ""))
    if not record:
        raise Http404
    return _form(request, OpinionForm(initial={"token": new_token(), "about": record}), record)


@private
@require_safe
def beside(request: HttpRequest) -> HttpResponse:
    """What was published about a record, all of it."""
    record = record_of(request.GET.get("about", ""))
    about = freeze(record) if record else None
    if about is None:
        raise Http404
    context = {"about": about, "opinions": Opinion.objects.published().about(record)[:200]}
    return render(request, "complaints/opinions.html", context)


def _kept(request: HttpRequest) -> HttpResponse:
    form = OpinionForm(request.POST)
    record = record_of(request.POST.get("about", ""))
    nonce = nonce_of(request.POST.get("token", ""))
    if not is_from_here(request) or not nonce:
        return _form(request, form, record, problem="expired", status=403)
    about = freeze(record) if record else None
    if not form.is_valid() or about is None:
        return _form(request, form, record, problem="fields")
    bucket = bucket_of(request, OPINIONS)
    given = opinions.Given(nonce, get_language() or "th", about, form.cleaned_data["words"], bucket)
    try:
        receipt = opinions.submit(given)
    except opinions.TooMany as error:
        return _later(request, form, record, error.again_at)
    except (OperationalError, InterfaceError):
        return _form(request, form, record, problem="down")
    context: dict[str, Any] = {"key": grouped(receipt.key), "about": about, **trial()}
    return render(request, "complaints/opinion_receipt.html", context)


def _later(request: HttpRequest, form: OpinionForm, record: str, again_at: datetime) -> HttpResponse:
    """The form with what was typed, and from when on it is taken."""
    answer = _form(request, form, record, problem="many", status=429, again_at=again_at)
    answer["Retry-After"] = str(ceil((again_at - timezone.now()).total_seconds()))
    return answer


def _form(
    request: HttpRequest,
    form: OpinionForm,
    record: str,
    *,
    problem: str = "",
    status: int = 200,
    again_at: datetime | None = None,
) -> HttpResponse:
    """The form with what was typed, and a fresh number if the one it had is no good."""
    token = form["token"].value() or ""
    if problem == "expired" or not nonce_of(token):
        token = new_token()
    about = freeze(record) if record else None
    context = {"form": form, "about": about, "token": token, "problem": problem, **trial()}
    context |= {"again_at": again_at, "most": opinions.MOST_FROM_ONE_PLACE}
    return render(request, "complaints/opinion_new.html", context, status=status)
