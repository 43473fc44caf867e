"""What staff may do with a case in one go: the form on its page, and the verb behind each field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import duplicates, handling, redacting, roles, tagging, triage
from ..handling import NotPossible
from ..models import Complaint, Desk, ReplyTemplate, Tag
from ..models.vocabulary import Outcome

JOINING = [("", "—"), ("link", _("link: each goes its own way")), ("merge", _("merge: close this one"))]


def staff(*, who: frozenset[str]) -> Any:
    """Active accounts with one of the roles."""
    return User.objects.filter(is_active=True, is_staff=True, groups__name__in=who).distinct()


def area(label: Any, help_text: Any = "") -> forms.CharField:
    """A field for a few sentences."""
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=5_000, widget=box, help_text=help_text)


class ActsForm(forms.ModelForm):
    """What staff may do with a case. What is left empty is not done."""

    template = forms.ChoiceField(
        label=_("Text kept ready"),
        required=False,
        help_text=_("It comes into the box below in the citizen's language; change it as you need."),
    )
    question = area(_("Write to the citizen"), _("Sealed to them; they read it with their access key."))
    remark = area(_("Note for colleagues"), _("Sealed; no citizen and no body sees it."))
    step = forms.ChoiceField(label=_("Move it on"), required=False)
    action_on = forms.DateField(
        label=_("Next action on"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give the day as year-month-day, such as 2026-11-30.")},
    )
    action = forms.CharField(
        label=_("What is to be done then"),
        required=False,
        max_length=200,
        help_text=_("Sealed; for colleagues."),
    )
    action_done = forms.BooleanField(label=_("The next action is done, or not needed"), required=False)
    new_priority = forms.TypedChoiceField(
        label=_("What comes first"), coerce=int, choices=Complaint.Priority, required=False
    )
    put_tag = forms.ModelChoiceField(
        label=_("Put a tag on it"), queryset=Tag.objects.filter(is_offered=True), required=False
    )
    drop_tag = forms.ModelChoiceField(
        label=_("Take a tag off it"), queryset=Tag.objects.none(), required=False
    )
    worker = forms.ModelChoiceField(label=_("Who works on it"), queryset=User.objects.none(), required=False)
    blocked = forms.ModelChoiceField(
        label=_("Keep it from"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("A person who is too close to it, or yourself. They will not find the case again."),
    )
    further = forms.BooleanField(
        label=_("Send it to the same body again, with what has come since"),
        required=False,
        help_text=_("What the citizen added and the signed screening sheet go along, as a further version."),
    )
    new_desk = forms.ModelChoiceField(
        label=_("Send it to another body"), queryset=Desk.objects.filter(is_open=True), required=False
    )
    reason = forms.CharField(label=_("Why there"), required=False, max_length=2_000)
    joined_with = forms.CharField(
        label=_("Same matter as case"), required=False, max_length=9, help_text=_("Its nine digits.")
    )
    joining = forms.ChoiceField(label=_("How to join them"), choices=JOINING, required=False)
    parting = forms.BooleanField(label=_("Part it from the case it is joined with"), required=False)
    kept_back = area(
        _("Passages kept back from the body"),
        _("One on each line, word for word; black in its copy. A single dash gives all of it free again."),
    )
    held = forms.TypedChoiceField(
        label=_("Hold"),
        coerce=lambda text: text == "yes",
        empty_value=None,
        choices=[("", "—"), ("yes", _("keep it beyond its time")), ("no", _("lift the hold"))],
        required=False,
    )

    asking: Any = None
    typed: Mapping[str, Any] = {}
    """What stands in it again after a text was put into the box."""

    class Meta:
        model = Complaint
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.instance
        self._choices("step").choices = list(_steps(case))
        self._choices("template").choices = list(_templates())
        self.fields["new_priority"].initial = case.priority
        self._rows("worker", staff(who=roles.MAY_SEE_CASES)).initial = case.assigned_to_id
        self._rows("blocked", staff(who=frozenset(roles.ROLES)))
        self._rows("drop_tag", case.tags.all())
        opened = getattr(case, "opened", None) or {}
        self.fields["kept_back"].initial = "\n".join(opened.get("kept back", ()))
        self.initial = {**self.initial, **self.typed}

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields.get(name, forms.ChoiceField())
        assert isinstance(field, forms.ChoiceField)
        return field

    def _rows(self, name: str, rows: Any) -> forms.Field:
        field = self.fields.get(name, forms.ModelChoiceField(rows))
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        return field

    def clean(self) -> dict[str, Any]:
        """A change of body wants a reason; a case to join with must be there."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("new_desk") and not data.get("reason"):
            self.add_error("reason", gettext("Say why it goes there."))
        if data.get("action_done") and (data.get("action_on") or data.get("action")):
            self.add_error("action_done", gettext("Either clear the next action, or set it."))
        if bool(data.get("joining")) != bool(data.get("joined_with")):
            self.add_error("joined_with", gettext("Give the other case and how to join them."))
        return data

    def clean_action_on(self) -> date | None:
        """Today or later: what should have been done is done, or gets another day."""
        day: date | None = self.cleaned_data["action_on"]
        if day is not None and day < timezone.localdate():
            raise ValidationError(gettext("Choose today or a later day."))
        return day

    def clean_joined_with(self) -> str:
        """The other case's number; it must be there."""
        number: str = self.cleaned_data["joined_with"].strip()
        if number and not Complaint.objects.open_to(self.asking).filter(reference=number).exists():
            raise ValidationError(gettext("There is no case of that number."))
        return number


def _steps(case: Complaint) -> Iterator[tuple[str, str]]:
    yield "", "—"
    for state in triage.NEXT.get(case.state, ()):
        yield str(state), str(state.label)
    if case.state != Complaint.State.CLOSED:
        for outcome in Outcome:
            yield f"close:{outcome}", gettext("close: %(outcome)s") % {"outcome": outcome.label}


def _templates() -> Iterator[tuple[str, Any]]:
    yield "", "—"
    offered = list(ReplyTemplate.objects.filter(is_offered=True))
    for use in ReplyTemplate.Use:
        if rows := [(one.pk, one.spoken) for one in offered if one.use == use]:
            yield str(use.label), rows


def carry_out(case: Complaint, form: ActsForm, actor: str) -> list[str]:
    """Do what was asked for, each by its verb. What could not be done, in words."""
    failed = []
    for name in form.changed_data:
        act = ACTS.get(name)
        try:
            if act is not None and form.cleaned_data.get(name) not in (None, ""):
                act(case, form.cleaned_data, actor)
        except NotPossible as error:
            failed.append(str(error))
    return failed


def _refuse_emptied(case: Complaint) -> None:
    """Nothing sealed is added to a case from which all of it was removed: nobody would remove that again."""
    if case.removed_at is not None:
        raise NotPossible(gettext("Everything sealed was removed from this case."))


def _ask(case: Complaint, data: dict[str, Any], actor: str) -> None:
    _refuse_emptied(case)
    triage.ask(case, data["question"], actor)


def _remark(case: Complaint, data: dict[str, Any], actor: str) -> None:
    _refuse_emptied(case)
    triage.write_note(case, data["remark"], actor)


def _step(case: Complaint, data: dict[str, Any], actor: str) -> None:
    step = data["step"]
    if step.startswith("close:"):
        done = triage.close(case, step.removeprefix("close:"), actor)
        if done:
            duplicates.tell_merged(case, actor)
    else:
        done = triage.move(case, step, actor)
    if not done:
        raise NotPossible(gettext("The case has moved on in the meantime; look again."))


def _plan(case: Complaint, data: dict[str, Any], actor: str) -> None:
    handling.plan(case, data["action_on"], data["action"], actor)


def _plan_words(case: Complaint, data: dict[str, Any], actor: str) -> None:
    if not data["action_on"]:  # otherwise the day brought them along
        _plan(case, data, actor)


def _join(case: Complaint, data: dict[str, Any], actor: str) -> None:
    main = Complaint.objects.get(reference=data["joined_with"])
    join = duplicates.merge if data["joining"] == "merge" else duplicates.link
    join(case, main, actor)


def _keep_back(case: Complaint, data: dict[str, Any], actor: str) -> None:
    lines = [line.strip() for line in data["kept_back"].splitlines() if line.strip()]
    passages = [] if lines == ["-"] else lines
    if passages != redacting.passages_of(case):
        _refuse_emptied(case)
        redacting.keep_back(case, passages, actor)


ACTS: dict[str, Callable[[Complaint, dict[str, Any], str], Any]] = {
    "question": _ask,
    "remark": _remark,
    "action_on": _plan,
    "action": _plan_words,
    "action_done": lambda case, data, actor: handling.clear_plan(case, actor),
    "new_priority": lambda case, data, actor: handling.prioritise(case, data["new_priority"], actor),
    "put_tag": lambda case, data, actor: tagging.put(case, data["put_tag"], actor),
    "drop_tag": lambda case, data, actor: tagging.drop(case, data["drop_tag"], actor),
    "worker": lambda case, data, actor: handling.assign(case, data["worker"], actor),
    "further": lambda case, data, actor: handling.send_further(case, actor),
    "new_desk": lambda case, data, actor: handling.reroute(case, data["new_desk"], data["reason"], actor),
    "joining": _join,
    "parting": lambda case, data, actor: duplicates.part(case, actor),
    "kept_back": _keep_back,
    "held": lambda case, data, actor: handling.hold(case, actor, is_held=data["held"]),
    "step": _step,
    "blocked": lambda case, data, actor: handling.keep_from(case, data["blocked"], actor),
}
"""The verb behind each field."""
