"""Where the address of a body leads that has another name or code now, and what a body was before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from .models import Agency, Succession

STEPS = 10  # changes of one body that are followed; more would be a circle


@dataclass(frozen=True, slots=True)
class Step:
    """One succession with the agency at its other end; None where no edition tells of it."""

    succession: Succession
    agency: Agency | None


def is_told() -> Exists:
    """Whether the table tells anything of an agency: asked beside the agency itself, most have no row."""
    return Exists(Succession.objects.filter(Q(old_code=OuterRef("code")) | Q(new_code=OuterRef("code"))))


def present_of(code: str) -> Agency | None:
    """The agency that the body of an old code is today; None where it is none, or not one and the same."""
    seen, here = {code}, code
    for _step in range(STEPS):
        new = Succession.objects.same_body().filter(old_code=here).values_list("new_code", flat=True).first()
        if new is None or new in seen:
            break
        seen.add(new)
        here = new
    return Agency.objects.filter(code=here).first() if here != code else None


def became(code: str) -> Sequence[Step]:
    """What became of the body of a code: one step, or one for each part."""
    found = list(Succession.objects.filter(old_code=code).order_by("new_code"))
    agencies = _by_code(one.new_code for one in found)
    return [Step(one, agencies.get(one.new_code)) for one in found]


def formerly(code: str) -> Sequence[Step]:
    """What the body of a code was before, the newest first: also what those were that it goes on from."""
    found: list[Succession] = []
    seen, codes = {code}, [code]
    for _step in range(STEPS):
        before = list(Succession.objects.filter(new_code__in=codes).exclude(old_code__in=seen))
        found += before
        codes = [one.old_code for one in before if one.how in Succession.SAME]
        seen |= {one.old_code for one in before}
        if not codes:
            break
    agencies = _by_code(one.old_code for one in found)
    return [Step(one, agencies.get(one.old_code)) for one in found]


def _by_code(codes: Iterable[str]) -> dict[str, Agency]:
    return {one.code: one for one in Agency.objects.filter(code__in=list(codes))}
