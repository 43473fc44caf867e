"""What staff, and the body's liaison, read of a delivery that arrived although it was cancelled."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..models import Complaint, Dispatch
from ..models.vocabulary import Outcome
from .rights import day_of

Recall = Dispatch.Recall


def why(sent: Dispatch) -> str:
    """Why it was cancelled, as far as the case tells: what the body should know."""
    case = sent.complaint
    if case.outcome == Outcome.WITHDRAWN:
        return _("the citizen withdrew the report")
    if case.outcome == Outcome.DUPLICATE:
        return _("the matter is followed in another case")
    if case.state != Complaint.State.CLOSED and case.desk_id != sent.desk_id:
        return _("another body follows the case: %(body)s") % {"body": case.desk.spoken_name}
    return _("it was not to be sent")


def for_staff(sent: Dispatch) -> str:
    """What is still to be done, and how; or that it was."""
    if sent.recall == Recall.DUE and sent.delivered_at is not None:
        said = _(
            "It was being sent while it was cancelled, and reached the body on %(day)s. Tell the body by "
            "letter or telephone, by the numbers of the case and of the delivery and nothing else: %(why)s. "
            "Then tick below that it was told."
        )
        return said % {"day": day_of(sent.delivered_at), "why": why(sent)}
    return sent.get_recall_display() or "–"


def for_the_body(sent: Dispatch) -> str:
    """What a liaison reads: that nobody waits for their body, and why."""
    if not sent.recall:
        return "–"
    return _("This delivery was cancelled while it was being sent: %(why)s.") % {"why": why(sent)}
