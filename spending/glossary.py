"""The words of the budget in plain language, each once: the page of words shows all of them, and under each
table stand those that its heads use.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Term:
    """A word, what it means, and the phrases by which a head of a table is known to use it."""

    code: str
    word: Promise
    means: Promise
    heads: tuple[Promise, ...] = ()

    def is_in(self, titles: Iterable[str]) -> bool:
        """Whether one of some heads, in small letters, uses it."""
        phrases = [str(head).casefold() for head in self.heads]
        return any(phrase in title for title in titles for phrase in phrases)


TERMS = (
    Term(
        "act",
        _("The act (พ.ร.บ. งบประมาณ)"),
        _("What parliament allows the state to spend in a fiscal year."),
    ),
    Term(
        "central-fund",
        _("Central fund (งบกลาง)"),
        _("Money of the act that no ministry holds: pensions, medical care of officials, emergencies."),
    ),
    Term(
        "after-transfers",
        _("After transfers"),
        _("A body's budget after money has been moved to it or away from it during the year."),
        (_("After transfers"),),
    ),
    Term(
        "allotted",
        _("Allotted"),
        _("The part of a body's budget that it may already use."),
        (_("Allotted"),),
    ),
    Term(
        "promised",
        _("Promised"),
        _("Bound by a contract or an order, or reserved for one, and not yet paid."),
        (_("Promised"), _("Bound by contract"), _("paid or bound")),
    ),
    Term(
        "disbursed",
        _("Disbursed"),
        _("Paid out by the treasury."),
        (_("Disbursed"), _("Paid")),
    ),
    Term("left", _("Left"), _("What of a budget is neither paid nor promised."), (_("Left (baht)"),)),
    Term(
        "target",
        _("Spending target"),
        _(
            "The share of its budget that a body should have paid or promised by a certain day. The cabinet"
            " sets it."
        ),
        (_("Target"),),
    ),
    Term(
        "recurrent",
        _("Recurrent and investment spending"),
        _("What is used up within the year, such as salaries, and what lasts, such as roads and buildings."),
        (_("Kind of spending"), _("Recurrent, paid or bound")),
    ),
    Term(
        "category",
        _("Expenditure category"),
        _(
            "What sort of thing money buys: people (งบบุคลากร), running costs (งบดำเนินงาน), investment"
            " (งบลงทุน), subsidies (งบเงินอุดหนุน), or something else (งบรายจ่ายอื่น)."
        ),
        (_("Expenditure category"), _("Budget type")),
    ),
    Term(
        "integrated",
        _("Integrated plan (แผนงานบูรณาการ)"),
        _("A plan that several ministries carry out together."),
        (_("Integrated plan"),),
    ),
    Term(
        "obligation",
        _("Obligation over several years (งบผูกพัน)"),
        _("A purchase or a building paid over several years: the first year's budget binds the later ones."),
    ),
    Term(
        "reference-price",
        _("Reference price (ราคากลาง)"),
        _("The price that a body works out before it buys, and by which offers are measured."),
        (_("Reference price"),),
    ),
    Term(
        "agreed",
        _("Agreed price"),
        _("What a buyer and a winner agreed on. What was paid for it is not published."),
        (_("Agreed"),),
    ),
    Term(
        "method",
        _("Method of purchase"),
        _(
            "By an open call anybody may offer (e-bidding); by selection (คัดเลือก) at least three are asked;"
            " by the specific method (เฉพาะเจาะจง) one is, for small sums and for reasons that the law lists."
        ),
        (_("Method of purchase"),),
    ),
    Term(
        "cut",
        _("Cut"),
        _(
            "One way of looking at the money. Cuts show the same money from different sides and are never"
            " added together."
        ),
    ),
    Term(
        "edition",
        _("Edition"),
        _("One published file, or one part of it, as it was loaded on one day."),
    ),
)


def words_of(titles: Iterable[str]) -> tuple[Term, ...]:
    """The words that the heads of a table use, in the order of the page of words."""
    small = [title.casefold() for title in titles]
    return tuple(term for term in TERMS if term.is_in(small))
