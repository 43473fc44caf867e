"""The words of the grammar: each parameter of an address, how its value is read, and what it takes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from django.http import QueryDict
from django.utils.translation import gettext as _

from . import named
from .breakdowns import Dimension
from .fiscal import arabic, read_year
from .models import Agency, Area, Disbursement, OpenContract, ReferenceValue, WinnerKind
from .moments import Moment, day_or_moment
from .questions import How, question
from .yardsticks import Per

FIRST_BUDDHIST = 2400  # years from here on are meant as Buddhist ones
DEEPEST = 9  # levels that categories may have
RICHEST = 10**12  # baht of one person that are too many to be meant
LONGEST_VALUE = 1_000  # letters of one parameter; the longest published name has fewer


class BadQuery(ValueError):
    """Raised if a query parameter is unknown or its value is not one it takes."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.message = message


@dataclass(frozen=True)
class Parameter:
    """One word of the grammar: how its value is read, and what it takes, in words."""

    name: str
    read: Callable[[str], Any]
    takes: str

    def value(self, text: str, *, looked_up: bool = True) -> Any:
        """The value that a text says. What it names must be published, if that is `looked_up`. Raises
        BadQuery.
        """
        said: dict[str, Any] = {"name": self.name, "takes": _(self.takes), "most": LONGEST_VALUE}
        if len(text) > LONGEST_VALUE:
            words = _("The value of %(name)s is longer than %(most)s letters. %(name)s takes %(takes)s.")
            raise BadQuery(self.name, words % said)
        if "\x00" in text:
            words = _("The value of %(name)s holds the sign NUL. %(name)s takes %(takes)s.")
            raise BadQuery(self.name, words % said)
        try:
            value = self.read(text.strip())
            if looked_up:
                named.look_up(self.name, value)
            return value
        except named.NamesNothing as error:
            words = _("%(name)s takes %(takes)s; nothing published is called “%(text)s”.")
            raise BadQuery(
                self.name, words % (said | {"text": text.strip()[:80]}) + _others(error)
            ) from error
        except ValueError as error:
            raise BadQuery(self.name, _("%(name)s takes %(takes)s.") % said) from error


def _others(error: named.NamesNothing) -> str:
    """What was perhaps meant."""
    return " " + _("Perhaps: %(names)s.") % {"names": ", ".join(error.others)} if error.others else ""


def _word(text: str) -> str:
    if not text:
        raise ValueError("empty")
    return text


def _place(text: str) -> str:
    province, _slash, district = text.partition("/")
    if text == "-":
        return text
    if not (province and district):
        raise ValueError(text)
    return f"{named.province(province)}/{district}"


def _named(known: Callable[[str], str]) -> Callable[[str], str]:
    """Reads a name that something published must bear."""
    return lambda text: known(_word(text))


def _asked(text: str) -> str:
    question(text)
    return text


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(text)
    return text == "yes"


def _state(text: str) -> str:
    if text not in ("open", "settled"):
        raise ValueError(text)
    return text


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(arabic(text).replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not amount.is_finite() or abs(amount) >= 10**18 or amount != round(amount, 2):
        raise ValueError(text)
    return amount


def _paid(text: str) -> Decimal:
    """What one person pays, earns or spends: nothing below zero, and no more than anybody has."""
    amount = _amount(text)
    if not 0 <= amount < RICHEST:
        raise ValueError(text)
    return amount


def gettext_noop(text: str) -> str:
    """Mark a phrase for translation; it is translated where it is said."""
    return text


def _day(text: str) -> date:
    """A day of the Common Era as addresses write it; a Buddhist year would be a day far ahead."""
    day = date.fromisoformat(arabic(text))
    if day.isoformat() != arabic(text) or day.year >= FIRST_BUDDHIST:
        raise ValueError(text)
    return day


def _known_on(text: str) -> date:
    """A day, or a moment in UTC: what this site showed then."""
    found = day_or_moment(arabic(text))
    return found if isinstance(found, Moment) and found.year < FIRST_BUDDHIST else _day(text)


def _currency(text: str) -> str:
    """A code of ISO 4217, in capitals."""
    if not (len(text) == 3 and text.isascii() and text.isalpha()):
        raise ValueError(text)
    return text.upper()


def _level(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= DEEPEST):
        raise ValueError(text)
    return int(text)


BAHT = gettext_noop("an amount in baht")
DAY = gettext_noop("a day, YYYY-MM-DD in the Common Era, e.g. 2026-07-03")
YES_NO = gettext_noop("yes or no")
PARAMETERS = {
    parameter.name: parameter
    for parameter in (
        Parameter("year", read_year, gettext_noop("a fiscal year, Buddhist (2565) or Common Era (2022)")),
        Parameter("book", read_year, gettext_noop("the fiscal year of a budget book, e.g. 2565")),
        Parameter("after", read_year, gettext_noop("a fiscal year, e.g. 2565: later ones are asked for")),
        Parameter("ministry", _word, gettext_noop("the code of a ministry, e.g. 15")),
        Parameter("agency", _word, gettext_noop("the code of an agency, e.g. 15008")),
        Parameter("plan", _word, gettext_noop("the name of a plan")),
        Parameter("activity", _word, gettext_noop("the name of an output or project, or - for none")),
        Parameter("category", _word, gettext_noop("a category path, e.g. งบลงทุน")),
        Parameter("cross_cutting", _yes, YES_NO),
        Parameter("obliged", _yes, YES_NO),
        Parameter("q", _asked, gettext_noop("words to look for: two letters at least, 200 at most")),
        Parameter("how", How, gettext_noop("how to read q: letters, alike, words, parts, spelling or some")),
        Parameter("min", _amount, BAHT),
        Parameter("max", _amount, BAHT),
        Parameter("tax", _paid, gettext_noop("the tax that one person paid in a year, in baht, e.g. 30000")),
        Parameter("income", _paid, gettext_noop("a salary a month, in baht, e.g. 30000")),
        Parameter("shopping", _paid, gettext_noop("what one buys in a month, in baht, e.g. 8000")),
        Parameter(
            "as_of",
            _known_on,
            gettext_noop(
                "a day, YYYY-MM-DD in the Common Era, e.g. 2026-07-03, or a moment, e.g. 2026-07-03T08:15:32Z"
            ),
        ),
        Parameter("by", Dimension, gettext_noop("a dimension of this resource; see the documentation")),
        Parameter("cut", Disbursement.Cut, gettext_noop("a cut of the money, e.g. ministry or agency")),
        Parameter("economic", Disbursement.Economic, gettext_noop("recurrent, investment or total")),
        Parameter(
            "province", _named(named.province), gettext_noop("the name of a province, Thai or English")
        ),
        Parameter(
            "district",
            _place,
            gettext_noop("a province and a district in it, e.g. นนทบุรี/ปากเกร็ด, or - for none"),
        ),
        Parameter("strategy", _word, gettext_noop("the name of a strategy")),
        Parameter("line", _word, gettext_noop("the published id of a budget line")),
        Parameter("body", _word, gettext_noop("the name of a body, as published")),
        Parameter("buyer", _word, gettext_noop("the name of a buying department")),
        Parameter(
            "method", _named(named.method), gettext_noop("the name of a method of purchase, or - for none")
        ),
        Parameter("type", _word, gettext_noop("the name of a type of purchase, or - for none")),
        Parameter(
            "project",
            _word,
            gettext_noop("the published number of a project: 11 digits in e-GP, 16 in budgets of past years"),
        ),
        Parameter("supplier", _word, gettext_noop("the tax id of a supplier, or - for none")),
        Parameter("winner", WinnerKind, gettext_noop("numbered, unnumbered, person or unknown")),
        Parameter("series", ReferenceValue.Series, gettext_noop("population, gdp or cpi")),
        Parameter("rule", _named(named.rule), gettext_noop("the code of a rule, e.g. specific-method")),
        Parameter("state", _state, gettext_noop("open or settled")),
        Parameter("measure", _word, gettext_noop("the name of an amount of this resource")),
        Parameter("per", Per, gettext_noop("capita, gdp or total")),
        Parameter(
            "prices",
            read_year,
            gettext_noop("a fiscal year, e.g. 2565: amounts are told in its prices"),
        ),
        Parameter("from", _day, DAY),
        Parameter("until", _day, DAY),
        Parameter("kind", Agency.Kind, gettext_noop("a kind of body, e.g. agency, municipality or fund")),
        Parameter("function", _word, gettext_noop("a field of work of local government, or - for none")),
        Parameter("task", _word, gettext_noop("a task of local government, or - for none")),
        Parameter("budget_type", _word, gettext_noop("a type of expenditure, e.g. งบลงทุน, or - for none")),
        Parameter("group", _word, gettext_noop("a group of expenditure, e.g. ค่าครุภัณฑ์, or - for none")),
        Parameter("area_level", Area.Level, gettext_noop("province, district or subdistrict")),
        Parameter("within", _word, gettext_noop("the code of the area around, e.g. 51 or 5101")),
        Parameter("publisher", _word, gettext_noop("the name of a publisher, as rows name it")),
        Parameter("currency", _currency, gettext_noop("a currency of three letters, e.g. MXN")),
        Parameter("ocid", _word, gettext_noop("an Open Contracting ID, e.g. ocds-213czf-000-00001")),
        Parameter("stage", OpenContract.Stage, gettext_noop("award or contract")),
        Parameter("status", _word, gettext_noop("a state, as published, or - for none")),
        Parameter("package", _word, gettext_noop("the name of a Fiscal Data Package")),
        Parameter("figure", _word, gettext_noop("the name of an amount of a package")),
        Parameter("direction", _word, gettext_noop("expenditure or revenue, or - for none")),
        Parameter("phase", _word, gettext_noop("a phase of the budget, e.g. approved, or - for none")),
        Parameter("dimension", _word, gettext_noop("the name of a dimension of a package")),
        Parameter("value", _word, gettext_noop("a value of that dimension, or - for none")),
        Parameter("level", _level, gettext_noop("the depth of a category, 1 for the budget types")),
        Parameter("dataset", _named(named.dataset), gettext_noop("the name of a data set, e.g. budget_book")),
        Parameter("part", _word, gettext_noop("the part of a data set, e.g. the volume of the budget book")),
        Parameter("edition", _word, gettext_noop("the key of an edition, as rows name it")),
    )
}

UNAVAILABLE = {
    "per": gettext_noop(
        "per is not available here. Amounts per person and as shares are told by lists, breakdowns, series "
        "and files of money, on the pages of the budget and of agencies, and on the map."
    ),
    "prices": gettext_noop(
        "prices is not available here. Amounts in prices of one year are told by lists, breakdowns, series "
        "and files of money, and on the pages of the budget and of agencies."
    ),
}
"""Words that people ask for and that not every address can answer, each with what to do instead."""


def only_once(query: QueryDict | Mapping[str, str], known: Collection[str]) -> None:
    """Raises BadQuery if an address has another parameter than these, or one of them twice."""
    for name in query:
        if name in UNAVAILABLE and name not in known:
            raise BadQuery(name, _(UNAVAILABLE[name]))
        if name not in known:
            message = _("There is no parameter %(name)s; there are: %(known)s.")
            raise BadQuery(name, message % {"name": name, "known": ", ".join(sorted(known)) or _("none")})
        if isinstance(query, QueryDict) and len(query.getlist(name)) > 1:
            raise BadQuery(name, _("%(name)s may be given once.") % {"name": name})


RANGES = (("from", "until"), ("min", "max"))


def refuse(name: str, allowed: Collection[Any]) -> NoReturn:
    """Raises BadQuery that says what a parameter takes."""
    known = ", ".join(getattr(value, "value", value) for value in allowed)
    raise BadQuery(name, _("%(name)s takes one of: %(known)s.") % {"name": name, "known": known})


def in_order(values: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    """Raises BadQuery if a range ends before it begins; `texts` are the values as they were written."""
    for first, last in RANGES:
        if first in values and last in values and values[first] > values[last]:
            words = _(
                "%(first)s (%(low)s) is beyond %(last)s (%(high)s), so nothing lies between. Swap them."
            )
            said = {"first": first, "low": texts[first], "last": last, "high": texts[last]}
            raise BadQuery(first, words % said)
