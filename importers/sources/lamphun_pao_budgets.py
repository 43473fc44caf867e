"""Lamphun's provincial administration: what it was granted, moved, bound and paid, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from spending.fiscal import first_day, fiscal_year_of, read_year

from ..cells import as_text
from ..errors import FileError, Reason, RecordError, gettext_noop
from ..parsing import money, text
from ..reading import Row, open_json, open_table
from ..records import Entry, Head, LocalBudgetRecord, Refusal
from .base import Expect, Source
from .local_bodies import FUNCTIONS, pao

GROUP, ITEM, TASK, PROJECT = "category_1", "type", "category_2", "project"
AMOUNTS = ("approved", "increase", "decrease", "committed", "disbursed", "remaining")
COLUMNS = (GROUP, ITEM, TASK, PROJECT, *AMOUNTS)
MEMBERS = ("lvl1", "lvl2", PROJECT, "plan", "budget")
LAMPHUN, LAMPHUN_CODE = "ลำพูน", "51"
_DAY = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)", re.ASCII)
_YEAR = re.compile(r"(?<!\d)25\d\d(?!\d)", re.ASCII)


class LamphunPaoBudgets(Source):
    """The budget of Lamphun's provincial administrative organisation, line by line, and how it is spent.

    The organisation publishes two kinds of files at github.com/lamphunpao/budgeting. A table (CSV) of a
    day of the fiscal year, which stands in its name (`20250121-…`): group and kind of expenditure, task
    (งาน), project, and in baht what was granted (`approved`), added and taken by transfers (`increase`,
    `decrease`), bound (`committed`), paid (`disbursed`) and is left (`remaining`). A list (JSON) of a
    year's ordinance, whose Buddhist year stands in its name (`2569-…`): type (งบ) and group of
    expenditure, project, plan (แผนงาน) and budget. A part is the Buddhist year, with the month where
    figures are of a day.

    A row of the table whose remaining amount does not follow from its others is refused. Plans are kept
    without the word แผนงาน in front, tasks without งาน, so that they mean the same as in other
    organisations; the field of work is that of the plan in all 76 ordinances of 2565. The table does
    not name plans and types, the list no tasks. Lines of the list count its objects, from 1.
    """

    name = "lamphun_pao_budgets"
    dataset = "lamphun_pao_budgets"
    title = "งบประมาณรายจ่ายขององค์การบริหารส่วนจังหวัดลำพูน"
    title_en = "Budget of Lamphun Provincial Administrative Organisation"
    publisher = "องค์การบริหารส่วนจังหวัดลำพูน"
    licence = "ผู้เผยแพร่ไม่ได้ระบุ"
    address = "https://github.com/lamphunpao/budgeting"
    cadence = "เมื่อองค์การบริหารส่วนจังหวัดลำพูนเผยแพร่"
    suffixes = (".csv", ".json", ".zip")
    expects = Expect(rows=range(50, 20_000), refused=Decimal(0))

    def entries(self, path: Path) -> Iterator[Entry]:
        if path.suffix.lower() == ".json":
            yield from _ordinance(path)
        else:
            yield from _execution(path)


def _execution(path: Path) -> Iterator[Entry]:
    """The table of one day. Raises FileError if its name does not say which."""
    day = _day(path.name)
    year = fiscal_year_of(day)
    yield Head(f"{year + 543}-{day:%m}", year, day)  # parts are named by Buddhist years
    for row in open_table(path, COLUMNS):
        yield row if isinstance(row, Refusal) else _executed(row, year)


def _day(name: str) -> date:
    found = _DAY.search(name)
    try:
        return date(*map(int, found.groups())) if found else date.min.replace(year=0)
    except ValueError as error:
        sentence = gettext_noop("The name of the file does not say its day, such as 20250121.")
        raise FileError(Reason(sentence), name) from error


def _executed(row: Row, year: int) -> LocalBudgetRecord | Refusal:
    values = row.values
    try:
        amounts = {column: money(values[column], column) for column in AMOUNTS}
        _check(amounts)
        return LocalBudgetRecord(
            line=row.line,
            fiscal_year=year,
            body=pao(LAMPHUN),
            province_code=LAMPHUN_CODE,
            function="",
            plan="",
            task=_without(text(values[TASK], TASK), "งาน"),
            budget_type="",
            group=text(values[GROUP], GROUP),
            item=text(values[ITEM], ITEM),
            description=text(values[PROJECT], PROJECT, blank=""),
            approved=amounts["approved"],
            increased=amounts["increase"],
            decreased=amounts["decrease"],
            committed=amounts["committed"],
            disbursed=amounts["disbursed"],
            remaining=amounts["remaining"],
        )
    except RecordError as error:
        return Refusal(row.line, error.column, error.value, error.reason)


def _check(amounts: dict[str, Decimal]) -> None:
    """Raise RecordError unless what remains follows from what was granted, moved, bound and paid."""
    approved, increase, decrease, committed, disbursed, remaining = (amounts[name] for name in AMOUNTS)
    found = approved + increase - decrease - committed - disbursed
    if found != remaining:
        sentence = gettext_noop("The other amounts of the row leave %(found)s baht.")
        raise RecordError("remaining", str(remaining), Reason(sentence, found=f"{found:,}"))


def _ordinance(path: Path) -> Iterator[Entry]:
    """The list of one year. Raises FileError if its name does not say which, or it is no such list."""
    found = _YEAR.search(path.name)
    if not found:
        sentence = gettext_noop("The file does not say its year. Put it into the name, e.g. 2565-pao.json.")
        raise FileError(Reason(sentence), path.name)
    year = read_year(found[0])
    lines = open_json(path)
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise FileError(Reason(gettext_noop("This is not a list of budget lines.")))
    yield Head(found[0], year, first_day(year))
    for line, values in enumerate(lines, start=1):
        yield _granted(line, dict(values), year)


def _granted(line: int, values: dict[str, Any], year: int) -> LocalBudgetRecord | Refusal:
    try:
        unknown = next((name for name in values if name not in MEMBERS), None)
        if unknown is not None:
            sentence = gettext_noop(
                "The records did not have this member before, so nobody knows yet what it means."
            )
            raise RecordError(unknown, as_text(values[unknown]), Reason(sentence))
        plan = _without(text(values.get("plan"), "plan"), "แผนงาน")
        return LocalBudgetRecord(
            line=line,
            fiscal_year=year,
            body=pao(LAMPHUN),
            province_code=LAMPHUN_CODE,
            function=FUNCTIONS.get(plan, ""),
            plan=plan,
            task="",
            budget_type=text(values.get("lvl1"), "lvl1"),
            group=text(values.get("lvl2"), "lvl2"),
            item="",
            description=text(values.get(PROJECT), PROJECT),
            approved=money(values.get("budget"), "budget"),
        )
    except RecordError as error:
        return Refusal(line, error.column, error.value, error.reason)


def _without(name: str, word: str) -> str:
    """A name without the word for what it is, which only some organisations write in front."""
    return name.removeprefix("รวม").removeprefix(word).strip() or name
