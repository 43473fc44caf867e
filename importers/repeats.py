"""Rows refused because their key stood in the file before: where it stood, looked up in what was loaded.

What a load remembers of the keys gone by is too little to tell (see `met`); the rows themselves tell it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from spending.models import Contract, Edition

from .area_records import AreaRecord, ReferenceValueRecord
from .errors import STOOD_BEFORE, Reason, gettext_noop
from .records import (
    AllocationRecord,
    CommitmentRecord,
    ContractRecord,
    DepartmentRecord,
    DisbursementRecord,
    OpenContractRecord,
    OpenProcessRecord,
    ProjectRecord,
    Record,
    ReferenceTotalRecord,
    Refusal,
)
from .tables import TABLES

BEFORE = gettext_noop("The key of this row stood in the file before; keys must be unique.")
IN_SHEET = gettext_noop(
    "The key of this row stood in row %(line)s of the sheet “%(sheet)s” before; keys must be unique. "
    "Take one of the two out."
)


def _contract(record: ContractRecord) -> dict[str, Any]:
    supplier = (
        {"supplier__tax_id": record.tax_id}
        if record.tax_id
        else {"supplier__tax_id": "", "supplier__name": record.supplier}
    )
    return {"project_number": record.project_number, "contract_no": record.contract_no, **supplier}


SAME: Mapping[type, Callable[[Any], dict[str, Any]]] = {
    AllocationRecord: lambda r: {"item_id": r.item_id},
    CommitmentRecord: lambda r: {"item_id": r.item_id},
    DisbursementRecord: lambda r: {"cut": r.cut, "body_code": r.body.code, "economic": r.economic},
    ReferenceTotalRecord: lambda r: {
        "fiscal_year": r.fiscal_year,
        "month": r.month,
        "measure": r.measure,
        "body_name": r.body.name if r.body else "",
    },
    ProjectRecord: lambda r: {"number": r.number},
    ContractRecord: _contract,
    DepartmentRecord: lambda r: {"code": r.code},
    AreaRecord: lambda r: {"code": r.code},
    OpenProcessRecord: lambda r: {"ocid": r.ocid},
    OpenContractRecord: lambda r: {"stage": r.stage, "ocid": r.ocid, "number": r.number},
    ReferenceValueRecord: lambda r: {"series": r.series, "fiscal_year": r.fiscal_year, **_area(r)},
}
"""What a row of the same key holds, for each kind of record that has one."""


def _area(record: ReferenceValueRecord) -> dict[str, Any]:
    return {"province__code": record.area} if record.area else {"province": None}


def refusal_of(record: Record, line: int | None = None) -> Refusal:
    """The refusal of a row whose key stood before, in a line of its sheet where that is known."""
    sheet = str(getattr(record, "sheet", ""))
    reason = Reason(BEFORE)
    if line is not None:
        reason = Reason(IN_SHEET, line=line, sheet=sheet) if sheet else Reason(STOOD_BEFORE, line=line)
    named = " · ".join(str(part) for part in record.key or () if part is not None)
    return Refusal(record.line, "", named, reason, sheet)


def stood_in(edition: Edition, record: Record) -> int | None:
    """The line of the row of an edition that has the key of a record, once it was sent to its table."""
    same = TABLES[type(record)].model._default_manager.filter(edition=edition, **SAME[type(record)](record))
    if same.model is Contract:
        same = same.exclude(winner_kind="person")
    found: int | None = same.order_by("line").values_list("line", flat=True).first()
    return found
