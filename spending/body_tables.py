"""The weekly report as tables: the bodies of one cut, the classes of the whole budget, the weeks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from . import fiscal
from .cuts import Held, together
from .models import Disbursement
from .palette import OTHER, hue_of
from .progress import Progress, Stretch
from .purses import Purse
from .sentences import SPENDING, language
from .tables import Column, Kind, Row, Table

Head = Callable[[str, Column], Column]  # a column by its key → the same with the address that sorts by it


@dataclass(frozen=True, slots=True)
class _Part:
    """A column of bodies: its key, its head, and what stands in it for a body's purse."""

    key: str
    column: Column
    value: Callable[[Purse], object]


def bodies(held: Sequence[Held], rows: Sequence[Held], head: Head, link: Callable[[Held], str]) -> Table:
    """Some bodies (`rows`) of all those `held`, above the sum of all; columns without any value left out."""
    whole = together(held)
    coloured = any(hue_of(one.code) != OTHER for one in held)
    parts = [
        part
        for part in _parts(against=any(one.purse.target_gap is not None for one in held))
        if part.value(whole) is not None or any(part.value(one.purse) is not None for one in held)
    ]
    return Table(
        caption=_("Body by body"),
        columns=(
            head("name", Column(_("Body"), Kind.NAME)),
            *(head(part.key, part.column) for part in parts),
        ),
        rows=tuple(_body(one, link(one), parts, coloured) for one in rows),
        sums=Row((_("Together"), *(part.value(whole) for part in parts))) if len(held) > 1 else None,
    )


def classes(progress: Progress) -> Table:
    """The year's own budget in its two classes, their sum, and the money carried over beside it."""
    named = [(str(SPENDING[Disbursement.Economic(one.purse.economic)]), one) for one in progress.classes]
    named.append((_("The year's budget"), progress.whole))
    if progress.carried_over is not None:
        named.append((_("Carried over from the year before"), progress.carried_over))
    columns = (
        Column(_("Kind of spending"), Kind.NAME),
        Column(_("Budget after transfers (baht)"), Kind.MONEY, wide=True),
        Column(_("Allotted (baht)"), Kind.MONEY, wide=True),
        Column(_("Disbursed (baht)"), Kind.MONEY),
        Column(_("Disbursed"), Kind.PERCENT),
        Column(_("Paid or promised"), Kind.PERCENT, wide=True),
        Column(_("Target"), Kind.PERCENT, wide=True),
        Column(_("Against the target (points)"), Kind.POINTS, wide=True),
    )
    return Table(_("The budget by kind of spending"), columns, tuple(_stretch(*one) for one in named))


def weeks(found: Sequence[tuple[date, Purse]]) -> Table:
    """The year's budget week by week, the newest first."""
    columns = (
        Column(_("As of"), Kind.NAME),
        Column(_("Disbursed (baht)"), Kind.MONEY),
        Column(_("Paid or promised (baht)"), Kind.MONEY, wide=True),
        Column(_("Disbursed"), Kind.PERCENT),
    )
    rows = [
        Row((fiscal.day_in_words(day, language()), purse.disbursed, purse.spent, purse.disbursed_share))
        for day, purse in reversed(found)
    ]
    return Table(_("Week by week"), columns, tuple(rows))


def _parts(*, against: bool) -> tuple[_Part, ...]:
    """The columns; on narrow screens those against a target need the room of the budget."""
    return (
        _Part(
            "budget", Column(_("Budget (baht)"), Kind.MONEY, wide=against), lambda purse: purse.after_transfer
        ),
        _Part(
            "disbursed", Column(_("Disbursed (baht)"), Kind.MONEY, wide=True), lambda purse: purse.disbursed
        ),
        _Part("bar", Column(_("Disbursed, as a bar"), Kind.BAR), _bar),
        _Part("share", Column(_("Disbursed"), Kind.PERCENT), lambda purse: purse.disbursed_share),
        _Part("gap", Column(_("Against the target (points)"), Kind.POINTS), lambda purse: purse.target_gap),
        _Part(
            "committed", Column(_("Promised (baht)"), Kind.MONEY, wide=True), lambda purse: purse.committed
        ),
        _Part("left", Column(_("Left (baht)"), Kind.MONEY, wide=True), _left),
    )


def _bar(purse: Purse) -> Decimal | None:
    """The paid share as a length from 0 to 100."""
    share = purse.disbursed_share
    return None if share is None else min(max(share, Decimal(0)), Decimal(1)) * 100


def _left(purse: Purse) -> Decimal | None:
    """What is neither paid nor promised; without published promises there is no such figure."""
    return None if purse.committed is None and purse.spent is None else purse.remaining


def _body(one: Held, href: str, parts: Sequence[_Part], coloured: bool) -> Row:
    thai = language() == "th"
    name = one.name if thai else one.name_en or one.name
    return Row(
        (name, *(part.value(one.purse) for part in parts)),
        href=href,
        hue=hue_of(one.code) if coloured else "",
        lang="" if thai or one.name_en else "th",
    )


def _stretch(name: str, stretch: Stretch) -> Row:
    purse = stretch.purse
    return Row(
        (
            name,
            purse.after_transfer,
            purse.allotted,
            purse.disbursed,
            purse.disbursed_share,
            purse.spent_share,
            stretch.target,
            stretch.gap,
        )
    )
