"""To whom a case might be given, and why: by the province of the matter, then by how much each has to do.

A proposal: whoever sorts decides. Nobody is proposed from whom the case is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import roles
from .models import Complaint, Conflict, Member

PROVINCES = ("province", "budget_province", "paid_province")
"""Columns of a frozen figure that name a province, the most telling first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could work on a case."""

    name: str
    open_cases: int
    """How many open ones they have."""
    looks_after_it: bool
    """Whether the province of the matter is among theirs."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who is proposed, and why."""

    name: str
    reason: str


def province_of(case: Complaint, opened: Any = None) -> str:
    """The province of the public figure; where it names none, the one that the citizen named, if the case was
    opened for whoever looks.
    """
    figures = (case.snapshot or {}).get("figures") or {}
    known = (str(figures.get(column) or "") for column in PROVINCES)
    return next(filter(None, known), "") or str((opened or {}).get("province") or "")


def proposed(case: Complaint, province: str) -> Proposal | None:
    """Who is proposed for a case; None where nobody may work on it."""
    return chosen(candidates(case, province), province)


def chosen(people: Sequence[Candidate], province: str) -> Proposal | None:
    """Of those who look after the province, or else of all, whoever has fewest open cases."""
    if not people:
        return None
    best = min(people, key=lambda one: (not one.looks_after_it, one.open_cases, one.name))
    load = ngettext("%(cases)s open case", "%(cases)s open cases", best.open_cases)
    values = {"province": province, "load": load % {"cases": best.open_cases}}
    near = [one for one in people if one.looks_after_it]
    if len(near) == 1:
        return Proposal(best.name, _("alone looks after %(province)s; %(load)s") % values)
    if near:
        return Proposal(best.name, _("looks after %(province)s; %(load)s, the fewest of those") % values)
    if province:
        said = _("nobody who may see it looks after %(province)s; %(load)s, the fewest")
        return Proposal(best.name, said % values)
    return Proposal(best.name, _("the province is not known here; %(load)s, the fewest") % values)


def candidates(case: Complaint, province: str) -> Sequence[Candidate]:
    """Active staff whose work it is, without those from whom the case is kept; in three questions."""
    people = User.objects.filter(is_active=True, is_staff=True, is_superuser=False)
    people = people.filter(groups__name__in=roles.WORK_ON_CASES).distinct()
    kept = Conflict.objects.filter(complaint=case).values("user")
    names = dict(people.exclude(pk__in=kept).values_list("pk", "username"))
    members = {member.user_id: member for member in Member.objects.filter(user__in=names)}
    loads = Complaint.objects.open().filter(assigned_to__in=names).order_by().values_list("assigned_to")
    counted = dict(loads.annotate(n=Count("pk")))
    return [
        Candidate(name, counted.get(pk, 0), _looks_after(members.get(pk), province))
        for pk, name in names.items()
        if pk not in members or not case.is_about(members[pk].agency_code)
    ]


def _looks_after(member: Member | None, province: str) -> bool:
    return bool(province) and member is not None and province in member.provinces
