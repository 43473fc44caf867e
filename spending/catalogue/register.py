"""What is said of each data set beside its editions: what it holds, how often it appears, where it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..datasets import title_of


class Frequency(StrEnum):
    """How often new figures appear, by the names of the EU vocabulary of frequencies."""

    WEEKLY = "WEEKLY"
    ANNUAL = "ANNUAL"
    IRREGULAR = "IRREG"
    NEVER = "NEVER"  # it is no longer published


FREQUENCIES: Mapping[Frequency, Promise] = {
    Frequency.WEEKLY: _("every week"),
    Frequency.ANNUAL: _("once a year"),
    Frequency.IRREGULAR: _("from time to time"),
    Frequency.NEVER: _("no longer published"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a data set holds in words; how often it appears; the resources of the API that hold its rows, each
    with the query that picks them; whether it speaks of Thailand.
    """

    means: str | Promise
    frequency: Frequency = Frequency.IRREGULAR
    resources: tuple[tuple[str, str], ...] = ()
    is_thai: bool = True


SUBJECTS: Mapping[str, Subject] = {
    "budget_book": Subject(
        _("Every line of the budget of a year: ministry, agency, plan, output or project, category, amount."),
        Frequency.ANNUAL,
        (("allocations", ""), ("commitments", "")),
    ),
    "cgd_weekly": Subject(
        _("What each body of the state may spend, has bound and has paid out, week by week."),
        Frequency.WEEKLY,
        (("disbursements", ""),),
    ),
    "bbgfproject": Subject(
        _("Projects of past years: what was budgeted and what was paid, by agency, plan and province."),
        Frequency.NEVER,
        (("project-disbursements", ""),),
    ),
    "mof_history": Subject(
        _("The act and the payments of each ministry through the years."),
        Frequency.NEVER,
        (("reference-totals", ""),),
    ),
    "mof_monthly": Subject(
        _("What the Ministry of Interior paid out, month by month."),
        Frequency.NEVER,
        (("reference-totals", ""),),
    ),
    "pbo_history": Subject(
        _("The whole budget of each year: the act, the budget after changes, the payments."),
        Frequency.ANNUAL,
        (("reference-totals", ""),),
    ),
    "egp_contracts": Subject(
        _("Public purchases: projects, methods, prices, contracts, winners. No natural person is named."),
        Frequency.IRREGULAR,
        (("projects", ""), ("contracts", "")),
    ),
    "cgdcontract": Subject(
        _("Public purchases as the former site offered them. No natural person is named."),
        Frequency.NEVER,
        (("projects", ""), ("contracts", "")),
    ),
    "egp_departments": Subject(
        _("The departments that may buy through e-GP, with their codes."),
        Frequency.IRREGULAR,
        (("crosswalk", ""),),
    ),
    "areas": Subject(
        _("Provinces, districts and subdistricts with their codes and postal codes."),
        Frequency.IRREGULAR,
        (("areas", ""),),
    ),
    "act_local_budgets": Subject(
        _("What the councils of provincial administrative organisations granted, line by line."),
        Frequency.NEVER,
        (("local-budgets", ""),),
    ),
    "lamphun_pao_budgets": Subject(
        _("What the council of Lamphun province's administration granted, and how far it is spent."),
        Frequency.IRREGULAR,
        (("local-budgets", ""),),
    ),
    "ocds": Subject(
        _("Purchases of publishers in the world in the Open Contracting Data Standard."),
        Frequency.IRREGULAR,
        (("open-processes", ""), ("open-contracts", "")),
        is_thai=False,
    ),
    "fiscal_packages": Subject(
        _("Budgets and spending of publishers in the world as Fiscal Data Packages."),
        Frequency.IRREGULAR,
        (("package-figures", ""),),
        is_thai=False,
    ),
}


def subject_of(dataset: str) -> Subject:
    """What is said of a data set; of one that has no words of its own, its title."""
    return SUBJECTS.get(dataset) or Subject(title_of(dataset))
