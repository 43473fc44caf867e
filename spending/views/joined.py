"""Lines and purchases that belong together, or may: confirmed by a person, or found by comparing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from .. import sentences
from ..candidate_words import said
from ..models import Allocation, LineCandidate, Project
from ..tables import Column, Kind, Row, Table

MOST = 50  # pairs shown on a page
State = LineCandidate.State


@dataclass(frozen=True, slots=True)
class Joined:
    """The tables of what a person confirmed and of what nobody has checked; None where there is nothing."""

    confirmed: Table | None
    proposed: Table | None


@dataclass(frozen=True, slots=True)
class _Other:
    """The other side of a pair: its title, money in baht, address."""

    title: str
    amount: Decimal | None
    href: str


def purchases_of(item_id: str, day: date | None = None) -> Joined | None:
    """The purchases that are, or may be, paid from a line of the budget."""
    found = list(LineCandidate.objects.of_line(item_id).shown()[:MOST])
    projects = Project.objects.current(day).counted()
    known = projects.filter(number__in=[one.project_number for one in found]) if found else ()
    others = {
        one.number: _Other(one.name, one.budget, reverse("spending:project", args=[one.number]))
        for one in known
    }
    heads = (_("What was bought"), _("Set aside for it (baht)"))
    return _joined(found, lambda one: others.get(one.project_number), heads)


def lines_of(number: str, day: date | None = None) -> Joined | None:
    """The lines of the budget from which a purchase is, or may be, paid."""
    found = list(LineCandidate.objects.of_project(number).shown()[:MOST])
    lines = Allocation.objects.current(day)
    known = lines.filter(item_id__in=[one.item_id for one in found]) if found else ()
    others = {
        one.item_id: _Other(
            one.description, one.amount, reverse("spending:line", args=[one.fiscal_year, one.item_id])
        )
        for one in known
    }
    heads = (_("What the money is for"), _("In the budget (baht)"))
    return _joined(found, lambda one: others.get(one.item_id), heads)


def _joined(
    found: Iterable[LineCandidate], other: Callable[[LineCandidate], _Other | None], heads: tuple[str, str]
) -> Joined | None:
    rows: dict[str, list[Row]] = {State.CONFIRMED: [], State.PROPOSED: []}
    for one in found:
        beside = other(one)
        if beside is not None:
            rows[one.state].append(_row(one, beside))
    if not any(rows.values()):
        return None
    return Joined(
        _table(rows[State.CONFIRMED], heads, _("Confirmed by a person")),
        _table(rows[State.PROPOSED], heads, _("Alike, not checked by anybody")),
    )


def _row(one: LineCandidate, beside: _Other) -> Row:
    lang = "" if sentences.language() == "th" else "th"
    values = (beside.title, beside.amount, one.score, said(one))
    return Row(values, href=beside.href, lang=lang)


def _table(rows: list[Row], heads: tuple[str, str], caption: str) -> Table | None:
    columns = (
        Column(heads[0], Kind.NAME),
        Column(heads[1], Kind.MONEY),
        Column(_("Points of 100"), Kind.COUNT),
        Column(_("What speaks for it"), Kind.TEXT),
    )
    return Table(caption, columns, tuple(rows)) if rows else None
