"""The laws and published practices that rules rest on, each with how far it was confirmed by reading it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_noop as _

from .base import Basis, How, Reading

IN_FORCE = date(2017, 8, 23)  # the Act and the two regulations under it, all of 23 August 2560
READ_ON = date(2026, 11, 21)

ACT = _("Public Procurement and Supplies Administration Act B.E. 2560 (2017)")
ACT_ADDRESS = "https://www.gprocurement.go.th/"
LIMITS = _("Ministerial Regulation on the limits for the specific method B.E. 2560 (2017)")
LIMITS_ADDRESS = (
    "https://legal.ops.moc.go.th/th/file/get/file/202203083084598b44958fc60240aa7f613910f4133422.pdf"
)
REGULATION = _("Ministry of Finance Regulation on Public Procurement B.E. 2560 (2017)")
GUIDE = _("Published practice: Open Contracting Partnership, Red flags in public procurement (2024)")
GUIDE_ADDRESS = (
    "https://www.open-contracting.org/resources/"
    "red-flags-in-public-procurement-a-guide-to-using-data-to-detect-and-mitigate-risks/"
)

ENGLISH = "http://winkdesigncorporation.com/ebook/book/book06/files/basic-html/page{}.html"
"""Pages of a printed collection of the procurement laws with an English translation."""
GAZETTE = "https://online.flipbuilder.com/rtpv/ggtg/files/basic-html/page{}.html"
"""Pages of the Royal Gazette of 24 February 2560 as reprinted."""
FISCAL_POLICY_OFFICE = (
    "http://fpo.go.th/main/Department/Internal-Audit-Group/%E0%B9%81%E0%B8%99%E0%B8%A7%E0%B8%97%E0%B8%B2%E0%B8%87"
    "%E0%B8%81%E0%B8%B2%E0%B8%A3%E0%B8%9B%E0%B8%8F%E0%B8%B4%E0%B8%9A%E0%B8%B1%E0%B8%95%E0%B8%B4%E0%B8%87%E0%B8%B2"
    "%E0%B8%99%E0%B8%A0%E0%B8%B2%E0%B8%A2%E0%B9%83%E0%B8%99/%E0%B8%94%E0%B9%89%E0%B8%B2%E0%B8%99%E0%B8%97%E0%B8%B5"
    "%E0%B9%88-1-(1)/12596.aspx"
)
BLOG = (
    "https://borworn.blog/2023/09/24/%E0%B8%81%E0%B8%B2%E0%B8%A3%E0%B9%81%E0%B8%9A%E0%B9%88%E0%B8%87%E0%B8%8B"
    "%E0%B8%B7%E0%B9%89%E0%B8%AD%E0%B8%AB%E0%B8%A3%E0%B8%B7%E0%B8%AD%E0%B9%81%E0%B8%9A%E0%B9%88%E0%B8%87%E0%B8%88"
    "%E0%B9%89%E0%B8%B2/"
)
GUIDE_PROGRAM = "https://github.com/open-contracting/notebooks-ocds/blob/main/component_setup_red_flags.py"


def _read(how: How, words: str, address: str) -> Reading:
    return Reading(how, words, address, READ_ON)


def _act(section: int, place: str, reading: Reading) -> Basis:
    return Basis(f"act-{section}", ACT, place, ACT_ADDRESS, is_law=True, reading=reading)


def _guide(number: str, place: str) -> Basis:
    """One question of the guide, by its number there."""
    reading = _read(
        How.PART,
        _("Number and name stand in the published program of its authors; the guide itself was not read."),
        GUIDE_PROGRAM,
    )
    return Basis(f"ocp-{number.lower()}", GUIDE, place, GUIDE_ADDRESS, reading=reading)


ACT_4 = _act(
    4,
    _("section 4: the reference price is the base with which the offers are compared"),
    _read(
        How.PART,
        _(
            "Read: which prices count as the reference price and in which order (Royal Gazette, page 15). "
            "The opening words of the definition were not read."
        ),
        GAZETTE.format(13),
    ),
)
ACT_56 = _act(
    56,
    _("section 56: an open call comes first; paragraph one (2) lists when the specific method may be used"),
    _read(
        How.PART,
        _(
            "Read: the opening words, all cases of the selection method, and of the specific method the "
            "failed call, the amount of the regulation and the only supplier (Royal Gazette, page 32). The "
            "further cases of the specific method were not read."
        ),
        GAZETTE.format(30),
    ),
)
ACT_62 = _act(
    62,
    _("section 62: open calls are published in the information system"),
    _read(
        How.PART,
        _("Read in English translation: the paragraphs on open calls; not the one on letters of invitation."),
        ENGLISH.format(80),
    ),
)
ACT_66 = _act(
    66,
    _(
        "section 66: the result is announced, and the contract signed after the time for appeals; not so for "
        "urgent needs, the specific method and small amounts"
    ),
    _read(How.WHOLE, _("Read whole, in English translation."), ENGLISH.format(83)),
)
LIMIT_SPECIFIC = Basis(
    "limits-1",
    LIMITS,
    _("clause 1: up to 500,000 baht. Royal Gazette vol. 134, part 86 Kor, 23 August 2017, page 20"),
    LIMITS_ADDRESS,
    is_law=True,
    reading=_read(
        How.TOLD,
        _(
            "The Fiscal Policy Office tells of the amounts: 500,000 baht in general, 5,000,000 where only "
            "few consultants exist and for design work. The regulation itself was not read."
        ),
        FISCAL_POLICY_OFFICE,
    ),
)
LIMIT_SMALL = Basis(
    "limits-small",
    LIMITS,
    _("amount up to which no written agreement is needed (section 96 of the Act): 100,000 baht"),
    LIMITS_ADDRESS,
    is_law=True,
)
REGULATION_20 = Basis(
    "regulation-20",
    REGULATION,
    _("clause 20: a purchase may not be divided to change the method or who may decide on it"),
    ACT_ADDRESS,
    is_law=True,
    reading=_read(
        How.TOLD,
        _(
            "Told in the words of the clause by an official's journal, which adds: without a reason of need. "
            "The regulation itself was not read at this clause."
        ),
        BLOG,
    ),
)
REGULATION_58 = Basis(
    "regulation-58",
    REGULATION,
    _("clause 58: a price above the amount set for the purchase is to be negotiated"),
    ACT_ADDRESS,
    is_law=True,
    reading=_read(
        How.PART,
        _(
            "Read in English translation: its first paragraph up to the price that stays up to ten percent "
            "above. What follows was not read."
        ),
        ENGLISH.format(208),
    ),
)
GUIDE_METHOD = _guide("R010", _("R010: unjustified use of a method without competition; no law"))
GUIDE_SPLIT = _guide("R011", _("R011: purchases divided to stay under limits; no law"))
GUIDE_ESTIMATE = _guide(
    "R031", _("R031: a winning price very close to the estimated price, or above it; no law")
)
GUIDE_SHARE = _guide("R040", _("R040: a high share of one buyer's contracts; no law"))
NEAR_ESTIMATE = Basis(
    "iacrc-near-estimate",
    _("Published practice: IACRC, guide to questions about purchases"),
    _("a winning offer very close to the budget or the estimated cost; no law"),
    "https://guide.iacrc.org/red-flag-winning-bid-very-close-to-budget-or-cost-estimates/",
    reading=_read(
        How.WHOLE,
        _("Read whole."),
        "https://guide.iacrc.org/red-flag-winning-bid-very-close-to-budget-or-cost-estimates/",
    ),
)
_BANK = _("Published practice: World Bank, list of red flags in procurement (31 January 2018)")
_BANK_ADDRESS = (
    "https://www.worldbank.org/en/about/unit/integrity-vice-presidency/brief/"
    "common-red-flags-of-fraud-and-corruption-in-procurement"
)
BANK_SPLIT = Basis(
    "bank-2",
    _BANK,
    _("number 2: many contracts just under a limit; no law"),
    _BANK_ADDRESS,
    reading=_read(How.PART, _("Read: numbers 1 and the beginning of 2."), _BANK_ADDRESS),
)
BANK_ESTIMATE = Basis(
    "bank-prices",
    _BANK,
    _("prices unexplained above the estimated cost; no law"),
    _BANK_ADDRESS,
    reading=_read(How.PART, _("Read: numbers 1 and the beginning of 2."), _BANK_ADDRESS),
)
WINNERS_SHARE = Basis(
    "toolbox-share",
    _("Research: Indicator Toolbox, indicators of the index CRI"),
    _("the winner's share of a body's contracts, against which other indicators are tested; no law"),
    "https://indicatortoolbox.eu/indicators/",
    reading=_read(
        How.TOLD,
        _("The toolbox tells of it; the studies behind it were not read."),
        "https://indicatortoolbox.eu/indicators/?page=4&tags=procedural+indicator",
    ),
)
