"""How records become rows of their tables: names turned into keys, rows sent with COPY."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db import connection, models

from spending import signs, steps
from spending.models import (
    Activity,
    Agency,
    AgencyName,
    Allocation,
    Area,
    Category,
    Commitment,
    Contract,
    Department,
    Disbursement,
    LocalBudget,
    OpenContract,
    OpenProcess,
    PackageFigure,
    Plan,
    Project,
    ProjectDisbursement,
    Province,
    ReferenceTotal,
    ReferenceValue,
)
from spending.models.classification import PATH_SEPARATOR

from .area_records import AreaRecord, ReferenceValueRecord
from .area_rows import area, reference_value
from .bodies import Bodies
from .parties import Parties
from .purchase_rows import contract, project
from .records import (
    AllocationRecord,
    Body,
    CommitmentRecord,
    ContractRecord,
    DepartmentRecord,
    DisbursementRecord,
    LocalBudgetRecord,
    OpenContractRecord,
    OpenProcessRecord,
    PackageFigureRecord,
    ProjectDisbursementRecord,
    ProjectRecord,
    Record,
    ReferenceTotalRecord,
)

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
SENT_AT_A_TIME = 250  # rows: enough to be worth a message, few enough for the server to begin early
Values = tuple[Any, ...]


@dataclass
class Keys:
    """Primary keys of what facts point to; missing rows are created a batch at a time by `learn()`."""

    bodies: Bodies
    plans: dict[str, int] = field(default_factory=dict)
    activities: dict[tuple[str, str], int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    provinces: dict[str, int] = field(default_factory=dict)
    parties: Parties = field(default_factory=Parties)
    placed: dict[tuple[Body, Body | None], Agency] = field(
        default_factory=dict
    )  # as rows of this load name them

    _last: ClassVar[Keys | None] = None

    @classmethod
    def known(cls) -> Keys:
        """What the database knows, read anew only if something else has changed it since this process
        looked.
        """
        if cls._last is None or not cls._last.is_fresh():
            cls._last = cls.from_database()
        cls._last.parties = Parties()  # as many as a year has contracts: read as a load meets them
        cls._last.placed = {}
        return cls._last

    def is_fresh(self) -> bool:
        """Whether nothing was added elsewhere, and nothing added here was undone. One query."""
        tables = (Plan, Activity, Category, Agency, AgencyName)
        counts = ", ".join(f"(SELECT count(*) FROM {table._meta.db_table})" for table in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {counts}, (SELECT max(id) FROM {Agency._meta.db_table})")
            found = cursor.fetchone()
        known = (len(self.plans), len(self.activities), len(self.categories), *self.bodies.counts())
        return bool(found == known)

    @classmethod
    def from_database(cls) -> Keys:
        return cls(
            bodies=Bodies.from_database(),
            plans=dict(Plan.objects.values_list("name", "pk")),
            activities={(a.kind, a.name): a.pk for a in Activity.objects.all()},
            categories=dict(Category.objects.values_list("path", "pk")),
            provinces=dict(Province.objects.values_list("code", "pk")),
        )

    def learn(self, records: Iterable[Record]) -> None:
        """Create whatever the records name that is not known yet."""
        plans, activities, paths = {}, set(), set()
        purchases: list[Record] = []
        for record in records:
            if isinstance(record, ProjectRecord | ContractRecord):
                purchases.append(record)
                continue
            self._learn_bodies(record)
            if isinstance(record, AllocationRecord):
                plans[record.plan] = record.cross_cutting
                activities.add((record.activity_kind, record.activity))
                paths.add(record.category)
            elif isinstance(record, ProjectDisbursementRecord):
                plans.setdefault(record.plan, record.plan.startswith("แผนงานบูรณาการ"))
                paths.add(record.category)
        self.bodies.save()
        self._learn_plans(plans)
        self._learn_activities(activities)
        self._learn_categories(paths)
        self.parties.learn(purchases)

    def agency(self, body: Body, ministry: Body | None = None) -> int:
        """Key of the agency a row means, looked for within the ministry where the row names one."""
        return self._agency(body, ministry).pk

    def category(self, path: tuple[str, ...]) -> int | None:
        return self.categories[PATH_SEPARATOR.join(path)] if path else None

    def _agency(self, body: Body, ministry: Body | None) -> Agency:
        agency = self.placed.get((body, ministry))
        if agency is None:
            agency = self.placed[body, ministry] = self.bodies.find(self._placed(body, ministry))
        return agency

    def _placed(self, body: Body, ministry: Body | None) -> Body:
        if ministry is None or body.ministry_code:
            return body
        return Body(body.name, body.code, body.kind, self.bodies.find(ministry).code)

    def _learn_bodies(self, record: Record) -> None:
        if isinstance(record, AllocationRecord | CommitmentRecord | ProjectDisbursementRecord):
            self._agency(record.agency, record.ministry)
        elif (body := getattr(record, "body", None)) is not None and body.kind:
            self._agency(body, None)

    def _learn_plans(self, plans: dict[str, bool]) -> None:
        missing = [
            Plan(name=name, cross_cutting=cross) for name, cross in plans.items() if name not in self.plans
        ]
        self.plans |= {plan.name: plan.pk for plan in Plan.objects.bulk_create(missing)}

    def _learn_activities(self, activities: set[tuple[str, str]]) -> None:
        missing = [
            Activity(kind=kind, name=name)
            for kind, name in sorted(activities)
            if kind and (kind, name) not in self.activities
        ]
        self.activities |= {(a.kind, a.name): a.pk for a in Activity.objects.bulk_create(missing)}

    def _learn_categories(self, paths: set[tuple[str, ...]]) -> None:
        steps = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
        missing = [
            Category(path=PATH_SEPARATOR.join(step), name=step[-1], level=len(step))
            for step in sorted(steps)
            if PATH_SEPARATOR.join(step) not in self.categories
        ]
        self.categories |= {c.path: c.pk for c in Category.objects.bulk_create(missing)}


def allocation(record: AllocationRecord, keys: Keys) -> Values:
    activity = keys.activities[record.activity_kind, record.activity] if record.activity_kind else None
    return (
        record.line,
        record.item_id,
        record.fiscal_year,
        keys.agency(record.ministry),
        keys.agency(record.agency, record.ministry),
        keys.plans[record.plan],
        activity,
        keys.category(record.category),
        record.description,
        record.amount,
        record.obliged,
        record.page,
        signs.key(record.description),
        steps.steps(record.description),
    )


def commitment(record: CommitmentRecord, keys: Keys) -> Values:
    return (
        record.line,
        record.item_id,
        record.line_item_id,
        record.fiscal_year,
        record.until_year,
        keys.agency(record.ministry),
        keys.agency(record.agency, record.ministry),
        record.description,
        record.amount,
        record.page,
    )


def disbursement(record: DisbursementRecord, keys: Keys) -> Values:
    return (
        record.line,
        record.cut,
        record.fiscal_year,
        record.as_of,
        record.body.code,
        record.body.name,
        keys.agency(record.body) if record.body.kind else None,
        keys.provinces[record.province_code] if record.province_code else None,
        record.economic,
        record.after_transfer,
        record.allotted,
        record.committed,
        record.disbursed,
        record.spent,
        record.target_gap,
        record.target,
        record.sheet,
        record.cells,
    )


def project_disbursement(record: ProjectDisbursementRecord, keys: Keys) -> Values:
    return (
        record.line,
        record.project_code,
        record.fiscal_year,
        record.name,
        keys.agency(record.ministry),
        keys.agency(record.agency, record.ministry),
        keys.plans[record.plan],
        record.strategy,
        keys.category(record.category),
        record.budget_province,
        record.paid_province,
        record.budgeted,
        record.disbursed,
        record.repeated,
        signs.key(record.name),
        steps.steps(record.name),
    )


def reference_total(record: ReferenceTotalRecord, keys: Keys) -> Values:
    return (
        record.line,
        record.fiscal_year,
        record.month,
        record.measure,
        record.body.name if record.body else "",
        keys.agency(record.body) if record.body else None,
        record.amount,
    )


def department(record: DepartmentRecord, keys: Keys) -> Values:
    return (record.line, record.code, record.name)


def as_it_stands(record: OpenProcessRecord | OpenContractRecord | PackageFigureRecord, keys: Keys) -> Values:
    """The values of a record whose fields are the columns of its table, in their order."""
    return tuple(getattr(record, field.name) for field in fields(record))


def package_figure(record: PackageFigureRecord, keys: Keys) -> Values:
    values = as_it_stands(record, keys)
    return (*values[:7], json.dumps(dict(record.dimensions), ensure_ascii=False), *values[8:])


def local_budget(record: LocalBudgetRecord, keys: Keys) -> Values:
    return (
        record.line,
        record.fiscal_year,
        keys.agency(record.body),
        keys.provinces[record.province_code],
        record.function,
        record.plan,
        record.task,
        record.budget_type,
        record.group,
        record.item,
        record.description,
        record.approved,
        record.increased,
        record.decreased,
        record.committed,
        record.disbursed,
        record.remaining,
    )


@dataclass(frozen=True)
class Table:
    """Where records of one type go: the model, how a record becomes values, and its main amount in baht."""

    model: type[models.Model]
    values: Callable[[Any, Keys], Values]
    amount: Callable[[Any], Decimal | None]

    @property
    def columns(self) -> list[str]:
        """The columns that `values` fills, in the order of the model's fields, behind `edition_id`."""
        skipped = {"id", "edition_id"}
        fields = self.model._meta.concrete_fields
        return [f.column for f in fields if f.column and f.column not in skipped and not f.generated]


TABLES: dict[type, Table] = {
    AllocationRecord: Table(Allocation, allocation, lambda r: r.amount),
    CommitmentRecord: Table(Commitment, commitment, lambda r: None),
    DisbursementRecord: Table(
        Disbursement, disbursement, lambda r: r.disbursed if r.cut == Disbursement.Cut.AGENCY else None
    ),
    ProjectDisbursementRecord: Table(ProjectDisbursement, project_disbursement, lambda r: r.budgeted),
    ReferenceTotalRecord: Table(ReferenceTotal, reference_total, lambda r: None),
    ProjectRecord: Table(Project, lambda r, keys: project(r, keys.parties), lambda r: r.agreed_price),
    ContractRecord: Table(Contract, lambda r, keys: contract(r, keys.parties), lambda r: None),
    DepartmentRecord: Table(Department, department, lambda r: None),
    AreaRecord: Table(Area, lambda r, keys: area(r, keys.provinces), lambda r: None),
    LocalBudgetRecord: Table(LocalBudget, local_budget, lambda r: r.approved),
    OpenProcessRecord: Table(OpenProcess, as_it_stands, lambda r: None),
    OpenContractRecord: Table(OpenContract, as_it_stands, lambda r: None),
    PackageFigureRecord: Table(PackageFigure, package_figure, lambda r: None),
    ReferenceValueRecord: Table(
        ReferenceValue, lambda r, keys: reference_value(r, keys.provinces), lambda r: None
    ),
}


def copy_records(table: Table, records: Sequence[tuple[int, Any]], keys: Keys) -> None:
    """Send (edition id, record) pairs into a table with COPY, within the transaction at hand.

    Rows are made while the server takes in those before them, so that both work at the same time. Making one
    must ask the database nothing: the keys were learned before.
    """
    columns = ", ".join(f'"{column}"' for column in ["edition_id", *table.columns])
    statement = f'COPY "{table.model._meta.db_table}" ({columns}) FROM STDIN'
    with (
        connection.wrap_database_errors,
        connection.execute_wrapper(_ask_nothing),
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for start in range(0, len(records), SENT_AT_A_TIME):
            part = records[start : start + SENT_AT_A_TIME]
            copy.write("".join([copy_line((pk, *table.values(record, keys))) for pk, record in part]))


def _ask_nothing(*args: Any) -> None:
    raise RuntimeError("A row asked the database something while rows were sent; learn it before.")


def copy_line(values: Iterable[Any]) -> str:
    """One row in PostgreSQL's text format of COPY."""
    return "\t".join([copy_text(value) for value in values]) + "\n"


def copy_text(value: str | int | bool | Decimal | date | None) -> str:
    """One value in PostgreSQL's text format of COPY."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return (
            value.translate(ESCAPES)
            if "\\" in value or "\t" in value or "\n" in value or "\r" in value
            else value
        )
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)
