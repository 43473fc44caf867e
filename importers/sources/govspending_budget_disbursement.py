"""Budget against disbursement by project and province, as the former site (govspending) served it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from spending.fiscal import buddhist, last_day

from ..cells import as_text
from ..errors import FileError, Reason, RecordError, gettext_noop
from ..neighbours import without_neighbours
from ..parsing import code, money, text, year
from ..reading import JsonRecord, open_json_lines
from ..records import Body, Control, Entry, Head, Note, ProjectDisbursementRecord, Refusal
from .base import Source

ZERO = Decimal(0)
LONGEST_NAME, LONGEST_PROVINCE = 255, 60  # letters; the longest of 2560 and 2561 have 105 and 15
BUDGET_TYPES = {
    "งบบุคลากร": "งบบุคลากร",
    "งบดำเนินงาน": "งบดำเนินงาน",
    "งบลงทุน": "งบลงทุน",
    "งบเงินอุดหนุน": "งบเงินอุดหนุน",
    "งบอุดหนุน": "งบเงินอุดหนุน",  # the former site left a word out
    "งบรายจ่ายอื่น": "งบรายจ่ายอื่น",
    "รายจ่ายอื่น": "งบรายจ่ายอื่น",  # the same
}
"""The five legal budget types, by the names that the former site gives them."""
KNOWN_SUMS = {
    "15000-2560": (Decimal("335145525000"), True),
    "15000-2561": (Decimal("386179349000"), False),
}
"""The former site's own sum of a part in baht, and whether the records are known to come to it."""


class GovspendingBudgetDisbursement(Source):
    """What each project of a ministry was budgeted, and what was paid for it, province by province.

    The former site "ภาษีไปไหน" joined the Bureau of the Budget's lines with the disbursements of the
    Comptroller General's Department and served them as JSON; the files here are its answers, page after
    page, one project on a line. A part is one ministry and fiscal year (`15000-2560`); the files bear no
    date, so their figures count as those of the year's end. Amounts are baht.

    A project may be budgeted for one province and paid in another (`ส่วนกลาง`: the central office), paid
    more than budgeted, or lack either amount. Each province is a row; the parts must come to the project's
    own sums. The key of a project is year, `bb_code` and budget type. Names drift between years, and codes
    with them: กรุงเทพมหานคร is 15009 here and 75002 in later lists. Two budget types are named shorter than
    the law does, which is mended and noted. Titles that tell a place by whose house or field it is
    (บริเวณบ้านนาย…) are kept without that name, which is noted.

    The pages were cut from a list sorted by amount, with ties in no order, so at their edges some projects
    stand twice and others of the same amount never: 305 repeats in 2560, 127 in 2561. All are kept and
    marked as repeated; that the sum of 2560 is right to the baht proves nothing about the projects. That of
    2561 exceeds the former site's by 79,999,900 baht.
    """

    name = "bbgfproject"
    dataset = "bbgfproject"
    title = "งบประมาณเทียบผลการเบิกจ่ายรายโครงการและจังหวัด (เว็บไซต์ภาษีไปไหนเดิม)"
    title_en = "Budget against disbursement by project and province (former site)"
    publisher = "สำนักงานพัฒนารัฐบาลดิจิทัล"
    licence = "ผู้เผยแพร่ไม่ได้ระบุ"
    address = "https://govspending.data.go.th/"
    cadence = "เลิกเผยแพร่แล้ว"
    suffixes = (".jsonl", ".ndjson", ".json", ".zip")
    keeps_file = False

    def entries(self, path: Path) -> Iterator[Entry]:
        times, parts = _counted(path)
        if not parts:
            sentence = gettext_noop(
                "No line holds a project with min_code and bb_year: this is another file, or its projects do "
                "not stand one on each line."
            )
            raise FileError(Reason(sentence))
        part = parts.most_common(1)[0][0]
        yield part.head
        sums = {False: ZERO, True: ZERO}  # of all projects; of the repeats among them
        met: set[int] = set()
        for line in open_json_lines(path):
            if isinstance(line, Refusal):
                yield line
                continue
            try:
                project = _project(line, part)
            except RecordError as error:
                yield Refusal(line.line, error.column, error.value, error.reason)
                continue
            fingerprint = _fingerprint(line.values)
            sums[fingerprint in met] += project.amount
            met.add(fingerprint)
            yield from project.entries(repeated=times[fingerprint] > 1)
        yield from _controls(part, sums)


@dataclass(frozen=True, slots=True)
class _Part:
    """One ministry and fiscal year."""

    min_code: str
    year: int

    @property
    def name(self) -> str:
        return f"{self.min_code}-{buddhist(self.year)}"

    @property
    def head(self) -> Head:
        return Head(part=self.name, fiscal_year=self.year, as_of=last_day(self.year))


@dataclass(frozen=True, slots=True)
class _Place:
    """One item of `compare`: budgeted for a province, paid in one; baht."""

    budget_province: str
    paid_province: str
    budgeted: Decimal | None
    disbursed: Decimal | None


@dataclass(frozen=True, slots=True)
class _Project:
    """One line of the file."""

    line: int
    part: _Part
    code: str
    name: str
    hidden: int  # persons who were named in it
    ministry: Body
    agency: Body
    plan: str
    strategy: str
    published_type: str
    amount: Decimal
    places: tuple[_Place, ...]

    def entries(self, *, repeated: bool) -> Iterator[Entry]:
        category = BUDGET_TYPES[self.published_type]
        if repeated:
            yield Note("repeated_row", self.line, f"{self.code} {self.published_type}")
        if self.hidden:
            yield Note("person_left_out", self.line, "")
        if category != self.published_type:
            yield Note("repaired_category", self.line, self.published_type, category)
        for place in self.places:
            yield ProjectDisbursementRecord(
                line=self.line,
                project_code=self.code,
                fiscal_year=self.part.year,
                name=self.name,
                ministry=self.ministry,
                agency=self.agency,
                plan=self.plan,
                strategy=self.strategy,
                category=(category,),
                budget_province=place.budget_province,
                paid_province=place.paid_province,
                budgeted=place.budgeted,
                disbursed=place.disbursed,
                repeated=repeated,
            )


def _counted(path: Path) -> tuple[Counter[int], Counter[_Part]]:
    """How often each record stands in the file, and how many records each ministry and year has."""
    times: Counter[int] = Counter()
    parts: Counter[_Part] = Counter()
    for line in open_json_lines(path):
        if isinstance(line, JsonRecord):
            times[_fingerprint(line.values)] += 1
            with suppress(RecordError):
                parts[_part_of(line.values)] += 1
    return times, parts


def _fingerprint(values: Mapping[str, Any]) -> int:
    """64 bits that tell one record from another, whatever the order of its members."""
    return hash(json.dumps(values, sort_keys=True, default=str))


def _part_of(values: Mapping[str, Any]) -> _Part:
    return _Part(
        code(values.get("min_code"), "min_code", r"\d{2}000"),
        year(values.get("bb_year"), "bb_year", calendar="be"),
    )


def _project(record: JsonRecord, part: _Part) -> _Project:
    """Read a line. Raises RecordError naming the member that can't be read, is unknown or does not add up."""
    values = dict(record.values)
    ministry, agency = _bodies(values, part)
    name, hidden = without_neighbours(text(values.pop("name", None), "name"))
    project = _Project(
        line=record.line,
        part=part,
        code=code(values.pop("bb_code", None), "bb_code", r"[0-9A-Z]{16}"),
        name=name,
        hidden=hidden,
        ministry=ministry,
        agency=agency,
        plan=text(values.pop("plan_name", None), "plan_name", longest=LONGEST_NAME),
        strategy=text(values.pop("stg_name", None), "stg_name", longest=LONGEST_NAME),
        published_type=_budget_type(values.pop("objc_level1_name", None)),
        amount=money(values.pop("amount", None), "amount"),
        places=_places(values.pop("compare", None)),
    )
    _check_sum("amount", project.amount, [place.budgeted for place in project.places])
    paid = money(values.pop("gf_amount_sum", None), "gf_amount_sum")
    _check_sum("gf_amount_sum", paid, [place.disbursed for place in project.places])
    _refuse_unknown(values)
    return project


def _bodies(values: dict[str, Any], part: _Part) -> tuple[Body, Body]:
    """Take the ministry, which must be the file's as the year must, and the agency."""
    if _part_of(values) != part:
        sentence = gettext_noop("The file is of %(part)s: this line belongs to another ministry or year.")
        raise RecordError("bb_year", _part_of(values).name, Reason(sentence, part=part.name))
    del values["min_code"], values["bb_year"]
    ministry = Body(text(values.pop("min", None), "min", longest=LONGEST_NAME), part.min_code[:2], "ministry")
    agency_code = code(values.pop("agc_code", None), "agc_code", r"\d{2}[0-9A-Z]{3}")
    agency = text(values.pop("agc", None), "agc", longest=LONGEST_NAME)
    return ministry, Body(agency, agency_code, "agency", ministry.code)


def _budget_type(value: Any) -> str:
    name = text(value, "objc_level1_name")
    if name not in BUDGET_TYPES:
        sentence = gettext_noop("This is none of the five budget types.")
        raise RecordError("objc_level1_name", name, Reason(sentence))
    return name


def _places(items: Any) -> tuple[_Place, ...]:
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        sentence = gettext_noop("The project has no list of provinces.")
        raise RecordError("compare", as_text(items), Reason(sentence))
    return tuple(_place(dict(item)) for item in items)


def _place(item: dict[str, Any]) -> _Place:
    """One item of `compare`; where nothing was paid, it has no members that begin with `gf`."""
    is_paid = "gf_amount" in item or "gf_province" in item
    place = _Place(
        budget_province=_province(item, "bb_province"),
        paid_province=_province(item, "gf_province") if is_paid else "",
        budgeted=money(item.pop("bb_amount", None), "bb_amount", blank=None),
        disbursed=money(item.pop("gf_amount", None), "gf_amount") if is_paid else None,
    )
    _refuse_unknown(item)
    return place


def _province(item: dict[str, Any], member: str) -> str:
    return text(item.pop(member, None), member, longest=LONGEST_PROVINCE)


def _check_sum(member: str, stated: Decimal, parts: list[Decimal | None]) -> None:
    found = sum((part for part in parts if part is not None), ZERO)
    if found != stated:
        sentence = gettext_noop("The provinces come to %(found)s baht.")
        raise RecordError(member, stated, Reason(sentence, found=f"{found:,}"))


def _refuse_unknown(left: Mapping[str, Any]) -> None:
    for member, value in left.items():
        sentence = gettext_noop(
            "The records did not have this member before, so nobody knows yet what it means."
        )
        raise RecordError(member, str(value), Reason(sentence))


def _controls(part: _Part, sums: Mapping[bool, Decimal]) -> Iterator[Control]:
    if part.name in KNOWN_SUMS:
        expected, is_met = KNOWN_SUMS[part.name]
        name = gettext_noop("The former site's sum")
        yield Control(name, expected, sums[False] + sums[True], advisory=not is_met)
        name = gettext_noop("The former site's sum, repeats counted once")
        yield Control(name, expected, sums[False], advisory=True)
