"""What is done with many cases at once, each by the verb that stands behind a field of the page of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .. import clocks
from ..marks import Purpose
from ..models import Complaint
from ..models.vocabulary import Outcome
from .acts import ACTS
from .bulk_forms import HowSoon, SameMatter, ToWhom, WhatFor, WhichTag, WhichTagOff
from .confirming import Act, Data, Rows, action


def _given(count: int, data: Data) -> str:
    said = ngettext(
        "%(count)s case is given to %(worker)s.", "%(count)s cases are given to %(worker)s.", count
    )
    return said % {"count": count, "worker": data["worker"].get_username()}


def _taken(count: int, data: Data) -> str:
    said = ngettext("You take over %(count)s case.", "You take over %(count)s cases.", count)
    return said % {"count": count}


def _sorted(count: int, data: Data) -> str:
    said = ngettext(
        "The priority of %(count)s case becomes: %(priority)s.",
        "The priority of %(count)s cases becomes: %(priority)s.",
        count,
    )
    return said % {"count": count, "priority": Complaint.Priority(data["priority"]).label}


def _tagged(count: int, data: Data) -> str:
    said = ngettext("%(count)s case gets the tag “%(tag)s”.", "%(count)s cases get the tag “%(tag)s”.", count)
    return said % {"count": count, "tag": data["tag"]}


def _untagged(count: int, data: Data) -> str:
    said = ngettext(
        "%(count)s case loses the tag “%(tag)s”.", "%(count)s cases lose the tag “%(tag)s”.", count
    )
    return said % {"count": count, "tag": data["tag"]}


def _begun(count: int, data: Data) -> str:
    said = ngettext(
        "%(count)s case moves on to those that are being read.",
        "%(count)s cases move on to those that are being read.",
        count,
    )
    return said % {"count": count}


def _closed(count: int, data: Data) -> str:
    said = ngettext(
        "%(count)s case is closed as not a complaint; its citizen reads that under their key.",
        "%(count)s cases are closed as not a complaint; their citizens read that under their keys.",
        count,
    )
    return said % {"count": count}


def _joined(count: int, data: Data) -> str:
    linked = ngettext(
        "%(count)s case is linked with case %(main)s as the same matter; each goes its own way.",
        "%(count)s cases are linked with case %(main)s as the same matter; each goes its own way.",
        count,
    )
    merged = ngettext(
        "%(count)s case is merged into case %(main)s: it is closed, what was not delivered is cancelled, and "
        "its citizen is told.",
        "%(count)s cases are merged into case %(main)s: they are closed, what was not delivered is "
        "cancelled, and their citizens are told.",
        count,
    )
    said = merged if data["joining"] == "merge" else linked
    return said % {"count": count, "main": data["joined_with"]}


def _taken_out(count: int, data: Data) -> str:
    said = ngettext(
        "The list of %(count)s case is taken out as a file for: %(why)s. It says where it stands, nothing "
        "that was sealed. Who took it, when and what for stands in the file and in the log.",
        "The list of %(count)s cases is taken out as a file for: %(why)s. It says where each stands, nothing "
        "that was sealed. Who took it, when and what for stands in the file and in the log.",
        count,
    )
    return said % {"count": count, "why": Purpose(data["purpose"]).label}


def _by(field: str, values: Callable[[Data], Data] = dict) -> Callable[[Complaint, Data], None]:
    """Does to a case what its page does by this field, with these values."""

    def do(case: Complaint, data: Data) -> None:
        ACTS[field](case, dict(values(data)), data["actor"].get_username())
        clocks.wind(Complaint.objects.get(pk=case.pk))

    return do


REGISTER: Sequence[Act] = (
    Act("give", _("Give to …"), "sort", _given, _by("worker"), ToWhom),
    Act("take", _("Take over myself"), "sort", _taken,
        _by("worker", lambda data: {"worker": data["actor"]})),
    Act("hurry", _("Say what comes first"), "sort", _sorted,
        _by("new_priority", lambda data: {"new_priority": data["priority"]}), HowSoon),
    Act("put_tag", _("Put a tag on"), "sort", _tagged,
        _by("put_tag", lambda data: {"put_tag": data["tag"]}), WhichTag),
    Act("drop_tag", _("Take a tag off"), "sort", _untagged,
        _by("drop_tag", lambda data: {"drop_tag": data["tag"]}), WhichTagOff),
    Act("begin", _("Begin to read"), "change", _begun, _by("step", lambda data: {"step": "in_triage"})),
    Act("same", _("Same matter as another case"), "change", _joined, _by("joining"), SameMatter),
    Act("sweep_out", _("Close: not a complaint"), "change", _closed,
        _by("step", lambda data: {"step": f"close:{Outcome.SPAM}"})),
    Act("take_out_csv", _("Take the list out as CSV"), "change", _taken_out, form=WhatFor, file="csv"),
    Act("take_out_xlsx", _("Take the list out as XLSX"), "change", _taken_out, form=WhatFor, file="xlsx"),
)  # fmt: skip
CASES = Rows(
    "chosen_cases.html",
    lambda cases: cases.select_related("assigned_to").prefetch_related(None).order_by("received_at", "pk"),
)
ALL = tuple(action(act, CASES) for act in REGISTER)
