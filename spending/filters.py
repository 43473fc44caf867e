"""The one grammar of `?year=&ministry=&agency=…`: the same words mean the same on page, API and download.

Nothing is silently ignored: an unknown parameter or a value that it cannot take raises `BadQuery`, which
names the parameter and what it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from .breakdowns import NONE_CODE, Dimension
from .fiscal import arabic, buddhist, read_year
from .models import Allocation, AllocationTotal, Category
from .querysets import AllocationQuerySet

LONGEST_VALUE = 1_000  # letters of one parameter; the longest published name has fewer
DRILL = (Dimension.MINISTRY, Dimension.AGENCY, Dimension.PLAN, Dimension.ACTIVITY, Dimension.CATEGORY)
BREAKDOWNS = (*DRILL, Dimension.CROSS_CUTTING, Dimension.YEAR)


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

    def value(self, text: str) -> Any:
        if len(text) > LONGEST_VALUE or "\x00" in text:
            raise BadQuery(self.name, _("The value of %(name)s is too long.") % {"name": self.name})
        try:
            return self.read(text.strip())
        except ValueError as error:
            raise BadQuery(
                self.name, _("%(name)s takes %(takes)s.") % {"name": self.name, "takes": _(self.takes)}
            ) from error


def _word(text: str) -> str:
    if not text:
        raise ValueError("empty")
    return text


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(text)
    return text == "yes"


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(arabic(text).replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not amount.is_finite() or abs(amount) >= 10**18 or amount != round(amount, 2):
        raise ValueError(text)
    return amount


def _breakdown(text: str) -> Dimension:
    dimension = Dimension(text)
    if dimension not in BREAKDOWNS:
        raise ValueError(text)
    return dimension


def gettext_noop(text: str) -> str:
    """Mark a phrase for translation; it is translated where it is said."""
    return text


PARAMETERS = {
    parameter.name: parameter
    for parameter in (
        Parameter("year", read_year, gettext_noop("a fiscal year, Buddhist (2565) or Common Era (2022)")),
        Parameter("ministry", _word, gettext_noop("the code of a ministry, e.g. 15")),
        Parameter("agency", _word, gettext_noop("the code of an agency, e.g. 15008")),
        Parameter("plan", _word, gettext_noop("the name of a plan")),
        Parameter("activity", _word, gettext_noop("the name of an output or project, or - for none")),
        Parameter("category", _word, gettext_noop("a category path, e.g. งบลงทุน")),
        Parameter("cross_cutting", _yes, gettext_noop("yes or no")),
        Parameter("obliged", _yes, gettext_noop("yes or no")),
        Parameter("q", _word, gettext_noop("words to look for")),
        Parameter("min", _amount, gettext_noop("an amount in baht")),
        Parameter("max", _amount, gettext_noop("an amount in baht")),
        Parameter("as_of", date.fromisoformat, gettext_noop("a day, YYYY-MM-DD")),
        Parameter("by", _breakdown, gettext_noop("one of: " + ", ".join(d.value for d in BREAKDOWNS))),
    )
}


class AllocationFilter:
    """A query on budget lines, read from the parameters of an address.

    `year` is Common Era. `also` names parameters that the caller reads itself (page, format, …); `fixed`
    are values that stand in the path instead of the query. Raises BadQuery.
    """

    def __init__(
        self, query: QueryDict | Mapping[str, str], *, also: tuple[str, ...] = (), **fixed: str
    ) -> None:
        texts = {name: query[name] for name in query if name not in also and query[name] != ""}
        for name in texts:
            if name not in PARAMETERS:
                known = ", ".join(sorted({*PARAMETERS, *also}))
                raise BadQuery(name, _("There is no parameter %(name)s; there are: %(known)s.") % locals())
            if isinstance(query, QueryDict) and len(query.getlist(name)) > 1:
                raise BadQuery(name, _("%(name)s may be given once.") % {"name": name})
        self.texts = texts | {name: text for name, text in fixed.items() if text}
        self.fixed = set(fixed)
        self.values = {name: PARAMETERS[name].value(text) for name, text in self.texts.items()}

    @property
    def year(self) -> int | None:
        return self.values.get("year")

    @property
    def as_of(self) -> date | None:
        return self.values.get("as_of")

    @property
    def by(self) -> Dimension | None:
        return self.values.get("by")

    @property
    def q(self) -> str:
        return str(self.values.get("q", ""))

    @cached_property
    def chosen(self) -> dict[Dimension, str]:
        """What has been chosen so far, in the order in which one drills down."""
        return {
            dimension: self.values[dimension.value] for dimension in DRILL if dimension.value in self.values
        }

    @property
    def reads_lines(self) -> bool:
        """Whether the query asks something that only lines can answer, not the totals beside them."""
        return any(name in self.values for name in ("q", "min", "max", "obliged"))

    @property
    def level(self) -> int:
        """The depth at which categories are broken down: one below the chosen one."""
        path = self.values.get("category", "")
        return path.count("/") + 2 if path else 1

    def totals(self) -> AllocationQuerySet:
        """The totals beside the facts under this query. Only where `reads_lines` is false."""
        return self._classified(AllocationTotal.objects.all())

    def lines(self) -> AllocationQuerySet:
        """The budget lines under this query."""
        lines = self._classified(Allocation.objects.all())
        if "obliged" in self.values:
            lines = lines.filter(obliged=self.values["obliged"])
        if "min" in self.values:
            lines = lines.filter(amount__gte=self.values["min"])
        if "max" in self.values:
            lines = lines.filter(amount__lte=self.values["max"])
        return lines.matching(self.q) if self.q else lines

    def facts(self) -> AllocationQuerySet:
        """Totals where they can answer, lines where they must."""
        return self.lines() if self.reads_lines else self.totals()

    def query(self, **changes: str | int | None) -> str:
        """The query string with some parameters changed; None removes one. Path values are left out."""
        texts = {name: text for name, text in self.texts.items() if name not in self.fixed}
        texts |= {name: "" if value is None else str(value) for name, value in changes.items()}
        return urlencode({name: text for name, text in texts.items() if text})

    @property
    def year_text(self) -> str:
        """The year as it stands in addresses: Buddhist Era."""
        return "" if self.year is None else str(buddhist(self.year))

    def _classified(self, facts: Any) -> Any:
        facts = facts.current(self.as_of)
        if self.year is not None:
            facts = facts.in_year(self.year)
        for name, lookup in (
            ("ministry", "ministry__code"),
            ("agency", "agency__code"),
            ("plan", "plan__name"),
        ):
            if name in self.values:
                facts = facts.filter(**{lookup: self.values[name]})
        if "activity" in self.values:
            activity = self.values["activity"]
            facts = (
                facts.filter(activity=None)
                if activity == NONE_CODE
                else facts.filter(activity__name=activity)
            )
        if "cross_cutting" in self.values:
            facts = facts.filter(plan__cross_cutting=self.values["cross_cutting"])
        return self._categorised(facts)

    def _categorised(self, facts: Any) -> Any:
        path = self.values.get("category")
        if path is None:
            return facts
        if path == NONE_CODE:
            return facts.filter(category=None)
        return facts.filter(category__in=Category.objects.at_or_below(path))
