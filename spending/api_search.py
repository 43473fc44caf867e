"""The search as data: what the page at /search/ finds, with the same words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from .api import MONEY, ApiView
from .filters import AllocationFilter
from .found import Group, Hit
from .parameters import BadQuery
from .patience import TooSlow
from .purchase_filters import purchases_under
from .questions import How, Reading
from .search import Problem, Results, among, paid_projects_under, search

READ_HERE = ("q",)
WORDS = tuple(
    name for name in AllocationFilter.takes() if name not in ("by", "measure")
)  # sums have addresses of their own


class SearchView(ApiView):
    """The records that answer a question, best first, by kind; with count and sum of all that was found."""

    def answer(self, request: Request, **kwargs: str) -> Response:
        query = AllocationFilter(request.query_params, also=READ_HERE)
        for name in ("by", "measure"):
            if name in query.values:
                raise BadQuery(name, _("A search is not split; ask /api/v1/allocations/breakdown with q."))
        results = search(
            request.query_params.get("q", "").strip(),
            lines=among(query),
            projects=paid_projects_under(query),
            purchases=purchases_under(query.texts),
            day=query.as_of,
            year=query.year,
            how=query.values.get("how"),
        )
        if results.problem is Problem.TOO_SLOW:
            raise TooSlow
        if results.problem is not None:
            raise BadQuery("q", _("q takes words to look for: two letters at least, 200 at most."))
        return Response(results_as_json(results) | MONEY)


def results_as_json(results: Results) -> dict[str, Any]:
    groups = {kind.value: group_as_json(group) for kind, group in results.names.items()}
    return {
        "q": results.text,
        "reading": reading_as_json(results.reading),
        "best": [hit_as_json(hit) for hit in results.best],
        **groups,
        "line": group_as_json(results.lines),
        "project": group_as_json(results.projects),
        **{kind.value: group_as_json(group) for kind, group in results.bought.items()},
        "suggestions": [{"q": one.text, "lines": one.count} for one in results.suggestions],
    }


def reading_as_json(reading: Reading | None) -> dict[str, Any] | None:
    """How the question was read: in which way, which words, what was put right, which year."""
    if reading is None:
        return None
    how: How = reading.how
    return {
        "how": how.value,
        "words": [term.typed for term in reading.terms],
        "corrected": reading.corrected,
        "fiscal_year": reading.year,
    }


def group_as_json(group: Group) -> dict[str, Any]:
    return {
        "count": group.count,
        "estimated": group.about,
        "amount": group.amount,
        "rows": [hit_as_json(hit) for hit in group.hits],
    }


def hit_as_json(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind.value,
        "code": hit.code,
        "name": hit.name,
        "name_en": hit.name_en,
        "fiscal_year": hit.year,
        "amount": hit.amount,
        "ministry_code": hit.ministry_code,
        "ministry": hit.ministry,
        "agency_code": hit.agency_code,
        "agency": hit.agency,
        "province": hit.place,
    }
