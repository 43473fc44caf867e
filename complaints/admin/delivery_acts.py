"""What is done with many deliveries at once: sent again, or stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..handling import NotPossible
from ..models import Dispatch
from .confirming import Act, Data, Rows, action


def _sent_again(count: int, data: Data) -> str:
    said = ngettext(
        "%(count)s delivery is sent from the first attempt on; one that waits for staff is released.",
        "%(count)s deliveries are sent from the first attempt on; those that wait for staff are released.",
        count,
    )
    return said % {"count": count}


def _cancelled(count: int, data: Data) -> str:
    said = ngettext(
        "%(count)s delivery is stopped: its body does not get it, unless it is being sent at this moment. "
        "Then it stands among those that arrived although cancelled, and you tell the body.",
        "%(count)s deliveries are stopped: their bodies do not get them, unless one is being sent at this "
        "moment. Then it stands among those that arrived although cancelled, and you tell the body.",
        count,
    )
    return said % {"count": count}


def _by(mark: Callable[[Dispatch, str], bool]) -> Callable[[Dispatch, Data], None]:
    """Does to a delivery what this method of its row does."""

    def do(sent: Dispatch, data: Data) -> None:
        if not mark(sent, data["actor"].get_username()):
            raise NotPossible(gettext("It had arrived or been cancelled before."))

    return do


REGISTER: Sequence[Act] = (
    Act("send_again", _("Send again, or release"), "change", _sent_again, _by(Dispatch.mark_due)),
    Act("cancel", _("Cancel what has not arrived"), "change", _cancelled, _by(Dispatch.mark_cancelled)),
)
DELIVERIES = Rows(
    "chosen_deliveries.html",
    lambda rows: rows.select_related("complaint", "desk").order_by("created_at", "pk"),
    lambda sent: f"{sent.complaint.reference} ({sent.desk})",
)
ALL = tuple(action(act, DELIVERIES) for act in REGISTER)
