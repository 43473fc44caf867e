"""The register of rules, written by hand: one rule, one module, one line here."""

from __future__ import annotations

from .base import Basis, Rule
from .rules import (
    above_budget,
    above_reference,
    concentration,
    near_reference,
    signed_before_announcement,
    specific_method,
    split_purchases,
)

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        specific_method.RULE,
        near_reference.RULE,
        above_reference.RULE,
        above_budget.RULE,
        split_purchases.RULE,
        concentration.RULE,
        signed_before_announcement.RULE,
    )
}

BASES: dict[str, Basis] = {basis.code: basis for rule in RULES.values() for basis in rule.basis}
"""All laws and published practices that rules rest on, by their code."""
