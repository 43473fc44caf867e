"""Opinions: read by a person, published beside the record or not, and answered by the agency."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import opinions, roles
from ..models import Opinion
from ..models.vocabulary import Suspicion
from ..sealing import SealError
from .rights import RoleAdmin

DECISIONS = [
    ("", "—"),
    ("publish", _("publish these words")),
    ("decline", _("do not publish; what was written is removed")),
    ("convert", _("follow it as a complaint")),
]


class ModerateForm(forms.ModelForm):
    """What becomes of an opinion."""

    words_to_publish = forms.CharField(
        label=_("Words to publish"),
        required=False,
        max_length=opinions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Take out names of persons and whatever tells who wrote it. Change nothing else."),
    )
    decision = forms.ChoiceField(label=_("What becomes of it"), choices=DECISIONS, required=False)
    suspicion = forms.ChoiceField(
        label=_("As a complaint, it is about"), choices=[("", "—"), *Suspicion.choices], required=False
    )
    new_answer = forms.CharField(
        label=_("The agency's answer"),
        required=False,
        max_length=opinions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Published beside the opinion, word for word."),
    )

    class Meta:
        model = Opinion
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opened = getattr(self.instance, "opened", "")
        if "words_to_publish" in self.fields:
            self.fields["words_to_publish"].initial = opened
        if "new_answer" in self.fields:
            self.fields["new_answer"].initial = self.instance.answer

    def clean(self) -> dict[str, Any]:
        """Each decision wants what belongs to it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("decision") == "publish" and not data.get("words_to_publish"):
            self.add_error("words_to_publish", gettext("Nothing to publish."))
        if data.get("decision") == "convert" and not data.get("suspicion"):
            self.add_error("suspicion", gettext("Say what it is about."))
        return data


@admin.register(Opinion)
class OpinionAdmin(RoleAdmin):
    """What citizens think of lines, projects and services."""

    may_see = may_change = roles.MAY_MODERATE
    form = ModerateForm
    list_display = ("received_at", "state", "title", "agency_code", "published_at", "answered_at")
    list_filter = ("state",)
    ordering = ("received_at",)
    actions = None
    readonly_fields = ("received_at", "state", "about", "title", "agency_code", "said", "published_words")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What can still be done with it."""
        if obj is None or obj.state == Opinion.State.RECEIVED:
            return (*self.readonly_fields[:6], "words_to_publish", "decision", "suspicion")
        if obj.state == Opinion.State.PUBLISHED:
            return (*self.readonly_fields[:5], "published_words", "new_answer")
        return self.readonly_fields[:5]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The opinion, with what was written, opened for its page and written down."""
        opinion = super().get_object(request, object_id, from_field)
        match = request.resolver_match
        is_page = request.method == "GET" and match is not None and str(match.url_name).endswith("_change")
        if opinion is not None and is_page and roles.has(request.user, roles.MAY_MODERATE):
            try:
                opinion.opened = opinions.read(opinion, request.user.get_username())
            except SealError as error:
                opinion.opened = str(error)
        return opinion

    def save_model(self, request: HttpRequest, obj: Opinion, form: Any, change: bool) -> None:
        """Decide, or put the answer beside it."""
        data, actor, done = form.cleaned_data, request.user.get_username(), True
        if data.get("decision") == "publish":
            done = opinions.publish(obj, data["words_to_publish"], actor)
        elif data.get("decision") == "decline":
            done = opinions.decline(obj, actor)
        elif data.get("decision") == "convert":
            done = opinions.convert(obj, data["suspicion"], actor) is not None
        elif data.get("new_answer"):
            done = opinions.answer(obj, data["new_answer"], actor)
        if not done:
            messages.warning(request, gettext("Somebody has decided already."))

    @admin.display(description=_("The record"))
    def title(self, opinion: Opinion) -> str:
        """What the page showed."""
        return str(opinion.snapshot["title"])

    @admin.display(description=_("In the citizen's words"))
    def said(self, opinion: Opinion) -> str:
        """What was opened for this one page."""
        return getattr(opinion, "opened", "") or "–"
