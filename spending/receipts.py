"""A receipt for one person's tax: what it pays for, if it is shared out as the money of the whole year is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .coverage import acts, book_years
from .glance import name_of, unknown_name
from .models import Allocation, Contract
from .overview import Overview, Slice, overview, years_known
from .parameters import PARAMETERS, BadQuery
from .purchases import purchase_years
from .taxes import MONTHS, SATANG, IncomeTax, income_tax, shared_out, value_added_tax

WORDS = ("tax", "income", "shopping", "year", "as_of")
LARGEST = 8  # single lines and contracts that a receipt names


@dataclass(frozen=True, slots=True)
class Paid:
    """What a person pays in a year, in baht: as they say, or reckoned from a salary and what they buy."""

    tax: Decimal
    of_income: IncomeTax | None = None
    of_shopping: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one holder of the year's money got of the tax; `holder` is None for what is not known."""

    holder: Slice | None
    name: str
    lang: str
    budget: Decimal
    share: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Receipt:
    """A year's money as shares of one person's tax. The parts add up to the tax to the satang."""

    year: Overview
    paid: Paid
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Single:
    """A line of the budget or a contract, and what it got of the tax, unrounded."""

    fact: Any
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Singles:
    """The largest single lines or contracts of the newest year that has any, beside that year's act."""

    year: int
    facts: tuple[Single, ...]


def paid_by(query: Mapping[str, str]) -> Paid | None:
    """What the words of an address say of a person's tax; None where they say nothing. Raises BadQuery."""
    amounts = {name: _amount(name, query[name]) for name in WORDS[:3] if query.get(name)}
    if "tax" in amounts and len(amounts) > 1:
        raise BadQuery("tax", _("Give the tax, or what it is reckoned from; not both."))
    if "tax" in amounts:
        return Paid(amounts["tax"])
    if not amounts:
        return None
    of_income = income_tax(amounts["income"] * MONTHS) if "income" in amounts else None
    bought = value_added_tax(amounts["shopping"] * MONTHS) if "shopping" in amounts else None
    return Paid((of_income.tax if of_income else Decimal(0)) + (bought or Decimal(0)), of_income, bought)


def _amount(name: str, text: str) -> Decimal:
    amount: Decimal = PARAMETERS[name].value(text)
    return amount


def year_asked(query: Mapping[str, str], known: Collection[int]) -> int:
    """The fiscal year that is asked for, else the newest that is known. Raises BadQuery."""
    text = query.get("year") or ""
    if not text:
        return max(known)
    year: int = PARAMETERS["year"].value(text)
    if year not in known:
        raise BadQuery("year", _("Nothing is published of the year %(year)s.") % {"year": text})
    return year


def receipt(paid: Paid, year: Overview) -> Receipt:
    """The tax shared out as the money of the year is, what is not known of it included."""
    holders: list[tuple[Slice | None, str, str, Decimal]] = [
        (one, *name_of(one), one.amount) for one in year.slices if one.amount > 0
    ]
    if year.unknown > 0:
        holders.append((None, unknown_name(year), "", year.unknown))
    amounts = shared_out(paid.tax, [amount for *_words, amount in holders])
    parts = [
        Part(holder, name, lang, budget, year.share(budget) or Decimal(0), amount)
        for (holder, name, lang, budget), amount in zip(holders, amounts, strict=True)
    ]
    return Receipt(year, paid, tuple(parts))


def receipt_of(query: Mapping[str, str], day: date | None) -> Receipt | None:
    """The receipt that an address asks for; None where nothing is published. Raises BadQuery."""
    paid = paid_by(query)
    if paid is None:
        raise BadQuery("tax", _("Say what tax was paid, or a salary (income) or what one buys (shopping)."))
    known = years_known(day)
    found = overview(year_asked(query, known), day) if known else None
    return None if found is None else receipt(paid, found)


def largest_lines(tax: Decimal, year: int, day: date | None) -> Singles | None:
    """The largest lines of that year's budget book, else of the newest one of which the act is published."""
    totals = acts(day)
    books = [book for book in book_years(day) if totals.get(book)]
    if not books:
        return None
    book = year if year in books else max(books)
    lines = Allocation.objects.current(day).in_year(book).largest_first().with_names()[:LARGEST]
    return _singles(book, lines, tax / totals[book])


def largest_contracts(tax: Decimal, year: int, day: date | None) -> Singles | None:
    """The largest contracts of that year whose winners may be named, else of the newest year that has any."""
    totals = acts(day)
    bought = [one for one in purchase_years(day) if totals.get(one)]
    if not bought:
        return None
    chosen = year if year in bought else max(bought)
    contracts = Contract.objects.current(day).counted().in_year(chosen).filter(supplier__isnull=False)
    found = contracts.select_related("supplier", "buyer").largest_first()[:LARGEST]
    return _singles(chosen, found, tax / totals[chosen])


def _singles(year: int, facts: Iterable[Any], share: Decimal) -> Singles | None:
    """Facts that got a satang at least; None where there is none."""
    kept = [Single(one, one.amount * share) for one in facts if one.amount and one.amount * share >= SATANG]
    return Singles(year, tuple(kept)) if kept else None
