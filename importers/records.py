"""What a source makes of a published row: frozen values, with names and codes as published, amounts in baht.

A source yields a stream of entries. The first is a `Head`; another `Head` may follow when a file holds
several parts. Nothing here knows the database: names become rows of `Agency`, `Plan` and so on in
`loading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from .area_records import AreaRecord, ReferenceValueRecord


@dataclass(frozen=True, slots=True)
class Head:
    """The part of the data set that the records which follow belong to.

    `fiscal_year` is Common Era, None where a part spans years; `as_of` is the date the figures speak of.
    """

    part: str
    fiscal_year: int | None
    as_of: date
    origin_name: str = ""  # the published file, where the file read is a re-expression of it
    origin_sha256: str = ""


@dataclass(frozen=True, slots=True)
class SourcedHead(Head):
    """A part whose file says itself who published it, under which terms and where: not the source for all."""

    publisher: str = ""
    licence: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not read, with the cell and the reason; kept and published."""

    line: int
    column: str
    value: str
    reason: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something noticed in a row that was read all the same, e.g. a repaired spelling."""

    kind: str  # repaired_category, repaired_plan, repaired_item, repaired_agency, repeated_row, …
    line: int
    published: str
    read_as: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """A total printed by the publisher (or known from elsewhere) beside the same total summed from the
    records.

    Amounts in baht. `tolerance` is the most that rounding in print can explain. An advisory control is
    known to differ or comes from another publisher: it is shown, and holds nothing back.
    """

    name: str
    expected: Decimal
    found: Decimal
    tolerance: Decimal = Decimal(0)
    advisory: bool = False

    @property
    def holds(self) -> bool:
        return abs(self.expected - self.found) <= self.tolerance


@dataclass(frozen=True, slots=True)
class Body:
    """An agency as a row names it. `code` is empty where the publisher prints none."""

    name: str
    code: str = ""
    kind: str = "agency"  # a value of spending.models.Agency.Kind
    ministry_code: str = ""  # the ministry it stands under, if the row or the code says so


@dataclass(frozen=True, slots=True)
class AllocationRecord:
    """One line of the budget book; see spending.models.Allocation."""

    line: int
    item_id: str
    fiscal_year: int
    ministry: Body
    agency: Body
    plan: str
    cross_cutting: bool
    activity_kind: str  # "output", "project" or "" for none
    activity: str
    category: tuple[str, ...]  # names from the budget type down; empty for the central fund
    description: str
    amount: Decimal
    obliged: bool
    page: int | None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.item_id,)


@dataclass(frozen=True, slots=True)
class CommitmentRecord:
    """One year (or printed range of years) of a multi-year obligation; see spending.models.Commitment."""

    line: int
    item_id: str
    line_item_id: str
    fiscal_year: int
    until_year: int
    ministry: Body
    agency: Body
    description: str
    amount: Decimal
    page: int | None

    @property
    def key(self) -> tuple[object, ...]:
        return ("commitment", self.item_id)


@dataclass(frozen=True, slots=True)
class DisbursementRecord:
    """One body, economic class and cut of a weekly report; see spending.models.Disbursement. Amounts in
    baht.
    """

    line: int
    sheet: str
    cut: str
    fiscal_year: int
    as_of: date
    body: Body
    economic: str
    province_code: str = ""  # for money held in a province: no agency then
    after_transfer: Decimal | None = None
    allotted: Decimal | None = None
    committed: Decimal | None = None
    disbursed: Decimal | None = None
    spent: Decimal | None = None
    target_gap: Decimal | None = None
    target: Decimal | None = None  # of the whole budget and its classes: percent, as printed
    cells: str = ""  # of its figures: "after_transfer C6, disbursed G6"

    @property
    def key(self) -> tuple[object, ...]:
        return (self.cut, self.body.code, self.economic)


@dataclass(frozen=True, slots=True)
class ProjectDisbursementRecord:
    """One project in one pair of provinces; see spending.models.ProjectDisbursement. Amounts in baht."""

    line: int
    project_code: str
    fiscal_year: int
    name: str
    ministry: Body
    agency: Body
    plan: str
    strategy: str
    category: tuple[str, ...]
    budget_province: str
    paid_province: str
    budgeted: Decimal | None
    disbursed: Decimal | None
    repeated: bool

    @property
    def key(self) -> None:
        """None: the publisher repeats records, and repeats are kept and marked, not dropped."""
        return None


@dataclass(frozen=True, slots=True)
class ReferenceTotalRecord:
    """One published total; see spending.models.ReferenceTotal. Amount in baht, year in Common Era."""

    line: int
    fiscal_year: int
    measure: str
    amount: Decimal
    body: Body | None = None
    month: date | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.fiscal_year, self.month, self.measure, self.body and self.body.name)


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """One purchase, its money once; see spending.models.Project. Names as published, amounts in baht."""

    line: int
    number: str
    fiscal_year: int
    name: str
    kind: str
    method: str
    buyer: str
    buyer_unit: str
    province: str  # name of one of the 77 provinces, "" where none is specified
    district: str
    subdistrict: str
    announced_on: date | None
    recorded_on: date | None
    status: str
    budget: Decimal | None
    reference_price: Decimal | None
    agreed_price: Decimal | None

    @property
    def key(self) -> tuple[object, ...]:
        return ("project", self.number)


@dataclass(frozen=True, slots=True)
class ContractRecord:
    """One contract with one winner; see spending.models.Contract. Amounts in baht.

    `tax_id` and `supplier` are empty for natural persons: a record never holds their names.
    """

    line: int
    project_number: str
    contract_no: str
    fiscal_year: int
    buyer: str
    kind: str
    method: str
    province: str
    district: str
    winner_kind: str  # a value of spending.models.WinnerKind
    tax_id: str
    supplier: str
    signed_on: date | None
    ends_on: date | None
    status: str
    amount: Decimal | None

    @property
    def key(self) -> tuple[object, ...] | None:
        """None for natural persons: only their source, which knows the names, can tell two of them apart."""
        if self.winner_kind == "person":
            return None
        return (self.project_number, self.contract_no, self.tax_id or self.supplier)


@dataclass(frozen=True, slots=True)
class DepartmentRecord:
    """One department that may buy through e-GP; see spending.models.Department."""

    line: int
    code: str
    name: str

    @property
    def key(self) -> tuple[object, ...]:
        return ("department", self.code)


@dataclass(frozen=True, slots=True)
class LocalBudgetRecord:
    """One line of a local body's budget; see spending.models.LocalBudget. Amounts in baht."""

    line: int
    fiscal_year: int
    body: Body
    province_code: str
    function: str
    plan: str
    task: str
    budget_type: str
    group: str
    item: str
    description: str
    approved: Decimal
    increased: Decimal | None = None
    decreased: Decimal | None = None
    committed: Decimal | None = None
    disbursed: Decimal | None = None
    remaining: Decimal | None = None

    @property
    def key(self) -> None:
        """None: lines have no published id, and two lines of the same words are two lines."""
        return None


@dataclass(frozen=True, slots=True)
class OpenProcessRecord:
    """One contracting process in OCDS; see spending.models.OpenProcess. Amounts in its currency."""

    line: int
    ocid: str
    publisher: str
    title: str
    buyer: str
    method: str
    status: str
    released_on: date | None
    currency: str
    budgeted: Decimal | None
    tendered: Decimal | None

    @property
    def key(self) -> tuple[object, ...]:
        return ("process", self.ocid)


@dataclass(frozen=True, slots=True)
class OpenContractRecord:
    """One award or contract in OCDS; see spending.models.OpenContract. Amount in its currency.

    `suppliers` never holds a name that may be a natural person's.
    """

    line: int
    ocid: str
    publisher: str
    stage: str  # a value of spending.models.OpenContract.Stage
    number: str
    title: str
    suppliers: str
    unnamed: int
    status: str
    decided_on: date | None
    currency: str
    amount: Decimal | None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.stage, self.ocid, self.number)


@dataclass(frozen=True, slots=True)
class PackageFigureRecord:
    """One measure of one row of a data package; see spending.models.PackageFigure.

    `dimensions` are pairs of name and value. Amount in its currency. `line` counts in the table's own file.
    """

    line: int
    package: str
    publisher: str
    fiscal_period: str
    measure: str
    direction: str
    phase: str
    dimensions: tuple[tuple[str, str], ...]
    currency: str
    amount: Decimal
    table_file: str
    table_sha256: str

    @property
    def key(self) -> None:
        """None: rows of a package have no id, and two rows of the same words are two rows."""
        return None


Record: TypeAlias = (
    AllocationRecord
    | CommitmentRecord
    | DisbursementRecord
    | ProjectDisbursementRecord
    | ReferenceTotalRecord
    | ProjectRecord
    | ContractRecord
    | DepartmentRecord
    | AreaRecord
    | LocalBudgetRecord
    | OpenProcessRecord
    | OpenContractRecord
    | PackageFigureRecord
    | ReferenceValueRecord
)
Entry: TypeAlias = Head | Record | Refusal | Note | Control
