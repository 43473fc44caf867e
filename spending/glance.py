"""A year at a glance in words and pictures: the hundred baht, its table, and what stands out in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import speech
from .models import Agency, Disbursement
from .overview import Basis, Overview, Slice
from .palette import UNKNOWN, hues_in_order
from .pictures import HundredBaht, Meter, Part, hundred_baht, meter
from .progress import Progress, Stretch
from .sentences import SPENDING, language
from .tables import Column, Kind, Row, Table, bar_lengths

SMALLEST = Decimal("0.025")  # slices below this share of the year stand together in the picture
NEXT_TO_NOTHING = Decimal("0.0005")  # what rounding in print explains is no part of the picture
HALF = Decimal("0.5")

GROUP_NAMES: dict[str, Promise] = {
    Agency.Kind.PAO: gettext_lazy("Provincial administrative organisations"),
    Agency.Kind.MUNICIPALITY: gettext_lazy("Municipalities"),
    Agency.Kind.STATE_ENTERPRISE: gettext_lazy("State enterprises"),
    Agency.Kind.PROVINCE: gettext_lazy("Provinces and groups of provinces"),
    Agency.Kind.FUND: gettext_lazy("Funds and revolving funds"),
}
UNKNOWN_NAMES: dict[Basis, Promise] = {
    Basis.WEEKLY: gettext_lazy("Central fund and what the weekly report does not split"),
    Basis.BOOK: gettext_lazy("Volumes of the budget book not published as data yet"),
    Basis.HISTORY: gettext_lazy("What the ministries' published totals leave open"),
    Basis.WHOLE: gettext_lazy("Nothing but the total is published as data"),
}

Link = Callable[[Slice], str]  # the address that a slice leads to, "" for none


@dataclass(frozen=True, slots=True)
class Half:
    """How few of the slices hold half of the year's money; `largest` is the first of them."""

    largest: Slice
    holders: int


def name_of(one: Slice) -> tuple[str, str]:
    """A slice's name in the reader's language, and the language it is in where it is another."""
    if not one.name:
        return str(GROUP_NAMES[one.kind]), ""
    if language() == "th":
        return one.name, ""
    return (one.name_en, "") if one.name_en else (one.name, "th")


def unknown_name(year: Overview) -> str:
    """What the hatched part of a year stands for."""
    return str(UNKNOWN_NAMES[year.basis])


def half_of(year: Overview) -> Half | None:
    """How few slices hold half of the year; None where those that are known do not."""
    held = Decimal(0)
    for holders, one in enumerate(year.slices, start=1):
        held += one.amount
        if held >= year.whole * HALF:
            return Half(year.slices[0], holders)
    return None


def stands_out(year: Overview) -> str:
    """The sentence under the picture: the largest slice in baht of the hundred, and how few hold half."""
    if not year.slices:
        return _("The total is known. Who received it is not published as data for this year.")
    largest = year.slices[0]
    words = (
        _("Of what is known, %(name)s holds the most: %(baht)s of every 100 baht.")
        if year.unknown > largest.amount  # what is not known may hide a larger one
        else _("%(name)s holds the most: %(baht)s of every 100 baht.")
    )
    sentence = words % {
        "name": name_of(largest)[0],
        "baht": speech.of_hundred(year.share(largest.amount) or Decimal(0)),
    }
    half = half_of(year)
    if half is None or half.holders == 1:
        return sentence
    more = ngettext(
        "%(holders)s body holds half of the whole year.",
        "The %(holders)s largest hold half of the whole year.",
        half.holders,
    )
    return f"{sentence} {more % {'holders': half.holders}}"


def picture(year: Overview, link: Link, elsewhere: str, unknown: str) -> HundredBaht | None:
    """The year as one hundred baht, small slices together; None where there is nothing to draw.

    `elsewhere` is the address of the full table, `unknown` the one that explains what is not known.
    """
    if year.whole <= 0:
        return None
    large, small, hues = _in_colour(year)
    parts = [_part(one, hue, link(one)) for one, hue in zip(large, hues, strict=False)]
    if small:
        amount = sum((one.amount for one in small), Decimal(0))
        parts.append(Part(_together(len(small)), amount, hues[-1], elsewhere))
    if (year.share(year.unknown) or 0) > NEXT_TO_NOTHING:
        parts.append(Part(unknown_name(year), year.unknown, UNKNOWN, unknown))
    title = _("The year's money as one hundred baht")
    return hundred_baht(title, parts)


def table(year: Overview, link: Link) -> Table:
    """Every slice with its baht of the hundred and its amount; what is not known; the whole."""
    pays = any(one.disbursed is not None for one in year.slices)
    lengths = bar_lengths([*(one.amount for one in year.slices), year.unknown])
    large, _small, hues = _in_colour(year)
    own = dict(zip((one.code for one in large), hues, strict=False))
    rows = []
    for one, length in zip(year.slices, lengths, strict=False):
        name, lang = name_of(one)
        values = (name, year.share(one.amount), one.amount, length, one.disbursed_share)
        rows.append(
            Row(values if pays else values[:-1], href=link(one), hue=own.get(one.code, hues[-1]), lang=lang)
        )
    if year.unknown > 0:
        values = (unknown_name(year), year.share(year.unknown), year.unknown, lengths[-1], None)
        rows.append(Row(values if pays else values[:-1], hue=UNKNOWN, anchor="unknown"))
    sums = (_("The whole act") if year.act else _("Together"), Decimal(1), year.whole, None, None)
    return Table(_("Of every 100 baht"), _columns(pays), tuple(rows), Row(sums if pays else sums[:-1]))


def _in_colour(year: Overview) -> tuple[list[Slice], list[Slice], tuple[str, ...]]:
    """The slices drawn one by one, the small ones drawn together, and the colours of both in that order."""
    large = [one for one in year.slices if (year.share(one.amount) or 0) >= SMALLEST]
    small = [one for one in year.slices if one not in large and one.amount > 0]
    return large, small, hues_in_order([*(one.code for one in large), ""])


def _columns(pays: bool) -> tuple[Column, ...]:
    columns = (
        Column(_("Where it is"), Kind.NAME),
        Column(_("Baht of 100"), Kind.OF_HUNDRED),
        Column(_("Amount in baht"), Kind.MONEY),
        Column(_("Beside the largest"), Kind.BAR),
        Column(_("Disbursed"), Kind.PERCENT, wide=True),
    )
    return columns if pays else columns[:-1]


def _part(one: Slice, hue: str, href: str) -> Part:
    name, lang = name_of(one)
    return Part(name, one.amount, hue, href, lang)


def _together(count: int) -> str:
    words = ngettext("%(count)s smaller body", "%(count)s smaller bodies", count)
    return words % {"count": count}


@dataclass(frozen=True, slots=True)
class Headway:
    """One economic class on its way: its name, how far it has come, and the same as a picture."""

    name: str
    stretch: Stretch
    picture: Meter


def headway(progress: Progress | None) -> tuple[Headway, ...]:
    """Recurrent and investment spending on their way; none where no weekly report tells."""
    if progress is None:
        return ()
    return tuple(
        on_its_way(str(SPENDING[Disbursement.Economic(one.purse.economic)]), one) for one in progress.classes
    )


def on_its_way(name: str, stretch: Stretch) -> Headway:
    """Some money on its way, as a meter of what is paid, what is bound, and the target."""
    purse = stretch.purse
    words = [_("%(name)s: %(share)s paid") % {"name": name, "share": _said(purse.disbursed_share)}]
    if purse.spent_share is not None:
        words.append(_("%(share)s paid or bound") % {"share": _said(purse.spent_share)})
    if stretch.target is not None:
        words.append(_("target %(share)s") % {"share": _said(stretch.target)})
    done = purse.disbursed_share or Decimal(0)
    drawn = meter(", ".join(words), done, promised=stretch.bound_share, goal=stretch.target)
    return Headway(name, stretch, drawn)


def known_meter(year: Overview) -> Meter:
    """How much of the year's money stands in a slice."""
    share = year.known_share or Decimal(0)
    return meter(_("%(share)s of the act is accounted for") % {"share": _said(share)}, share)


def _said(share: Decimal | None) -> str:
    return "–" if share is None else speech.percent(share)
