"""The columns of what other publishers publish: the same in CSV, XLSX, JSON lines and the API's rows."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .columns import ORIGIN, Column, own

CURRENCY = own("currency", _("currency of the amounts of the row, three letters (ISO 4217)"))

OPEN_PROCESS = (
    own("ocid", _("Open Contracting ID of the process")),
    own("publisher", _("who published it, as the file says")),
    own("title", _("what was to be bought, as published; names of natural persons are covered")),
    own("buyer", _("the public body that buys, as published")),
    own("method", _("method of purchase, a word of the standard or the publisher's")),
    own("status", _("state of the tender, as published")),
    own("released_on", _("day of the newest release")),
    CURRENCY,
    own("budgeted", _("budget of the process, in the currency of the row")),
    own("tendered", _("estimated value of the tender, in the currency of the row")),
    *ORIGIN,
)
OPEN_CONTRACT = (
    own("ocid", _("Open Contracting ID of the process")),
    own("publisher", _("who published it, as the file says")),
    own("stage", _("award, or the contract signed after it")),
    own("number", _("id within the process, as published; # and its place where that names a person")),
    own("title", _("title, as published; names of natural persons are covered")),
    own("suppliers", _("names of the suppliers that are organisations by their names")),
    own("unnamed", _("suppliers that may be natural persons: counted, never named")),
    own("status", _("state, as published")),
    own("decided_on", _("day of the award, or of the signature")),
    CURRENCY,
    own("amount", _("value, in the currency of the row")),
    *ORIGIN,
)
PACKAGE_FIGURE = (
    own("package", _("name of the package, as its descriptor says")),
    own("publisher", _("title of the package, or who published it")),
    own("fiscal_period", _("first and last day that the package covers, if it says so")),
    Column("figure", lambda row: row.measure, _("which amount of the row, by its name"), "measure"),
    own("direction", _("expenditure or revenue, if the package says so")),
    own("phase", _("proposed, approved, adjusted or executed, if it says so")),
    own("dimensions", _("what the amount is for: names of the package's dimensions with their values")),
    CURRENCY,
    own("amount", _("the amount, in the currency of the row")),
    own("table_file", _("table of the package in which the line counts, by its path there")),
    own("table_sha256", _("SHA-256 of the file of that table; file_sha256 is that of what was loaded")),
    *ORIGIN,
)
