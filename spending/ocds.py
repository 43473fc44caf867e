"""Purchases through e-GP as the Open Contracting Data Standard (OCDS) 1.1 writes them. Pure.

A project is a process, each of its contracts an award and the contract signed for it. What e-GP does not
publish is left out, never guessed; natural persons are never parties.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from .contract_codes import codes
from .fiscal import first_day, last_day
from .models import Contract, Project

Json = dict[str, Any]
VERSION = "1.1"
PREFIX = "th-egp-"
"""Before the project's number in an `ocid`. It is no prefix that the standard's registry has handed out."""
EXTENSIONS = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_budget_breakdown_extension/master/"
    "extension.json",
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_budget_and_spend_extension/master/"
    "extension.json",
)
METHODS: Mapping[str, str] = {
    "เฉพาะเจาะจง": "direct",
    "กรณีพิเศษ": "direct",
    "พิเศษ": "direct",
    "ตกลงราคา": "direct",
    "คัดเลือก": "selective",
    "สอบราคา": "limited",
    "ตลาดอิเล็กทรอนิกส์ (e-market)": "open",
    "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)": "open",
    "ประกวดราคาด้วยวิธีการทางอิเล็กทรอนิกส์": "open",
    "ประกวดราคา": "open",
}
"""The methods of the Thai law in the standard's words; others are given in their own words alone."""
CATEGORIES: Mapping[str, str] = {
    "ซื้อ": "goods",
    "เช่า": "goods",
    "จ้างก่อสร้าง": "works",
    "จ้างทำของ/จ้างเหมาบริการ": "services",
    "จ้างที่ปรึกษา": "services",
    "จ้างออกแบบ": "services",
    "จ้างควบคุมงาน": "services",
    "จ้างออกแบบและควบคุมงานก่อสร้าง": "services",
}
CONTRACT_STATES: Mapping[str, str] = {
    "ระหว่างดำเนินการ": "active",
    "สิ้นสุดสัญญา": "terminated",
    "ยกเลิกสัญญา": "cancelled",
}


def release_of(project: Project, contracts: Sequence[Contract], *, tags: Sequence[str] = ()) -> Json:
    """A project with its contracts as one release: all that is known of it in the editions that answer."""
    coded = codes(contracts)
    own = list(tags) or ["planning", "tender", *(["award", "contract"] if coded else [])]
    release: Json = {
        "ocid": f"{PREFIX}{project.number}",
        "id": f"{PREFIX}{project.number}-{project.edition.as_of}-{'-'.join(own)}",
        "date": _moment(project.edition.as_of),
        "language": "th",
        "tag": own,
        "initiationType": "tender",
        "parties": _parties(project, contracts),
        "buyer": _reference(project),
        "planning": _planning(project),
        "tender": _tender(project),
        "awards": [_award(code, contract) for code, contract in coded.items()],
        "contracts": [_contract(code, contract) for code, contract in coded.items()],
    }
    kept: Json = _without_nothing(release)
    return kept


def release_package(releases: Iterable[Json], *, uri: str, published: datetime) -> Json:
    """Releases in the wrapping in which they are published at an address."""
    return {**_package(uri, published), "releases": list(releases)}


def record_package(pairs: Iterable[tuple[Json, Json]], *, uri: str, published: datetime) -> Json:
    """Records in the wrapping in which they are published: each process with its release, also compiled."""
    records = [
        {"ocid": release["ocid"], "releases": [release], "compiledRelease": compiled}
        for release, compiled in pairs
    ]
    return {**_package(uri, published), "records": records}


def _package(uri: str, published: datetime) -> Json:
    return {
        "uri": uri,
        "version": VERSION,
        "extensions": list(EXTENSIONS),
        "publisher": {"name": "ภาษีไปไหน · where do my taxes go"},
        "publishedDate": published.isoformat(timespec="seconds"),
    }


def _parties(project: Project, contracts: Iterable[Contract]) -> list[Json]:
    buyer = {
        **_reference(project),
        "roles": ["buyer", "procuringEntity"],
        "address": {
            "region": project.province.name if project.province else None,
            "countryName": "ประเทศไทย",
        },
    }
    suppliers = {one.supplier.pk: one.supplier for one in contracts if one.supplier is not None}
    return [
        buyer,
        *(
            {
                "id": supplier.code,
                "name": supplier.name,
                "identifier": {"id": supplier.tax_id, "legalName": supplier.name}
                if supplier.tax_id
                else None,
                "roles": ["supplier"],
            }
            for supplier in suppliers.values()
        ),
    ]


def _reference(project: Project) -> Json:
    return {"id": project.buyer.code, "name": project.buyer.name}


def _planning(project: Project) -> Json:
    """The budget of the project, in all and in the fiscal year that it belongs to."""
    if project.budget is None:
        return {}
    year = project.fiscal_year
    period = {"startDate": _moment(first_day(year)), "endDate": _moment(last_day(year))}
    part = {
        "id": f"{project.number}-{year}",
        "amount": _value(project.budget),
        "period": period,
        "measures": {"budget": project.budget},
        "classifications": {"fiscalYear": str(year)},
    }
    return {"budget": {"amount": _value(project.budget), "budgetBreakdown": [part]}}


def _tender(project: Project) -> Json:
    return {
        "id": project.number,
        "title": project.name,
        "value": _value(project.reference_price),
        "procuringEntity": _reference(project),
        "procurementMethod": METHODS.get(project.method),
        "procurementMethodDetails": project.method or None,
        "mainProcurementCategory": CATEGORIES.get(project.kind),
        "tenderPeriod": {"startDate": _moment(project.announced_on)} if project.announced_on else None,
    }


def _award(code: str, contract: Contract) -> Json:
    supplier = contract.supplier
    return {
        "id": code,
        "status": "active",
        "date": _moment(contract.signed_on),
        "value": _value(contract.amount),
        "suppliers": [{"id": supplier.code, "name": supplier.name}] if supplier is not None else None,
    }


def _contract(code: str, contract: Contract) -> Json:
    ends = {"endDate": _moment(contract.ends_on)} if contract.ends_on else None
    return {
        "id": code,
        "awardID": code,
        "title": contract.contract_no or None,
        "status": CONTRACT_STATES.get(contract.status),
        "period": ends,
        "value": _value(contract.amount),
        "dateSigned": _moment(contract.signed_on),
    }


def _value(amount: Any) -> Json | None:
    return None if amount is None else {"amount": amount, "currency": "THB"}


def _moment(day: date | None) -> str | None:
    """The beginning of a day in Thailand, as the standard writes moments."""
    return None if day is None else f"{day.isoformat()}T00:00:00+07:00"


def _without_nothing(value: Any) -> Any:
    """The same without members that are absent or empty: the standard asks to leave them out."""
    if isinstance(value, dict):
        kept = {name: _without_nothing(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in (None, "", {}, [])}
    if isinstance(value, list):
        return [_without_nothing(one) for one in value]
    return value
