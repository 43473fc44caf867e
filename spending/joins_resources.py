"""What the API says of the joins: the bodies of all lists, and lines and purchases that belong together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Case, Count, F, OuterRef, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as _

from .columns import EDITION_KEY, YEARS, Column, of_the_file, own, part
from .models import BodyMatch, Department, LineCandidate, ListedBody, MovedFact
from .register_filters import RegisterFilter


class ListedBodyFilter(RegisterFilter):
    """A query on the crosswalk: what was found to be an agency, or what a department was found to be."""

    lookups: ClassVar[Mapping[str, str]] = {"agency": "agency__code", "buyer": "buyer__code"}
    model = ListedBody

    def lines(self) -> Any:
        return self._filtered(ListedBody.objects.all())


class LineCandidateFilter(RegisterFilter):
    """A query on pairs of a budget line and a purchase. What staff refused is not shown."""

    lookups: ClassVar[Mapping[str, str]] = {
        "year": "fiscal_year",
        "line": "item_id",
        "project": "project_number",
    }
    model = LineCandidate

    def lines(self) -> Any:
        return self._filtered(LineCandidate.objects.shown().order_by())


def _standing(name: str, means: str) -> Column:
    """A column of the match that joins the body; empty while it waits."""
    matches = BodyMatch.objects.standing().filter(listed=OuterRef("pk")).order_by().values(name)[:1]

    def value(listed: Any) -> Any:
        return BodyMatch.objects.standing().filter(listed=listed).values_list(name, flat=True).first()

    return Column({"at": "matched_at"}.get(name, name), value, means, Subquery(matches))


def _in_list(name: str, means: str, source: Combinable) -> Column:
    """A column of the row of e-GP's list, as it is today, that tells of the department; empty for a body of
    another list, which stands in the rows of its figures.
    """
    current = Department.objects.filter(edition__is_current=True).order_by("-edition", "line")
    row = current.filter(code=OuterRef("code"), name=OuterRef("name")).values_list(source)[:1]
    told = Case(When(scheme=ListedBody.Scheme.EGP, then=Subquery(row)))

    def value(listed: Any) -> Any:
        return ListedBody.objects.filter(pk=listed.pk).values_list(told, flat=True).get()

    return Column(name, value, means, told)


def _moved(listed: Any) -> int:
    return int(MovedFact.objects.filter(match__listed=listed).count())


_NOTED = MovedFact.objects.filter(match__listed=OuterRef("pk")).order_by().values("match__listed")
MOVED = Coalesce(Subquery(_NOTED.annotate(rows=Count("pk")).values("rows")), Value(0))
LISTED_BODY = (
    own("scheme", _("whose list: bb (Bureau of the Budget), cgd (Comptroller General) or egp (e-GP)")),
    own("code", _("code in that list; empty where none is printed")),
    own("name", _("name in that list, as published")),
    part("agency_code", "agency.code", _("code of the agency that it is; empty while nobody knows")),
    part("agency", "agency.name", _("name of that agency")),
    _standing("how", _("by what it was matched: code, name or person")),
    _standing("score", _("likeness of the two names when it was matched, 0 to 100")),
    _standing("at", _("when it was matched")),
    Column(
        "moved",
        _moved,
        _("rows of figures that were loaded under another agency and follow the match"),
        MOVED,
    ),
    _in_list("edition", _("edition of e-GP's list in which the department stands"), EDITION_KEY),
    _in_list("file", _("name of that list as published"), of_the_file("origin_name", "name")),
    _in_list("line", _("line of the department in that file, counted from 1"), F("line")),
)
LINE_CANDIDATE = (
    Column("line", lambda one: one.item_id, _("published id of the budget line"), "item_id"),
    Column("project", lambda one: one.project_number, _("published number of the project"), "project_number"),
    *YEARS,
    own("state", _("confirmed by a person, or proposed: alike, not checked by anybody")),
    own("score", _("how much speaks for it, 0 to 100: amount 40, words 40, place 20")),
    own("reasons", _("each reason with its points and what was compared")),
)
