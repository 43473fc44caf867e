"""The sheets of the weekly disbursement report: what each lists, and which of its columns holds what.

Everything is known by its words as published, blanks and line ends left out; order, numbering and place may
change from week to week. Alternatives stand where the publisher's wording has varied or would mean the same
beyond doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..cells import Cell
from ..errors import FileError, Reason, gettext_noop
from ..printed_tables import HEADER_WITHIN, Column, Header, find_header, folded
from ..reading import SheetRow, cell_name
from ..records import Refusal


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sheet lists, told by its tab or by the title above its table.

    A subject with two sheets has one of money paid out and one of money spent (paid or bound) against the
    target.
    """

    cut: str  # spending.models.Disbursement.Cut of the sheet of money paid out
    label: str  # what the publisher calls it
    tab: str  # form of the tab's name, without its number and what follows in brackets
    title: str  # words of the title
    kind: str = ""  # what the bodies are; none for the whole budget and for money held in provinces
    code: str = ""  # form of the bodies' codes
    digits: int = 0  # length of a code of digits: a spreadsheet that keeps it as a number drops its zeros
    two_sheets: bool = False
    undivided: str = "total"  # economic class of amounts that the sheet does not divide
    optional: tuple[str, ...] = ()  # fields whose cells may be blank


LONGEST_NAME = 255  # letters of a body's name; the longest has 79
CENTRAL, LOCAL = r"\d{2}[0-9A-Z]{3}", r"75[0-9A-Z]{3}"
LARGE = "ลงทุนเกิน1,?000ล้านบาท"
SUBJECTS = (
    Subject("overview", "สรุปภาพรวม", "(สรุป)?ภาพรวม", "(?!)", optional=("allotted",)),
    Subject("ministry", "กระทรวง", "กระทรวง", "จำแนกตามกระทรวง", "ministry", r"\d{2}", 2),
    Subject("agency", "หน่วยงาน", "หน่วยงาน", "จำแนกตามหน่วยงาน", "agency", CENTRAL, 5, True),
    Subject("pao", "อบจ.", r"อบจ\.?", "จำแนกตามองค์การบริหารส่วนจังหวัด", "pao", LOCAL, 0, True),
    Subject("municipality", "เทศบาล", "เทศบาล", "จำแนกตามเทศบาล", "municipality", LOCAL, 0, True),
    Subject(
        "large_investment", "ลงทุน 1,000 ล้าน", "(งบ|รายจ่าย)?ลงทุน(เกิน)?1,?000ล้าน(บาท)?", LARGE,
        "agency", CENTRAL, 5, undivided="investment",
    ),
    Subject(
        "state_enterprise", "รัฐวิสาหกิจ", "รัฐวิสาหกิจ", "(ของ|จำแนกตาม)รัฐวิสาหกิจ", "state_enterprise", CENTRAL, 5
    ),
    Subject(
        "province", "จังหวัดได้รับจัดสรร", "จังหวัด(ที่)?(ได้รับจัดสรร)?", "จังหวัดที่ได้รับจัดสรร",
        "province", r"70\d{3}", 5, True,
    ),
    Subject(
        "central_to_province", "ส่วนกลางจัดสรรให้จังหวัด", "(งบ)?ส่วนกลางจัดสรรให้จังหวัด", "ส่วนกลางจัดสรรให้จังหวัด",
        "", r"\d{2}00", 4, True,
    ),
    Subject("fund", "กองทุนฯ", "กองทุน.*", "จำแนกตามกองทุน", "fund", "[0-9A-Z]{15}", 15),
)  # fmt: skip
LABELS = {
    cut: label
    for subject in SUBJECTS
    for cut, label in (
        (subject.cut, subject.label),
        *([(f"{subject.cut}_spending", f"{subject.label}(ใช้จ่าย)")] if subject.two_sheets else []),
    )
}
"""What the publisher calls the sheet of each cut."""
ESSENTIAL = ("overview", "ministry", "agency")
"""The cuts without which a file is no weekly report, or only a piece of one."""

CORNER = re.compile("ลำดับ(ที่)?|ที่|รายการ")  # the leftmost cell of every header
NAME = re.compile(
    "((ราย)?ชื่อ)?(กระทรวง|ส่วนราชการ|หน่วยงาน|กรม|จังหวัด|เทศบาล|รัฐวิสาหกิจ|กองทุน|องค์การบริหารส่วนจังหวัด).*|รายการ"
)
CODE = re.compile("รหัส.*")
AMOUNT = re.compile("จำนวน(เงิน)?")  # under a heading that is a measure itself
GROUPS = {
    "recurrent": re.compile("(งบ|รายจ่าย|งบรายจ่าย)ประจำ"),
    "investment": re.compile("(งบ|รายจ่าย|งบรายจ่าย)ลงทุน"),
    "total": re.compile("รวม(ทั้งสิ้น|ทั้งหมด)?|ภาพรวม"),
}
MEASURES = {
    "after_transfer": re.compile("(วงเงิน)?(งบประมาณ)?(รายจ่าย)?หลังโอน(เปลี่ยนแปลง)?"),
    "allotted": re.compile("(วงเงิน|งบ|งบประมาณ|วงเงินงบประมาณ)?จัดสรร(ถือจ่ายจังหวัด)?"),
    "committed": re.compile(
        r"(การ)?(ก่อหนี้(ผูกพัน)?)?\(?PO\)?(\+?(เงิน)?สำรองเงิน.*)?|(การ)?ก่อหนี้(ผูกพัน)?", re.IGNORECASE
    ),
    "disbursed": re.compile("(ผล)?(การ)?เบิกจ่าย(สะสม)?"),
    "spent": re.compile(r"(ผล)?(การ)?ใช้จ่าย(สะสม)?(\(เบิกจ่าย\+PO.*\))?", re.IGNORECASE),
    "target_gap": re.compile(r"\(?สูง(กว่า)?\)?/\(?ต่ำ(กว่า)?\)?(กว่า)?เป้า.*"),
}
IGNORED = (
    re.compile("(ร้อยละ|%).*"),  # follows from the amounts
    re.compile("(งบประมาณ)?คงเหลือ.*"),  # follows from the amounts
    re.compile("แผน(การ)?(ใช้จ่าย|เบิกจ่าย).*"),  # not kept: 0 for every ministry in the reports seen
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of figures: the field of DisbursementRecord that it fills, for one economic class."""

    economic: str
    field: str
    column: Column
    optional: bool = False  # whether its cells may be blank


@dataclass(frozen=True, slots=True)
class Report:
    """What all sheets agree on: the fiscal year (Common Era), the day up to which the amounts count, and the
    month's spending targets.
    """

    year: int
    as_of: date
    targets: tuple[tuple[str, Decimal], ...] = ()

    def target(self, economic: str) -> Decimal | None:
        """The spending target of an economic class ("total" for the whole budget), in percent."""
        return dict(self.targets).get(economic)


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A sheet of the report: its tab, and its rows that are not blank."""

    tab: str
    rows: tuple[SheetRow, ...]

    def error(self, reason: str, place: str = "") -> FileError:
        """An error that names the sheet, and the cell in it if `place` gives one."""
        return FileError(reason, f"{self.tab}!{place}" if place else self.tab)


@dataclass(frozen=True, slots=True)
class Table:
    """The one table of a sheet, and which column of it holds what."""

    sheet: ReportSheet
    subject: Subject
    header: Header
    number: Column
    name: Column
    code: Column  # the column of names where bodies have no codes
    measures: tuple[Measure, ...]
    unknown: tuple[Column, ...]

    @property
    def cut(self) -> str:
        """The cut of the money: a subject's second sheet shows money spent but not money paid out."""
        paid_out = any(measure.field == "disbursed" for measure in self.measures)
        return self.subject.cut if paid_out else f"{self.subject.cut}_spending"

    @property
    def titles(self) -> list[SheetRow]:
        """The rows above the table."""
        return [row for row in self.sheet.rows if row[0] < self.header.top]

    @property
    def body(self) -> list[SheetRow]:
        """The rows below the header: bodies, the total, footnotes."""
        return [row for row in self.sheet.rows if row[0] > self.header.bottom]

    @property
    def economics(self) -> tuple[str, ...]:
        """The economic classes to keep: those that the sheet divides into, else the whole."""
        found = dict.fromkeys(measure.economic for measure in self.measures)
        return tuple(economic for economic in found if economic != "total") or ("total",)

    def fields(self, economic: str) -> set[str]:
        """The fields that the sheet fills for one economic class."""
        return {measure.field for measure in self.measures if measure.economic == economic}

    @property
    def refusals(self) -> Iterator[Refusal]:
        """Columns that this source does not know, each named on the day it appears."""
        sentence = gettext_noop(
            "The report did not have this column before, so nobody knows yet what it means."
        )
        for column in self.unknown:
            yield Refusal(self.header.bottom, column.title, column.words, Reason(sentence), self.sheet.tab)


def table_of(sheet: ReportSheet) -> Table | None:
    """The table of a sheet, None of a sheet unknown so far. Raises FileError if it makes no sense."""
    header = find_header(sheet.rows, CORNER)
    titles = "".join(folded(value) for value in _above(sheet, header))
    subject = _subject(sheet, titles)
    if subject is None:
        return None
    if header is None:
        sentence = gettext_noop(
            "No table begins here: there is no header whose first cell reads “ลำดับที่” or “รายการ”."
        )
        raise sheet.error(Reason(sentence))
    return _table(sheet, subject, header)


def _above(sheet: ReportSheet, header: Header | None) -> Iterator[Cell]:
    for line, cells in sheet.rows[:HEADER_WITHIN]:
        if header is None or line < header.top:
            yield from cells


def _subject(sheet: ReportSheet, titles: str) -> Subject | None:
    """What the sheet lists, as its tab and its title say; FileError if they say different things."""
    tab = re.sub(r"^\d+\.?", "", folded(sheet.tab)).partition("(")[0]
    by_tab = next((subject for subject in SUBJECTS if re.fullmatch(subject.tab, tab)), None)
    by_title = next((subject for subject in SUBJECTS if re.search(subject.title, titles)), None)
    if by_tab and by_title and by_tab is not by_title:
        sentence = gettext_noop("The name of the sheet says “%(tab)s”, but its title says “%(title)s”.")
        raise sheet.error(Reason(sentence, tab=sheet.tab, title=by_title.title))
    return by_tab or by_title


def _table(sheet: ReportSheet, subject: Subject, header: Header) -> Table:
    number, known = header.columns[0], [column for column in header.columns if not _is_ignored(column)]
    name = next((column for column in known if NAME.fullmatch(column.words)), None)
    code = next((column for column in known if CODE.fullmatch(column.words)), None) if subject.code else name
    if name is None or code is None:
        sentence = gettext_noop("The table has no column for the bodies' names, or none for their codes.")
        raise sheet.error(Reason(sentence), cell_name(header.top, number.index))
    measures = _measures(known, subject)
    used = {number, name, code, *(measure.column for measure in measures)}
    unknown = tuple(column for column in known if column not in used)
    table = Table(sheet, subject, header, number, name, code, measures, unknown)
    _check(table)
    return table


def _measures(columns: Sequence[Column], subject: Subject) -> tuple[Measure, ...]:
    """The columns of figures that are understood; of the total only those that the classes have too."""
    found = [measure for column in columns if (measure := _measure(column, subject))]
    divided = {measure.field for measure in found if measure.economic != "total"}
    return tuple(m for m in found if m.economic != "total" or not divided or m.field in divided)


def _is_ignored(column: Column) -> bool:
    return any(known.fullmatch(words) for known in IGNORED for words in (column.words, column.group))


def _measure(column: Column, subject: Subject) -> Measure | None:
    """What a column of figures holds: its words name a measure, or say "amount" under the name of one."""
    economic = next((name for name, words in GROUPS.items() if words.fullmatch(column.group)), "")
    named = column.group if AMOUNT.fullmatch(column.words) else column.words
    known = economic or named == column.group or not column.group
    field = next((field for field, words in MEASURES.items() if words.fullmatch(named)), None)
    if not known or field is None:
        return None
    return Measure(economic or subject.undivided, field, column, field in subject.optional)


def _check(table: Table) -> None:
    """Raise FileError unless every economic class has the amounts that make it one, once each."""
    place = cell_name(table.header.top, table.number.index)
    counts = Counter((measure.economic, measure.field) for measure in table.measures)
    for measure in table.measures:
        if counts[measure.economic, measure.field] > 1:
            sentence = gettext_noop("Two columns mean the same: “%(words)s”.")
            raise table.sheet.error(Reason(sentence, words=measure.column.title), place)
    if not _is_complete(table):
        sentence = gettext_noop(
            "Each kind of spending needs the same columns: what there was, and what was paid or spent. "
            "Read: %(read)s. Not known: %(unknown)s."
        )
        read = ", ".join(measure.column.title for measure in table.measures) or "–"
        unknown = ", ".join(column.title for column in table.unknown) or "–"
        raise table.sheet.error(Reason(sentence, read=read, unknown=unknown), place)


def _is_complete(table: Table) -> bool:
    divided = set(table.economics) == {"recurrent", "investment"}
    fields = [table.fields(economic) for economic in table.economics]
    return (
        (divided or table.economics == (table.subject.undivided,))
        and all(found == fields[0] for found in fields)
        and bool(fields[0] & {"after_transfer", "allotted"})
        and ("disbursed" in fields[0] or (table.subject.two_sheets and "spent" in fields[0]))
    )
