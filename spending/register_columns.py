"""The columns of lists that are no facts: bodies, suppliers, plans, categories, editions, refused rows."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, NullIf
from django.utils.translation import gettext_noop as _

from .columns import EDITION_KEY, ORIGIN, Column, own, part


def _named(name: str, attribute: str, means: str) -> Column:
    """A column that reads a field or an annotation of another name."""
    return Column(name, lambda row: getattr(row, attribute), means, attribute)


AGENCY = (
    own("code", _("code of the agency")),
    own("name", _("name of the agency")),
    own("name_en", _("name in English, where known")),
    own("kind", _("what sort of body it is")),
    part("ministry_code", "ministry.code", _("code of the ministry")),
    part("ministry", "ministry.name", _("name of the ministry")),
    own("has_published_code", _("whether the code comes from a published list")),
    _named("after_transfer", "given", _("budget after transfers in baht, in the newest week")),
    _named("disbursed", "paid", _("paid out so far in baht, in the newest week")),
    _named("budget_book", "book", _("sum of its lines in the newest budget book in baht")),
)
SUPPLIER = (
    _named("supplier", "code", _("the supplier as it stands in addresses: its tax id, else its name")),
    own("tax_id", _("13-digit tax id; empty where none is usable")),
    own("name", _("name as it was published first")),
    _named("contracts", "contracts_won", _("how many contracts it won")),
    _named("amount", "won", _("sum of these contracts in baht")),
)
PROVINCE = (
    own("code", _("two-digit code of the Department of Provincial Administration")),
    own("name", _("name, without the word for province")),
    own("name_en", _("name in English")),
)
PLAN = (
    _named("plan", "name", _("budget plan")),
    own("cross_cutting", _("whether the plan is integrated across ministries")),
)
CATEGORY = (
    _named("category", "path", _("expenditure category, names from the top joined by /")),
    own("name", _("name of this category alone")),
    own("level", _("depth: 1 is the budget type")),
)

KEY = Concat(F("dataset"), Value("-"), F("part"), Value("-"), Cast("pk", CharField()))


def _file(edition: Any) -> dict[str, str]:
    return {"name": edition.file_name, "sha256": edition.file_sha256}


def _kept(edition: Any) -> dict[str, str] | None:
    content = edition.source_file.content
    return {"name": edition.kept_name, "sha256": edition.kept_sha256} if content else None


def _known(origin: str, received: str) -> Coalesce:
    """What is known of the published file: of the one that was re-expressed, else of the one received."""
    return Coalesce(NullIf(F(origin), Value("")), F(f"source_file__{received}"), output_field=CharField())


EDITION = (
    Column("key", lambda edition: edition.key, _("the edition's public name, as rows give it"), KEY),
    own("dataset", _("data set the edition belongs to")),
    own("part", _("part of the data set, e.g. the volume of the budget book")),
    own("fiscal_year", _("fiscal year, Common Era, where the part belongs to one")),
    own("as_of", _("date that the figures speak of")),
    own("published_at", _("when visitors first saw it")),
    _named("current", "is_current", _("whether it answers today")),
    own("rows", _("rows read and kept")),
    own("refused", _("rows refused")),
    own("total", _("sum of the main amount in baht")),
    own("checks", _("sums compared: expected, found, difference, tolerance, whether it holds")),
    own("publisher", _("who published the figures")),
    own("licence", _("terms of use")),
    own("address", _("where the publisher offers the data set")),
    Column(
        "file",
        _file,
        _("name and SHA-256 of the file as published; lines and sheets are counted in it"),
        JSONObject(name=_known("origin_name", "name"), sha256=_known("origin_sha256", "sha256")),
    ),
    Column(
        "kept_file",
        _kept,
        _("name and SHA-256 of the file that this site keeps, the published one or its figures rewritten"),
        Case(
            When(
                ~Q(source_file__content=""),
                then=JSONObject(name=F("source_file__name"), sha256=F("source_file__sha256")),
            )
        ),
    ),
)


REJECTION = (
    part("dataset", "edition.dataset", _("data set the row belongs to")),
    part("part", "edition.part", _("part of the data set, e.g. the volume of the budget book")),
    Column("edition", lambda refusal: refusal.edition.key, _("edition that lacks the row"), EDITION_KEY),
    *(column for column in ORIGIN if column.name in ("file", "file_sha256")),
    own("sheet", _("title of the sheet")),
    own("line", _("line of the file or row of the sheet, counted from 1")),
    own("column", _("column of the cell")),
    own("value", _("the cell's content, as published")),
    Column("reason", lambda refusal: refusal.said, _("why the row was refused")),
)
