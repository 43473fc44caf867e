"""Black boxes on a picture or a PDF: marked on the page or in numbers, looked at, confirmed, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import blackening, roles
from ..cleaning.boxes import Box
from ..handling import NotPossible
from ..models import Attachment, Blackening, Complaint, Event
from ..models.events import note

PART = 10  # per mille in a per cent
ROWS = 3  # empty ones, below those that are filled
NUMBERS = ("left", "top", "width", "height")
SHORTEST_REASON = 5


def percent(label: Any) -> forms.DecimalField:
    """A place or a length on the page."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal", "autocomplete": "off"}),
    )


class BoxForm(forms.Form):
    """One box, in per cent of the page; left empty, it is none."""

    page = forms.IntegerField(label=_("Page"), required=False, min_value=1)
    left = percent(_("from the left, %"))
    top = percent(_("from the top, %"))
    width = percent(_("width, %"))
    height = percent(_("height, %"))

    def __init__(self, *args: Any, pages: int, shown: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].initial = shown
        self.pages = pages
        self.box: Box | None = None
        if pages == 1:
            self.fields["page"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """All numbers or none, and a box that lies on a page."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        given = [data.get(name) for name in NUMBERS]
        if self.errors or given == [None] * 4:
            return data
        if None in given:
            raise forms.ValidationError(gettext("Give all four numbers of a box, or none."), "numbers")
        left, top, width, height = (int(number * PART) for number in given if number is not None)
        if not (width and height) or left + width > 100 * PART or top + height > 100 * PART:
            raise forms.ValidationError(gettext("The box is empty, or reaches beyond the page."), "beyond")
        page = data.get("page") or 1
        if page > self.pages:
            raise forms.ValidationError(gettext("The file has no such page."), "page")
        self.box = Box(page, left, top, width, height)
        return data


class ReasonForm(forms.Form):
    """Why it is blacked out."""

    ground = forms.ChoiceField(label=_("Reason"), choices=[("", "—"), *Blackening.Ground.choices])
    reason = forms.CharField(
        label=_("Why, in words"),
        min_length=SHORTEST_REASON,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Sealed; no citizen and no body sees it. The log says only which of the reasons above."),
    )


def page(request: HttpRequest, case: Complaint, file: Attachment, context: dict[str, Any]) -> HttpResponse:
    """Show the boxes of a file; make a preview, confirm it, take back what holds.

    Raises NotPossible, SealError.
    """
    user: Any = request.user
    actor = user.get_username()
    pages = blackening.pages_of(file)
    draft = Blackening.objects.drafts().filter(attachment=file, author=actor).first()
    marks = blackening.marks_of(draft)
    shown = _shown(request, pages)
    boxes, reason = _boxes(request, marks.added, pages, shown), _reason(request, draft, marks.reason)
    if request.method == "POST":
        there = _done(request, file, draft, boxes, reason)
        if there:
            return HttpResponseRedirect(f"{_address(case, file)}?page={there}")
    holding = file.blackening
    fixed = blackening.marks_of(holding)
    context |= {
        "title": gettext("Black boxes on file %(position)s of case %(number)s")
        % {"position": file.position, "number": case.reference},
        "case": case, "file": file, "pages": pages, "shown": shown, "boxes": boxes, "reason": reason,
        "draft": draft, "draft_pages": sorted({box.page for box in marks.added}),
        "holding": holding, "holding_reason": fixed.reason,
        "fixed": [box for box in fixed.boxes if box.page == shown],
        "marked": [box for box in marks.added if box.page == shown],
        "delivered": blackening.delivered_before(file),
        "is_delivered": holding is not None and blackening.delivered_since(holding),
        "may_take_back": roles.has(user, roles.MAY_TAKE_BACK),
    }  # fmt: skip
    response = TemplateResponse(request, "admin/complaints/blackening.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def picture(request: HttpRequest, file: Attachment, version: int, number: int) -> HttpResponse:
    """A page as a picture: of the cleaned copy (version 0), or of one with boxes. It is written down.

    Raises NotPossible, SealError.
    """
    black = version_of(file, version)
    seen = blackening.page_of(file, black, number)
    _opened(request, file, version, number)
    response = HttpResponse(seen.picture, content_type="image/jpeg")
    response["Cache-Control"] = "no-store, private"
    return response


def version_of(file: Attachment, version: int) -> Blackening | None:
    """The version of this number; None for 0, the copy without boxes. Raises Http404."""
    if version == 0:
        return None
    found = file.blackenings.filter(version=version).first()
    if found is None:
        raise Http404
    return found


def _opened(request: HttpRequest, file: Attachment, version: int, number: int) -> None:
    user: Any = request.user
    detail = {"position": file.position, "version": version, "page": number}
    note(file.complaint, Event.Kind.OPENED, user.get_username(), part="page", **detail)


def _boxes(request: HttpRequest, added: Sequence[Box], pages: int, shown: int) -> BaseFormSet:
    """The rows as they were posted; or those of the preview. Asked for another page, rows stay as typed."""
    shape = formset_factory(
        BoxForm, extra=ROWS, max_num=blackening.MOST_BOXES, absolute_max=blackening.MOST_BOXES
    )
    known = {"pages": pages, "shown": shown}
    if request.method == "POST" and "preview" in request.POST:
        return shape(request.POST, form_kwargs=known)
    rows = _typed(request) if "form-TOTAL_FORMS" in request.POST else [_row(box) for box in added]
    return shape(initial=rows, form_kwargs=known)


def _row(box: Box) -> dict[str, Any]:
    return {"page": box.page} | {name: Decimal(getattr(box, name)) / PART for name in NUMBERS}


def _typed(request: HttpRequest) -> list[dict[str, str]]:
    found = []
    for place in range(blackening.MOST_BOXES):
        row = {name: request.POST.get(f"form-{place}-{name}", "") for name in ("page", *NUMBERS)}
        if any(row[name] for name in NUMBERS):
            found.append(row)
    return found


def _reason(request: HttpRequest, draft: Blackening | None, words: str) -> ReasonForm:
    if request.method == "POST" and "preview" in request.POST:
        return ReasonForm(request.POST)
    posted = {name: request.POST[name] for name in ("ground", "reason") if name in request.POST}
    return ReasonForm(initial={"ground": draft.ground if draft else "", "reason": words} | posted)


def _shown(request: HttpRequest, pages: int) -> int:
    """The page to look at: a button's, the one that was typed, or the address's."""
    asked = request.POST.get("go") or request.POST.get("shown") or request.GET.get("page", "")
    return min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 6 else 1


def _done(
    request: HttpRequest, file: Attachment, draft: Blackening | None, boxes: BaseFormSet, reason: ReasonForm
) -> int:
    """Do what was asked for. The page to show next; 0 where nothing was done: then it is said why."""
    user: Any = request.user
    actor, post = user.get_username(), request.POST
    try:
        if "preview" in post:
            return _preview(file, boxes, reason, actor)
        if "confirm" in post:
            if draft is None:
                raise NotPossible(gettext("Somebody has changed it in the meantime; look again."))
            blackening.confirm(draft, post["confirm"], actor)
            messages.success(request, gettext("From now on bodies get the copy with black boxes."))
            return 1
        if "take_back" in post:
            _take_back(request, file, actor)
            messages.success(request, gettext("The black boxes are taken back."))
            return 1
    except NotPossible as error:
        messages.error(request, str(error))
    return 0


def _preview(file: Attachment, boxes: BaseFormSet, reason: ReasonForm, actor: str) -> int:
    if not (boxes.is_valid() & reason.is_valid()):
        return 0
    added = [form.box for form in boxes if form.box is not None]
    data = reason.cleaned_data
    blackening.preview(file, added, data["ground"], data["reason"], actor)
    return int(added[0].page)


def _take_back(request: HttpRequest, file: Attachment, actor: str) -> None:
    words = request.POST.get("taken_back_because", "").strip()[:2_000]
    if not roles.has(request.user, roles.MAY_TAKE_BACK):
        raise NotPossible(gettext("Only a supervisor takes back black boxes."))
    if len(words) < SHORTEST_REASON:
        raise NotPossible(gettext("Say why they are taken back."))
    holding = file.blackening
    if holding is None or str(holding.version) != request.POST["take_back"]:
        raise NotPossible(gettext("Somebody has changed it in the meantime; look again."))
    blackening.take_back(holding, words, actor)


def _address(case: Complaint, file: Attachment) -> str:
    return reverse("admin:complaints_complaint_black", args=[case.pk, file.position])
