"""The tables of the pages of agencies, each the same as the picture beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .. import sentences
from ..breakdowns import share_of
from ..histories import BodyYear
from ..models import Agency, Allocation
from ..obligations import Instalment
from ..palette import OTHER, PLAIN, hue_of
from ..peers import Peer, Peers
from ..provinces import ByPlace, Place, codes_of_provinces
from ..purses import Purse, Week, share
from ..tables import Column, Kind, Row, Table, bar_lengths
from .listing import Order
from .past_project_tables import place_row

NEAREST = 7  # peers in the table: the body and those around it
PLACES = 20  # provinces shown one by one


def purses_table(week: Week) -> Table:
    """Recurrent, investment and their sum; what the report does not give of the body has no column."""
    purses = {purse: sentences.spending_name(purse) for purse in week.parts} | {week.total: _("Together")}
    columns = (
        (Column(_("After transfers (baht)"), Kind.MONEY), [purse.after_transfer for purse in purses]),
        (Column(_("Allotted (baht)"), Kind.MONEY, wide=True), [purse.allotted for purse in purses]),
        (Column(_("Bound by contract (baht)"), Kind.MONEY, wide=True), [purse.committed for purse in purses]),
        (Column(_("Paid (baht)"), Kind.MONEY, wide=True), [purse.disbursed for purse in purses]),
        (Column(_("Left (baht)"), Kind.MONEY, wide=True), [purse.remaining for purse in purses]),
        (Column(_("Paid"), Kind.PERCENT), [purse.disbursed_share for purse in purses]),
        (Column(_("Target"), Kind.PERCENT, wide=True), [purse.target_share for purse in purses]),
        (Column(_("Points off target"), Kind.POINTS, wide=True), [purse.target_gap for purse in purses]),
    )
    told = [(column, values) for column, values in columns if any(value is not None for value in values)]
    heads = (Column(_("Kind of spending"), Kind.NAME), *(column for column, _values in told))
    rows = [Row(row) for row in zip(purses.values(), *(values for _column, values in told), strict=True)]
    return Table(_("What was given, bound and paid"), heads, tuple(rows[:-1]), rows[-1])


def weeks_table(weeks: Sequence[Week]) -> Table:
    """Week by week: paid in all, and of each economic class the share paid or bound beside its target; the
    newest first.
    """
    columns = (
        Column(_("Up to"), Kind.DAY),
        Column(_("Paid (baht)"), Kind.MONEY, wide=True),
        Column(_("Paid"), Kind.PERCENT),
        Column(_("Recurrent, paid or bound"), Kind.PERCENT),
        Column(_("Recurrent, target"), Kind.PERCENT, wide=True),
        Column(_("Investment, paid or bound"), Kind.PERCENT),
        Column(_("Investment, target"), Kind.PERCENT, wide=True),
    )
    return Table(_("Week by week"), columns, tuple(_week_row(week) for week in reversed(weeks)))


def _week_row(week: Week) -> Row:
    none = Purse("")
    parts = [week.recurrent or none, week.investment or none]
    shares = [share for purse in parts for share in (purse.spent_share, purse.target_share)]
    return Row((week.as_of, week.total.disbursed, week.total.disbursed_share, *shares))


def peers_table(peers: Peers) -> Table:
    """The body and those nearest to it by the share paid out."""
    columns = (
        Column(_("Body"), Kind.NAME),
        Column(_("After transfers (baht)"), Kind.MONEY, wide=True),
        Column(_("Bar"), Kind.BAR),
        Column(_("Paid"), Kind.PERCENT),
    )
    rows = tuple(_peer_row(peer, own=peer == peers.body) for peer in peers.around(NEAREST))
    return Table(_("Nearest by share paid"), columns, rows)


def _peer_row(peer: Peer, *, own: bool) -> Row:
    name, lang = sentences.name_and_language(peer.name, peer.name_en)
    length = min(max(peer.share, Decimal(0)), Decimal(1)) * 100
    return Row(
        (name, peer.after_transfer, length, peer.share),
        href="" if own else reverse("spending:agency", args=[peer.code]),
        hue=PLAIN if own else OTHER,
        lang=lang,
        note=_("this page") if own else "",
    )


def bodies_table(
    bodies: Iterable[Agency],
    caption: str,
    sort: Callable[[str], str] = lambda key: "",
    order: Order | None = None,
) -> Table:
    """Bodies with their money in the newest week and book, as `rosters.with_money` gives it."""

    def head(title: str, kind: Kind, key: str) -> Column:
        way = "" if order is None or order.key != key else "descending" if order.descending else "ascending"
        return Column(title, kind, sort=sort(key), order=way)

    columns = (
        head(_("Body"), Kind.NAME, "name"),
        head(_("After transfers (baht)"), Kind.MONEY, "amount"),
        Column(_("Bar"), Kind.BAR),
        head(_("Paid"), Kind.PERCENT, "paid"),
        Column(_("Newest budget book (baht)"), Kind.MONEY, wide=True),
    )
    shown = list(bodies)
    lengths = bar_lengths([getattr(body, "given", None) for body in shown])
    rows = [_body_row(body, length) for body, length in zip(shown, lengths, strict=True)]
    return Table(caption, columns, tuple(rows))


def _body_row(body: Agency, length: Decimal) -> Row:
    given, paid, book = (getattr(body, name) for name in ("given", "paid", "book"))
    name, lang = sentences.name_and_language(body.name, body.name_en)
    hue = hue_of(body.code)
    plain = hue == OTHER and body.kind != Agency.Kind.MINISTRY
    return Row(
        (name, given, length if given else None, share(paid, given), book),
        href=reverse("spending:agency", args=[body.code]),
        hue=PLAIN if plain else hue,
        lang=lang,
    )


def largest_lines_table(lines: Sequence[Allocation], total: Decimal) -> Table:
    """The largest lines of a body with their shares of its book."""
    columns = (
        Column(_("What the money is for"), Kind.NAME),
        Column(_("Baht"), Kind.MONEY),
        Column(_("Share"), Kind.PERCENT),
    )
    lang = "" if sentences.language() == "th" else "th"
    rows = [
        Row(
            (line.description, line.amount, share_of(line.amount, total)),
            href=reverse("spending:line", args=[line.fiscal_year, line.item_id]),
            lang=lang,
            note=line.activity.name if line.activity else line.plan.name,
        )
        for line in lines
    ]
    return Table(_("Largest lines"), columns, tuple(rows))


def promised_table(steps: Sequence[Instalment]) -> Table:
    """What is promised for coming years, by year or printed range of years."""
    columns = (
        Column(_("Fiscal year"), Kind.NAME),
        Column(_("Baht"), Kind.MONEY),
        Column(_("Bar"), Kind.BAR),
        Column(pgettext("of the budget", "Lines"), Kind.COUNT),
    )
    lengths = bar_lengths([step.amount for step in steps])
    rows = [
        Row((sentences.years(step.first_year, step.last_year), step.amount, length, step.lines))
        for step, length in zip(steps, lengths, strict=True)
    ]
    total, lines = sum((step.amount for step in steps), Decimal(0)), sum(step.lines for step in steps)
    return Table(
        _("Promised for coming years"), columns, tuple(rows), Row((_("Together"), total, None, lines))
    )


def places_table(found: ByPlace) -> Table:
    """Budgeted for and paid in each province; the smaller ones together."""
    columns = (
        Column(_("Province"), Kind.NAME),
        Column(_("Budgeted for it (baht)"), Kind.MONEY),
        Column(_("Bar"), Kind.BAR),
        Column(_("Paid in it (baht)"), Kind.MONEY),
    )
    shown, left = list(found.places[:PLACES]), found.places[PLACES:]
    lengths = bar_lengths([place.budgeted for place in shown])
    codes = codes_of_provinces()
    rows = [place_row(place, length, codes) for place, length in zip(shown, lengths, strict=True)]
    if left:
        rows.append(_rest_row(left))
    return Table(
        _("By province"), columns, tuple(rows), Row((_("Together"), found.budgeted, None, found.paid))
    )


def _rest_row(left: Sequence[Place]) -> Row:
    words = _("%(count)s more provinces") % {"count": len(left)}
    budgeted = sum((place.budgeted for place in left), Decimal(0))
    paid = sum((place.paid for place in left), Decimal(0))
    return Row((words, budgeted, None, paid), hue=OTHER)


def history_table(years: Sequence[BodyYear]) -> Table:
    """What each source says of each year; a source that is silent throughout has no column."""
    sources = (
        ("book", _("Budget book (baht)")),
        ("after_transfer", _("After transfers (baht)")),
        ("disbursed", _("Paid so far (baht)")),
        ("budgeted", _("Former site, budgeted (baht)")),
        ("paid", _("Former site, paid (baht)")),
    )
    told = [(name, title) for name, title in sources if any(getattr(one, name) is not None for one in years)]
    columns = (Column(_("Fiscal year"), Kind.NAME), *(Column(title, Kind.MONEY) for _name, title in told))
    rows = [Row((sentences.year(one.year), *(getattr(one, name) for name, _title in told))) for one in years]
    return Table(_("Year by year"), columns, tuple(rows))
