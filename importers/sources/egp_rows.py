"""What a row of e-GP says, whichever file it stands in: one project, and at most one contract of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from spending import fiscal

from ..errors import STOOD_BEFORE, Reason, RecordError, gettext_noop
from ..met import Met
from ..neighbours import without_neighbours
from ..parsing import code, day, money, text, tidy, year
from ..persons import PERSON, Winner, is_id, winner_of, without_persons
from ..records import ContractRecord, Note, ProjectRecord, Record, Refusal
from .provinces import NO_PROVINCE

NUMBER, NAME, KIND = "รหัสโครงการ", "ชื่อโครงการ", "ชื่อประเภทโครงการ"
BUYER, BUYER_UNIT = "ชื่อหน่วยงาน", "ชื่อหน่วยงานย่อย"
METHOD, METHOD_GROUP = "วิธีจัดซื้อฯ", "กลุ่มวิธีจัดซื้อฯ"
ANNOUNCED, RECORDED = "วันที่ประกาศ", "วันที่เกิดรายการ"
BUDGET, REFERENCE, AGREED = "งบประมาณ(บาท)", "ราคากลาง(บาท)", "ราคาตกลงซื้อ/จ้าง"
YEAR, PROVINCE, DISTRICT, SUBDISTRICT = "ปีงบประมาณ", "จังหวัด", "เขต/อำเภอ", "แขวง/ตำบล"
STATUS, WINNER_ID, WINNER = "สถานะโครงการ", "เลขนิติบุคคล", "ชื่อผู้ชนะ"
CONTRACT_NO, SIGNED, ENDS = "เลขที่สัญญา", "วันที่ลงนามสัญญา", "วันที่สิ้นสุดสัญญา"
AMOUNT, CONTRACT_STATUS = "งบสัญญา(บาท)", "สถานะสัญญา"

WORDS = (NAME, BUYER, BUYER_UNIT, WINNER, CONTRACT_NO)  # the columns in which somebody may be named

METHOD_GROUPS = {
    "วิธีการจัดหา ประกาศเชิญชวนทั่วไป คัดเลือก เฉพาะเจาะจง",
    "งานจ้างที่ปรึกษา",
    "งานจ้างออกแบบหรือควบคุมงานก่อสร้าง",
}
METHODS = {
    "เฉพาะเจาะจง", "คัดเลือก", "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)", "ตลาดอิเล็กทรอนิกส์ (e-market)",
    "สอบราคา", "ตกลงราคา", "พิเศษ", "กรณีพิเศษ", "ประกวดราคา", "ประกวดราคาด้วยวิธีการทางอิเล็กทรอนิกส์",
}  # fmt: skip
FIRST_YEAR = 2000  # no purchase in e-GP is older
MEMORY = 20_000  # texts remembered of each column that repeats
_LIKE_A_DAY = re.compile(r"\d{1,2}[ -]?[ก-๙.]{2,6}[ -]?\d{2,4}")
_LOST = re.compile(r"\ufffd|à[¸¹]|\?{4}")  # what is left of Thai letters that were saved in another alphabet
_METHOD_BEHIND = re.compile(r".*(?:โดย|ด้วย)วิธี *(.+)")  # e-GP itself ends each title with its method
_PROVINCES = Path(fiscal.__file__).parent / "data" / "provinces.csv"

Cells = Mapping[str, str]


@dataclass(slots=True)
class RowsBefore:
    """What is remembered of the rows gone by in one part: the projects, the money first said of each, and the
    contracts of persons.
    """

    projects: Met = field(default_factory=Met)
    money: Met = field(default_factory=Met)
    of_persons: Met = field(default_factory=lambda: Met(lines=True))


def year_of(cells: Cells) -> int:
    """The fiscal year in Common Era. Raises RecordError."""
    return _year(cells.get(YEAR, ""))


def refused(line: int, error: RecordError) -> Refusal:
    """The refusal of a row; a value that could name a person is not published."""
    return Refusal(line, error.column, error.value if _may_be_shown(error) else "", error.reason)


def _may_be_shown(error: RecordError) -> bool:
    """Whether a refused value cannot name anybody: without letters, like a day, or like a province."""
    value = tidy(error.value)
    if not any(letter.isalpha() for letter in value) or _LIKE_A_DAY.fullmatch(value):
        return True
    begins = value[:3]
    return error.column == PROVINCE and any(name.startswith(begins) for name in provinces())


def read_row(line: int, cells: Cells, before: RowsBefore) -> Iterator[Record | Note | Refusal]:
    """The project where this row is its first, the contract where it has one, and what was noticed.

    `cells` are the texts of a row by the names above, whose shape was checked; a column that a file lacks is
    absent. Raises RecordError before anything is yielded.
    """
    winner = winner_of(cells.get(WINNER_ID, ""), cells.get(WINNER, ""))
    project, hidden = _project(line, cells, cells.get(WINNER, "") if winner.kind == PERSON else "")
    from_title = _said_in_title(project)
    project = replace(project, method=from_title) if from_title else project
    contract = _contract(project, cells, winner)
    money_said = (project.number, project.budget, project.reference_price, project.agreed_price)
    if not before.projects.again(project.number):
        before.money.again(money_said)
        yield project
    elif money_said not in before.money:
        yield Note("project_money_differs", line, project.number)
    if from_title:
        yield Note("method_from_title", line, "", from_title)
    yield from _noticed(project, winner, hidden)
    if contract is not None:
        first = _stood_before(contract, cells, before)
        yield contract if first is None else _repeated(contract, first)


def check_shape(cells: Cells) -> None:
    """Raises RecordError if the telling cells do not stand where they should, or letters are lost: the row is
    shifted or damaged then, nobody can say whether it names a person, and none of it may be shown.
    """
    number_fits = len(number := cells[NUMBER].strip()) == 11 and number.isascii() and number.isdigit()
    if not number_fits or not is_id(cells.get(WINNER_ID, "")):
        column = WINNER_ID if number_fits else NUMBER
        sentence = gettext_noop(
            "No published form of this column: the row may be shifted, so none of it is read."
        )
        raise RecordError(column, "", Reason(sentence))
    for column in WORDS:
        if _LOST.search(cells.get(column, "")):
            sentence = gettext_noop(
                "Letters of this text are lost: it was saved in another alphabet. Download the file again, "
                "or save it as UTF-8."
            )
            raise RecordError(column, "", Reason(sentence))


def _project(line: int, cells: Cells, person: str) -> tuple[ProjectRecord, int]:
    """The project, and how many persons were taken out of its words."""
    title, named = without_persons(text(cells[NAME], NAME), person)
    name, neighbours = without_neighbours(title)
    unit, more = without_persons(_words(cells, BUYER_UNIT), person)
    project = ProjectRecord(
        line=line,
        number=code(cells[NUMBER], NUMBER, r"\d{11}"),
        fiscal_year=year_of(cells),
        name=name,
        kind=_repeating(cells.get(KIND, "")),
        method=method_of(_repeating(cells.get(METHOD, "")), _repeating(cells.get(METHOD_GROUP, ""))),
        buyer=_buyer(cells[BUYER]),
        buyer_unit=unit[:255],
        province=_province(cells.get(PROVINCE, "")),
        district=_district(cells.get(DISTRICT, "")),
        subdistrict=_repeating(cells.get(SUBDISTRICT, "")),
        announced_on=_day(cells.get(ANNOUNCED, ""), ANNOUNCED),
        recorded_on=_day(cells.get(RECORDED, ""), RECORDED),
        status=_repeating(cells.get(STATUS, "")),
        budget=money(cells[BUDGET], BUDGET, blank=None),
        reference_price=money(cells.get(REFERENCE, ""), REFERENCE, blank=None),
        agreed_price=money(cells[AGREED], AGREED, blank=None),
    )
    return project, named + neighbours + more


def _contract(project: ProjectRecord, cells: Cells, winner: Winner) -> ContractRecord | None:
    """The contract of a row; None where the row has only the project."""
    number = _words(cells, CONTRACT_NO)
    amount = money(cells.get(AMOUNT, ""), AMOUNT, blank=None)
    if winner.kind == "unknown" and not number and amount is None:
        return None
    return ContractRecord(
        line=project.line,
        project_number=project.number,
        contract_no=without_persons(number, cells.get(WINNER, "") if winner.kind == PERSON else "")[0][:120],
        fiscal_year=project.fiscal_year,
        buyer=project.buyer,
        kind=project.kind,
        method=project.method,
        province=project.province,
        district=project.district,
        winner_kind=winner.kind,
        tax_id=winner.tax_id,
        supplier=winner.name[:255],
        signed_on=_day(cells.get(SIGNED, ""), SIGNED),
        ends_on=_day(cells.get(ENDS, ""), ENDS),
        status=_repeating(cells.get(CONTRACT_STATUS, "")),
        amount=amount,
    )


def method_of(first: str, second: str) -> str:
    """The method of the two columns, told by content: editions swap them. "" where none is published."""
    methods = [name for name in (first, second) if name and name not in METHOD_GROUPS]
    known = [name for name in methods if name in METHODS]
    return next(iter(known or methods), "")


def _said_in_title(project: ProjectRecord) -> str:
    """The method that ends the title, where the columns give none; "" if it is no known one."""
    found = None if project.method else _METHOD_BEHIND.fullmatch(project.name)
    return found[1] if found and found[1] in METHODS else ""


def _noticed(project: ProjectRecord, winner: Winner, hidden: int) -> Iterator[Note]:
    if winner.refused_id:
        yield Note("unusable_tax_id", project.line, winner.refused_id)
    if hidden:
        yield Note("person_left_out", project.line, "")
    if (
        project.budget is not None
        and project.agreed_price is not None
        and project.agreed_price > project.budget
    ):
        yield Note("agreed_above_budget", project.line, project.number)


def _stood_before(contract: ContractRecord, cells: Cells, before: RowsBefore) -> int | None:
    """The line in which the same person's contract was met; of other winners the key of the record tells."""
    if contract.winner_kind != PERSON:
        return None
    key = (contract.project_number, contract.contract_no, cells.get(WINNER_ID), cells.get(WINNER))
    return before.of_persons.first(key, contract.line)


def _repeated(contract: ContractRecord, first: int) -> Refusal:
    return Refusal(contract.line, "", contract.project_number, Reason(STOOD_BEFORE, line=first))


def _words(cells: Cells, column: str) -> str:
    """Words of a column that may be blank; a lone dash stands for nothing."""
    found = tidy(cells.get(column, ""))
    return "" if found == "-" else found


@lru_cache(MEMORY)
def _repeating(published: str) -> str:
    """Words that may be blank, of a column with few different values."""
    found = tidy(published)
    return "" if found == "-" else found[:120]


@lru_cache(MEMORY)
def _year(published: str) -> int:
    return year(published, YEAR, calendar="be")


@lru_cache(MEMORY)
def _buyer(published: str) -> str:
    return text(published, BUYER)[:255]


@lru_cache(MEMORY)
def _day(published: str, column: str) -> date | None:
    found = day(published, column, blank=None)
    if found is not None and found.year < FIRST_YEAR:
        sentence = gettext_noop(
            "This day lies decades before e-GP: two digits of a year of the Common Era (21), read as the end "
            "of a Buddhist one (2521). Write the year with four digits."
        )
        raise RecordError(column, published, Reason(sentence))
    return found


@lru_cache(MEMORY)
def _province(published: str) -> str:
    name = tidy(published)
    if name in NO_PROVINCE:
        return ""
    if name not in provinces():
        raise RecordError(PROVINCE, published, Reason(gettext_noop("This is none of the 77 provinces.")))
    return name


@lru_cache(MEMORY)
def _district(published: str) -> str:
    """The district as it is written, also one that no province has; "" where none is stated."""
    name = _repeating(published)
    return "" if name in NO_PROVINCE else name


@cache
def provinces() -> frozenset[str]:
    """The names of the 77 provinces."""
    with _PROVINCES.open(encoding="utf-8", newline="") as file:
        return frozenset(row["name"] for row in csv.DictReader(file))
