"""The titles of the data sets, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES: dict[str, str | Promise] = {
    "budget_book": _("Budget documents by line"),
    "cgd_weekly": _("Weekly disbursement report"),
    "bbgfproject": _("Budget and disbursement by project"),
    "mof_history": _("Ministries' budgets and disbursements of past years"),
    "mof_monthly": _("Monthly disbursements"),
    "pbo_history": _("Act, adjusted budget and payments by year"),
    "egp_contracts": _("Public purchases: projects and contracts (e-GP)"),
    "cgdcontract": _("Public purchases (former site)"),
}


def title_of(dataset: str) -> str:
    """The title of a data set; its name where it has none yet."""
    return str(TITLES.get(dataset, dataset))
