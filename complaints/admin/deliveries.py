"""The outbox: what is stuck and why, what was handed over, and what a liaison takes for their desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import queues, roles, troubles
from ..handling import NotPossible
from ..models import Complaint, Dispatch, Handover
from . import delivery_acts, recalls, taking_out
from .handover_forms import LETTER, TAKEN_IN, HandoverForm, TakeInForm
from .rights import day_of, moment, short_name, table
from .slips import SlipPages

NEXT = moment(Dispatch, "next_attempt_at")
DELIVERED = moment(Dispatch, "delivered_at")
CREATED = moment(Dispatch, "created_at")
STUCK = _(
    "It does not leave by itself. To have it sent, tick it in the list of deliveries and choose “Send again, "
    "or release”; if it cannot be sent, send it by letter and say so below."
)
MAY_BE_HANDED_OVER = (*Dispatch.NOT_ARRIVED, Dispatch.State.CANCELLED)
"""As far as we know it has not arrived; a letter that was cancelled may have been posted before."""
LISTED = ("complaint", "state", "body", "attempts", NEXT, "trouble", "register_number")
PARTS = (
    (_("Arrived although cancelled"), ("recalled", "told"), ""),
    (
        _("If it goes by letter or by hand"),
        LETTER,
        _(
            "Take out the dossier, print it, send it or take it there, and fill in these lines: then it "
            "counts as delivered. Only express mail has a number of the parcel."
        ),
    ),
    (
        _("What the body said"),
        TAKEN_IN,
        _("By letter, by telephone or through its liaison: whether it takes the case over, and under which "
          "number. It cannot be changed afterwards; the citizen reads it."),
    ),
)  # fmt: skip
"""What may be written down on the page of a delivery, each part with what it is for."""
FOR_THE_BODY = _(
    "Take the dossier first. Then say whether your body takes the case over, and under which number. It "
    "cannot be changed afterwards; the citizen reads it."
)


@admin.register(Dispatch)
class DispatchAdmin(SlipPages):
    """Deliveries: staff see all of them, a liaison those of their own desk alone."""

    may_see = roles.MAY_SEE_CASES | roles.MAY_TAKE_DELIVERIES
    may_change = roles.MAY_ACT | roles.MAY_TAKE_DELIVERIES
    form = TakeInForm
    list_display = LISTED
    list_filter = ("state", "recall", "desk")
    list_select_related = ("complaint", "desk")
    ordering = ("-created_at",)
    actions = delivery_acts.ALL
    readonly_fields = (
        "number", "complaint", "case_number", "desk", "version", "state", "recalled", "attempts", NEXT,
        "trouble", DELIVERED, "receipt", "letter", "slips", "register_number", "taken_in", CREATED,
        "take_out", "was_cancelled",
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A liaison needs what is theirs to say; how the letter travelled is the staff's concern."""
        recall = obj.recall if obj is not None else ""
        if self._is_liaison(request):
            said = ("was_cancelled",) if recall else ()
            return ("case_number", "state", DELIVERED, *said, "take_out", "decision", "registered_as")
        absent = {"case_number", "was_cancelled"} | (set() if recall else {"recalled"})
        own = [name for name in self.readonly_fields if name not in absent]
        letter = LETTER if obj is not None and obj.state in MAY_BE_HANDED_OVER else ()
        told = ("told",) if recall == Dispatch.Recall.DUE else ()
        return (*own, *letter, *TAKEN_IN, *told)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is known of it, then the parts in which something may be written down."""
        fields, is_liaison = self.get_fields(request, obj), self._is_liaison(request)
        parts = [
            (
                title,
                {
                    "fields": [name for name in names if name in fields],
                    "description": FOR_THE_BODY if is_liaison else purpose,
                },
            )
            for title, names, purpose in PARTS
            if set(names) & set(fields)
        ]
        own = [name for name in fields if not any(name in part["fields"] for _title, part in parts)]
        is_stuck = obj is not None and obj.state in queues.STUCK and not is_liaison
        known = (None, {"fields": own, "description": STUCK if is_stuck else ""})
        is_urgent = "told" in fields
        return [parts[0], known, *parts[1:]] if is_urgent else [known, *parts]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A liaison says what their body does; staff what they sent, and what the body told them."""
        kwargs["form"] = TakeInForm if self._is_liaison(request) else HandoverForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_queryset(self, request: HttpRequest) -> Any:
        """What nothing keeps from whoever looks; of a liaison only what came to their desk."""
        if self._is_liaison(request):
            return queues.own_deliveries(request.user)
        cases = Complaint.objects.open_to(request.user).values("pk")  # type: ignore[arg-type]
        return super().get_queryset(request).filter(complaint__in=cases)

    def get_actions(self, request: HttpRequest) -> Any:
        """Sending again is for staff."""
        return {} if self._is_liaison(request) else super().get_actions(request)

    def get_list_display(self, request: HttpRequest) -> Any:
        """Few columns for a liaison."""
        if self._is_liaison(request):
            return ("case_number", "state", DELIVERED, "register_number")
        return self.list_display

    def get_list_filter(self, request: HttpRequest) -> Any:
        """A liaison has one desk."""
        return ("state",) if self._is_liaison(request) else self.list_filter

    def save_model(self, request: HttpRequest, obj: Dispatch, form: Any, change: bool) -> None:
        """Write down that it was handed over, and what the body said."""
        try:
            form.carry_out(request.user.get_username())
        except NotPossible as error:
            messages.warning(request, str(error))

    def get_urls(self) -> list[URLPattern]:
        """Besides the usual pages: the dossier, scans of receipts."""
        view = self.admin_site.admin_view(self.dossier)
        own = path("<int:pk>/dossier/", view, name="complaints_dispatch_dossier")
        return [own, *self.slip_urls(), *super().get_urls()]

    def dossier(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything the body gets, as one file. Taken by the liaison, it counts as arrived."""
        is_liaison = self._is_liaison(request)
        if not (is_liaison or roles.has(request.user, roles.MAY_READ)):
            raise Http404
        found = self.get_queryset(request).select_related("complaint", "desk").filter(pk=pk).first()
        if found is None:
            raise Http404
        hand_out = taking_out.picked_up if is_liaison else taking_out.page
        return hand_out(request, found, self.admin_site.each_context(request))

    def _is_liaison(self, request: HttpRequest) -> bool:
        """Whether they see their own deliveries alone: the narrower role wins."""
        return roles.has(request.user, roles.MAY_TAKE_DELIVERIES)

    @admin.display(description=_("Number of the case"), ordering="complaint__reference")
    def case_number(self, dispatch: Dispatch) -> str:
        """For a liaison, who has no page of the case to be led to."""
        return dispatch.complaint.reference

    @admin.display(description=_("body it goes to"), ordering="desk")
    def body(self, dispatch: Dispatch) -> str:
        """By its short name, where it has one."""
        return short_name(dispatch.desk)

    @admin.display(description=_("why the last attempt failed"))
    def trouble(self, dispatch: Dispatch) -> str:
        """In the language of whoever reads."""
        return troubles.told(dispatch.last_error) or "–"

    @admin.display(description=_("Arrived although cancelled"))
    def recalled(self, dispatch: Dispatch) -> str:
        """What is still to be done about it, and how."""
        return recalls.for_staff(dispatch)

    @admin.display(description=_("Cancelled"))
    def was_cancelled(self, dispatch: Dispatch) -> str:
        """The same, for the body that has it."""
        return recalls.for_the_body(dispatch)

    @admin.display(description=_("Letter"))
    def letter(self, dispatch: Dispatch) -> SafeString | str:
        """How a letter by hand of staff went to the body."""
        letter = Handover.objects.filter(dispatch=dispatch).first()
        if letter is None:
            return "–"
        lines = {
            gettext("Number of the letter"): letter.letter_number,
            gettext("Day of the letter"): day_of(letter.letter_on),
            gettext("Sent by"): letter.get_way_display(),
            gettext("Sent on"): day_of(letter.sent_on),
            gettext("Unit that sent it"): letter.unit,
            gettext("Number of the parcel"): letter.parcel or "–",
        }
        return table(lines)

    @admin.display(description=_("Taken in by"))
    def taken_in(self, dispatch: Dispatch) -> str:
        """The day and the unit at the body, as staff were told."""
        if dispatch.registered_on is None:
            return "–"
        return f"{dispatch.taken_in_by} · {day_of(dispatch.registered_on)}"

    @admin.display(description=_("Dossier"))
    def take_out(self, dispatch: Dispatch) -> SafeString:
        """The way to everything that the body gets."""
        address = reverse("admin:complaints_dispatch_dossier", args=[dispatch.pk])
        return format_html('<a href="{}">{}</a>', address, _("Take out what the body gets (ZIP)"))
