"""How records of purchases become rows of their tables; columns in the order of the models' fields."""

from __future__ import annotations

from typing import Any

from spending import signs, steps

from .parties import Parties
from .records import ContractRecord, ProjectRecord

COUNTED = True  # until the totals are made and show that another edition counts it


def project(record: ProjectRecord, parties: Parties) -> tuple[Any, ...]:
    return (
        record.line,
        record.number,
        record.fiscal_year,
        record.name,
        record.kind,
        record.method,
        parties.buyer(record.buyer),
        record.buyer_unit,
        parties.province(record.province),
        record.district,
        record.subdistrict,
        record.announced_on,
        record.recorded_on,
        record.status,
        record.budget,
        record.reference_price,
        record.agreed_price,
        COUNTED,
        signs.key(record.name),
        steps.steps(record.name),
    )


def contract(record: ContractRecord, parties: Parties) -> tuple[Any, ...]:
    return (
        record.line,
        record.project_number,
        record.contract_no,
        record.fiscal_year,
        parties.buyer(record.buyer),
        record.winner_kind,
        parties.supplier(record),
        record.kind,
        record.method,
        parties.province(record.province),
        record.district,
        record.signed_on,
        record.ends_on,
        record.status,
        record.amount,
        COUNTED,
    )
