"""The columns of each kind of fact, once: the same in CSV, XLSX, JSON lines and the API's rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils.translation import gettext_noop as _

from .fiscal import BUDDHIST_OFFSET, buddhist


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in files and JSON, how it is read from a fact, and what it means, in English.

    `source` is the same value as the database reads it: a path (`agency__code`) or an expression. A resource
    all of whose columns have one is sent without making an object of each fact.
    """

    name: str
    value: Callable[[Any], Any]
    means: str
    source: str | Combinable | None = None


def part(name: str, attribute: str, means: str) -> Column:
    """A column that reads `agency.code` and the like; empty where a fact points to nothing."""
    first, last = attribute.split(".")

    def value(fact: Any) -> Any:
        pointed = getattr(fact, first)
        return None if pointed is None else getattr(pointed, last)

    return Column(name, value, means, attribute.replace(".", "__"))


def own(name: str, means: str) -> Column:
    """A column that reads the fact's own field of that name."""
    return Column(name, lambda fact: getattr(fact, name), means, name)


def of_the_file(origin: str, received: str) -> Combinable:
    """What is known of the published file: of the one that was re-expressed, else of the one received."""
    known = NullIf(F(f"edition__{origin}"), Value(""))
    return Coalesce(known, F(f"edition__source_file__{received}"), output_field=CharField())


def _of_the_kept(name: str) -> Combinable:
    """What is known of the file that can be fetched here; null where no copy is kept."""
    path = "edition__source_file"
    return Case(When(~Q(**{f"{path}__content": ""}), then=F(f"{path}__{name}")), output_field=CharField())


EDITION_KEY = Concat(
    F("edition__dataset"), Value("-"), F("edition__part"), Value("-"), Cast("edition__pk", CharField())
)
ORIGIN = (
    part("dataset", "edition.dataset", _("data set the row belongs to")),
    part("part", "edition.part", _("part of the data set, e.g. the volume of the budget book")),
    Column("edition", lambda fact: fact.edition.key, _("edition that the row was read from"), EDITION_KEY),
    part("as_of", "edition.as_of", _("date that the figures speak of")),
    Column(
        "file",
        lambda fact: fact.edition.file_name,
        _("name of the file as published; lines and sheets are counted in it"),
        of_the_file("origin_name", "name"),
    ),
    Column(
        "file_sha256",
        lambda fact: fact.edition.file_sha256,
        _("SHA-256 of the file as published; this site may keep another, see kept_file"),
        of_the_file("origin_sha256", "sha256"),
    ),
    own("line", _("line, sheet row or record number in the file as published, counted from 1")),
    Column(
        "kept_file",
        lambda fact: fact.edition.kept_name,
        _("name of the file that this site keeps: the published one, or its figures rewritten"),
        _of_the_kept("name"),
    ),
    Column(
        "kept_file_sha256",
        lambda fact: fact.edition.kept_sha256,
        _("SHA-256 of the file that this site keeps, at /data/files/<SHA-256>/; empty where it keeps none"),
        _of_the_kept("sha256"),
    ),
)
YEARS = (
    Column(
        "fiscal_year_be",
        lambda fact: buddhist(fact.fiscal_year),
        _("fiscal year, Buddhist Era"),
        F("fiscal_year") + BUDDHIST_OFFSET,
    ),
    own("fiscal_year", _("fiscal year, Common Era")),
)
AGENCY = (
    part("agency_code", "agency.code", _("code of the agency")),
    part("agency", "agency.name", _("name of the agency")),
)
MINISTRY = (
    part("ministry_code", "ministry.code", _("code of the ministry")),
    part("ministry", "ministry.name", _("name of the ministry")),
)
PLAN = (part("plan", "plan.name", _("budget plan")),)
CATEGORY = (part("category", "category.path", _("expenditure category, names from the top joined by /")),)
PAGE = (own("page", _("page number printed in the book")),)

ALLOCATION = (
    own("item_id", _("published id of the budget line")),
    *YEARS,
    *MINISTRY,
    *AGENCY,
    *PLAN,
    part("cross_cutting", "plan.cross_cutting", _("whether the plan is integrated across ministries")),
    part("activity_kind", "activity.kind", _("output or project")),
    part("activity", "activity.name", _("name of the output or project")),
    *CATEGORY,
    own("description", _("what the money is for, as printed")),
    own("amount", _("amount of the fiscal year in baht")),
    own("obliged", _("whether it also obliges other years")),
    *PAGE,
    *ORIGIN,
)
COMMITMENT = (
    own("item_id", _("published id of this row of the obligation")),
    own("line_item_id", _("published id of the budget line that carries the obligation")),
    *YEARS,
    own("until_year", _("last fiscal year of a printed range, Common Era")),
    *MINISTRY,
    *AGENCY,
    own("description", _("what the money is for, as printed")),
    own("amount", _("amount of that year or range of years in baht")),
    *PAGE,
    *ORIGIN,
)


def _above(name: str, attribute: str, means: str) -> Column:
    """A column of the ministry of an agency; empty where there is none."""

    def value(fact: Any) -> Any:
        ministry = fact.agency and fact.agency.ministry
        return getattr(ministry, attribute) if ministry else None

    return Column(name, value, means, f"agency__ministry__{attribute}")


DISBURSEMENT = (
    own("cut", _("cut of the money; cuts overlap and are never added to each other")),
    *YEARS,
    own("body_code", _("code of the body, as published")),
    own("body_name", _("name of the body, as published")),
    *AGENCY,
    _above(
        "ministry_code", "code", _("code of the ministry that the agency stands under; empty of a ministry")
    ),
    _above("ministry", "name", _("name of that ministry")),
    part(
        "province",
        "province.name",
        _("province, for money held in a province and for bodies that bear its name"),
    ),
    own("economic", _("recurrent, investment, or total where the report does not split")),
    own("after_transfer", _("budget after transfers in baht")),
    own("allotted", _("allotted so far in baht")),
    own("committed", _("ordered or reserved, not yet paid, in baht")),
    own("disbursed", _("paid out so far in baht")),
    own("spent", _("paid out or bound by contract so far in baht")),
    own("target_gap", _("percentage points above or below the spending target")),
    own("target", _("spending target in percent, of the whole budget and its classes")),
    own("sheet", _("sheet of the report")),
    own("cells", _("cell of each amount in that sheet, by its name: after_transfer C6, disbursed G6")),
    *ORIGIN,
)
PROJECT_DISBURSEMENT = (
    own("project_code", _("the former site's 16-digit budget code")),
    *YEARS,
    own("name", _("name of the project")),
    *MINISTRY,
    *AGENCY,
    *PLAN,
    own("strategy", _("national strategy")),
    *CATEGORY,
    own("budget_province", _("province the money was budgeted for")),
    own("paid_province", _("province the money was paid in")),
    own("budgeted", _("budgeted in baht")),
    own("disbursed", _("paid out in baht")),
    own("repeated", _("whether an identical record stands elsewhere in the file")),
    *ORIGIN,
)
REFERENCE_TOTAL = (
    *YEARS,
    own("month", _("first day of the month, where the total is of one month")),
    own("measure", _("act, adjusted or paid")),
    own("body_name", _("whose total it is, as published; empty for the whole budget")),
    *AGENCY,
    own("amount", _("the total in baht")),
    *ORIGIN,
)
