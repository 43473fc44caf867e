"""Requests to learn who a citizen is: asked by a custodian, decided by a second person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import identities, roles, troubles
from ..forms import ComplaintForm
from ..handling import NotPossible
from ..models import Complaint, IdentityRequest
from ..sealing import SealError
from .rights import RoleAdmin, moment, person

ASKED = (moment(IdentityRequest, "asked_at"), person(IdentityRequest, "asked_by"))
DECIDED = (person(IdentityRequest, "decided_by"), moment(IdentityRequest, "decided_at"))
DECISIONS = [("", "—"), ("yes", _("agree: they may learn it for a day")), ("no", _("refuse"))]


class AskForm(forms.ModelForm):
    """Which case, and why."""

    reference = forms.CharField(label=_("Number of the case"), max_length=9)
    why = forms.CharField(
        label=_("Why it must be known"),
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=identities.SHORTEST_REASON,
        max_length=2_000,
        help_text=_("The second person reads this. It is sealed."),
    )
    asking: Any = None

    class Meta:
        model = IdentityRequest
        fields: list[str] = []

    def clean_reference(self) -> Complaint:
        """The case, if nothing keeps it from whoever asks and somebody said who they are."""
        cases = Complaint.objects.open_to(self.asking)
        case = cases.filter(reference=self.cleaned_data["reference"].strip()).first()
        if case is None:
            raise ValidationError(gettext("There is no case of that number."))
        if not hasattr(case, "reporter"):
            raise ValidationError(gettext("The citizen did not say who they are."))
        return case


class DecideForm(forms.ModelForm):
    """What the second person says."""

    decision = forms.ChoiceField(label=_("Your decision"), choices=DECISIONS, required=False)

    class Meta:
        model = IdentityRequest
        fields: list[str] = []


@admin.register(IdentityRequest)
class IdentityRequestAdmin(RoleAdmin):
    """Requests and decisions."""

    may_see = roles.MAY_ASK_IDENTITY | roles.MAY_DECIDE_IDENTITY
    may_change = roles.MAY_DECIDE_IDENTITY
    may_add = roles.MAY_ASK_IDENTITY
    list_display = ("number", *ASKED, *DECIDED, "outcome")
    list_filter = ("is_approved",)
    list_select_related = ("complaint", "asked_by", "decided_by")
    actions = None
    readonly_fields = (
        "number", *ASKED, "because", "outcome", *DECIDED, "way_in",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        """Requests on cases that nothing keeps from whoever looks."""
        cases = Complaint.objects.open_to(request.user).values("pk")  # type: ignore[arg-type]
        return super().get_queryset(request).filter(complaint__in=cases)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A second person decides once: there is nothing to save for who asked, nor afterwards."""
        is_open = obj is None or (obj.decided_at is None and obj.asked_by_id != request.user.pk)
        return super().has_change_permission(request, obj) and is_open

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """One form to ask, another to decide."""
        if obj is not None:
            return super().get_form(request, obj, change=change, form=DecideForm, **kwargs)
        form: Any = super().get_form(request, obj, change=change, form=AskForm, **kwargs)
        form.asking = request.user
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Case and reason when asking. Afterwards the way in for who asked, the decision for another."""
        if obj is None:
            return ("reference", "why")
        if obj.asked_by_id == request.user.pk:
            return self.readonly_fields
        decision = ("decision",) if self.has_change_permission(request, obj) else ()
        return (*self.readonly_fields[:-1], *decision)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was asked is never changed."""
        return () if obj is None else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: IdentityRequest, form: Any, change: bool) -> None:
        """Ask, or decide."""
        if not change:
            data = form.cleaned_data
            made = identities.ask(data["reference"], request.user, data["why"])
            obj.pk, obj.complaint, obj.asked_by = made.pk, made.complaint, made.asked_by
            return
        if form.cleaned_data["decision"]:
            self._decide(request, obj, form.cleaned_data["decision"] == "yes")

    def _decide(self, request: HttpRequest, asked: IdentityRequest, is_approved: bool) -> None:
        try:
            done = identities.decide(asked, request.user, is_approved=is_approved)
        except NotPossible as error:
            messages.error(request, str(error))
            return
        if not done:
            messages.warning(request, gettext("Somebody has decided already."))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The log of events tells it; the admin's own log adds nothing."""

    def get_urls(self) -> list[URLPattern]:
        """Besides the usual pages: who the citizen is."""
        view = self.admin_site.admin_view(self.identity)
        name = "complaints_identityrequest_identity"
        return [path("<int:pk>/identity/", view, name=name), *super().get_urls()]

    def identity(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who the citizen is: for the custodian who asked, within a day of the consent, written down."""
        if not roles.has(request.user, roles.MAY_ASK_IDENTITY):
            raise PermissionDenied
        asked = get_object_or_404(self.get_queryset(request), pk=pk, asked_by=request.user)
        try:
            opened = identities.learn(asked.complaint, request.user)
        except (NotPossible, SealError) as error:
            return HttpResponse(
                troubles.told(str(error)), status=403, content_type="text/plain; charset=utf-8"
            )
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Who made case %(number)s") % {"number": asked.complaint.reference},
            "opened": {_called(name): value for name, value in opened.items()},
        }
        response = TemplateResponse(request, "admin/complaints/identity.html", context)
        response["Cache-Control"] = "no-store, private"
        return response

    @admin.display(description=_("Why it must be known"))
    def because(self, asked: IdentityRequest) -> str:
        """The reason, opened."""
        try:
            return identities.reason_of(asked)
        except SealError as error:
            return troubles.told(str(error))

    @admin.display(description=_("The case"), ordering="complaint__reference")
    def number(self, asked: IdentityRequest) -> str:
        """Its number: a custodian has no page of the case to be led to."""
        return asked.complaint.reference

    @admin.display(description=_("Decision"), ordering="is_approved")
    def outcome(self, asked: IdentityRequest) -> str:
        """Whether a second person has agreed; until then that it waits for one."""
        if asked.decided_at is None:
            return gettext("not decided: it waits for a second person")
        return gettext("agreed") if asked.is_approved else gettext("refused")

    @admin.display(description=_("Who the citizen is"))
    def way_in(self, asked: IdentityRequest) -> SafeString | str:
        """The way there, while a second person's consent lasts."""
        if not identities.may_learn(asked.complaint, asked.asked_by):
            return "–"
        address = reverse("admin:complaints_identityrequest_identity", args=[asked.pk])
        return format_html('<a href="{}">{}</a>', address, _("Open it; this is written down"))


def _called(name: str) -> str:
    """What the form calls a part of an identity."""
    field = ComplaintForm.base_fields.get(name)
    return str(field.label) if field is not None else name
