"""Which published rows tell of a subject: each family with what names a row, what it says and its amount."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spending.compared import line_item
from spending.differences import Item
from spending.models import (
    Agency,
    Allocation,
    Commitment,
    Contract,
    Disbursement,
    LocalBudget,
    Project,
    ProjectDisbursement,
    Province,
    ReferenceTotal,
    Supplier,
)
from spending.purses import PRINCIPAL_CUTS
from spending.sentences import year
from spending.understanding import understood

Cut = Disbursement.Cut


@dataclass(frozen=True, slots=True)
class Family:
    """Rows of one kind about one subject, in all editions.

    `key` are the columns that name a row from one edition to the next; `words` says what it is, and `say`
    turns that into the reader's language where it is a code; `amount` is the column of baht that is
    compared. Where amounts are of different measures, `adds_up` is false and no sum is told. Rows whose
    names do not stay are matched as the pages that compare books match them: each as the `item` it is.
    """

    title: str | Promise
    rows: Any
    key: tuple[str, ...]
    words: Any
    amount: str
    say: Callable[[str], str] = str
    adds_up: bool = True
    item: Callable[[Any], Item] | None = None


def of_agency(agency: Agency) -> list[Family]:
    """What is published of a body; of a ministry also what is published of its agencies."""
    is_ministry = agency.kind == Agency.Kind.MINISTRY
    own = Q(ministry=agency) if is_ministry else Q(agency=agency)
    bought = Q(buyer__agency=agency)
    if is_ministry:
        bought |= Q(buyer__agency__ministry=agency)
    weekly = Disbursement.objects.filter(agency=agency, cut__in=PRINCIPAL_CUTS)
    return [
        _lines(Allocation.objects.filter(own)),
        _promised(Commitment.objects.filter(own)),
        _paid(_("Paid so far, by the weekly report"), weekly),
        _totals(ReferenceTotal.objects.filter(agency=agency)),
        _past(ProjectDisbursement.objects.filter(own)),
        _projects(Project.objects.counted().filter(bought)),
        _contracts(Contract.objects.counted().filter(bought), by="supplier__name"),
        _local(LocalBudget.objects.filter(body=agency)),
    ]


def of_province(province: Province) -> list[Family]:
    """What is published of a province, by source: sources overlap, so nothing is added up across them."""
    weekly = Disbursement.objects.filter(province=province)
    return [
        _paid(_("Central money held in the province, paid so far"), weekly.in_cut(Cut.CENTRAL_TO_PROVINCE)),
        _paid(_("The province's own budget, paid so far"), weekly.in_cut(Cut.PROVINCE)),
        _past(ProjectDisbursement.objects.filter(budget_province=province.name)),
        _projects(Project.objects.counted().filter(province=province)),
        _contracts(Contract.objects.counted().filter(province=province), by="supplier__name"),
        _local(LocalBudget.objects.filter(province=province)),
    ]


def of_supplier(supplier: Supplier) -> list[Family]:
    """The contracts that a supplier won."""
    return [_contracts(Contract.objects.counted().filter(supplier=supplier), by="buyer__name")]


def of_search(text: str) -> list[Family]:
    """The rows whose own text answers a question. Raises QuestionError."""
    reading = understood(text)
    return [
        _lines(Allocation.objects.matching(reading)),
        _past(ProjectDisbursement.objects.matching(reading)),
        _projects(Project.objects.counted().matching(reading)),
    ]


FAMILIES: Mapping[str, Callable[[Any], list[Family]]] = {
    "agency": of_agency,
    "province": of_province,
    "supplier": of_supplier,
    "search": of_search,
}


def _lines(rows: Any) -> Family:
    placed = rows.select_related("agency", "plan", "activity", "category")
    return Family(_("Budget lines"), placed, ("item_id",), F("description"), "amount", item=line_item)


def _promised(rows: Any) -> Family:
    placed = rows.select_related("agency")
    title = _("Promised for other years")
    return Family(title, placed, ("item_id",), F("description"), "amount", item=_promise)


def _promise(row: Commitment) -> Item:
    path = (row.agency.name, str(row.fiscal_year), str(row.until_year))
    return Item(row.item_id, row.description, path, row.amount)


def _paid(title: str | Promise, rows: Any) -> Family:
    key = ("cut", "body_code", "economic")
    return Family(title, rows, key, F("economic"), "disbursed", _economic)


def _economic(code: str) -> str:
    return str(Disbursement.Economic(code).label)


def _totals(rows: Any) -> Family:
    key = ("fiscal_year", "month", "measure", "body_name")
    words = Concat(
        F("fiscal_year"), Value(" "), F("month"), Value(" "), F("measure"), output_field=TextField()
    )
    return Family(_("Published totals"), rows, key, words, "amount", _measure, adds_up=False)


def _measure(words: str) -> str:
    """`2019 2019-05-01 paid` in words; the day is left out where the total is of a year."""
    fiscal_year, month, measure = words.split(" ")
    when = f"{year(int(fiscal_year))}, {month[:7]}" if month else year(int(fiscal_year))
    return f"{ReferenceTotal.Measure(measure).label}, {when}"


def _past(rows: Any) -> Family:
    key = ("project_code", "budget_province", "paid_province", "category_id")
    return Family(_("Projects of past years"), rows, key, F("name"), "budgeted")


def _projects(rows: Any) -> Family:
    return Family(_("Purchases"), rows, ("number",), F("name"), "budget")


def _contracts(rows: Any, *, by: str) -> Family:
    """`by` names the other side: the winner, where it is no natural person, or the buyer."""
    words = Coalesce(F(by), F("project_number"), output_field=TextField())
    return Family(_("Contracts"), rows, ("project_number", "contract_no", "supplier_id"), words, "amount")


def _local(rows: Any) -> Family:
    key = ("body_id", "function", "plan", "task", "budget_type", "group", "item", "description")
    named = [NullIf(column, Value(""), output_field=TextField()) for column in ("description", "item")]
    words = Coalesce(*named, F("task"), output_field=TextField())
    return Family(_("Budgets of local government"), rows, key, words, "approved")
