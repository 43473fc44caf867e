"""Projects and contracts of e-GP as the former site (govspending) served them: JSON in an envelope."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..cells import as_text
from ..errors import FileError, Reason, RecordError, gettext_noop
from ..reading import open_json, open_json_lines
from ..records import Entry, Refusal
from . import egp_rows as names
from .base import Source
from .egp_parts import entries_of, piece_of
from .egp_rows import Cells

PROJECT = {
    "project_id": names.NUMBER,
    "project_name": names.NAME,
    "project_type_name": names.KIND,
    "dept_name": names.BUYER,
    "dept_sub_name": names.BUYER_UNIT,
    "purchase_method_name": names.METHOD,
    "purchase_method_group_name": names.METHOD_GROUP,
    "announce_date": names.ANNOUNCED,
    "project_money": names.BUDGET,
    "price_build": names.REFERENCE,
    "sum_price_agree": names.AGREED,
    "budget_year": names.YEAR,
    "transaction_date": names.RECORDED,
    "province": names.PROVINCE,
    "district": names.DISTRICT,
    "subdistrict": names.SUBDISTRICT,
    "project_status": names.STATUS,
}
CONTRACT = {
    "winner_tin": names.WINNER_ID,
    "winner": names.WINNER,
    "contract_no": names.CONTRACT_NO,
    "contract_date": names.SIGNED,
    "contract_finish_date": names.ENDS,
    "price_agree": names.AMOUNT,
    "status": names.CONTRACT_STATUS,
}
"""The members of a project and of its contracts, by the names that the bulk files have for them."""
UNREAD = {"project_location", "geom", "contract"}  # coordinates; contracts are read one by one
REQUIRED = ("project_id", "project_name", "dept_name", "project_money", "sum_price_agree", "budget_year")


class GovspendingContracts(Source):
    """Purchases through e-GP, as the interface `cgdcontract` of the former site "ภาษีไปไหน" answers.

    A file is an answer as it was saved: an envelope (`code`, `status`, `msg`, `time`, `param_obj`, `result`,
    `summary`) around at most some hundred projects, each with its contracts in a list; or many of them, one
    envelope or one project on a line (`.jsonl`). Money comes as text with commas, dates as Thai text. A part
    is a budget year and the name of the file; what stands in the bulk files too counts once. Lines count
    projects, from 1.

    An address of that interface is asked page by page: politely, tried again while the server fails, and gone
    on with where an attempt was cut off. Its key stands in the environment (`GOVSPENDING_API_KEY`) and
    travels in a header.

    An answer that reports an error, or holds no list of results, is refused as a whole. A member that was
    never there before refuses its project. Natural persons among the winners are counted, never named, as
    in the bulk files, and the file is not kept.
    """

    name = "cgdcontract"
    dataset = "cgdcontract"
    title = "โครงการและสัญญาจัดซื้อจัดจ้าง (เว็บไซต์ภาษีไปไหนเดิม)"
    title_en = "Public purchases (former site)"
    publisher = "สำนักงานพัฒนารัฐบาลดิจิทัล"
    licence = "ผู้เผยแพร่ไม่ได้ระบุ"
    address = "https://govspending.data.go.th/"
    cadence = "เมื่อผู้ดูแลดาวน์โหลด"
    suffixes = (".json", ".jsonl", ".ndjson", ".zip")
    paged = True
    keeps_file = False

    def entries(self, path: Path) -> Iterator[Entry]:
        return entries_of(_rows(path), piece_of(path))


def _rows(path: Path) -> Iterator[tuple[int, Cells] | Refusal]:
    for line, project in enumerate(_projects(path), start=1):
        if isinstance(project, Refusal):
            yield Refusal(line, "", "", project.reason)
            continue
        try:
            yield from [(line, cells) for cells in _cells(project)]
        except RecordError as error:
            yield Refusal(line, error.column, "", error.reason)


def _projects(path: Path) -> Iterator[Mapping[str, Any] | Refusal]:
    """The projects of a file, in its order; a line of JSON lines that is none comes as a Refusal."""
    if path.name.lower().endswith((".jsonl", ".ndjson")):
        for record in open_json_lines(path):
            yield from [record] if isinstance(record, Refusal) else _results(record.values, record.line)
        return
    document = open_json(path)
    for part in document if isinstance(document, list) else [document]:
        yield from _results(part)


def _results(found: Any, line: int | None = None) -> list[Mapping[str, Any]]:
    """The projects of an envelope, or the one project itself. Raises FileError if it is neither; `line`
    is where it stands in JSON lines.
    """
    if isinstance(found, dict) and "project_id" in found:
        return [found]
    results = found.get("result") if isinstance(found, dict) else None
    if not isinstance(results, list) or not all(isinstance(result, dict) for result in results):
        message = as_text(found.get("msg")) if isinstance(found, dict) else ""
        sentence = gettext_noop(
            "The answer holds no list of results; it says: “%(message)s”. Fetch it again."
        )
        place = Reason(gettext_noop("line %(line)s"), line=line) if line else ""
        raise FileError(Reason(sentence, message=message[:200]), place)
    return results


def _cells(project: Mapping[str, Any]) -> list[Cells]:
    """A project as rows of the bulk files: one for each contract, one where it has none. Raises
    RecordError.
    """
    _check_members(project, PROJECT.keys() | UNREAD)
    absent = next((member for member in REQUIRED if project.get(member) is None), None)
    if absent is not None:
        raise RecordError(absent, "", Reason(gettext_noop("The cell is blank.")))
    own = {column: as_text(project.get(member)) for member, column in PROJECT.items()}
    contracts = project.get("contract") or [{}]
    if not isinstance(contracts, list) or not all(isinstance(contract, dict) for contract in contracts):
        raise RecordError("contract", "", Reason(gettext_noop("The project has no list of contracts.")))
    rows: list[Cells] = []
    for contract in contracts:
        _check_members(contract, CONTRACT.keys())
        rows.append(own | {column: as_text(contract.get(member)) for member, column in CONTRACT.items()})
    return rows


def _check_members(found: Mapping[str, Any], known: Collection[str]) -> None:
    unknown = next((member for member in found if member not in known), None)
    if unknown is not None:
        sentence = gettext_noop(
            "The records did not have this member before, so nobody knows yet what it means."
        )
        raise RecordError(unknown, "", Reason(sentence))
