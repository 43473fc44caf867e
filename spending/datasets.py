"""The titles of the data sets and of their parts, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .fiscal import read_year, year_number
from .volumes import volume_in_words

TITLES: dict[str, str | Promise] = {
    "budget_book": _("Budget documents by line"),
    "cgd_weekly": _("Weekly disbursement report"),
    "bbgfproject": _("Budget and disbursement by project"),
    "mof_history": _("Ministries' budgets and disbursements of past years"),
    "mof_monthly": _("Monthly disbursements"),
    "pbo_history": _("Act, adjusted budget and payments by year"),
    "egp_contracts": _("Public purchases: projects and contracts (e-GP)"),
    "cgdcontract": _("Public purchases (former site)"),
    "egp_departments": _("Departments that buy through e-GP"),
    "areas": _("Provinces, districts and subdistricts"),
    "ocds": _("Purchases of other publishers (OCDS)"),
    "fiscal_packages": _("Budgets and spending of other publishers (Fiscal Data Package)"),
    "reference_series": _("Population, gross domestic product and consumer prices"),
    "act_local_budgets": _("Budgets of provincial administrative organisations"),
    "lamphun_pao_budgets": _("Budget of Lamphun Provincial Administrative Organisation"),
}


def title_of(dataset: str) -> str:
    """The title of a data set; its name where it has none yet."""
    return str(TITLES.get(dataset, dataset))


def part_title(dataset: str, part: str) -> str:
    """A part of a data set in words: a volume of the budget book, a fiscal year; its own name otherwise."""
    language = (get_language() or "th")[:2]
    if dataset == "budget_book":
        return volume_in_words(part, language)
    if dataset == "cgd_weekly":
        return gettext("Fiscal year %(year)s") % {"year": year_number(read_year(part), language)}
    return part
