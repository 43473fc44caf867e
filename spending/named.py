"""Values of parameters that name something published: a province, a method of purchase, a rule, a data set.

A name that nothing published bears is told from one whose rows are of another time or place: the first is an
error of the question, the second an answer without rows. What is known by heart is not looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from django.db.models import Q

from .breakdowns import NONE_CODE
from .datasets import TITLES
from .flags.register import RULES
from .models import Edition, OpenProcess, ProjectDisbursement, ProjectYearTotal
from .place_names import NO_PROVINCE
from .romanised import province_in, provinces
from .terms import METHODS

FEW = 20  # names that are all told to whoever asks for another one


class NamesNothing(ValueError):
    """Raised if nothing published bears a name; `others` are those perhaps meant, or all there are."""

    def __init__(self, known: Iterable[str], text: str) -> None:
        super().__init__(text)
        names = sorted(known)
        self.others = names if len(names) <= FEW else get_close_matches(text, names, n=3, cutoff=0.6)


def province(text: str) -> str:
    """The Thai name of a province by its Thai or English one; words that published tables have in its place
    as they are.
    """
    if name := province_in(text):
        return name
    is_published = Q(budget_province=text) | Q(paid_province=text)
    if text in (*NO_PROVINCE, NONE_CODE) or ProjectDisbursement.objects.filter(is_published).exists():
        return text
    raise NamesNothing(provinces(), text)


def method(text: str) -> str:
    """A method of purchase, as published in any edition."""
    tables = (ProjectYearTotal, OpenProcess)
    if text in (*METHODS, NONE_CODE) or any(one.objects.filter(method=text).exists() for one in tables):
        return text
    raise NamesNothing(METHODS, text)


def rule(text: str) -> str:
    """The code of a rule that asks questions."""
    if text in RULES:
        return text
    raise NamesNothing(RULES, text)


def dataset(text: str) -> str:
    """The name of a data set of which there is, or was, an edition."""
    if text in TITLES or Edition.objects.filter(dataset=text).exists():
        return text
    raise NamesNothing(TITLES, text)
