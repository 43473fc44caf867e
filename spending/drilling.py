"""The way down into a sum and the way up again: what can be chosen next, what was chosen, where each step
leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.safestring import SafeString

from .breakdowns import NONE_CODE, Dimension, Row
from .dimension_names import code_name, title_of
from .filters import AllocationFilter
from .models import Agency, Category
from .models.classification import PATH_SEPARATOR
from .sentences import named

STEPS = (Dimension.MINISTRY, Dimension.AGENCY, Dimension.PLAN, Dimension.ACTIVITY)
WAYS = (*STEPS, Dimension.CATEGORY, Dimension.CROSS_CUTTING)


@dataclass(frozen=True, slots=True)
class Step:
    """One choice on the way down: its name in the reader's language, and its address.

    `address` shows the sum under this choice and those before it; `without` the same sum without this choice.
    """

    dimension: Dimension
    code: str
    name: SafeString | str
    address: str
    without: str

    @property
    def title(self) -> str:
        """What was chosen: a ministry, an agency, …"""
        return title_of(self.dimension)


def body_of(query: AllocationFilter) -> str:
    """The code of the body that a query asks about, the agency before its ministry; empty for none."""
    return query.chosen.get(Dimension.AGENCY) or query.chosen.get(Dimension.MINISTRY) or ""


def next_step(chosen: Iterable[Dimension], *, integrated: bool = False) -> Dimension | None:
    """The dimension a sum is shown by unless another is asked for; None where only lines are left.

    `integrated` says that integrated plans have been chosen, whose first question is which plan.
    """
    taken = set(chosen)
    if integrated and Dimension.PLAN not in taken:
        return Dimension.PLAN
    if Dimension.AGENCY in taken:
        taken.add(Dimension.MINISTRY)
    return next((step for step in STEPS if step not in taken), None)


def ways(query: AllocationFilter) -> tuple[Dimension, ...]:
    """The dimensions that still split the sum under a query."""
    taken = set(query.chosen) - {Dimension.CATEGORY}
    if Dimension.AGENCY in taken:
        taken.add(Dimension.MINISTRY)
    if Dimension.PLAN in taken or "cross_cutting" in query.values:
        taken.add(Dimension.CROSS_CUTTING)
    return tuple(way for way in WAYS if way not in taken)


def shown_by(query: AllocationFilter) -> Dimension:
    """The dimension a page shows the sum by: the one asked for, else the next step, else the finest
    category.
    """
    if query.by is not None:
        return query.by
    return next_step(query.chosen, integrated="cross_cutting" in query.values) or Dimension.CATEGORY


def deeper(query: AllocationFilter, row: Row, dimension: Dimension, parents: frozenset[str]) -> str:
    """The address one step below a slice: the sum split further, or the list of lines where nothing
    splits it.

    `parents` are the categories that have others below them. Empty for money of the chosen category itself.
    """
    if dimension is Dimension.CATEGORY:
        return _below_category(query, row, parents)
    if dimension is Dimension.YEAR:
        return _address("budget", int(row.code), query.query(by=None))
    choice = query.query(by=None, **{dimension.value: row.code})
    chosen = (*query.chosen, dimension)
    integrated = "cross_cutting" in query.values or dimension is Dimension.CROSS_CUTTING
    page = "lines" if next_step(chosen, integrated=integrated) is None else "budget"
    return _address(page, query.year, choice)


def parents_at(query: AllocationFilter) -> frozenset[str]:
    """The categories at the depth of a query's breakdown that have others below them, in one query."""
    below = Category.objects.filter(level=query.level + 1).values_list("path", flat=True)
    return frozenset(path.rsplit(PATH_SEPARATOR, 1)[0] for path in below)


def steps(query: AllocationFilter) -> tuple[Step, ...]:
    """What has been chosen, in the order of the way down; one query for the names of ministry and agency."""
    names = _names(query)
    taken: list[str] = []
    found = []
    for dimension, code, name in _choices(query, names):
        taken.append(dimension.value)
        found.append(
            Step(
                dimension=dimension,
                code=code,
                name=name,
                address=_address("budget", query.year, _only(query, taken, {dimension.value: code})),
                without=_address("budget", query.year, _up(query, dimension, code)),
            )
        )
    return tuple(found)


def _choices(
    query: AllocationFilter, names: Mapping[str, Agency]
) -> Iterator[tuple[Dimension, str, SafeString | str]]:
    if "cross_cutting" in query.values:
        code = query.texts["cross_cutting"]
        yield Dimension.CROSS_CUTTING, code, code_name(Dimension.CROSS_CUTTING, code)
    for dimension, code in query.chosen.items():
        agency = names.get(code) if dimension in (Dimension.MINISTRY, Dimension.AGENCY) else None
        if dimension is Dimension.CATEGORY:
            yield from ((dimension, path, _code_name(dimension, path)) for path in _paths(code))
        elif agency is not None:
            yield dimension, code, named(agency.name, agency.name_en)
        else:
            yield dimension, code, _code_name(dimension, code)


def _code_name(dimension: Dimension, code: str) -> SafeString | str:
    name = code_name(dimension, code)
    return name if code == NONE_CODE else named(name)


def _paths(path: str) -> Iterator[str]:
    """A category and those above it, from the top."""
    names = path.split(PATH_SEPARATOR)
    return (PATH_SEPARATOR.join(names[:depth]) for depth in range(1, len(names) + 1))


def _only(query: AllocationFilter, taken: list[str], changes: Mapping[str, str]) -> str:
    """The query with the choices in `taken` and no later ones."""
    later = {step.value: None for step in (*STEPS, Dimension.CATEGORY) if step.value not in taken}
    by = Dimension.CATEGORY.value if Dimension.CATEGORY.value in changes else None
    return query.query(**{**later, **changes, "by": by})


def _up(query: AllocationFilter, dimension: Dimension, code: str) -> str:
    """The query without one choice; a category gives way to the one above it."""
    above = code.rpartition(PATH_SEPARATOR)[0] if dimension is Dimension.CATEGORY else ""
    return query.query(**{dimension.value: above or None, "by": None})


def _below_category(query: AllocationFilter, row: Row, parents: frozenset[str]) -> str:
    if row.code == query.values.get("category"):
        return ""
    if row.code in parents:
        return _address("budget", query.year, query.query(category=row.code, by="category"))
    page = "lines" if next_step(query.chosen) is None else "budget"
    return _address(page, query.year, query.query(category=row.code, by=None))


def _names(query: AllocationFilter) -> dict[str, Agency]:
    codes = [code for name, code in query.chosen.items() if name in (Dimension.MINISTRY, Dimension.AGENCY)]
    return {agency.code: agency for agency in Agency.objects.filter(code__in=codes)} if codes else {}


def _address(page: str, year: int | None, query: str) -> str:
    path = reverse(f"spending:{page}", args=[year])
    return uri_to_iri(f"{path}?{query}" if query else path)  # Thai letters as they are: a third of the size
