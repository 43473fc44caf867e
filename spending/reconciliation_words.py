"""The reconciliation said in the reader's language: stations, sources, causes, and what is not known."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .datasets import title_of
from .palette import OTHERS, UNKNOWN
from .reconciliation import Cause, Entry, Kind, Reconciliation
from .stations import Source, Station


def title() -> str:
    return _("From parliament to payment")


def station(one: Station) -> str:
    """What is counted at a station."""
    return {
        Station.ALLOTTED: _("Allotted"),
        Station.AFTER_TRANSFER: _("After transfers"),
        Station.CONTRACTED: _("Contracted"),
        Station.DISBURSED: _("Paid out"),
    }[one]


def cause(one: Cause) -> str:
    """Why money differs, in a few words."""
    return {
        Cause.NOT_COVERED: _("Not covered by the editions at hand"),
        Cause.CARRIED_OVER: _("Carried over: signed before the fiscal year began"),
        Cause.OTHER_CUT: _("Another cut of the same money"),
        Cause.TRANSFERRED: _("Moved by transfers during the year"),
        Cause.ORDERED: _("Ordered or reserved, not yet paid"),
        Cause.OPEN: _("Still open on the day of the report"),
        Cause.NOT_BOUGHT: _("Salaries, for which no contract is made"),
        Cause.UNKNOWN: _("Unknown: the published figures do not say"),
    }[one]


def causes() -> list[tuple[str, str]]:
    """Each cause with what it means."""
    meanings = {
        Cause.NOT_COVERED: _(
            "No edition at hand holds the rows: a year, a volume, or the larger part of the purchases is "
            "missing. Nothing is said about how much it is where no amount stands."
        ),
        Cause.CARRIED_OVER: _(
            "These contracts stand in the purchases of the year, but were signed before it began: their "
            "money may come from earlier budgets."
        ),
        Cause.OTHER_CUT: _(
            "Two publications count the same money by different rules. They stand beside each other and are "
            "never added."
        ),
        Cause.TRANSFERRED: _("The file gives it to the satang: taken from other lines or given to them."),
        Cause.ORDERED: _("The report gives it to the satang: promised to somebody, not yet paid."),
        Cause.OPEN: _("The fiscal year was not over: the money can still be allotted, ordered or paid."),
        Cause.NOT_BOUGHT: _(
            "The budget lines for personnel: they are paid, but nothing is bought with them."
        ),
        Cause.UNKNOWN: _("What the named causes leave over. It may have lapsed, been moved or carried over."),
    }
    return [(cause(one), meanings[one]) for one in Cause]


def entry_name(entry: Entry) -> str:
    """What an entry is about."""
    if entry.kind is Kind.DIFFERENCE and entry.until is not None:
        words = {"earlier": station(entry.station), "later": station(entry.until)}
        return _("Difference: %(earlier)s less %(later)s") % words
    if entry.kind is Kind.CAUSE and entry.cause is not None:
        return _("of which: %(cause)s") % {"cause": cause(entry.cause)}
    if entry.kind is Kind.BESIDE:
        return _("%(station)s, by another count") % {"station": station(entry.station)}
    return station(entry.station)


def source(entry: Entry) -> str | None:
    """Who counts it; that nobody does where a station is empty."""
    if entry.source is not None:
        return _source(entry.source)
    return _("no edition at hand") if entry.kind is Kind.AMOUNT else None


def _source(one: Source) -> str:
    if one is Source.AGREED:
        return _("agreed prices of projects (e-GP)")
    if one is Source.AGENCIES:
        return _("its agencies added up (weekly report)")
    return title_of(one)


def note(entry: Entry, extract: int | None = None) -> str:
    """A remark under an entry; empty where none is needed. `extract` is how many contracts are at hand, where
    not all of the year are.
    """
    if entry.kind is Kind.AMOUNT and entry.station is Station.CONTRACTED and extract is not None:
        return _of_extract(entry, extract)
    if entry.kind is Kind.AMOUNT and entry.amount is None:
        return _("No edition at hand covers this station and year. That is not zero.")
    if entry.kind is Kind.BESIDE:
        return _("Another cut of the same money: not added.")
    return ""


def extract(one: Reconciliation, counted: int | None) -> str:
    """That what is contracted is that of an extract; empty where it is not."""
    if counted is None:
        return ""
    contracted = one.at(Station.CONTRACTED)
    words = {"station": station(Station.CONTRACTED), "extract": _of_extract(contracted, counted)}
    return _("%(station)s is %(extract)s: what is less there says nothing about the agency.") % words


def _of_extract(entry: Entry, counted: int) -> str:
    if entry.source is Source.AGREED:
        return _("from an extract, not all of the year (projects in it: %(counted)s)") % {"counted": counted}
    return _("from an extract, not all of the year (contracts in it: %(counted)s)") % {"counted": counted}


def hue(entry: Entry) -> str:
    """The colour class of an entry: hatched where something is not known."""
    if entry.cause in (Cause.UNKNOWN, Cause.NOT_COVERED):
        return UNKNOWN
    return OTHERS if entry.kind is Kind.CAUSE else ""


def how_much_is_known(one: Reconciliation) -> str:
    """At how many of the four stations something is known, and which are not."""
    missing = [station(place) for place in Station if one.at(place).amount is None]
    if not missing:
        return _("All four stations are known.")
    words = {"known": one.known, "missing": ", ".join(missing)}
    return _("%(known)s of 4 stations are known. No edition at hand covers: %(missing)s.") % words
