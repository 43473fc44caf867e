"""The budget book of the Bureau of the Budget (สำนักงบประมาณ), line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from ..errors import FileError, Reason, RecordError, gettext_noop
from ..met import Met
from ..reading import Row, open_table
from ..records import Entry, Head, Note, Refusal
from .base import Expect, Source
from .bb_budget_obligations import allocation, timeline
from .bb_budget_rows import COLUMNS, OPTIONAL, Line, content_of, head_of, read_line

REFUSED_BEFORE_HEAD = 1_000  # rows refused before the first volume is named, at most


class BudgetBook(Source):
    """What parliament gave each agency for one fiscal year, line by line, and what it obliges other years to.

    The Bureau of the Budget prints the annual appropriations (issue 3, เล่มขาวคาดแดง) in some twenty volumes a
    year. The tables read here were extracted from the PDF by volunteers, who offer them as CSV and XLSX at
    github.com/kaogeek/thailand-budget-pdf2csv. A part is a volume, named by `REF_DOC`; each line has a
    published id and the page printed in the book. Years are of the Common Era, amounts are baht.

    Obligations (งบผูกพัน) stand on several rows, one for each year. The row of the book's own year is a line of
    the budget; all of them together are its commitments. Where the extraction has split the sum printed for a
    range of years evenly (891,666.6666666666 three times), the sum is restored if it comes to whole baht;
    else the rows are refused.

    Scanning has damaged names. Budget types, categories, plans and agencies are read as a known name
    where a written rule leads to exactly one, and each repair is noted; a name like no known one stays as
    printed. Below งบรายจ่ายอื่น the name of an item may stand in the column of its category, with a
    heading of investments as its description; it is put back, with a note. Of eleven amounts the last
    digits are lost (`18,250,00`): what is left counts, with a note. Rows repeated in all but their id are
    kept and noted. A municipality stands without the heading of its province, unless two share its name.
    Where a region has groups of provinces 1 and 2, the extraction has lost the number, and the two stand
    as one body.

    Of fiscal year 2565 (2022), volumes 3-5, 3-8 and 3-18 were never extracted, so the sum is below the Act.
    The totals expected of 19 of the others are the exact sums of that extraction, 2,111,296,325,593 baht
    together: another extraction of one of them is held until a person has looked.
    """

    name = "budget_book"
    dataset = "budget_book"
    title = "งบประมาณรายจ่ายประจำปี (เล่มขาวคาดแดง)"
    title_en = "Annual budget book"
    publisher = "สำนักงบประมาณ"
    licence = "ผู้เผยแพร่ไม่ได้ระบุ"
    address = "https://github.com/kaogeek/thailand-budget-pdf2csv"
    cadence = "ปีละครั้ง"
    suffixes = (".csv", ".xlsx", ".xlsm", ".zip")
    expects = Expect(
        rows=range(50, 5_000_000),  # the smallest volume has 244 rows: fewer are an excerpt
        totals={
            "2022.3.1": Decimal("810207920100"),
            "2022.3.2": Decimal("311316403300"),
            "2022.3.3(1)": Decimal("20973833400"),
            "2022.3.3(2)": Decimal("10619296600"),
            "2022.3.3(3)": Decimal("36334194527"),
            "2022.3.3(4)": Decimal("47421207225"),
            "2022.3.3(5)": Decimal("8284477700"),
            "2022.3.4": Decimal("110039838313"),
            "2022.3.6": Decimal("28310654200"),
            "2022.3.7": Decimal("9141200505"),
            "2022.3.9": Decimal("81178191100"),
            "2022.3.10": Decimal("332052737500"),
            "2022.3.11": Decimal("153979938300"),
            "2022.3.13(1)": Decimal("8413816223"),
            "2022.3.13(2)": Decimal("8586177600"),
            "2022.3.15": Decimal("53979215990"),
            "2022.3.16(1)": Decimal("38898618200"),
            "2022.3.16(2)": Decimal("24065241310"),
            "2022.3.17": Decimal("17493363500"),
        },
    )

    def entries(self, path: Path) -> Iterator[Entry]:
        return _entries(open_table(path, COLUMNS, optional=OPTIONAL))


@dataclass(slots=True)
class _Passed:
    """What is remembered of the rows gone by: their volume, an open obligation, and 64 bits of each row."""

    head: Head | None = None
    waiting: list[Refusal] = field(default_factory=list)  # refused before a volume was named
    obligation: list[Line] = field(default_factory=list)
    rows: Met = field(default_factory=Met)


def _entries(rows: Iterable[Row | Refusal]) -> Iterator[Entry]:
    passed = _Passed()
    for row in rows:
        if isinstance(row, Refusal):
            yield from _refused(passed, row)
            continue
        try:
            head = head_of(row.values["REF_DOC"])
            if head != passed.head:
                yield from _turned(passed, head)
            line = read_line(row, head)
        except RecordError as error:
            yield from _refused(passed, Refusal(row.line, error.column, error.value, error.reason))
            continue
        yield from _notes(passed, row, line)
        if passed.obligation and not _goes_on(passed.obligation[-1], line):
            yield from _flushed(passed)
        if line.obliged:
            passed.obligation.append(line)
        else:
            yield allocation(line)
    yield from _ended(passed)


def _refused(passed: _Passed, refusal: Refusal) -> Iterator[Entry]:
    """The refusal, kept back as long as no row has named its volume."""
    if passed.head is not None:
        yield refusal
        return
    passed.waiting.append(refusal)
    if len(passed.waiting) > REFUSED_BEFORE_HEAD:
        raise _no_volume(passed.waiting[0])


def _turned(passed: _Passed, head: Head) -> Iterator[Entry]:
    """A volume begins: the obligation of the one before is complete."""
    yield from _flushed(passed)
    yield head
    passed.head = head
    yield from passed.waiting
    passed.waiting = []


def _notes(passed: _Passed, row: Row, line: Line) -> list[Note]:
    found = [Note(kind, line.line, published, read_as) for kind, published, read_as in line.repairs]
    if passed.rows.again(content_of(row.values)):
        found.append(Note("repeated_row", line.line, line.description, line.item_id))
    return found


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a row is a later year of the same obligation; if the years begin again, it is another one."""
    return line.item == before.item and line.fiscal_year > before.fiscal_year


def _flushed(passed: _Passed) -> Iterator[Entry]:
    if passed.obligation and passed.head is not None:
        yield from timeline(passed.obligation, passed.head)
        passed.obligation = []


def _ended(passed: _Passed) -> Iterator[Entry]:
    yield from _flushed(passed)
    if passed.waiting:
        raise _no_volume(passed.waiting[0])


def _no_volume(refusal: Refusal) -> FileError:
    """What is wrong with the first row, where none says which volume it is from."""
    if not refusal.column:
        return FileError(refusal.reason, Reason(gettext_noop("line %(line)s"), line=refusal.line))
    sentence = gettext_noop("line %(line)s, %(column)s “%(value)s”")
    place = Reason(sentence, line=refusal.line, column=refusal.column, value=refusal.value[:60])
    return FileError(refusal.reason, place)
