"""The screening sheet: what the agency's intake asks of a complaint, marked by staff, signed by a second
person. Signed or not, a sheet never changes: a correction is a further version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from . import sealing
from .handling import NotPossible
from .models import (
    CompetenceRule,
    Complaint,
    Event,
    ScreeningDecision,
    ScreeningQuestion,
    ScreeningSheet,
)
from .models.events import note
from .routing import Facts, NoRuleFits, Rule, rule_for
from .sheets import YES, Line, Sheet


def facts_of(case: Complaint) -> Facts:
    """What the table of competence is asked about a case."""
    amount = (case.snapshot or {}).get("amount")
    return Facts(case.suspicion, case.level, None if amount is None else Decimal(amount))


def suggestion(case: Complaint) -> Rule | None:
    """What the table of competence says today."""
    rules = [row.as_rule() for row in CompetenceRule.objects.on(timezone.localdate())]
    try:
        return rule_for(facts_of(case), rules)
    except NoRuleFits:
        return None


def is_suggested(question: ScreeningQuestion, case: Complaint) -> bool:
    """Whether the conditions of a question say yes. One without conditions is for a person alone."""
    facts = facts_of(case)
    amount = question.over_amount
    holds = [
        case.suspicion in question.suspicions if question.suspicions else None,
        case.level in question.levels if question.levels else None,
        case.identity in question.identities if question.identities else None,
        None if amount is None else facts.amount is not None and facts.amount > amount,
        _is_joined(case) if question.when_joined else None,
    ]
    asked = [holding for holding in holds if holding is not None]
    return bool(asked) and all(asked)


def blank(case: Complaint) -> Sheet:
    """A fresh sheet: what the facts of the case suggest, the rest left for a person."""
    rule = suggestion(case)
    lines = [
        Line(q.code, q.group, q.question, YES if is_suggested(q, case) else "", "", q.source, q.grade)
        for q in ScreeningQuestion.objects.filter(is_asked=True)
    ]
    first = ScreeningDecision.objects.filter(is_offered=True, desk__code=rule.desk).first() if rule else None
    decision = first.code if first else ""
    desk, because = (rule.desk, rule.reason) if rule else ("", "")
    return Sheet(lines, decision, first.name if first else "", "", desk, because)


@transaction.atomic
def write(
    case: Complaint, user: Any, answers: Mapping[str, tuple[str, str]], decision: str, reason: str
) -> ScreeningSheet:
    """Keep a further version: marks and remarks by the question's code, and what is proposed.

    Raises NotPossible if the decision wants what is not there.
    """
    chosen = ScreeningDecision.objects.select_related("desk").filter(code=decision, is_offered=True).first()
    if chosen is None:
        raise NotPossible(_("Choose what you propose."))
    Complaint.objects.select_for_update(no_key=True).get(pk=case.pk)  # one version after the other
    lines = [
        Line(q.code, q.group, q.question, *answers.get(q.code, ("", "")), q.source, q.grade)
        for q in ScreeningQuestion.objects.filter(is_asked=True)
    ]
    if chosen.needs_reason and not reason.strip():
        raise NotPossible(_("Give the reason."))
    reasons = [line for line in lines if line.group == ScreeningQuestion.Group.NACC and line.mark == YES]
    if chosen.desk is not None and chosen.desk.code == "nacc" and not (reasons or reason.strip()):
        raise NotPossible(_("Mark at least one reason to send it to the NACC, or give another one."))
    rule = suggestion(case)
    desk, because = (rule.desk, rule.reason) if rule else ("", "")
    sheet = Sheet(lines, chosen.code, chosen.name, reason.strip(), desk, because)
    version = (ScreeningSheet.objects.filter(complaint=case).aggregate(last=Max("version"))["last"] or 0) + 1
    content = sealing.seal_words(asdict(sheet), settings.COMPLAINT_PUBLIC_KEYS[0])
    kept = ScreeningSheet.objects.create(complaint=case, version=version, content=content, written_by=user)
    note(case, Event.Kind.SCREENED, user.get_username(), version=version)
    return kept


@transaction.atomic
def sign(sheet: ScreeningSheet, user: Any) -> None:
    """Agree as the second person. Raises NotPossible."""
    if sheet.written_by_id == user.pk:
        raise NotPossible(_("Nobody signs their own sheet."))
    if not sheet.mark_signed(user.pk):
        raise NotPossible(_("It is signed already, or there is a later version."))
    note(sheet.complaint, Event.Kind.SIGNED, user.get_username(), version=sheet.version)


def _is_joined(case: Complaint) -> bool:
    return case.duplicate_of_id is not None or case.duplicates.exists()
