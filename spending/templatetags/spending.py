"""How pages write amounts, shares, years, dates and names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .. import datasets, fiscal, publishers, speech
from ..breakdowns import share_of
from ..canonical import canonical
from ..glossary import Term, words_of
from ..models import Edition
from ..tables import Table
from ..terms import published_in_english
from ..thai import words
from ..unbroken import unbroken

register = template.Library()
LONG_NAME = 30  # letters; shorter names fit on a line as they are
NO_BREAK = "\u00a0"  # a blank at which no line ends
OPENING = "([{“‘"  # signs that no line ends with


def language() -> str:
    """The reader's language: `th` or `en`."""
    return (get_language() or "th")[:2]


@register.filter
def money(amount: Decimal | None) -> str:
    """An amount in baht, exact, with separators; a dash where nothing is published."""
    return "–" if amount is None else speech.exact(amount)


@register.filter
def spoken(amount: Decimal | None, unit: str = "baht") -> SafeString | str:
    """An amount as people say it, the exact figure a hover away; `spoken:""` leaves out the unit."""
    if amount is None:
        return "–"
    words = speech.spoken(amount, language())
    shown = speech.with_unit(words, language()) if unit else words
    whole = speech.with_unit(speech.exact(amount), language())
    return format_html('<data value="{}" title="{}">{}</data>', f"{amount:f}", whole, shown)


@register.filter
def said(amount: Decimal | None) -> str:
    """An amount as people say it with its unit, as plain text for titles, labels and sentences."""
    return "–" if amount is None else speech.with_unit(speech.spoken(amount, language()), language())


@register.filter
def in_full(amount: Decimal) -> str:
    """An amount exact, with its unit, as plain text."""
    return speech.with_unit(speech.exact(amount), language())


@register.filter
def percent(share: Decimal | None) -> str:
    """A share (0 to 1) as percent; a dash where there is none."""
    return "–" if share is None else speech.percent(share)


@register.filter
def size(number: Decimal) -> Decimal:
    """A number without its sign, where words say the direction."""
    return abs(number)


@register.filter
def of_hundred(share: Decimal | None) -> str:
    """A share (0 to 1) as baht of every hundred; a dash where there is none."""
    return "–" if share is None else speech.of_hundred(share)


@register.filter
def share_in(amount: Decimal, whole: Decimal) -> Decimal | None:
    """The share (0 to 1) of an amount in a whole."""
    return share_of(amount, whole)


@register.filter
def points(difference: Decimal | None) -> str:
    """Percentage points with their sign; a dash where there are none."""
    return "–" if difference is None else speech.points(difference)


@register.filter
def count(number: int | None) -> str:
    """A number of things with separators."""
    return "–" if number is None else f"{number:,}"


@register.filter
def fiscal_year(year: int) -> str:
    """A fiscal year (Common Era) in the reader's calendar: พ.ศ. in Thai, C.E. in English."""
    return speech.fiscal_year(year, language())


@register.filter
def both_years(year: int) -> str:
    """A fiscal year (Common Era) in the reader's calendar with the other one in brackets."""
    return speech.year_in_both(year, language())


@register.filter
def year_slug(year: int) -> str:
    """A fiscal year (Common Era) as addresses write it: in the Buddhist calendar, in both languages."""
    return str(fiscal.buddhist(year))


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """A date in words: `3 กรกฎาคม 2569`, `3 July 2026`; of a moment the day it is in Bangkok."""
    return "–" if value is None else fiscal.day_in_words(value, language())


@register.filter(expects_localtime=True)
def short_day(value: date | None) -> str:
    """A date with the month's abbreviation: `3 ก.ค. 2569`, `3 Jul 2026`."""
    return "–" if value is None else fiscal.day_in_words(value, language(), short=True)


@register.filter
def name_here(body: Any) -> SafeString | str:
    """The name of anything with `name` and `name_en`; a Thai name on an English page is marked Thai."""
    if language() == "th":
        return str(body.name)
    return body.name_en or format_html('<span lang="th">{}</span>', body.name)


@register.simple_tag(takes_context=True)
def address_in(context: template.Context, code: str) -> str:
    """The address of this same page in another language."""
    return translate_url(context["request"].get_full_path(), code)


@register.simple_tag(takes_context=True)
def known_as(context: template.Context, code: str = "") -> str:
    """The address that search engines keep of this page, in its own or another language."""
    return canonical(context["request"], code)


@register.filter
def today(request: HttpRequest) -> str:
    """The address of this same page as it is known today, not on the day of `?as_of=`."""
    query = request.GET.copy()
    query.pop("as_of", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@register.simple_tag
def here() -> str:
    """The reader's language, for components that are included with `only`."""
    return language()


@register.filter
def named(found: Mapping[str, Any], name: str) -> Any:
    """What stands under a name that a template holds in a variable; None where nothing does."""
    return found.get(name)


@register.filter
def in_textarea(text: str) -> SafeString:
    """Text between the marks of a textarea, where quotes are letters like others."""
    return mark_safe(text.replace("&", "&amp;").replace("<", "&lt;"))


@register.filter
def plain(number: Decimal | int) -> str:
    """A number for attributes and machines: no separators, no exponent, in any language."""
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


@register.filter
def in_thai(text: Any) -> SafeString | str:
    """A published Thai text: on a page in another language the name a publisher has there, else marked as
    Thai.
    """
    if language() == "th" or not _is_thai(str(text)):
        return conditional_escape(text)
    if name := publishers.in_english(str(text)) or published_in_english(str(text)):
        return conditional_escape(name)
    return format_html('<span lang="th">{}</span>', text)


@register.filter
def remark(words: Any) -> SafeString | str:
    """A remark under a name: each of its parts as `in_thai` shows it."""
    return format_html_join(" · ", "{}", ((in_thai(part),) for part in str(words).split(" · ")))


@register.filter
def host(address: str) -> str:
    """The host of an address, as people call a place on the web."""
    return urlsplit(address).hostname or address


@register.filter
def dataset_title(dataset: str) -> str:
    """The title of a data set in the reader's language."""
    return datasets.title_of(dataset)


@register.filter
def part_title(edition: Edition) -> str:
    """What part of its data set an edition holds, in words."""
    return datasets.part_title(edition.dataset, edition.part)


@register.filter
def thai_breaks(text: Any) -> SafeString | str:
    """A long Thai text with the places marked where a line may break, for browsers that do not know them."""
    name = str(text)
    if isinstance(text, SafeString) or not _is_thai(name):
        return conditional_escape(text)
    name = name.replace(" ๆ", NO_BREAK + "ๆ")  # the sign of repetition never begins a line
    return _broken(name) if len(name) >= LONG_NAME else conditional_escape(name)


@register.filter(is_safe=True)
def words_whole(html: str) -> str:
    """A page in Thai on which no line ends inside a word that would say something else in two."""
    return unbroken(html) if language() == "th" else html


@register.filter
def terms(table: Table) -> tuple[Term, ...]:
    """The words of the budget that the heads of a table use."""
    return words_of(column.title for column in table.columns)


@register.simple_tag
def plotly_script() -> str:
    """The address of the script that draws charts; loaded only when a person asks for it."""
    return static("plotly/plotly.min.js")


@register.filter
def scale_words(amount: Decimal) -> str:
    """A round amount on an axis, in words without the unit."""
    return speech.spoken(amount, language())


def _is_thai(text: str) -> bool:
    return any("\u0e00" <= letter <= "\u0e7f" for letter in text)


@lru_cache(maxsize=5_000)  # the same names stand on every page
def _broken(name: str) -> SafeString:
    return format_html_join(mark_safe("<wbr>"), "{}", ((piece,) for piece in _pieces(name)))


def _pieces(name: str) -> list[str]:
    """The words of a name, blanks and signs kept with the word before, what opens with the next."""
    pieces: list[str] = []
    for word in words(name):
        follows = not word[0].isalnum() and word[0] not in OPENING
        if pieces and (follows or pieces[-1][-1] in OPENING):
            pieces[-1] += word
        else:
            pieces.append(word)
    return pieces
