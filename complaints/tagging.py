"""Which of the office's tags a case bears: put on and taken off, each time written down."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from .handling import NotPossible
from .models import Complaint, Event, Tag
from .models.events import note

Tagging = Complaint.tags.through


@transaction.atomic
def put(case: Complaint, tag: Tag, actor: str) -> None:
    """Put a tag on a case. Raises NotPossible if it bears it already, or was emptied."""
    if case.removed_at is not None:
        raise NotPossible(_("Everything sealed was removed from this case."))
    _tagging, is_new = Tagging.objects.get_or_create(complaint_id=case.pk, tag_id=tag.pk)
    if not is_new:
        raise NotPossible(_("The case bears that tag already."))
    note(case, Event.Kind.TAGGED, actor, tag=tag.code, on=True)


@transaction.atomic
def drop(case: Complaint, tag: Tag, actor: str) -> None:
    """Take a tag off a case. Raises NotPossible if it does not bear it."""
    gone, _by_table = Tagging.objects.filter(complaint_id=case.pk, tag_id=tag.pk).delete()
    if not gone:
        raise NotPossible(_("The case does not bear that tag."))
    note(case, Event.Kind.TAGGED, actor, tag=tag.code, on=False)
