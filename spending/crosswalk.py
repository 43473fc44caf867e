"""The verbs of the crosswalk: join a listed body to an agency, undo it, suggest what it may be.

Figures that are loaded already follow a match and come back with its undoing (`moving`); `under()` says under
which agency a reconciliation reads what cannot follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from . import moving
from .models import Agency, Allocation, BodyMatch, Buyer, ListedBody

SUGGESTED = 8
LEAST_LIKE = 60  # likeness below which two names are not worth a look
NAMED = 30  # points for an agency whose budget lines name the department
SHORTEST_NAMED = 8  # letters of a name that is looked for in budget lines


class AlreadyJoined(ValueError):
    """Raised if a listed body is joined to an agency already; undo that first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An agency that a listed body may be: points from 0 to 100, and what speaks for it."""

    agency: Agency
    score: int
    reasons: tuple[str, ...]


@dataclass
class _Found:
    likeness: int = 0
    name: str = ""
    named_in: int = 0
    reasons: list[str] = field(default_factory=list)


@transaction.atomic
def join(listed: ListedBody, agency: Agency, *, by: str, reason: str, score: int | None = None) -> BodyMatch:
    """A person says that a listed body is an agency. Raises AlreadyJoined."""
    locked = ListedBody.objects.select_for_update().get(pk=listed.pk)
    if locked.agency_id is not None:
        raise AlreadyJoined(str(locked))
    match = BodyMatch.objects.create(
        listed=locked, agency=agency, how=BodyMatch.How.PERSON, score=score, by=by, reason=reason
    )
    follow([match])
    listed.refresh_from_db()
    return match


@transaction.atomic
def undo(listed: ListedBody, *, by: str, reason: str) -> int:
    """A person says that a listed body is not the agency it was joined to. The match stays, marked; the rows
    of figures that followed it come back, and are counted.
    """
    ListedBody.objects.select_for_update().get(pk=listed.pk)
    matches = BodyMatch.objects.select_for_update().standing().filter(listed=listed)
    found = list(BodyMatch.objects.filter(pk__in=matches.values("pk")).select_related("listed"))
    matches.update(undone_at=timezone.now(), undone_by=by, undone_reason=reason)
    ListedBody.objects.filter(pk=listed.pk).update(agency=None)
    Buyer.objects.filter(listed=listed).update(agency=None, matched=Buyer.Matched.NONE)
    listed.refresh_from_db()
    return moving.bring_back(found)


def follow(matches: Iterable[BodyMatch]) -> None:
    """Let the listed bodies, the buying departments that bear their names, and the figures loaded under these
    bodies follow new matches.
    """
    matches = list(matches)
    listed, buyers = [], []
    for match in matches:
        match.listed.agency_id = match.agency_id
        listed.append(match.listed)
        if match.listed.buyer_id is not None:
            buyers.append(Buyer(pk=match.listed.buyer_id, agency_id=match.agency_id, matched=match.how))
    ListedBody.objects.bulk_update(listed, ["agency"], batch_size=500)
    Buyer.objects.bulk_update(buyers, ["agency", "matched"], batch_size=500)
    moving.move(moving.leading_elsewhere().filter(pk__in=[match.pk for match in matches]))


def under() -> dict[str, dict[int, int | None]]:
    """For each scheme the agencies whose figures stand under none since a match was undone, and the
    ministries whose figures are read under another: by the key under which they were loaded. One that is
    not here stands under itself.
    """
    moved: dict[str, dict[int, int | None]] = {}
    undone = BodyMatch.objects.filter(listed=OuterRef("pk"), agency=OuterRef("body")).exclude(undone_at=None)
    elsewhere = ListedBody.objects.exclude(body=None).filter(
        (Q(agency__isnull=False, body__kind=Agency.Kind.MINISTRY) & ~Q(agency=F("body")))
        | (Q(agency=None) & Exists(undone))
    )
    for scheme, body, agency in elsewhere.values_list("scheme", "body", "agency"):
        moved.setdefault(scheme, {})[body] = agency
    return moved


def suggestions(listed: ListedBody) -> list[Suggestion]:
    """The agencies that a listed body may be, the likeliest first, each with the reasons."""
    found = _alike(listed)
    for agency, lines in _naming(listed.name):
        found.setdefault(agency, _Found()).named_in = lines
    agencies = Agency.objects.select_related("ministry").in_bulk(list(found))
    told = [_suggestion(agencies[pk], one) for pk, one in found.items() if pk != listed.body_id]
    return sorted(told, key=lambda one: (-one.score, one.agency.code))[:SUGGESTED]


def likeness(one: str, other: str) -> int:
    """How alike two names are, 0 to 100, as letters and digits."""
    return round(fuzz.WRatio(one, other))


def _alike(listed: ListedBody) -> dict[int, _Found]:
    known = (
        ListedBody.objects.exclude(agency=None).exclude(pk=listed.pk).exclude(scheme=ListedBody.Scheme.EGP)
    )
    names = {pk: (agency, letters, name) for pk, agency, letters, name in known.values_list(
        "pk", "agency", "letters", "name"
    )}  # fmt: skip
    choices = {pk: letters for pk, (_agency, letters, _name) in names.items()}
    best = process.extract(
        listed.letters, choices, scorer=fuzz.WRatio, limit=SUGGESTED * 3, score_cutoff=LEAST_LIKE
    )
    found: dict[int, _Found] = {}
    for _letters, score, pk in best:
        agency, _own, name = names[pk]
        one = found.setdefault(agency, _Found())
        if round(score) > one.likeness:
            one.likeness, one.name = round(score), name
    return found


def _naming(name: str) -> list[tuple[int, int]]:
    """The agencies whose budget lines hold a name, with how many do; none for short names."""
    if len(name) < SHORTEST_NAMED:
        return []
    lines = Allocation.objects.current().filter(search_key__holds=name)
    return list(
        lines.order_by().values_list("agency").annotate(lines=Count("pk")).order_by("-lines")[:SUGGESTED]
    )


def _suggestion(agency: Agency, found: _Found) -> Suggestion:
    reasons = []
    if found.likeness:
        words = {"score": found.likeness, "name": found.name}
        reasons.append(_("the names are %(score)s of 100 alike: %(name)s") % words)
    if found.named_in:
        reasons.append(_("%(lines)s of its budget lines name it") % {"lines": found.named_in})
    named = NAMED if found.named_in else 0
    score = max(found.likeness, LEAST_LIKE) if named else found.likeness
    return Suggestion(agency, min(score + named, 100), tuple(reasons))
