"""A delivery by hand of staff: closed with what the letter is known by, and with what the body said."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from .handling import NotPossible
from .models import Desk, Dispatch, Handover

WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def is_parcel(number: str) -> bool:
    """Whether the nine digits of a parcel's number check out (UPU S10): a slip would name another parcel."""
    digits = number[2:11]
    if len(number) != 13 or not digits.isascii() or not digits.isdecimal():
        return False
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits[:8], strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest) == int(digits[8])


@transaction.atomic
def hand_over(letter: Handover, actor: str) -> None:
    """Write down that a letter went to its body. Raises NotPossible if it had arrived."""
    if not letter.dispatch.mark_handed_over(actor, str(letter)):
        raise NotPossible(_("It stands where this cannot be done."))
    letter.save()


def take_in(sent: Dispatch, decision: str, number: str, *, on: date, by: str) -> None:
    """Write down what the body said to staff: its number, the day, the unit. Raises NotPossible if it had
    said so before, or a letter on paper was not handed over yet.
    """
    if sent.desk.channel == Desk.Channel.PAPER and not Handover.objects.filter(dispatch=sent).exists():
        raise NotPossible(_("Write down first how the letter was handed over."))
    if not sent.mark_acknowledged(decision, number, on=on, by=by):
        raise NotPossible(_("It stands where this cannot be done."))
