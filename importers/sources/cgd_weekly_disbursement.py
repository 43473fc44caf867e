"""The weekly disbursement report of the Comptroller General's Department (กรมบัญชีกลาง)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from spending.fiscal import BUDDHIST_OFFSET, THAI_MONTHS, THAI_MONTHS_SHORT, buddhist, first_day, last_day

from ..errors import FileError, Reason, gettext_noop
from ..printed_tables import folded
from ..reading import Sheet, SheetRow, cell_name, open_sheets
from ..records import Entry, Head, Note, Refusal
from .base import Expect, Source
from .cgd_weekly_layout import ESSENTIAL, LABELS, Report, ReportSheet, Table, table_of
from .cgd_weekly_rows import Listing, overview

T = TypeVar("T")

MOST_ROWS = 20_000  # of a sheet; the longest has 2,500
LONGEST_TAB = 80  # letters kept of a sheet's name; Excel has 31 at most
MOST_COLUMNS = 200  # of a row; the widest has 22
CLOSING = timedelta(days=92)  # a year's last reports are of the weeks after its end
UNIT = re.compile(r"\(?หน่วย:?([ก-๙]*บาท)\)?")
FISCAL_YEAR = re.compile(r"(?<!เหลื่อม)ปี(?:งบประมาณ)?(?:พ\.?ศ\.?)?(25\d\d)(?!\d)")
MONTHS = {name: number for names in (THAI_MONTHS, THAI_MONTHS_SHORT) for number, name in enumerate(names, 1)}
MONTH = "|".join(map(re.escape, MONTHS))
RANGE = r"\)?(?:จน)?(?:ถึง|-|–)"  # behind the first day of `1 ตุลาคม 2568 ถึง 3 กรกฎาคม 2569`
DAY = re.compile(rf"(?<!\d)(\d{{1,2}}|สิ้น(?:เดือน)?)({MONTH})(?:พ\.?ศ\.?)?(25\d\d|\d\d)(?!\d)(?!{RANGE})")
ECONOMICS = ("total", "recurrent", "investment")
PERCENT = r"ร้อยละ(?P<{}>\d{{1,3}}(?:\.\d{{1,4}})?)"
TARGETS = re.compile(
    "เป้าหมายการใช้จ่าย.{0,40}?ภาพรวม" + PERCENT.format("total")
    + "(?:.{0,20}?ประจำ" + PERCENT.format("recurrent") + ")?"
    + "(?:.{0,20}?ลงทุน" + PERCENT.format("investment") + ")?"
)  # fmt: skip
DAY_NOTE = "ข้อมูลณ"  # how the footnote with the day begins; others may name days that mean something else


class CgdWeeklyDisbursement(Source):
    """What ministries, agencies, local bodies, provinces and funds have been paid since the year began.

    The Comptroller General's Department publishes it every week and at the end of each month: some 15
    sheets in million baht, in a ZIP file that holds a dated folder. A part is a fiscal year; each report is
    a newer edition of it.

    Each sheet is one cut of the same money, so cuts are never added to each other. Agencies add up to their
    ministries, while Bangkok, Pattaya and the Thai Red Cross stand outside any; what central agencies allot
    to provinces is counted in their own rows too. Bodies are kept by economic class, recurrent and
    investment, whose sum must be the row's printed total; agencies investing over 1,000 million baht are
    shown with their investment alone. Each column must come to its printed total within 0.01 million baht.

    Rows are sorted by progress and move each week, so bodies are known by their codes. Names repeat: two
    universities are both called มหาวิทยาลัยอุบลราชธานี, and 177 municipalities bear the name of another.
    In which province a municipality lies is not said here, and none is put in its place: the book of 2565
    prints it above 115 of the 2,472, e-GP says only where each purchase is, and the one subdistrict of a
    municipality's name lies in another province than its purchases for 5 of the 177 that have both
    (เทศบาลนครขอนแก่น; ขอนแก่น is a subdistrict of ร้อยเอ็ด).
    Percentages, remainders and the ministries' plan (always 0) are left out: they follow from the amounts
    or say nothing; so is the distance of a body's total from its target, as totals are no rows of their own.
    The month's spending targets, of the whole budget and of its two classes, stand in a footnote of the
    agencies' sheet and are kept with the overview.

    Each row says in which cells of its sheet its amounts stand.

    A sheet or column that the report did not have before is refused by name and the rest is read. Without
    the overview, the ministries or the agencies the file is refused, as it is if its sheets do not all
    speak of the same day and year; the lack of another cut is noted, as the department has begun and ended
    some of them. Hidden sheets are not read.
    """

    name = "cgd_weekly"
    dataset = "cgd_weekly"
    title = "รายงานผลการเบิกจ่ายเงินงบประมาณรายสัปดาห์"
    title_en = "Weekly disbursement report"
    publisher = "กรมบัญชีกลาง"
    licence = "ผู้เผยแพร่ไม่ได้ระบุ"
    address = (
        "https://www.cgd.go.th/cs/internet/internet/"
        "%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7%E0%B8%AA%E0%B8%96%E0%B8%B4%E0%B8%95%E0%B8%B4.html"
    )
    cadence = "ทุกสัปดาห์และทุกสิ้นเดือน"
    suffixes = (".xlsx", ".xlsm", ".zip")
    expects = Expect(rows=range(1_000, 40_000))

    def entries(self, path: Path) -> Iterator[Entry]:
        sheets, hidden = _sheets(path)
        tables = [table for sheet in sheets if (table := table_of(sheet))]
        _require_whole(tables)
        report = _report(tables)
        yield Head(part=str(buddhist(report.year)), fiscal_year=report.year, as_of=report.as_of)
        yield from hidden
        yield from _missing(tables)
        yield from _strangers(sheets, tables)
        for table in tables:
            yield from table.refusals
            if table.cut == "overview":
                yield from overview(table, report)
            else:
                yield from Listing(table, report).entries()


def _sheets(path: Path) -> tuple[list[ReportSheet], list[Note]]:
    """The sheets that a reader of the report sees, empty ones left out, and notes of the hidden ones."""
    shown, hidden = [], []
    with open_sheets(path) as sheets:
        for sheet in sheets.values():
            if sheet.hidden:
                hidden.append(Note("hidden_sheet", 1, sheet.title, sheet=sheet.title))
                continue
            rows = tuple(_rows(sheet))
            if any(folded(value) for row in rows for value in row.cells):
                shown.append(ReportSheet(sheet.title[:LONGEST_TAB], rows))
    return shown, hidden


def _rows(sheet: Sheet) -> Iterator[SheetRow]:
    """The rows of a sheet, which are few and short in any report. Raises FileError where they are not."""
    for count, row in enumerate(sheet.rows(), start=1):
        if count > MOST_ROWS:
            sentence = gettext_noop("The sheet has more than %(most)s rows: this is no weekly report.")
            raise FileError(Reason(sentence, most=MOST_ROWS), sheet.title)
        if len(row.cells) > MOST_COLUMNS:
            sentence = gettext_noop("The sheet has more than %(most)s columns: this is no weekly report.")
            raise FileError(Reason(sentence, most=MOST_COLUMNS), sheet.title)
        yield row


def _require_whole(tables: Sequence[Table]) -> None:
    """Raise FileError if the report lacks what makes it one, or shows one cut of the money twice."""
    by_cut: dict[str, Table] = {}
    for table in tables:
        other = by_cut.setdefault(table.cut, table)
        if other is not table:
            sentence = gettext_noop("This sheet shows the same as “%(other)s”: which of them counts?")
            raise table.sheet.error(Reason(sentence, other=other.sheet.tab))
    for cut in ESSENTIAL:
        if cut not in by_cut:
            sentence = gettext_noop(
                "There is no sheet “%(sheet)s”: this is no weekly report, or not all of it."
            )
            raise FileError(Reason(sentence, sheet=LABELS[cut]))


def _missing(tables: Sequence[Table]) -> Iterator[Note]:
    """A note for each cut that other reports have and this one has not."""
    found = {table.cut for table in tables}
    yield from (Note("missing_sheet", 1, label) for cut, label in LABELS.items() if cut not in found)


def _strangers(sheets: Sequence[ReportSheet], tables: Sequence[Table]) -> Iterator[Refusal]:
    """A refusal for each sheet that is none of the report's: its cuts are whole without it."""
    known = {table.sheet.tab for table in tables}
    sentence = gettext_noop("The report did not have this sheet before, so nobody knows yet what it means.")
    for sheet in sheets:
        if sheet.tab not in known:
            yield Refusal(sheet.rows[0].line, "", sheet.tab, Reason(sentence), sheet.tab)


def _report(tables: Sequence[Table]) -> Report:
    """What all sheets agree on. Raises FileError naming the first cell that does not."""
    as_of, year = _agreed(tables, _days), _agreed(tables, _years)
    if _agreed(tables, _units) != "ล้านบาท":
        sentence = gettext_noop("The report does not say that its unit is million baht (หน่วย : ล้านบาท).")
        raise FileError(Reason(sentence), tables[0].sheet.tab)
    undated = next((table for table in tables if not list(_days(table))), None)
    if as_of is None or undated:
        sentence = gettext_noop("Neither the title nor “ข้อมูล ณ วันที่ …” says which day these figures are of.")
        raise (undated or tables[0]).sheet.error(Reason(sentence))
    if year is None:
        sentence = gettext_noop("No title says which fiscal year (พ.ศ.) the report is of.")
        raise tables[0].sheet.error(Reason(sentence))
    if not first_day(year) <= as_of <= last_day(year) + CLOSING:
        sentence = gettext_noop("The figures are of %(day)s, but the titles name the fiscal year %(year)s.")
        raise tables[0].sheet.error(Reason(sentence, day=as_of, year=buddhist(year)))
    return Report(year, as_of, _targets(tables))


def _targets(tables: Sequence[Table]) -> tuple[tuple[str, Decimal], ...]:
    """The month's spending targets in percent, as the footnote of the agencies' sheet prints them; none
    where it prints none.
    """
    held = [table for table in tables if table.cut == "agency_spending"]
    for _place, words in _words([row for table in held for row in table.body]):
        match = TARGETS.search(folded(words))
        if match is not None:
            return tuple((one, Decimal(match[one])) for one in ECONOMICS if match[one] is not None)
    return ()


def _agreed(tables: Sequence[Table], found_in: Callable[[Table], Iterator[tuple[str, T]]]) -> T | None:
    """The one value found in the sheets, if any. Raises FileError where a sheet says another."""
    known: list[T] = []
    for table in tables:
        for place, value in found_in(table):
            known = known or [value]
            if value != known[0]:
                sentence = gettext_noop("This says %(value)s, but the sheets before say %(known)s.")
                raise table.sheet.error(Reason(sentence, value=value, known=known[0]), place)
    return known[0] if known else None


def _years(table: Table) -> Iterator[tuple[str, int]]:
    for place, words in _words(table.titles):
        for match in FISCAL_YEAR.finditer(folded(words)):
            yield place, int(match[1]) - BUDDHIST_OFFSET


def _units(table: Table) -> Iterator[tuple[str, str]]:
    for place, words in _words(table.titles):
        if match := UNIT.fullmatch(folded(words)):
            yield place, match[1]


def _days(table: Table) -> Iterator[tuple[str, date]]:
    """The days that the title and the footnote name, each with its cell."""
    notes = [row for row in table.body if any(folded(value).startswith(DAY_NOTE) for value in row.cells)]
    for place, words in _words([*table.titles, *notes]):
        day = _day(table, place, words)
        if day is not None:
            yield place, day


def _day(table: Table, place: str, words: str) -> date | None:
    """The day that a sentence names, if any: the end of a range, the last day in `ณ สิ้นเดือนมิถุนายน 2569`.

    Two digits are the end of a Buddhist year: `3 ก.ค. 69`.
    """
    match = DAY.search(folded(words))
    if match is None:
        return None
    year, month = 2500 + int(match[3][-2:]) - BUDDHIST_OFFSET, MONTHS[match[2]]
    last = calendar.monthrange(year, month)[1]
    day = int(match[1]) if match[1].isdecimal() else last
    if not 1 <= day <= last:
        raise table.sheet.error(Reason(gettext_noop("There is no such day.")), place)
    return date(year, month, day)


def _words(rows: Sequence[SheetRow]) -> Iterator[tuple[str, str]]:
    """The cells of text, each with its name in the sheet."""
    for row in rows:
        for index, value in enumerate(row.cells):
            if isinstance(value, str):
                yield cell_name(row.line, index), value
