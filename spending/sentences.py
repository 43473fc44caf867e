"""The sentence under a figure's title: what stands out, computed from the same data and said in the
reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import unescape

from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

from . import speech
from .breakdowns import NONE_CODE, Breakdown, Dimension, Row
from .dimension_names import counted, row_name
from .models import Disbursement
from .obligations import Instalment, Timeline
from .peers import Peers
from .provinces import ByPlace, Place
from .purses import Purse
from .standing import Change, standing_out
from .terms import published_in_english

SPENDING = {
    Disbursement.Economic.RECURRENT: gettext_lazy("Recurrent spending"),
    Disbursement.Economic.INVESTMENT: gettext_lazy("Investment spending"),
    Disbursement.Economic.TOTAL: gettext_lazy("Spending"),
}


def language() -> str:
    """The reader's language: `th` or `en`."""
    return (get_language() or "th")[:2]


def amount(value: Decimal) -> str:
    """An amount as people say it, with its unit."""
    return speech.with_unit(speech.spoken(value, language()), language())


def year(value: int) -> str:
    """A fiscal year (Common Era) in the reader's calendar."""
    return speech.fiscal_year(value, language())


def years(first: int, last: int) -> str:
    """A fiscal year, or a range of them, in the reader's calendar."""
    return year(first) if first == last else f"{year(first)}–{year(last)}"


def named(name: str, name_en: str = "") -> SafeString | str:
    """A published name in the reader's language; a Thai name on an English page is marked as Thai."""
    if language() == "th":
        return name
    return name_en or published_in_english(name) or format_html('<span lang="th">{}</span>', name)


def plain(text: object) -> str:
    """The words of a text, without what marks their language: for titles, pictures and other people's
    pages.
    """
    return unescape(strip_tags(text)) if isinstance(text, SafeString) else str(text)


def name_and_language(name: str, name_en: str = "") -> tuple[str, str]:
    """A published name as the reader's page shows it, and its language where that is not the page's."""
    if language() == "th":
        return name, ""
    english = name_en or published_in_english(name)
    return (english, "") if english else (name, "th")


def spending_name(purse: Purse) -> str:
    """The economic class of a purse in words: "Recurrent spending"."""
    return str(SPENDING[Disbursement.Economic(purse.economic)])


def slice_name(dimension: Dimension, row: Row) -> SafeString | str:
    """A slice's name in the reader's language."""
    if row.code == NONE_CODE or dimension is Dimension.CROSS_CUTTING:
        return row_name(dimension, row)
    return named(row.name, row.name_en)


def where_it_goes(breakdown: Breakdown) -> SafeString:
    """The largest slice with its share, and how few slices hold half; empty where there is no money. Where
    winners without a name are the largest, it is said whom they may hide.
    """
    told = _where_it_goes(breakdown)
    nameless = breakdown.dimension is Dimension.SUPPLIER and any(
        row.code == NONE_CODE for row in breakdown.rows[:1]
    )
    return said("%(told)s %(caveat)s", {"told": told, "caveat": taken_for_persons()}) if nameless else told


def taken_for_persons() -> str:
    """Whom the winners may hide that are counted as natural persons."""
    return gettext(
        "In doubt a winner is taken for a natural person, also a foreign company whose id does not begin "
        "with 0: their share may be that of companies."
    )


def _where_it_goes(breakdown: Breakdown) -> SafeString:
    standing = standing_out(breakdown)
    if standing is None:
        return SafeString("")
    dimension, largest = breakdown.dimension, standing.largest
    values = {
        "name": slice_name(dimension, largest),
        "amount": amount(largest.amount),
        "share": speech.percent(largest.share or Decimal(0)),
        "few": standing.holders,
        "slices": counted(dimension, standing.slices),
    }
    if standing.is_single:
        return said(gettext("All of it, %(amount)s, is %(name)s."), values)
    if standing.is_dominant:
        return said(gettext("Half or more is one: %(name)s, %(amount)s or %(share)s."), values)
    if standing.is_concentrated:
        return said(
            gettext(
                "The largest is %(name)s: %(amount)s or %(share)s. "
                "The first %(few)s of %(slices)s hold half or more."
            ),
            values,
        )
    return said(gettext("The largest of %(slices)s is %(name)s: %(amount)s or %(share)s."), values)


def said(sentence: str, values: Mapping[str, object]) -> SafeString:
    """A sentence with its values; marked-up values stay as they are, anything else is escaped."""
    safe = {name: value if isinstance(value, SafeString) else escape(value) for name, value in values.items()}
    return SafeString(escape(sentence) % safe)


def how_it_changed(change: Change | None) -> str:
    """By how much a sum rose or fell between the last two known years; empty where two are not known."""
    if change is None:
        return ""
    values = {
        "amount": amount(abs(change.difference)),
        "rate": "" if change.rate is None else speech.percent(abs(change.rate)),
        "year": year(change.earlier),
        "later": year(change.later),
    }
    if change.difference == 0:
        return gettext("In %(later)s it is the same as in %(year)s.") % values
    if change.rate is None:
        return gettext("In %(later)s it is %(amount)s, from nothing in %(year)s.") % values
    if change.difference > 0:
        return gettext("In %(later)s it is %(amount)s or %(rate)s more than in %(year)s.") % values
    return gettext("In %(later)s it is %(amount)s or %(rate)s less than in %(year)s.") % values


def how_far(purse: Purse) -> str:
    """How much of a body's money is paid out and how much is bound; empty where the report does not say."""
    if purse.disbursed is None or purse.disbursed_share is None:
        return ""
    values = {
        "paid": amount(purse.disbursed),
        "share": speech.percent(purse.disbursed_share),
        "bound": amount(purse.committed or Decimal(0)),
    }
    if purse.committed:
        return (
            gettext("%(paid)s is paid out, %(share)s of the budget; another %(bound)s is bound by contract.")
            % values
        )
    return gettext("%(paid)s is paid out, %(share)s of the budget.") % values


def against_target(purse: Purse) -> str:
    """How far spending of one economic class is above or below its target; empty where no target is
    published.
    """
    if purse.target_gap is None or purse.target_share is None:
        return ""
    gap = abs(purse.target_gap).quantize(Decimal("0.1"))
    values = {
        "economic": spending_name(purse),
        "points": gap,
        "target": speech.percent(purse.target_share),
    }
    if gap == 0:
        return gettext("%(economic)s is on its target of %(target)s.") % values
    if purse.target_gap > 0:
        return gettext("%(economic)s is %(points)s points above its target of %(target)s.") % values
    return gettext("%(economic)s is %(points)s points below its target of %(target)s.") % values


def how_promised(timeline: Timeline) -> str:
    """What an obligation costs in all, what is still to come, and until when."""
    values = {
        "total": amount(timeline.total),
        "after": amount(timeline.after),
        "until": year(timeline.last_year),
    }
    if timeline.after:
        return (
            gettext("It costs %(total)s in all; %(after)s is promised for later years, until %(until)s.")
            % values
        )
    return gettext("It costs %(total)s in all; this year's book promises nothing for later years.") % values


def among_peers(found: Peers) -> str:
    """Where a body stands among others of its kind by the share it has paid out."""
    values = {
        "share": speech.percent(found.body.share),
        "rank": f"{found.rank:,}",
        "count": f"{len(found.bodies):,}",
        "middle": speech.percent(found.middle),
    }
    if found.of_ministry:
        sentence = gettext(
            "With %(share)s paid it is number %(rank)s of %(count)s in its ministry; "
            "the middle one has %(middle)s."
        )
    else:
        sentence = gettext(
            "With %(share)s paid it is number %(rank)s of %(count)s of its kind; "
            "the middle one has %(middle)s."
        )
    return sentence % values


def of_hundred(share: Decimal) -> str:
    """A share (0 to 1) of the whole budget as baht of every hundred, or of a larger round sum where that
    is too small.
    """
    for whole in (100, 10_000, 1_000_000):
        baht = (share * whole).quantize(Decimal("0.1"))
        if baht >= Decimal("0.1"):
            return gettext("%(baht)s of every %(whole)s baht of the budget") % {
                "baht": baht,
                "whole": f"{whole:,}",
            }
    return gettext("less than one satang of every 10,000 baht of the budget")


def promised_by(steps: Sequence[Instalment]) -> str:
    """What is promised for coming years in all, and until when; empty where nothing is."""
    if not steps:
        return ""
    values = {
        "amount": amount(sum((step.amount for step in steps), Decimal(0))),
        "until": year(max(step.last_year for step in steps)),
        "first": year(steps[0].first_year),
    }
    return gettext("%(amount)s of the budgets of %(first)s to %(until)s is promised already.") % values


def placed(found: ByPlace) -> str:
    """How much of a body's projects was paid, and where most was budgeted."""
    values = {
        "budgeted": amount(found.budgeted),
        "paid": amount(found.paid),
        "year": year(found.year),
    }
    return (
        gettext(
            "In %(year)s %(budgeted)s was budgeted and %(paid)s paid. "
            "Money budgeted for one province may be paid in another, or centrally."
        )
        % values
    )


def where_paid(places: Sequence[Place]) -> str:
    """In how many provinces a project's money was budgeted and paid; empty where neither is known."""
    budgeted = [place for place in places if place.budgeted]
    paid = [place for place in places if place.paid]
    if not budgeted and not paid:
        return ""
    if [place.name for place in budgeted] == [place.name for place in paid]:
        return gettext("All of it was paid in the province it was budgeted for, or in the same provinces.")
    values = {"budgeted": len(budgeted), "paid": len(paid)}
    return (
        gettext(
            "Provinces with a budget: %(budgeted)s; with payments: %(paid)s. "
            "Money budgeted for one province may be paid in another, or centrally."
        )
        % values
    )
