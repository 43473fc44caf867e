"""The columns of flags: the same in CSV, XLSX, JSON lines and the API's rows."""

from __future__ import annotations

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from .columns import ORIGIN, YEARS, Column, own, part
from .flag_filters import OPEN, SETTLED
from .purchase_columns import BUYER

FLAG = (
    own("rule", _("code of the rule that asks; its page is /flags/<rule>/")),
    own("version", _("version of the rule")),
    own("about", _("project, contract, or pair (a department and a supplier)")),
    own("subject", _("published ids of what the question is about")),
    Column("project", lambda flag: flag.project_number, _("published project number"), "project_number"),
    *YEARS,
    *BUYER,
    part("supplier_code", "supplier.code", _("the supplier, where the purchase has one alone and no person")),
    part("supplier", "supplier.name", _("name of that supplier")),
    part("province", "province.name", _("province of the purchase")),
    own("amount", _("the money that the question is about, in baht")),
    own("evidence", _("the figures that the rule compared, exact, by name")),
    Column(
        "state",
        lambda flag: SETTLED if flag.dismissal_id else OPEN,
        _("open, or settled with a public reason"),
        Case(
            When(dismissal=None, then=Value(OPEN)),
            default=Value(SETTLED),
            output_field=CharField(),
        ),
    ),
    part("reason", "dismissal.reason", _("the public reason with which staff settled it")),
    Column(
        "settled_on",
        lambda flag: flag.dismissal and localdate(flag.dismissal.made_at),
        _("day on which it was settled"),
        TruncDate("dismissal__made_at"),
    ),
    Column(
        "raised_on",
        lambda flag: localdate(flag.raised_at),
        _("day on which it was raised"),
        TruncDate("raised_at"),
    ),
    *(column for column in ORIGIN if column.name != "line"),
)
