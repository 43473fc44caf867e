"""Meeting and matching the bodies of all lists: by code, then by normalised name.

What is left waits for a person in the admin. Called behind every load and by `manage.py match`; harmless to
run again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from spending.crosswalk import follow, likeness
from spending.models import (
    Agency,
    AgencyName,
    Allocation,
    AllocationTotal,
    BodyMatch,
    Buyer,
    Department,
    Disbursement,
    ListedBody,
    MovedFact,
    ProjectDisbursement,
)

from .names import public_form
from .spelling import skeleton

Scheme, How = ListedBody.Scheme, BodyMatch.How
CODES_AGREE = 80  # likeness of names from which equal codes are believed
BATCH = 2_000

_WRITTEN_OUT = (
    (re.compile(r"^อบจ\.?\s*"), "องค์การบริหารส่วนจังหวัด"),
    (re.compile(r"^อบต\.?\s*"), "องค์การบริหารส่วนตำบล"),
    (re.compile(r"^ทน\.\s*"), "เทศบาลนคร"),
    (re.compile(r"^ทม\.\s*"), "เทศบาลเมือง"),
    (re.compile(r"^ทต\.\s*"), "เทศบาลตำบล"),
    (re.compile(r"^สนง\.\s*"), "สำนักงาน"),
)
_ACRONYM_BEHIND = re.compile(r"\s*\((?:[ก-ฮ]\.?\s?){2,8}\)$")


@dataclass(frozen=True, slots=True)
class Matched:
    """What a run met and matched: bodies new to the crosswalk, and matches by code and by name."""

    met: int
    by_code: int
    by_name: int


def match_bodies() -> Matched:
    """Enter what loads have brought, and join what is certain."""
    with transaction.atomic():
        met = _enter(list(_listed()))
        _lead_to_buyers()
        by_code = _join(_own(), How.CODE) + _join(_by_code(), How.CODE)
        by_name = _join(_found_at_loading(), How.NAME) + _join(_by_name(), How.NAME)
    return Matched(met, by_code, by_name)


def normal_form(name: str) -> str:
    """The letters of a name as matching compares it: abbreviations written out, without an acronym behind."""
    plain = _ACRONYM_BEHIND.sub("", public_form(name))
    for short, long in _WRITTEN_OUT:
        plain = short.sub(long, plain)
    return skeleton(plain)


def _listed() -> Iterator[ListedBody]:
    """The bodies of all lists, as the published figures name them."""
    yield from _of_the_budget()
    yield from _of_the_treasury()
    yield from _of_purchases()


def _of_the_budget() -> Iterator[ListedBody]:
    of_book = AllocationTotal.objects.current().order_by().values_list("agency").distinct()
    over_them = AllocationTotal.objects.current().order_by().values_list("ministry").distinct()
    of_projects = ProjectDisbursement.objects.current().order_by().values_list("agency").distinct()
    met = {pk for facts in (of_book, over_them, of_projects) for (pk,) in facts} - _only_moved()
    for agency in Agency.objects.filter(pk__in=met):
        code = agency.code if agency.has_published_code else ""
        yield _entry(Scheme.BUDGET, code, agency.name, body=agency)


def _only_moved() -> set[int]:
    """Agencies under which the book's figures stand by the crosswalk alone: the book does not list them."""
    matches = BodyMatch.objects.standing().filter(listed__scheme=Scheme.BUDGET, moved__isnull=False)
    found = set(matches.values_list("agency", flat=True))
    for model, table in ((Allocation, "allocation"), (ProjectDisbursement, "projectdisbursement")):
        noted = MovedFact.objects.filter(table=table).values("fact")
        own = model.objects.filter(agency__in=found).exclude(pk__in=noted)
        found -= set(own.values_list("agency", flat=True).distinct())
    return found


def _of_the_treasury() -> Iterator[ListedBody]:
    reports = Disbursement.objects.current().exclude(agency=None).order_by()
    for code, name, agency in reports.values_list("body_code", "body_name", "agency").distinct():
        yield _entry(Scheme.CGD, code, name, body_id=agency)


def _of_purchases() -> Iterator[ListedBody]:
    departments = Department.objects.filter(edition__is_current=True).values_list("code", "name")
    times = Counter(name for _code, name in departments)
    for code, name in departments:
        yield _entry(Scheme.EGP, code, name)
    for name in Buyer.objects.values_list("name", flat=True):
        if times[name] != 1:  # none of that name in the list, or several: the name stands for itself
            yield _entry(Scheme.EGP, "", name)


def _entry(scheme: str, code: str, name: str, **where: object) -> ListedBody:
    return ListedBody(scheme=scheme, code=code, name=name, letters=normal_form(name)[:255], **where)


def _enter(listed: list[ListedBody]) -> int:
    """Keep the bodies that are new; how many."""
    known = set(ListedBody.objects.values_list("scheme", "code", "name"))
    new = {(one.scheme, one.code, one.name): one for one in listed}
    ListedBody.objects.bulk_create(
        (one for key, one in new.items() if key not in known), batch_size=BATCH, ignore_conflicts=True
    )
    return len(new.keys() - known)


def _lead_to_buyers() -> None:
    """Connect buying departments with the listed body that bears their name alone."""
    free = ListedBody.objects.in_scheme(Scheme.EGP).filter(
        buyer=None, name__in=Buyer.objects.filter(listed=None).values("name")
    )
    by_name: dict[str, list[ListedBody]] = {}
    for one in free:
        by_name.setdefault(one.name, []).append(one)
    found = []
    for buyer in Buyer.objects.filter(listed=None, name__in=list(by_name)):
        same = by_name.pop(buyer.name, [])
        own = next((one for one in same if not one.code), None) or (same[0] if len(same) == 1 else None)
        if own is not None:
            own.buyer = buyer
            found.append(own)
    ListedBody.objects.bulk_update(found, ["buyer"], batch_size=500)


def _waiting() -> Any:
    """What no standing match joins."""
    standing = BodyMatch.objects.standing().filter(listed=OuterRef("pk"))
    return ListedBody.objects.filter(~Exists(standing)).select_related("body", "buyer")


def _own() -> Iterator[tuple[ListedBody, Agency]]:
    """Bodies that a publisher lists by a code, under which their figures were loaded."""
    printed = ProjectDisbursement.objects.values("agency")
    for one in _waiting().exclude(code="").exclude(body=None).exclude(_of_book(printed)):
        yield one, one.body


def _found_at_loading() -> Iterator[tuple[ListedBody, Agency]]:
    """Bodies of the budget book, which prints no codes: their names led to a coded agency at loading."""
    printed = ProjectDisbursement.objects.values("agency")
    for one in _waiting().exclude(code="").exclude(body=None).filter(_of_book(printed)):
        yield one, one.body


def _of_book(printed: Any) -> Q:
    return Q(scheme=Scheme.BUDGET) & ~Q(body__in=printed)


def _by_code() -> Iterator[tuple[ListedBody, Agency]]:
    """Departments whose code is an agency's, and whose name does not say otherwise."""
    waiting = [one for one in _waiting() if one.code and one.body is None]
    codes = {code for one in waiting for code in _codes(one.code)}
    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}
    for one in waiting:
        meant = [agencies[code] for code in _codes(one.code) if code in agencies]
        agree = [a for a in meant if likeness(one.letters, normal_form(a.name)) >= CODES_AGREE]
        if len(agree) == 1:
            yield one, agree[0]


def _codes(code: str) -> tuple[str, ...]:
    """A code, and without the zeros that fill it up on the right where five digits are left."""
    short = code[:5]
    return (code, short) if code[5:].strip("0") == "" and len(code) > len(short) else (code,)


def _by_name() -> Iterator[tuple[ListedBody, Agency]]:
    """Bodies whose normalised name is exactly one agency's."""
    agencies = agencies_by_name()
    for one in _waiting().filter(Q(body=None) | Q(code="")):
        meant = agencies.get(skeleton(one.name)) or agencies.get(one.letters)
        if meant is not None and meant.pk != one.body_id:
            yield one, meant


def agencies_by_name() -> dict[str, Agency]:
    """The agencies of the budget whose name is theirs alone, by its letters; of two, the one with a code."""
    agencies = list(Agency.objects.exclude(kind=Agency.Kind.PROVINCE))
    aliases: dict[int, list[str]] = {}
    for name, pk in AgencyName.objects.values_list("name", "agency"):
        aliases.setdefault(pk, []).append(name)
    coded = [agency for agency in agencies if agency.has_published_code]
    return _alone(agencies, aliases) | _alone(coded, aliases)


def _alone(agencies: list[Agency], aliases: dict[int, list[str]]) -> dict[str, Agency]:
    keys = {
        (key, agency)
        for agency in agencies
        for name in (agency.name, *aliases.get(agency.pk, []))
        for key in (skeleton(name), normal_form(name))
        if key
    }
    times = Counter(key for key, _agency in keys)
    return {key: agency for key, agency in keys if times[key] == 1}


def _join(pairs: Iterator[tuple[ListedBody, Agency]], how: str) -> int:
    """Keep matches, but for those that a person has undone before; how many."""
    undone = set(BodyMatch.objects.exclude(undone_at=None).values_list("listed", "agency"))
    new = [
        BodyMatch(listed=one, agency=agency, how=how, score=likeness(one.letters, normal_form(agency.name)))
        for one, agency in pairs
        if (one.pk, agency.pk) not in undone
    ]
    BodyMatch.objects.bulk_create(new, batch_size=BATCH)
    follow(new)
    return len(new)
