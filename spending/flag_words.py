"""Flags as pages show them: the rule's words, the figures it compared, where it leads, what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from .flags.base import Basis, Figure, Rule
from .flags.register import RULES
from .models import BasisReading, Dismissal, Flag, Project

Earlier: TypeAlias = dict[tuple[str, str], list[Dismissal]]
"""Reasons given, by rule and subject."""


@dataclass(frozen=True, slots=True)
class Said:
    """One figure of the evidence: what it is, how it is written, and its exact value."""

    means: str
    figure: str
    value: Decimal | date | int | str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One flag with its words. `subject` is what it stands at, `address` where that is shown; `earlier` are
    reasons that were given before and do not count now.
    """

    flag: Flag
    rule: Rule
    title: str
    question: str
    rule_address: str
    subject: str
    address: str
    evidence: tuple[Said, ...]
    earlier: tuple[Dismissal, ...]


def asked(flags: Iterable[Flag]) -> list[Asked]:
    """Flags with their words, in two queries: titles of purchases, and reasons given before."""
    flags = list(flags)
    titles = _titles(flags)
    earlier = _earlier(flags)
    return [_asked(flag, titles, earlier) for flag in flags if flag.rule in RULES]


@dataclass(frozen=True, slots=True)
class RestsOn:
    """One law or practice of a rule with its words, and the reading of it that counts."""

    basis: Basis
    title: str
    place: str
    how: str
    words: str
    read_at: str
    day: date | None
    by_staff: bool


def rests_on(rule: Rule) -> list[RestsOn]:
    """What a rule rests on, with the newest reading of each, in one query."""
    newest = BasisReading.objects.filter(basis__in=[one.code for one in rule.basis])
    said = {one.basis: one for one in reversed(newest)}
    return [_rests_on(one, said.get(one.code)) for one in rule.basis]


def _rests_on(basis: Basis, staff: BasisReading | None) -> RestsOn:
    title, place = _(basis.title), _(basis.place)
    if staff is not None:
        how, day = staff.get_how_display(), localdate(staff.made_at)
        return RestsOn(basis, title, place, how, staff.words, staff.address, day, by_staff=True)
    first = basis.reading
    how = str(BasisReading.How(first.how.value).label)
    return RestsOn(basis, title, place, how, _(first.words), first.address, first.day, by_staff=False)


def rule_address(rule: str) -> str:
    return reverse("spending:flag_rule", args=[rule])


def figures(rule: Rule, evidence: Mapping[str, object]) -> tuple[Said, ...]:
    """The evidence in the order and the words of its rule; what was not published is left out."""
    known = [one for one in rule.evidence if evidence.get(one.name) is not None]
    return tuple(
        Said(_(one.means), one.figure.value, _value(one.figure, evidence[one.name])) for one in known
    )


def _value(figure: Figure, published: object) -> Decimal | date | int | str | Sequence[str]:
    text = str(published)
    if figure in (Figure.BAHT, Figure.SHARE):
        return Decimal(text)
    if figure is Figure.DAY:
        return date.fromisoformat(text)
    if figure is Figure.COUNT:
        return int(text)
    return text.split() if figure is Figure.NUMBERS else text


def _asked(
    flag: Flag, titles: Mapping[str, str], earlier: Mapping[tuple[str, str], list[Dismissal]]
) -> Asked:
    rule = RULES[flag.rule]
    before = [one for one in earlier.get((flag.rule, flag.subject), []) if one.pk != flag.dismissal_id]
    return Asked(
        flag=flag,
        rule=rule,
        title=_(rule.title),
        question=_(rule.question),
        rule_address=rule_address(rule.code),
        subject=titles.get(flag.project_number) or flag.project_number or flag.buyer.name,
        address=uri_to_iri(_address(flag)),
        evidence=figures(rule, flag.evidence),
        earlier=tuple(before),
    )


def _address(flag: Flag) -> str:
    if flag.about == Flag.About.PROJECT:
        return reverse("spending:project", args=[flag.project_number])
    if flag.about == Flag.About.CONTRACT:
        return reverse("spending:contract", args=flag.subject.split("/", 1))
    assert flag.supplier is not None  # a pair has one
    return reverse("spending:supplier", args=[flag.supplier.code])


def _titles(flags: Sequence[Flag]) -> dict[str, str]:
    numbers = {flag.project_number for flag in flags if flag.project_number}
    if not numbers:
        return {}
    return dict(Project.objects.current().filter(number__in=numbers).values_list("number", "name"))


def _earlier(flags: Sequence[Flag]) -> Earlier:
    found: Earlier = {}
    for one in Dismissal.objects.filter(subject__in={flag.subject for flag in flags}):
        found.setdefault((one.rule, one.subject), []).append(one)
    return found
