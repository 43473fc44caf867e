"""Acts on many cases at once: what will happen to which is shown first, then each is done by the verb of one
case, and what failed is told with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from .. import clocks, exporting
from ..handling import NotPossible
from ..marks import Purpose
from ..models import Complaint
from ..models.vocabulary import Outcome
from .acts import ACTS
from .bulk_forms import HowSoon, NothingToChoose, SameMatter, ToWhom, WhatFor, WhichTag, WhichTagOff

MOST = 500  # cases at once
SHOW, DO = "show", "do"
"""Steps behind the choice of an act: its fields were filled; what was shown is confirmed."""
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act on many cases: who may do it, what is asked before, and what is said and done."""

    name: str
    title: Any
    right: str
    """As the admin names it: `sort` or `change`."""
    told: Callable[[int, Data], str]
    """What will happen to so many cases, in a sentence."""
    field: str = ""
    """The field on the page of one case whose verb it calls."""
    values: Callable[[Data], Data] = dict
    """What is given to that verb."""
    form: type[NothingToChoose] = NothingToChoose
    file: str = ""
    """Kind of the file that is taken out instead."""


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


def _listed(count: int, data: Data) -> str:
    said = ngettext(
        "The list of %(count)s case is taken out as a file for: %(why)s. It says where it stands, nothing "
        "that was sealed. Who took it, when and what for stands in the file and in the log.",
        "The list of %(count)s cases is taken out as a file for: %(why)s. It says where each stands, nothing "
        "that was sealed. Who took it, when and what for stands in the file and in the log.",
        count,
    )
    return said % {"count": count, "why": Purpose(data["purpose"]).label}


REGISTER: Sequence[Act] = (
    Act("give", _("Give to …"), "sort", _given, "worker", form=ToWhom),
    Act("take", _("Take over myself"), "sort", _taken, "worker", lambda data: {"worker": data["actor"]}),
    Act("hurry", _("Say what comes first"), "sort", _sorted, "new_priority",
        lambda data: {"new_priority": data["priority"]}, HowSoon),
    Act("put_tag", _("Put a tag on"), "sort", _tagged, "put_tag",
        lambda data: {"put_tag": data["tag"]}, WhichTag),
    Act("drop_tag", _("Take a tag off"), "sort", _untagged, "drop_tag",
        lambda data: {"drop_tag": data["tag"]}, WhichTagOff),
    Act("begin", _("Begin to read"), "change", _begun, "step", lambda data: {"step": "in_triage"}),
    Act("same", _("Same matter as another case"), "change", _joined, "joining", form=SameMatter),
    Act("sweep_out", _("Close: not a complaint"), "change", _closed, "step",
        lambda data: {"step": f"close:{Outcome.SPAM}"}),
    Act("take_out_csv", _("Take the list out as CSV"), "change", _listed, form=WhatFor, file="csv"),
    Act("take_out_xlsx", _("Take the list out as XLSX"), "change", _listed, form=WhatFor, file="xlsx"),
)  # fmt: skip


def asked(page: Any, request: HttpRequest, chosen: Any, act: Act) -> HttpResponseBase | None:
    """Show what an act will do to which cases; once that is confirmed, do it. None leads back to the list."""
    step = request.POST.get("step", "")
    numbers = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
    # what was shown is done, also to cases that have left the queue since; rights are asked anew
    cases = page.get_queryset(request).filter(pk__in=numbers) if step else chosen
    count = cases.count()
    if count > MOST:
        text = gettext("%(count)s cases were chosen; %(most)s can be done at once. Choose fewer.")
        messages.error(request, text % {"count": count, "most": MOST})
        return None
    listed = list(cases.select_related("assigned_to").prefetch_related(None).order_by("received_at", "pk"))
    form = act.form(request.POST if step or not act.form.base_fields else None, request.user, listed)
    if not (listed and form.is_bound and form.is_valid()):
        return shown(page, request, act, form, listed)
    data = {**form.cleaned_data, "actor": request.user}
    if step != DO:
        return shown(page, request, act, form, listed, act.told(len(listed), data))
    if gone := len(numbers) - len(listed):
        said = ngettext("%(gone)s case is kept from you now.", "%(gone)s cases are kept from you now.", gone)
        messages.warning(request, said % {"gone": gone})
    if isinstance(form, WhatFor):
        return exporting.answer(cases, request.user, act.file, form.mark)
    report(request, *done(listed, act, data))
    return None


def shown(
    page: Any, request: HttpRequest, act: Act, form: Any, listed: Sequence[Complaint], sentence: str = ""
) -> HttpResponseBase:
    """The page before an act: its fields to fill, or what will happen; and the cases, by their numbers."""
    context = page.admin_site.each_context(request) | {
        "title": act.title,
        "opts": page.opts,
        "act": act,
        "form": form,
        "cases": listed,
        "sentence": sentence,
        "step": DO if sentence else SHOW,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/complaints/confirm.html", context)


def done(cases: Iterable[Complaint], act: Act, data: Data) -> tuple[int, Mapping[str, Sequence[str]]]:
    """Do it to each case. How many were done, and of the others their numbers by the reason why not."""
    count, failed = 0, dict[str, list[str]]()
    verb, values, actor = ACTS[act.field], act.values(data), data["actor"].get_username()
    for case in cases:
        try:
            verb(case, dict(values), actor)
            clocks.wind(Complaint.objects.get(pk=case.pk))
            count += 1
        except NotPossible as error:
            failed.setdefault(str(error), []).append(case.reference)
    return count, failed


def report(request: HttpRequest, count: int, failed: Mapping[str, Sequence[str]]) -> None:
    """Say how many were done, and of each other one why not."""
    if count:
        messages.success(request, ngettext("%(n)s case done.", "%(n)s cases done.", count) % {"n": count})
    for reason, references in failed.items():
        values = {"n": len(references), "cases": ", ".join(references), "reason": reason}
        said = ngettext(
            "%(n)s case not done (%(reason)s): %(cases)s", "%(n)s cases not done (%(reason)s): %(cases)s",
            len(references),
        )  # fmt: skip
        messages.warning(request, said % values)


def actions() -> Iterator[Any]:
    """Each act as the admin's list of acts takes it."""
    for act in REGISTER:
        yield _action(act)


def _action(act: Act) -> Any:
    @admin.action(description=act.title, permissions=[act.right])
    def action(page: Any, request: HttpRequest, chosen: Any) -> HttpResponseBase | None:
        return asked(page, request, chosen, act)

    action.__name__ = act.name
    return action


ALL = tuple(actions())
