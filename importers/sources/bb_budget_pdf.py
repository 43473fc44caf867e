"""The printed budget book of the Bureau of the Budget (สำนักงบประมาณ), read from its PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from ..errors import FileError, Reason, RecordError, gettext_noop
from ..records import AllocationRecord, CommitmentRecord, Control, Entry, Head, Refusal
from .base import Expect, Source
from .bb_budget_pdf_pages import head_of, sheets_of
from .bb_budget_pdf_parts import Part, parts_of
from .bb_budget_pdf_records import Records
from .bb_budget_pdf_sums import ROUNDING, Difference, differences


class BudgetBookPdf(Source):
    """The annual budget book as it is printed: each volume is a PDF of the Bureau of the Budget.

    A volume lists for each agency its plans, the outputs and projects of each plan, and what each of these is
    spent on, line by line with amounts and, for obligations (งบผูกพัน), years. Every level has its printed
    total. Years are of the Buddhist calendar, amounts are baht, overview tables are in million baht.

    The text of these files is broken: vowels and tones stand out of order or under other letters' names.
    Words are rebuilt from the places of the letters. The check are the totals that the book prints for each
    ministry, agency, plan, output or project and category, and the totals by budget type: an agency in which
    one of them is not the sum of its lines is refused as a whole, with the page, and the volume is held. What
    obligations cost in all and by year is compared, too, and shown.

    A line's id is made of the volume, its printed page and which line it is on that page, as the book itself
    has none (`2022.3.17.p44-3`); its place in the file is the page counted from the cover. Where a list
    below a line names only what obliges other years, the line stands with its printed amount and the list
    gives obligations. Money from other sources (เงินนอกงบประมาณ), which some lines print as well, is not
    read.

    A volume replaces the same volume extracted by volunteers, and the other way round: the one loaded last
    answers. `manage.py compare_book` compares both line by line.
    """

    name = "budget_book_pdf"
    dataset = "budget_book"
    title = "งบประมาณรายจ่ายประจำปี (เล่มขาวคาดแดง) ฉบับพิมพ์"
    title_en = "Annual budget book, as printed"
    publisher = "สำนักงบประมาณ"
    licence = "ผู้เผยแพร่ไม่ได้ระบุ"
    address = "https://www.bb.go.th/"
    cadence = "ปีละครั้ง"
    suffixes = (".pdf",)
    expects = Expect(rows=range(1, 500_000), refused=Decimal(0))

    def entries(self, path: Path) -> Iterator[Entry]:
        sheets = sheets_of(path)
        head = head_of(sheets, path.name)
        yield head
        yield from _entries(head, [_named_once(part) for part in parts_of(sheets)])


def _entries(head: Head, parts: Sequence[Part]) -> Iterator[Entry]:
    agencies = [part for part in parts if part.agency and not _is_heading(part, parts)]
    if not agencies:
        sentence = gettext_noop(
            "No page names an agency and what it was given in two years: this is no volume of issue 3 of the "
            "budget book. Load one that is."
        )
        raise FileError(Reason(sentence), head.part)
    for part in parts:
        if part.fiscal_year != head.fiscal_year:
            raise _of_another_year(part, head)
    records, kept = Records(head, head.as_of.year + 1), dict[int, list[Entry]]()
    for part in agencies:
        kept[part.place] = _of_agency(records, part)
        yield from kept[part.place]
        yield Control(_named(part), part.amount, _sum(kept[part.place]))
    whole = "(" not in head.part  # a ministry that goes on in other volumes comes to less in this one
    for part in parts:
        if part.place not in kept:
            below = [entry for other in agencies if _is_below(other, part) for entry in kept[other.place]]
            name = _named(part) if part.agency else part.ministry
            yield Control(name, part.amount, _sum(below), advisory=not whole)
            yield from _promises(part, below, records.fiscal_year)


def _of_another_year(part: Part, head: Head) -> FileError:
    sentence = gettext_noop(
        "This page gives the budget of %(found)s, but the volume is said to be %(part)s. "
        "Correct the name of the file, or load the volume as it was published."
    )
    place = Reason(gettext_noop("page %(page)s of the file"), page=part.place)
    return FileError(Reason(sentence, found=part.fiscal_year + 543, part=head.part), place)


def _is_below(agency: Part, part: Part) -> bool:
    return agency.ministry == part.ministry and agency.agency.startswith(part.agency)


def _sum(entries: Iterable[Entry]) -> Decimal:
    return sum((entry.amount for entry in entries if isinstance(entry, AllocationRecord)), Decimal(0))


def _promises(part: Part, below: Iterable[Entry], fiscal_year: int) -> Iterator[Control]:
    """What a ministry's obligations cost this year, in the next two and later, as its overview prints it."""
    steps = [entry for entry in below if isinstance(entry, CommitmentRecord)]
    last = len(part.promised) - 1
    for ahead, printed in enumerate(part.promised):
        year = fiscal_year + ahead
        of_year = (
            step.amount
            for step in steps
            if step.fiscal_year == year or (ahead == last and step.fiscal_year > year)
        )
        name = f"{part.ministry} · งบผูกพัน {year + 543}{'+' if ahead == last else ''}"
        yield Control(name, printed, sum(of_year, Decimal(0)), Decimal(ROUNDING), advisory=True)


def _named_once(part: Part) -> Part:
    """A body that has plans of its own and is named once is its own agency, as the central fund is."""
    return replace(part, agency=part.ministry) if part.plans and not part.agency else part


def _of_agency(records: Records, part: Part) -> list[Entry]:
    """The records of an agency that adds up, or why it does not, and nothing else."""
    found = differences(part)
    if not found:
        try:
            return records.of(part)
        except RecordError as error:
            found = [Difference(part.place, error.value, Reason(error.reason))]
    pages = f"{part.page}–{part.last_page}"
    return [Refusal(each.place, part.agency, f"{each.name} ({pages})", each.reason) for each in found]


def _is_heading(part: Part, parts: Sequence[Part]) -> bool:
    """Whether a page only gathers bodies below it, as that of all municipalities of a kind in a province."""
    below = f"{part.agency} "
    return not part.plans and any(other.plans and other.agency.startswith(below) for other in parts)


def _named(part: Part) -> str:
    return part.agency if part.agency == part.ministry else f"{part.ministry} · {part.agency}"
