"""Which desk is competent, and why: the table of competence, asked as a plain question.

The rules are data (`CompetenceRule`). The answer is a proposal: staff confirm or change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is asked about a complaint to find its desk: codes of the form, and the public figure."""

    suspicion: str
    level: str
    amount: Decimal | None = None
    """The figure complained about, in baht, where there is one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A desk, and the conditions under which it is competent; an empty set of words asks nothing."""

    desk: str
    suspicions: frozenset[str]
    levels: frozenset[str]
    over_amount: Decimal | None
    reason: str
    reason_en: str

    def fits(self, facts: Facts) -> bool:
        """Whether all conditions hold."""
        if self.suspicions and facts.suspicion not in self.suspicions:
            return False
        if self.levels and facts.level not in self.levels:
            return False
        if self.over_amount is None:
            return True
        return facts.amount is not None and facts.amount > self.over_amount


@dataclass(frozen=True, slots=True)
class Office:
    """A regional office of a desk, and the provinces that it looks after as far as is known."""

    name: str
    name_en: str
    provinces: frozenset[str]
    """Names in Thai, as the form has them."""
    is_confirmed: bool
    """Whether the body itself says so."""


def office_for(province: str, offices: Iterable[Office]) -> Office | None:
    """The first office that looks after a province; None where nothing is known."""
    return next((office for office in offices if province in office.provinces), None) if province else None


class NoRuleFits(Exception):
    """Raised if the table has no rule for a complaint: it lacks the rule that takes all the rest."""


def rule_for(facts: Facts, rules: Iterable[Rule]) -> Rule:
    """The first rule that fits. Raises NoRuleFits."""
    for rule in rules:
        if rule.fits(facts):
            return rule
    raise NoRuleFits
