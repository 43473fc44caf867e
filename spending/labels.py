"""What staff read above the columns and beside the fields of the published facts: labels of the workbench.

They stand here rather than in the models: a word for staff may change without a migration, and the whole
list is read at one glance. `give_labels()` puts them where Django looks for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Words:
    """What one model and its fields are called on the workbench."""

    one: Any
    many: Any
    fields: Mapping[str, Any]


def give_labels(room: AppConfig, labels: Mapping[str, Words]) -> None:
    """Call the models of a room and their fields so. Raises LookupError for one that is not there."""
    for name, words in labels.items():
        options = room.get_model(name)._meta
        options.verbose_name, options.verbose_name_plural = words.one, words.many
        for field, label in words.fields.items():
            options.get_field(field).verbose_name = label  # type: ignore[union-attr]


LABELS = {
    "Flag": Words(
        _("question to a purchase"),
        _("questions to purchases"),
        {
            "rule": _("rule"),
            "version": _("version of the rule"),
            "about": _("about a"),
            "subject": _("published number"),
            "project_number": _("project number"),
            "fiscal_year": _("fiscal year"),
            "buyer": _("buyer"),
            "supplier": _("supplier"),
            "province": _("province"),
            "amount": _("amount in baht"),
            "evidence": _("figures compared"),
            "edition": _("edition"),
            "raised_at": _("asked at"),
            "dismissal": _("settled by"),
        },
    ),
    "BasisReading": Words(
        _("reading of a law or practice"),
        _("readings of laws and practices"),
        {
            "basis": _("law or practice"),
            "how": _("how far read"),
            "words": _("what was read"),
            "address": _("where to read it"),
            "made_at": _("read at"),
            "made_by": _("read by account"),
        },
    ),
    "Dismissal": Words(
        _("settled question"),
        _("settled questions"),
        {
            "rule": _("rule"),
            "version": _("version of the rule"),
            "subject": _("published number"),
            "evidence": _("figures compared"),
            "reason": _("public reason"),
            "made_at": _("settled at"),
            "made_by": _("settled by account"),
            "withdrawn_reason": _("public reason for asking again"),
            "withdrawn_at": _("asked again at"),
            "withdrawn_by": _("asked again by account"),
        },
    ),
    "ListedBody": Words(
        _("name of a body in a list"),
        _("names of bodies in lists"),
        {
            "scheme": _("list"),
            "code": _("code in the list"),
            "name": _("name in the list"),
            "letters": _("letters compared"),
            "body": _("loaded as"),
            "buyer": _("buyer"),
            "agency": _("agency"),
            "first_met": _("first met"),
        },
    ),
    "BodyMatch": Words(
        _("match of a body"),
        _("matches of bodies"),
        {
            "listed": _("name in the list"),
            "agency": _("agency"),
            "how": _("how it was matched"),
            "score": _("weight of evidence"),
            "reason": _("reason"),
            "by": _("account"),
            "at": _("at"),
            "undone_at": _("undone at"),
            "undone_by": _("undone by account"),
            "undone_reason": _("reason for undoing"),
        },
    ),
    "MovedFact": Words(
        _("row that follows a match"),
        _("rows that follow matches"),
        {
            "match": _("match of a body"),
            "table": _("table of figures"),
            "fact": _("key of the row"),
        },
    ),
    "LineCandidate": Words(
        _("line and purchase that look alike"),
        _("lines and purchases that look alike"),
        {
            "item_id": _("code of the budget line"),
            "project_number": _("project number"),
            "fiscal_year": _("fiscal year"),
            "score": _("weight of evidence"),
            "reasons": _("what speaks for it"),
            "proposed_at": _("first met"),
            "state": _("decision"),
            "decided_at": _("decided at"),
            "decided_by": _("decided by account"),
            "decision_reason": _("reason of the decision"),
        },
    ),
    "Edition": Words(
        _("edition"),
        _("editions"),
        {
            "dataset": _("data set"),
            "part": _("part"),
            "fiscal_year": _("fiscal year"),
            "as_of": _("figures as of"),
            "source_file": _("published file"),
            "origin_name": _("name of the file it was rewritten from"),
            "origin_sha256": _("SHA-256 of the file it was rewritten from"),
            "publisher": _("publisher"),
            "licence": _("licence"),
            "address": _("address on the web"),
            "rows": _("rows kept"),
            "refused": _("rows refused"),
            "total": _("sum in baht"),
            "checks": _("sums compared"),
            "notes": _("oddities met"),
            "amended": _("times amended"),
            "state": _("state"),
            "is_current": _("is current"),
            "created_at": _("load begun at"),
            "published_at": _("published at"),
            "hold_reason": _("why it is held"),
            "released_by": _("published by account"),
            "release_reason": _("reason for publishing it"),
        },
    ),
    "Agency": Words(
        _("agency"),
        _("agencies"),
        {
            "code": _("code"),
            "name": _("name in Thai"),
            "name_en": _("name in English"),
            "kind": _("kind"),
            "ministry": _("ministry"),
            "has_published_code": _("has a published code"),
            "search_key": _("key for searching"),
        },
    ),
    "AgencyName": Words(
        _("name of an agency as printed"),
        _("names of agencies as printed"),
        {
            "agency": _("agency"),
            "name": _("name as printed"),
            "ministry_code": _("code of the ministry"),
            "matched": _("how it was matched"),
        },
    ),
    "Succession": Words(
        _("body that became another one"),
        _("bodies that became other ones"),
        {
            "old_code": _("former code"),
            "old_name": _("former name in Thai"),
            "new_code": _("code of the new body"),
            "how": _("what happened"),
            "since": _("first day of the new body"),
            "source": _("law or file that says so"),
            "source_address": _("address on the web"),
            "entered_by": _("entered by account"),
        },
    ),
    "SourceFile": Words(
        _("published file"),
        _("published files"),
        {
            "sha256": _("SHA-256"),
            "name": _("file name"),
            "size": _("size in bytes"),
            "address": _("address on the web"),
            "received_at": _("received at"),
            "content": _("kept copy"),
        },
    ),
}
"""Each model on the workbench, and those shown inside another one's page."""
