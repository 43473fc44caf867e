"""Values of parameters that name something published: a ministry, a department, a method of purchase, a rule.

A name that nothing published bears is told from one whose rows are of another time or place: the first is an
error of the question, the second an answer without rows. What is known by heart, or was met before, is not
looked up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.db.models import Model, Q
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import Indel

from . import signs
from .breakdowns import NONE_CODE
from .datasets import TITLES
from .flags.register import RULES
from .models import (
    Activity,
    Agency,
    AgencyName,
    Allocation,
    Area,
    Buyer,
    Category,
    Edition,
    LocalBudget,
    OpenContract,
    OpenProcess,
    PackageFigure,
    Plan,
    Project,
    ProjectDisbursement,
    ProjectPlaceTotal,
    ProjectYearTotal,
    ReferenceTotal,
    Supplier,
)
from .models.classification import PATH_SEPARATOR
from .place_names import NO_PROVINCE
from .romanised import province_in, provinces
from .successions import present_of
from .terms import METHODS, WAYS

FEW = 20  # names that are all told to whoever asks for another one
OFFERED = 3  # names told where there are more
COMPARED = 10_000  # names that one which nothing bears is compared with, at most
LIKE = 0.7  # least share of its letters that a name offered has in common with the one asked for
MOST = 10_000  # names met that a process remembers


@dataclass(frozen=True, slots=True)
class Borne:
    """A column of the names that a parameter takes. To who asks for another one, rows are offered that are
    found by letters of their `words`, and names that are written `alike`, which says nothing of ids.
    """

    model: type[Model]
    column: str
    words: bool = False
    alike: bool = True

    def all(self) -> Any:
        return self.model._default_manager.order_by()

    def rows(self, text: str) -> Any:
        """Those that bear a name."""
        return self.all().filter(**{self.column: text})


class _Ministry(Borne):
    """The codes of ministries alone."""

    def all(self) -> Any:
        return super().all().filter(kind=Agency.Kind.MINISTRY)


class _District(Borne):
    """Districts stand behind their provinces, which are read for themselves."""

    def rows(self, text: str) -> Any:
        return super().rows(text.rpartition(PATH_SEPARATOR)[2])


BORNE: Mapping[str, tuple[Borne, ...]] = {
    "ministry": (_Ministry(Agency, "code", words=True),),
    "agency": (Borne(Agency, "code", words=True),),
    "plan": (Borne(Plan, "name", words=True), Borne(LocalBudget, "plan")),
    "activity": (Borne(Activity, "name", words=True),),
    "category": (Borne(Category, "path", words=True),),
    "strategy": (Borne(ProjectDisbursement, "strategy"),),
    "line": (Borne(Allocation, "item_id", alike=False),),
    "body": (Borne(ReferenceTotal, "body_name"),),
    "buyer": (Borne(Buyer, "code", words=True), Borne(OpenProcess, "buyer")),
    "type": (Borne(ProjectYearTotal, "kind"),),
    "district": (_District(ProjectPlaceTotal, "district"),),
    "project": (
        Borne(Project, "number", alike=False),
        Borne(ProjectDisbursement, "project_code", alike=False),
    ),
    "supplier": (Borne(Supplier, "code", words=True, alike=False),),
    "function": (Borne(LocalBudget, "function"),),
    "task": (Borne(LocalBudget, "task"),),
    "budget_type": (Borne(LocalBudget, "budget_type"),),
    "group": (Borne(LocalBudget, "group"),),
    "within": (Borne(Area, "code", alike=False),),
    "publisher": tuple(Borne(model, "publisher") for model in (OpenProcess, OpenContract, PackageFigure)),
    "ocid": (Borne(OpenProcess, "ocid", alike=False), Borne(OpenContract, "ocid", alike=False)),
    "status": (Borne(OpenProcess, "status"), Borne(OpenContract, "status")),
    "package": (Borne(PackageFigure, "package"),),
    "figure": (Borne(PackageFigure, "measure"),),
    "direction": (Borne(PackageFigure, "direction"),),
    "phase": (Borne(PackageFigure, "phase"),),
    "part": (Borne(Edition, "part"),),
}
"""Where the names stand that a parameter takes, by the name of the parameter, the likeliest place first."""

BY_HEART: Mapping[str, Collection[str]] = {"type": WAYS}
"""Names that are known without being looked up."""

_met: set[tuple[str, str]] = set()


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


def look_up(parameter: str, text: str) -> None:
    """Raises NamesNothing if a parameter takes names that something published bears, and nothing bears this
    one. A name is looked up once: what was published stays known.
    """
    if text == NONE_CODE or parameter not in BORNE:
        return
    if (parameter, text) in _met or text in BY_HEART.get(parameter, ()):
        return
    if not any(place.rows(text).exists() for place in BORNE[parameter]):
        raise NamesNothing(_alike(parameter, text), text)
    if len(_met) >= MOST:
        _met.clear()
    _met.add((parameter, text))


def _alike(parameter: str, text: str) -> list[str]:
    """What was perhaps meant: what a body of a former code is called today, then what has these letters in
    its name, then what is written alike.
    """
    if parameter in ("ministry", "agency"):
        known = [body.code for body in (present_of(text), *_formerly(text)) if body is not None]
        if known:
            return known[:OFFERED]
    places = BORNE[parameter]
    return next(filter(None, (_holding(place, text) for place in places)), None) or [
        name for place in places if place.alike for name in _written_alike(place, text)
    ]


def _formerly(text: str) -> list[Agency]:
    """The bodies whose earlier address this was."""
    return [one.agency for one in AgencyName.objects.filter(name=text).select_related("agency")[:OFFERED]]


def _holding(place: Borne, text: str) -> list[str]:
    """Those in whose names these letters stand, the shortest name first."""
    if not place.words or len(signs.part(text)) < signs.SHORTEST:
        return []
    rows = place.all().filter(search_key__holds=text)
    return list(rows.order_by(Length(place.column)).values_list(place.column, flat=True)[:OFFERED])


def _written_alike(place: Borne, text: str) -> list[str]:
    known = place.all().exclude(**{place.column: ""}).values_list(place.column, flat=True).distinct()
    found = process.extract(
        text, known[:COMPARED], scorer=Indel.normalized_similarity, limit=OFFERED, score_cutoff=LIKE
    )
    return [name for name, _score, _place in found]


def forget() -> None:
    """Look up anew what was met; for tests, whose facts do not stay."""
    _met.clear()
