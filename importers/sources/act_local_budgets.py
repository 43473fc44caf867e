"""Budgets of the provincial administrative organisations, as gathered by ACT and WeVis."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from spending.fiscal import first_day, read_year

from ..cells import as_text
from ..errors import FileError, Reason, RecordError, gettext_noop
from ..parsing import money, text
from ..reading import open_json
from ..records import Control, Entry, Head, LocalBudgetRecord, Note, Refusal
from .base import Expect, Source
from .local_bodies import pao
from .provinces import province_code

FUNCTION, PLAN, TASK, TYPE, TOTAL = "area", "plan", "task", "type", "total"
_YEAR = re.compile(r"25\d\d", re.ASCII)


class ActLocalBudgets(Source):
    """What the 76 provincial administrative organisations were granted by their councils.

    ACT (องค์กรต่อต้านคอร์รัปชัน) and WeVis copied the budget ordinances of fiscal year 2565 and
    published one JSON file for each organisation at github.com/wevisdemo/act-local-budgeting. A file is
    a part: the Buddhist year and the province's code. Each of its `tasks` is a line: a task (งาน)
    within a plan (แผนงาน) and a field of work (ด้าน), split by type of expenditure (งบ). The file
    prints totals of the whole, of each field, plan and type; all are held against the lines to the
    baht. The year stands in the name of the folder (`2565/`), or in that of the file.

    What a file says beside the budget (population, sources of income, and the declared wealth of the
    chief executive and the family) is left out. `nation-wide.json` only adds the files up; loading it
    is refused. The 76 budgets come to 57,312,949,370 baht, of which a large part are subsidies of the
    central government: the two are never added.
    """

    name = "act_local_budgets"
    dataset = "act_local_budgets"
    title = "งบประมาณรายจ่ายขององค์การบริหารส่วนจังหวัด"
    title_en = "Budgets of provincial administrative organisations"
    publisher = "องค์กรต่อต้านคอร์รัปชัน (ประเทศไทย) และ WeVis จากข้อบัญญัติงบประมาณของ อบจ."
    licence = "ผู้เผยแพร่ไม่ได้ระบุ"
    address = "https://github.com/wevisdemo/act-local-budgeting"
    cadence = "เผยแพร่ปีงบประมาณ 2565"
    suffixes = (".json", ".zip")
    expects = Expect(rows=range(10, 2_000), refused=Decimal(0))

    def entries(self, path: Path) -> Iterator[Entry]:
        document = _checked(open_json(path))
        name = text(document["pao"]["name"])
        try:
            province = province_code(name, "pao")
        except RecordError as error:
            raise FileError(error.reason, name) from error
        year = _year(path)
        yield Head(f"{year + 543}-{province}", year, first_day(year))  # parts are named by Buddhist years
        lines: list[LocalBudgetRecord] = []
        for line, task in enumerate(document["tasks"], start=1):
            entry = _read(line, dict(task), year, name, province)
            if isinstance(entry, LocalBudgetRecord):
                lines.append(entry)
            yield entry
        yield from _repeats(lines)
        yield from _controls(document, lines)


def _checked(document: Any) -> dict[str, Any]:
    """The document, if it is the budget of one organisation. Raises FileError."""
    if isinstance(document, dict) and "groupedByArea" in document and "tasks" not in document:
        sentence = gettext_noop("This file only adds up the organisations; load the file of each of them.")
        raise FileError(Reason(sentence))
    try:
        if document["pao"]["name"] and all(isinstance(task, dict) for task in document["tasks"]):
            return dict(document)
    except (KeyError, TypeError):
        pass
    sentence = gettext_noop("This is not the budget of a provincial administrative organisation.")
    raise FileError(Reason(sentence))


def _year(path: Path) -> int:
    """The fiscal year, Common Era, in the name of the file or of its folder. Raises FileError."""
    for name in (path.name, path.parent.name):
        if found := _YEAR.search(name):
            return read_year(found[0])
    sentence = gettext_noop("The file does not say its year. Put it into the name, e.g. 2565-pao.json.")
    raise FileError(Reason(sentence), path.name)


def _read(
    line: int, task: dict[str, Any], year: int, name: str, province: str
) -> LocalBudgetRecord | Refusal:
    try:
        record = LocalBudgetRecord(
            line=line,
            fiscal_year=year,
            body=pao(name),
            province_code=province,
            function=text(task.pop(FUNCTION, None), FUNCTION),
            plan=text(task.pop(PLAN, None), PLAN),
            task=text(task.pop(TASK, None), TASK),
            budget_type=text(task.pop(TYPE, None), TYPE),
            group="",
            item="",
            description="",
            approved=money(task.pop(TOTAL, None), TOTAL),
        )
        for member, value in task.items():
            sentence = gettext_noop(
                "The records did not have this member before, so nobody knows yet what it means."
            )
            raise RecordError(member, as_text(value), Reason(sentence))
    except RecordError as error:
        return Refusal(line, error.column, error.value, error.reason)
    return record


def _repeats(lines: Iterable[LocalBudgetRecord]) -> Iterator[Note]:
    """A note for each line whose task and type stood in the file before."""
    met: set[tuple[str, ...]] = set()
    for one in lines:
        place = (one.function, one.plan, one.task, one.budget_type)
        if place in met:
            yield Note("repeated_row", one.line, " · ".join(place))
        met.add(place)


def _controls(document: Mapping[str, Any], lines: Iterable[LocalBudgetRecord]) -> Iterator[Control]:
    """Each printed total beside the same total of the lines. Raises FileError if one cannot be read."""
    sums: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for one in lines:
        places: list[tuple[str, ...]] = [
            (),
            (one.function,),
            (one.function, one.plan),
            ("", "", one.budget_type),
        ]
        for place in places:
            sums[place] += one.approved
    try:
        for name, key, printed in _printed(document):
            yield Control(name, money(printed, TOTAL), sums.pop(key, Decimal(0)))
    except (KeyError, TypeError, RecordError) as error:
        raise FileError(Reason(gettext_noop("A total of the file cannot be read."))) from error
    for key, found in sums.items():
        yield Control(" · ".join(filter(None, key)), Decimal(0), found)


def _printed(document: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """The totals that the file prints: name, place among the sums, amount."""
    yield "รวม", (), document[TOTAL]
    for part in document["groupedByArea"]:
        function = text(part[FUNCTION])
        yield function, (function,), part[TOTAL]
        for plan in part["plans"]:
            yield f"{function} · {text(plan[PLAN])}", (function, text(plan[PLAN])), plan[TOTAL]
    for part in document["groupedByType"]:
        yield text(part[TYPE]), ("", "", text(part[TYPE])), part[TOTAL]
