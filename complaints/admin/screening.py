"""The screening sheet of a case: filled by whoever triages, signed by a second person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .. import roles, screening, sealed_sheets, sheets
from ..handling import NotPossible
from ..models import Complaint, Desk, Event, ScreeningDecision, ScreeningQuestion, ScreeningSheet
from ..models.desks import Grade
from ..models.events import note
from .rights import RoleAdmin

MARKS = [
    ("", "—"), (sheets.YES, _("yes")), (sheets.NO, _("no")), (sheets.UNCLEAR, _("not clear")),
]  # fmt: skip


class SheetForm(forms.Form):
    """A mark and a remark for each question, and what is proposed."""

    decision = forms.ChoiceField(label=_("What is proposed"), choices=[])
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any, sheet: sheets.Sheet) -> None:
        initial: dict[str, str] = {"decision": sheet.decision, "reason": sheet.reason}
        super().__init__(data, initial=initial)
        known = {line.code: line for line in sheet.lines}
        self.questions = list(ScreeningQuestion.objects.filter(is_asked=True))
        for question in self.questions:
            line = known.get(question.code)
            self.fields[f"mark_{question.code}"] = forms.ChoiceField(
                label=question.spoken, choices=MARKS, required=False, initial=line.mark if line else ""
            )
            self.fields[f"remark_{question.code}"] = forms.CharField(
                label=gettext("Remark: %(question)s") % {"question": question.spoken},
                required=False,
                max_length=500,
                initial=line.remark if line else "",
                widget=forms.TextInput(attrs={"placeholder": gettext("Remark")}),
            )
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)
        offered = ScreeningDecision.objects.filter(is_offered=True)
        field.choices = [("", "—"), *((one.code, one.spoken) for one in offered)]

    def groups(self) -> Iterable[tuple[Any, list[dict[str, Any]]]]:
        """The questions by part of the sheet, each with its two fields and who says that it is asked."""
        for group in ScreeningQuestion.Group:
            rows = [self._row(question) for question in self.questions if question.group == group]
            if rows:
                yield group.label, rows

    def answers(self) -> Mapping[str, tuple[str, str]]:
        """Marks and remarks by the question's code."""
        data = self.cleaned_data
        return {q.code: (data[f"mark_{q.code}"], data[f"remark_{q.code}"]) for q in self.questions}

    def _row(self, question: ScreeningQuestion) -> dict[str, Any]:
        return {
            "mark": self[f"mark_{question.code}"],
            "remark": self[f"remark_{question.code}"],
            "source": question.source,
            "grade": Grade(question.grade).label,
        }


def page(request: HttpRequest, case: Complaint, context: dict[str, Any]) -> HttpResponse:
    """Show the sheet of a case, keep a further version, or sign the last one."""
    user: Any = request.user
    last = sealed_sheets.last(case)
    sheet = sealed_sheets.opened(last) if last else screening.blank(case)
    form = SheetForm(request.POST if request.method == "POST" and "sign" not in request.POST else None, sheet)
    if request.method == "POST" and _done(request, case, form, last):
        return HttpResponseRedirect(reverse("admin:complaints_complaint_screening", args=[case.pk]))
    if last is not None and request.method == "GET":
        note(case, Event.Kind.OPENED, user.get_username(), part="screening", version=last.version)
    desk = Desk.objects.filter(code=sheet.suggested_desk).first()
    context |= {
        "title": gettext("Screening sheet of case %(number)s") % {"number": case.reference},
        "case": case, "form": form, "last": last,
        "versions": ScreeningSheet.objects.filter(complaint=case).select_related("written_by", "signed_by"),
        "may_sign": last is not None and last.signed_at is None and last.written_by_id != user.pk,
        "suggested": desk.spoken_name if desk else "", "because": _because(case, sheet),
    }  # fmt: skip
    response = TemplateResponse(request, "admin/complaints/screening.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _because(case: Complaint, sheet: sheets.Sheet) -> str:
    rule = screening.suggestion(case)
    if get_language() != "th" and rule is not None and rule.reason == sheet.suggested_because:
        return rule.reason_en
    return sheet.suggested_because


def _done(request: HttpRequest, case: Complaint, form: SheetForm, last: Any) -> bool:
    """Whether what was asked for is done; what could not be done is said."""
    try:
        if "sign" in request.POST:
            if last is None or str(last.version) != request.POST["sign"]:
                raise NotPossible(gettext("It is signed already, or there is a later version."))
            screening.sign(last, request.user)
            messages.success(request, gettext("The sheet is signed."))
            return True
        if not form.is_valid():
            return False
        data = form.cleaned_data
        screening.write(case, request.user, form.answers(), data["decision"], data["reason"])
        messages.success(request, gettext("The sheet is kept; a second person signs it."))
        return True
    except NotPossible as error:
        messages.error(request, str(error))
        return False


@admin.register(ScreeningQuestion)
class ScreeningQuestionAdmin(RoleAdmin):
    """What the screening sheet asks."""

    may_change = may_add = roles.MAY_SET_DESKS
    list_display = ("code", "group", "order", "question", "is_asked", "grade")
    list_filter = ("group", "grade", "is_asked")


@admin.register(ScreeningDecision)
class ScreeningDecisionAdmin(RoleAdmin):
    """How a first look may end."""

    may_change = may_add = roles.MAY_SET_DESKS
    list_display = ("code", "order", "name", "desk", "needs_reason", "is_offered", "grade")
    list_select_related = ("desk",)
