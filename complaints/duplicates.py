"""Several cases on one matter: joined, merged, parted again. Each citizen goes on seeing their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from . import triage
from .handling import NotPossible
from .models import Complaint, Event
from .models.dispatches import locked
from .models.events import note
from .models.vocabulary import Outcome


def similar(case: Complaint, user: Any) -> Sequence[Complaint]:
    """Other cases on the same page of the site, the newest first: candidates for the same matter. Those kept
    from whoever looks are left out.
    """
    if not case.about:
        return []
    cases = Complaint.objects.open_to(user).filter(about=case.about).exclude(pk=case.pk)
    return list(cases.order_by("-received_at", "-pk")[:20])


def joined(case: Complaint, user: Any) -> tuple[Sequence[Complaint], Sequence[Complaint]]:
    """The case in which the matter is followed, if any, and those that are followed in this one. Those kept
    from whoever looks are left out.
    """
    cases = Complaint.objects.open_to(user)
    return list(cases.filter(duplicates=case)), list(cases.filter(duplicate_of=case))


@transaction.atomic
def link(case: Complaint, main: Complaint, actor: str) -> None:
    """Say that both are about the same matter; each goes its own way. Raises NotPossible."""
    _lock(case, main)
    if main.pk == case.pk or main.duplicate_of_id is not None or case.duplicates.exists():
        raise NotPossible(_("Choose the case in which the matter is followed, and one case only."))
    if case.duplicate_of_id not in (None, main.pk):
        raise NotPossible(_("This case is joined with another one already; part them first."))
    Complaint.objects.filter(pk=case.pk).update(duplicate_of=main)
    case.duplicate_of = main
    note(case, Event.Kind.LINKED, actor, other=main.reference)
    note(main, Event.Kind.LINKED, actor, other=case.reference)


@transaction.atomic
def merge(case: Complaint, main: Complaint, actor: str) -> None:
    """Follow the matter in the other case alone: this one is closed, undelivered letters stop, and its
    citizen is told. They keep their key and hear what becomes of the other case. Raises NotPossible.
    """
    _lock(case, main)
    sent = locked(case)
    link(case, main, actor)
    if not triage.close(case, Outcome.DUPLICATE, actor):
        raise NotPossible(_("The case is closed already."))
    for dispatch in sent:
        dispatch.mark_cancelled(actor)
    with translation.override(case.language):
        words = _("Somebody else reported the same matter. We follow both together, and tell you here.")
    triage.ask(case, words, actor)


@transaction.atomic
def part(case: Complaint, actor: str) -> None:
    """Take a case out of the other one again; a merged one is opened anew. Raises NotPossible."""
    main = case.duplicate_of
    if main is None:
        raise NotPossible(_("This case is joined with no other."))
    _lock(case, main)
    Complaint.objects.filter(pk=case.pk).update(duplicate_of=None)
    case.duplicate_of = None
    note(case, Event.Kind.UNLINKED, actor, other=main.reference)
    note(main, Event.Kind.UNLINKED, actor, other=case.reference)
    if case.outcome == Outcome.DUPLICATE:
        triage.move(case, Complaint.State.REOPENED, actor)


def _lock(case: Complaint, main: Complaint) -> None:
    """Both, the older first, whichever is joined with which; what they are joined with is read again."""
    both = Complaint.objects.filter(pk__in=[case.pk, main.pk]).order_by("pk")
    list(both.select_for_update(no_key=True))
    for one in (case, main):
        one.refresh_from_db(fields=["duplicate_of"])


def tell_merged(main: Complaint, actor: str) -> int:
    """Tell the citizens of merged cases how the matter ended. How many were told."""
    merged = main.duplicates.filter(outcome=Outcome.DUPLICATE, removed_at__isnull=True)
    for case in merged:
        with translation.override(case.language):
            outcome = Outcome(main.outcome).label
            words = _("The matter that you reported too is closed: %(outcome)s.") % {"outcome": outcome}
        triage.ask(case, words, actor)
    return len(merged)
