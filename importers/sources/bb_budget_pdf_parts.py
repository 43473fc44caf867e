"""The parts of a printed volume: ministries, their agencies, the plans of each, and what each plan is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile

from .. import known
from ..names import KnownNames
from ..spelling import skeleton
from .bb_budget_pdf_outline import Item, Number, Series, number_of
from .bb_budget_pdf_pages import PrintedLine, Sheet, baht, printed_lines

BUDGET_TYPES = ("งบบุคลากร", "งบดำเนินงาน", "งบลงทุน", "งบเงินอุดหนุน", "งบรายจ่ายอื่น")  # as tables have them
MILLION = 1_000_000
HEADING_LINES = 12  # lines over which the name of a plan or unit goes on, at most

_FRONT = re.compile(r"งบประมาณ ปี (\d{4}) ปี (\d{4})$")
_GIVEN = re.compile(r"งบประมาณรายจ่าย (?:-|[\d,.]+) ?บาท (-|[\d,.]+) ?บาท")
_PLAN = re.compile(r"(\d+)\.\d+ ?(แผนงาน.*|รายการค่าดำเนินการภาครัฐ.*)$")
_UNIT_BELOW_PLAN = re.compile(r"(\d+)\.\d+\.\d+ ?(?:ผลผลิต|โครงการ|กิจกรรม)")
_DETAILS = re.compile("รายละเอียดงบประมาณจำแนกตามงบรายจ่าย")
_UNIT = re.compile("(?:ผลผลิต|โครงการ|กิจกรรม) ?: |รายการ(?:บุคลากรภาครัฐ|ค่าดำเนินการภาครัฐ)")
_CHAPTER = re.compile(
    r"(\d+)\.? ?(?:รายงานสถานะและแผนการใช้จ่ายเงินนอกงบประมาณ|รายละเอียดงบประมาณจำแนกตามแผนงาน)"
)
_BY_TYPE = re.compile(r"\d+\.\d+ จำแนกตามแผนงาน")
_TOTAL = re.compile("รวมทั้งสิ้น ((?:-|[\\d,.]+)(?: (?:-|[\\d,.]+)){5})$")
_PROMISES = re.compile(r"\d+\.? ?รายการผูกพันข้ามปีงบประมาณ")
_PROMISED = re.compile("รวมทั้งสิ้น ((?:-|[\\d,.]+)(?: (?:-|[\\d,.]+)){3}) (?:-|[\\d,.]+)$")
_VOLUME_OF_MINISTRY = re.compile(r" ?\((?:\d+|[๐-๙]+)\)$")
_THAI_END, _THAI_START = re.compile("[ก-๎]$"), re.compile("^[ก-๎]")


@dataclass(slots=True)
class Plan:
    """One plan (แผนงาน) of an agency: its printed amount in baht, and the details of what it is for."""

    name: str
    amount: Decimal | None
    place: int
    page: int | None
    units: list[Unit] = field(default_factory=list)


@dataclass(slots=True)
class Unit:
    """An output, a project, or personnel: the heading of its details and the lines below it."""

    heading: Item
    lines: list[PrintedLine] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A ministry (without an agency's name) or an agency, as its first page names it.

    `amount` is what it was given in `fiscal_year` (Common Era), in baht; `by_type` the same by budget type,
    as its summary prints it in million baht.
    """

    ministry: str
    agency: str
    amount: Decimal
    fiscal_year: int
    place: int
    page: int | None
    plans: list[Plan] = field(default_factory=list)
    by_type: tuple[Decimal, ...] = ()
    promised: tuple[Decimal, ...] = ()  # of a ministry: obligations of this year, the next two, and all later
    last_place: int = 0
    last_page: int | None = None


@dataclass(slots=True)
class _Reader:
    """Where in a volume the reading stands."""

    part: Part | None = None
    heading: Plan | Item | None = None  # whose name goes on or whose amount is still awaited
    unit: Unit | None = None
    sums_by_type: bool = False
    promises: bool = False
    chapter: str = ""  # the number of the chapter that is read, which the numbers of plans begin with

    def in_chapter(self, match: re.Match[str] | None) -> re.Match[str] | None:
        """A heading that is numbered as part of the chapter; in its details numbers begin again from 1."""
        return match if match and match[1] == (self.chapter or match[1]) else None


def parts_of(sheets: Iterable[Sheet]) -> Iterator[Part]:
    """Ministries and agencies in print order, each with everything printed until the next begins."""
    reader = _Reader()
    for sheet in sheets:
        lines = printed_lines(sheet)
        front = _front(sheet)
        if front is not None:
            if reader.part is not None:
                yield reader.part
            reader = _Reader(front)
        elif reader.part is not None:
            if sheet.number is not None:
                reader.part.last_place, reader.part.last_page = sheet.place, sheet.number
            for index, line in enumerate(lines):
                _read(reader, reader.part, line, opens_page=index == 0)
    if reader.part is not None:
        yield reader.part


def _front(sheet: Sheet) -> Part | None:
    """What begins on a page that opens with a name and the sums of two years."""
    texts = [line.text for line in sheet.lines]
    names = list(takewhile(lambda text: not _FRONT.match(text), texts[:8]))
    given = next(
        (_GIVEN.match(text) for text in texts[len(names) : len(names) + 4] if _GIVEN.match(text)), None
    )
    if given is None or not names or len(names) >= len(texts):
        return None
    ministry, agency = _bodies(names)
    place, page = sheet.place, sheet.number
    years = _FRONT.match(texts[len(names)])
    year = int(years[2]) - 543 if years else 0  # Buddhist calendar
    return Part(ministry, agency, baht(given[1]), year, place, page, last_place=place, last_page=page)


def _bodies(names: Sequence[str]) -> tuple[str, str]:
    """The ministry and the agency; a known name may go on over several lines, any other takes one."""
    for count in range(len(names), 0, -1):
        name = _VOLUME_OF_MINISTRY.sub("", joined(names[:count]))
        if settled(known.ministries(), name) is not None:
            return name, " ".join(names[count:])
    return _VOLUME_OF_MINISTRY.sub("", names[0]), " ".join(names[1:])


def settled(names: KnownNames, printed: str) -> str | None:
    """The known name that is printed but for spaces; a printed book damages nothing else."""
    found = names.find(printed)
    if found is None:
        return None
    same = skeleton(found.name).replace(" ", "") == skeleton(printed).replace(" ", "")
    return found.name if same else None


def joined(lines: Iterable[str]) -> str:
    """The lines of a name as one: Thai has no space where a line ends."""
    text = ""
    for line in lines:
        thai = _THAI_END.search(text) and _THAI_START.search(line)
        text += line if not text or thai else f" {line}"
    return text


def _read(reader: _Reader, part: Part, line: PrintedLine, *, opens_page: bool) -> None:
    if _DETAILS.match(line.words):
        _begin_details(reader, part, line)
    elif opens_page and _UNIT.match(line.words) and not isinstance(reader.heading, Item):
        _read_detail(reader, part, _begin_details(reader, part, line), line)
    elif match := reader.in_chapter(_PLAN.match(line.words)):
        plan = Plan(match[2].strip(), line.amount, line.place, line.page)
        part.plans.append(plan)
        reader.unit, reader.heading = None, plan if line.amount is None else None
    elif reader.in_chapter(_UNIT_BELOW_PLAN.match(line.words)):
        reader.unit = reader.heading = None
    elif match := _CHAPTER.match(line.words):
        reader.unit = reader.heading = None
        reader.chapter = match[1]
    elif isinstance(reader.heading, Plan):
        reader.heading.name = joined((reader.heading.name, line.words))
        reader.heading.amount = line.amount
        reader.heading = None if line.amount is not None else reader.heading
    elif reader.unit is not None:
        _read_detail(reader, part, reader.unit, line)
    else:
        _read_summary(reader, part, line)


def _begin_details(reader: _Reader, part: Part, line: PrintedLine) -> Unit:
    """Details begin, mostly below a title; the heading that says of what may go on over several lines."""
    if not part.plans:
        part.plans.append(Plan("", None, line.place, line.page))
    heading = Item(Number(Series.UNIT, ()), [], line.place, line.page)
    reader.unit, reader.heading = Unit(heading), heading
    part.plans[-1].units.append(reader.unit)
    return reader.unit


def _read_detail(reader: _Reader, part: Part, unit: Unit, line: PrintedLine) -> None:
    heading = unit.heading
    units = part.plans[-1].units
    if reader.heading is heading and not heading.words and units[:-1] and number_of(line.words):
        units.pop()  # the title was repeated on another page of the same details
        reader.unit, reader.heading = units[-1], None
        units[-1].lines.append(line)
    elif reader.heading is heading:
        heading.words.append(line.words)
        heading.amount = line.amount
        if line.amount is not None or len(heading.words) > HEADING_LINES:
            reader.heading = None
    else:
        unit.lines.append(line)


def _read_summary(reader: _Reader, part: Part, line: PrintedLine) -> None:
    """The totals by budget type and of obligations by year, from the tables that give them."""
    if _PROMISES.match(line.words):
        reader.promises = not part.promised
    elif reader.promises and (match := _PROMISED.match(line.words)):
        part.promised = tuple(baht(figure) * MILLION for figure in match[1].split(" "))
        reader.promises = False
    elif _BY_TYPE.match(line.words):
        reader.sums_by_type = not part.by_type
    elif reader.sums_by_type and (match := _TOTAL.match(line.words)):
        part.by_type = tuple(baht(figure) * MILLION for figure in match[1].split(" "))
        reader.sums_by_type = False
