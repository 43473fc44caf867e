"""The rows of the weekly disbursement report: bodies with their amounts, and the sums that prove them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..cells import Cell, Unreadable, as_text, is_blank
from ..errors import Reason, RecordError, gettext_noop
from ..parsing import SATANG, code, money, text
from ..printed_tables import Column, cell, folded, is_number
from ..reading import SheetRow, cell_name
from ..records import Body, Control, DisbursementRecord, Entry, Note, Refusal
from .cgd_weekly_layout import LONGEST_NAME, Measure, Report, Table
from .provinces import codes_of_provinces

MILLION = 1_000_000  # the report counts in million baht
PRINTED = SATANG * MILLION  # how near a column comes to its printed total: the last digit that people print
FARTHEST_GAP = 10**9  # percentage points; a body with next to no budget may spend many times of it
ZERO = Decimal(0)
ADDITIVE = ("after_transfer", "allotted", "committed", "disbursed", "spent")
TOTAL = re.compile(r"รวม(ทั้งสิ้น|ทั้งหมด)?(\(.*\))?")

NAMED_FOR_PROVINCES = {"pao": re.compile("องค์การบริหารส่วนจังหวัด(.+)"), "province": re.compile("จังหวัด(.+)")}
"""The names of bodies that bear the name of their province, by kind."""
UNDER_A_MINISTRY = ("agency", "pao", "municipality", "province")  # known by two digits of the code
NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?(?=\D)(.*)")
UNNUMBERED = {"1.2x": re.compile("รายจ่ายลงทุนกรณีไม่รวมงบกลาง"), "total": TOTAL}
"""Lines of the overview without a number of their own: investment without the central fund; everything."""
HELD_AGAINST = ("1", "1.1", "1.2")
"""Lines of the overview that the month's spending targets speak of."""
OVERVIEW_CLASSES = {"recurrent": re.compile("รายจ่ายประจำ(?!ปี).*"), "investment": re.compile("รายจ่ายลงทุน.*")}

PROVINCES = frozenset(
    str(number)
    for first, last in ((10, 27), (30, 49), (50, 58), (60, 67), (70, 77), (80, 86), (90, 96))
    for number in range(first, last + 1)
)
"""The codes of the 77 provinces."""

Figures = Mapping[str, Decimal | None]
"""Fields of DisbursementRecord, in baht; percentage points for `target_gap`."""


@dataclass
class Listing:
    """The bodies of one sheet while they are read: the columns' sums so far, and the row of each code."""

    table: Table
    report: Report
    sums: dict[tuple[str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    rows: dict[str, int] = field(default_factory=dict)

    def entries(self) -> Iterator[Entry]:
        """What the bodies give, then a control for each column. Raises FileError if there is no total."""
        rows = iter(self.table.body)
        for row in rows:
            if self._is_total(row):
                yield from self._controls(row)
                break
            if self._is_body(row):
                yield from self._body(row)
        else:
            sentence = gettext_noop(
                "The table has no total row (รวม): it was cut off, or its total was left out."
            )
            raise self.table.sheet.error(Reason(sentence))
        yield from (self._stray(row) for row in rows if self._is_body(row))

    def _is_total(self, row: SheetRow) -> bool:
        first_figure = min(measure.column.index for measure in self.table.measures)
        return any(TOTAL.fullmatch(folded(value)) for value in row.cells[:first_figure])

    def _is_body(self, row: SheetRow) -> bool:
        """Whether a row has a number, a code or a figure, as captions and footnotes have not."""
        written = folded(cell(row.cells, self.table.code.index))
        return (
            is_number(cell(row.cells, self.table.number.index))
            or re.fullmatch(self.table.subject.code, written) is not None
            or _has_figures(self.table, row)
        )

    def _body(self, row: SheetRow) -> Iterator[Entry]:
        try:
            body, notes = self._named(row)
            province = self._province(body)
            figures = {economic: _figures(self.table, row, economic) for economic in self.table.economics}
            self._check_parts(row, figures)
        except RecordError as error:
            yield Refusal(row.line, error.column, error.value, error.reason, self.table.sheet.tab)
            return
        self.rows[body.code] = row.line
        yield from notes
        for economic, amounts in figures.items():
            for name in ADDITIVE:
                self.sums[economic, name] += amounts.get(name) or ZERO
            yield _record(self.table, self.report, row, body, economic, amounts, province)

    def _named(self, row: SheetRow) -> tuple[Body, list[Note]]:
        """The body that a row names, and notes of what was mended in its name or code."""
        subject = self.table.subject
        published_name = cell(row.cells, self.table.name.index)
        published_code = cell(row.cells, self.table.code.index)
        name = text(published_name, self.table.name.title, longest=LONGEST_NAME)
        was_number = is_number(published_code)
        written = as_text(published_code).zfill(subject.digits) if was_number else published_code
        number = code(written, self.table.code.title, subject.code)
        if number in self.rows:
            sentence = gettext_noop("This code stood in row %(line)s of the sheet already.")
            raise RecordError(self.table.code.title, number, Reason(sentence, line=self.rows[number]))
        notes = []
        printed = as_text(published_name).strip()
        if name != printed:
            notes.append(Note("repaired_agency", row.line, printed, name, self.table.sheet.tab))
        if was_number and as_text(published_code) != number:
            kept = as_text(published_code)
            notes.append(Note("repaired_code", row.line, kept, number, self.table.sheet.tab))
        ministry = number[:2] if subject.kind in UNDER_A_MINISTRY else ""
        return Body(name, number, subject.kind, ministry), notes

    def _province(self, body: Body) -> str:
        """The province whose money a row shows: where rows are provinces, not bodies, and where bodies bear
        the name of theirs.
        """
        kind = self.table.subject.kind
        if kind:
            named = NAMED_FOR_PROVINCES.get(kind)
            found = named and named.fullmatch(body.name)
            return codes_of_provinces().get(found[1], "") if found else ""
        if body.code[:2] not in PROVINCES:
            raise RecordError(
                self.table.code.title, body.code, Reason(gettext_noop("No province has this code."))
            )
        return body.code[:2]

    def _check_parts(self, row: SheetRow, figures: Mapping[str, Figures]) -> None:
        """Raise RecordError unless recurrent and investment spending come to the row's printed total."""
        if len(figures) == 1:
            return
        for measure in self._totals():
            printed = _figure(measure, row)
            found = sum((amounts[measure.field] or ZERO for amounts in figures.values()), ZERO)
            if abs((printed or ZERO) - found) > SATANG:
                sentence = gettext_noop(
                    "The row's own parts come to %(found)s baht, not to its printed total."
                )
                value = as_text(cell(row.cells, measure.column.index))
                raise RecordError(measure.column.title, value, Reason(sentence, found=f"{found:,}"))

    def _totals(self) -> Iterator[Measure]:
        """The columns of totals over both economic classes."""
        for measure in self.table.measures:
            if measure.economic not in self.table.economics and measure.field in ADDITIVE:
                yield measure

    def _controls(self, row: SheetRow) -> Iterator[Control]:
        """Each column's sum beside its printed total. Raises FileError if a total cannot be read."""
        for measure in self.table.measures:
            if measure.field not in ADDITIVE:
                continue
            try:
                printed = _figure(measure, row)
            except RecordError as error:
                place = cell_name(row.line, measure.column.index)
                raise self.table.sheet.error(error.reason, place) from error
            yield Control(
                f"{self.table.sheet.tab}: {measure.column.heading}",
                printed or ZERO,
                self._sum(measure),
                PRINTED,
            )

    def _sum(self, measure: Measure) -> Decimal:
        if measure.economic in self.table.economics:
            return self.sums[measure.economic, measure.field]
        return sum((self.sums[economic, measure.field] for economic in self.table.economics), ZERO)

    def _stray(self, row: SheetRow) -> Refusal:
        sentence = gettext_noop("This row of figures stands below the total, so it is not counted in it.")
        name = as_text(cell(row.cells, self.table.name.index))
        return Refusal(row.line, self.table.name.title, name, Reason(sentence), self.table.sheet.tab)


def overview(table: Table, report: Report) -> Iterator[Entry]:
    """The lines of the first sheet: the budget, its two classes, money carried over, and all together.

    Their codes are the printed numbers, or those of `UNNUMBERED`. Raises FileError if the budget of the year
    or the total is missing.
    """
    lines: dict[str, Figures] = {}
    for row in table.body:
        if not _has_figures(table, row):
            continue
        try:
            number, economic = _line(table, row, lines)
            name = text(cell(row.cells, table.name.index), table.name.title, longest=LONGEST_NAME)
            lines[number] = _figures(table, row, table.subject.undivided)
        except RecordError as error:
            yield Refusal(row.line, error.column, error.value, error.reason, table.sheet.tab)
            continue
        record = _record(table, report, row, Body(name, number, ""), economic, lines[number], "")
        yield replace(record, target=report.target(economic)) if number in HELD_AGAINST else record
    for number in ("1", "total"):
        if number not in lines:
            sentence = gettext_noop("The line “%(number)s” of the overview is missing or cannot be read.")
            raise table.sheet.error(Reason(sentence, number=number))
    yield from _overview_controls(table, lines)


def _line(table: Table, row: SheetRow, known: Mapping[str, object]) -> tuple[str, str]:
    """The number and the economic class of a line of the overview."""
    label = cell(row.cells, table.name.index)
    numbered = NUMBERED.fullmatch(folded(label))
    number, words = (numbered[1], numbered[2]) if numbered else ("", folded(label))
    number = number or next((slug for slug, form in UNNUMBERED.items() if form.fullmatch(words)), "")
    if not number or number in known:
        sentence = gettext_noop("The overview did not have this line before, or has it twice.")
        raise RecordError(table.name.title, as_text(label), Reason(sentence))
    return number, next((name for name, form in OVERVIEW_CLASSES.items() if form.fullmatch(words)), "total")


def _overview_controls(table: Table, lines: Mapping[str, Figures]) -> Iterator[Control]:
    """The two classes beside the budget of the year, and all numbered lines beside the total."""
    numbered = [number for number in lines if number.isdecimal()]
    for whole, parts in (("1", ["1.1", "1.2"]), ("total", numbered)):
        for measure in table.measures:
            amounts = [lines.get(part, {}).get(measure.field) for part in parts]
            expected = lines[whole].get(measure.field)
            known = [amount for amount in amounts if amount is not None]
            if expected is not None and len(known) == len(parts):
                name = f"{table.sheet.tab}: {' + '.join(parts)} = {whole}, {measure.column.heading}"
                yield Control(name, expected, sum(known, ZERO), PRINTED)


def _record(
    table: Table, report: Report, row: SheetRow, body: Body, economic: str, figures: Figures, province: str
) -> DisbursementRecord:
    return DisbursementRecord(
        line=row.line,
        sheet=table.sheet.tab,
        cut=table.cut,
        fiscal_year=report.year,
        as_of=report.as_of,
        body=body,
        economic=economic,
        province_code=province,
        cells=", ".join(
            f"{measure.field} {cell_name(row.line, measure.column.index)}"
            for measure in table.measures
            if measure.economic == economic
        ),
        **figures,
    )


def _has_figures(table: Table, row: SheetRow) -> bool:
    values = (cell(row.cells, measure.column.index) for measure in table.measures)
    return any(is_number(value) or isinstance(value, Unreadable) for value in values)


def _figures(table: Table, row: SheetRow, economic: str) -> Figures:
    return {m.field: _figure(m, row) for m in table.measures if m.economic == economic}


def _figure(measure: Measure, row: SheetRow) -> Decimal | None:
    """The value of one cell: baht, or percentage points above the target. A dash is printed for zero."""
    value = cell(row.cells, measure.column.index)
    if measure.field == "target_gap":
        return _gap(value, measure.column)
    if is_blank(value):
        return None if measure.optional else money(value, measure.column.title)
    return money(value, measure.column.title, unit=MILLION, blank=ZERO)


def _gap(value: Cell, column: Column) -> Decimal | None:
    """Percentage points exactly as the report keeps them; none where there is no budget to compare with."""
    if is_blank(value) or as_text(value) in ("-", "#DIV/0!"):
        return None
    if not isinstance(value, int | float) or not is_number(value) or abs(value) > FARTHEST_GAP:
        sentence = gettext_noop("This is no number of percentage points.")
        raise RecordError(column.title, as_text(value), Reason(sentence))
    return Decimal(repr(value))
