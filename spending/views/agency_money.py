"""What the weekly report says of one body, on its page: given, bound, paid, against the target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from .. import charts, sentences, speech
from ..agency_book import AgencyBook
from ..breakdowns import share_of
from ..fiscal import buddhist, day_in_words, fiscal_year_of
from ..glance import on_its_way
from ..models import Agency, Disbursement, Edition
from ..palette import OTHER, OTHERS, PLAIN, hue_of
from ..pictures import Part, Strip, strip
from ..progress import WHOLE, Stretch, printed_target
from ..provenance import Download, Provenance, data_links, provenance_of
from ..purses import Purse, Week
from ..trends import Run, trend
from . import agency_tables as tables

LEAST_WEEKS = 2  # weeks that make a line
SEEN = Decimal("0.003")  # the smallest share of a strip that an eye sees

Reports = Sequence[Week]


def whole_of(reports: Reports, day: date | None = None) -> Disbursement | None:
    """The whole budget in the newest of the reports: the overview's first line."""
    if not reports:
        return None
    overview = Disbursement.objects.in_cut(Disbursement.Cut.OVERVIEW).filter(body_code=WHOLE)
    whole: Disbursement | None = overview.filter(as_of=reports[-1].as_of).by_week(day).first()
    return whole


def money(
    body: Agency, reports: Reports, whole: Disbursement | None, day: date | None = None
) -> dict[str, Any]:
    """The newest weekly report of the body known on `day` (None: now), and the weeks before it. Its sum is
    held against the target of the `whole` budget, as the report does where it holds the classes against
    theirs.
    """
    if not reports:
        return {"week": None}
    week = reports[-1]
    held = any(purse.target_share is not None for purse in week.parts)
    target = printed_target(whole) if whole and held else None
    several = len(reports) >= LEAST_WEEKS
    return {
        "week": week,
        "week_year": fiscal_year_of(week.as_of),
        "week_sentence": " ".join(
            [sentences.how_far(week.total), *map(sentences.against_target, week.parts)]
        ),
        "headway": [
            on_its_way(_("Together"), Stretch(week.total, target)),
            *(on_its_way(sentences.spending_name(one), Stretch(one, one.target_share)) for one in week.parts),
        ],
        "purses_table": tables.purses_table(week),
        "weeks_title": _("Week by week"),
        "weeks_picture": trend(_said(), places(reports), runs(reports), of_shares=True) if several else None,
        "weeks_table": tables.weeks_table(reports) if several else None,
        "week_provenance": _origin(body, week, day),
    }


def weeks_chart(reports: Reports) -> charts.Figure:
    """The weeks of a body as a Plotly figure, of the same lines as the picture and the table."""
    return charts.runs_over(runs(reports), places(reports), title=_said(), say=speech.percent)


def places(reports: Reports) -> list[str]:
    """The days of the reports, as the axis names them."""
    return [day_in_words(week.as_of, sentences.language(), short=True) for week in reports]


def runs(reports: Reports) -> list[Run]:
    """The share paid or bound of each economic class, week by week, each with its target."""
    none = Purse("")
    recurrent = [week.recurrent or none for week in reports]
    investment = [week.investment or none for week in reports]
    return [
        Run(_("Recurrent"), "c1", tuple(purse.spent_share for purse in recurrent)),
        Run(_("Recurrent, target"), OTHERS, tuple(purse.target_share for purse in recurrent)),
        Run(_("Investment"), "c2", tuple(purse.spent_share for purse in investment)),
        Run(_("Investment, target"), OTHER, tuple(purse.target_share for purse in investment)),
    ]


def hundred(
    body: Agency, reports: Reports, book: AgencyBook | None, whole_budget: Disbursement | None
) -> dict[str, Any]:
    """The body's share of every hundred baht of the budget, by the newest report, else by the newest book."""
    amount, whole = _share_of_all(reports, book, whole_budget)
    if amount is None or whole is None or not 0 < amount <= whole:
        return {"hundred": None, "hundred_words": ""}
    name, lang = sentences.name_and_language(body.name, body.name_en)
    own = Part(name, amount, PLAIN if hue_of(body.code) == OTHER else hue_of(body.code), lang=lang)
    rest = Part(_("All others"), whole - amount, OTHERS)
    share = share_of(amount, whole) or Decimal(0)
    return {
        "hundred": _strip(own, rest) if share >= SEEN else None,
        "hundred_words": sentences.of_hundred(share),
    }


def downloads(resource: str, query: str) -> list[Download]:
    """The forms in which the rows under a query can be taken away."""
    return data_links(resource, query)


def _said() -> str:
    return _("Paid or bound, share of the budget")


def _origin(body: Agency, week: Week, day: date | None) -> Provenance | None:
    """The report of the week, and the rows of the body in it."""
    rows = Disbursement.objects.for_agency(body).filter(as_of=week.as_of).by_week(day)
    editions = Edition.objects.filter(pk__in=rows.order_by().values("edition")).select_related("source_file")
    year = buddhist(fiscal_year_of(week.as_of))
    query = urlencode({"year": year, "agency": body.code, "cut": week.cut})
    return provenance_of(editions, downloads=downloads("disbursements", query))


def _strip(own: Part, rest: Part) -> Strip:
    return strip(f"{own.name}, {rest.name}", [own, rest])


def _share_of_all(
    reports: Reports, book: AgencyBook | None, whole: Disbursement | None
) -> tuple[Decimal | None, Decimal | None]:
    if reports:
        return reports[-1].total.after_transfer, whole.after_transfer if whole else None
    return (book.total, book.whole) if book else (None, None)
