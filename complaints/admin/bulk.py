"""Acts on many cases at once: each by the verb of one case, with a report of what failed and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.models import User
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import exporting, handling, roles, triage
from ..handling import NotPossible
from ..models import Complaint
from ..models.vocabulary import Outcome
from .acts import staff

MOST = 500  # cases at once


class BulkForm(ActionForm):
    """The act, and to whom cases are given."""

    worker = forms.ModelChoiceField(label=_("to"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["worker"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = staff(who=roles.MAY_SEE_CASES)


def each(request: HttpRequest, chosen: Any, act: Callable[[Complaint], Any]) -> None:
    """Do it to each case; say how many were done, and of each other one why not."""
    done, failed = 0, []
    for case in chosen.order_by("received_at")[:MOST]:
        try:
            if act(case) is False:
                raise NotPossible(gettext("It stands where this cannot be done."))
            done += 1
        except NotPossible as error:
            failed.append(f"{case.reference}: {error}")
    messages.success(request, gettext("%(done)s done.") % {"done": done})
    if failed:
        messages.warning(request, gettext("Not done: %(failed)s") % {"failed": " · ".join(failed)})
    if chosen.count() > MOST:
        messages.warning(request, gettext("Only the oldest %(most)s were looked at.") % {"most": MOST})


@admin.action(description=_("Give to …"), permissions=["sort"])
def give(page: Any, request: HttpRequest, chosen: Any) -> None:
    """Give the cases to the person chosen beside the act."""
    form = BulkForm(request.POST)
    form.fields.pop("action")
    worker = form.cleaned_data["worker"] if form.is_valid() else None
    if worker is None:
        messages.error(request, gettext("Choose to whom."))
        return
    actor = request.user.get_username()
    each(request, chosen, lambda case: handling.assign(case, worker, actor))


@admin.action(description=_("Take over myself"), permissions=["sort"])
def take(page: Any, request: HttpRequest, chosen: Any) -> None:
    """Give the cases to whoever asks."""
    actor = request.user.get_username()
    each(request, chosen, lambda case: handling.assign(case, request.user, actor))


@admin.action(description=_("Mark as urgent"), permissions=["sort"])
def hurry(page: Any, request: HttpRequest, chosen: Any) -> None:
    """Put them first."""
    actor = request.user.get_username()
    each(request, chosen, lambda case: handling.prioritise(case, Complaint.Priority.URGENT, actor))


@admin.action(description=_("Begin to read"), permissions=["change"])
def begin(page: Any, request: HttpRequest, chosen: Any) -> None:
    """Move them to those that are being read."""
    actor = request.user.get_username()
    each(request, chosen, lambda case: triage.move(case, Complaint.State.IN_TRIAGE, actor))


@admin.action(description=_("Close: not a complaint"), permissions=["change"])
def sweep_out(page: Any, request: HttpRequest, chosen: Any) -> None:
    """Close what is no complaint."""
    actor = request.user.get_username()
    each(request, chosen, lambda case: triage.close(case, Outcome.SPAM, actor))


@admin.action(description=_("Take the list out as CSV"), permissions=["change"])
def take_out_csv(page: Any, request: HttpRequest, chosen: Any) -> StreamingHttpResponse:
    """The list as a file; that it was taken is written down."""
    return exporting.answer(chosen[:MOST], request.user, "csv")


@admin.action(description=_("Take the list out as XLSX"), permissions=["change"])
def take_out_xlsx(page: Any, request: HttpRequest, chosen: Any) -> StreamingHttpResponse:
    """The same as a workbook."""
    return exporting.answer(chosen[:MOST], request.user, "xlsx")


ALL = (give, take, hurry, begin, sweep_out, take_out_csv, take_out_xlsx)
