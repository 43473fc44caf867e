"""Budget and disbursement of each ministry since 2548, from the Ministry of Finance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from spending.fiscal import BUDDHIST_OFFSET, buddhist, last_day

from ..cells import as_text
from ..errors import FileError, Reason, RecordError, gettext_noop
from ..parsing import money, text
from ..reading import open_json
from ..records import Body, Control, Entry, Head, ReferenceTotalRecord, Refusal
from .base import Expect, Source

MILLION = 1_000_000  # the file counts in million baht, with three decimals
TOTAL = "รวม"
LONGEST_NAME = 200  # letters of a group's name; the longest has 53
DATA_DATE = re.compile(r"(25\d\d)(budget)?", re.ASCII)
KNOWN_TO_DIFFER = {(2551, "paid")}
"""Years (พ.ศ.) and measures whose ministries do not come to the printed total."""
HALF_A_UNIT = Decimal("0.0005") * MILLION  # what rounding to three decimals hides of one printed number


class MofMinistryHistory(Source):
    """What the budget act gave each ministry and what it was paid, fiscal years 2548 to 2562, with totals.

    The Ministry of Finance offered it as one JSON document for its charts: groups (ministries, the central
    fund, state enterprises, funds and others), each with two numbers a year, `2561budget` for the act and
    `2561` for what was paid, as text in million baht. The group `รวม` is the total of the others and stands
    beside them. Everything is one part, whose figures count as those of the end of its last year; of that
    year (2562) only the payments up to May 2019 are in it.

    The groups come to the printed total of each year and measure, but for rounding and one number: in 2551
    what was paid adds up to 21,763.071 million baht too much. It is the Ministry of Interior's 190,930.145,
    whose months (see `mof_monthly`) come to 169,167.074. The number is kept as published. A total of 0
    stands where a group did not exist. Lines count the numbers (`MinistryDetail`) of the document, from 1.
    """

    name = "mof_history"
    dataset = "mof_history"
    title = "งบประมาณและผลการเบิกจ่ายรายกระทรวง ปีงบประมาณ 2548-2562"
    title_en = "Budget and disbursement by ministry, fiscal years 2005 to 2019"
    publisher = "กระทรวงการคลัง"
    licence = "ผู้เผยแพร่ไม่ได้ระบุ"
    address = "https://dataservices.mof.go.th/"
    cadence = "เลิกปรับปรุงแล้ว"
    suffixes = (".json", ".zip")
    expects = Expect(rows=range(100, 10_000), refused=Decimal(0))

    def entries(self, path: Path) -> Iterator[Entry]:
        published = list(_published(open_json(path)))
        years = [
            int(match[1]) for figure in published if (match := DATA_DATE.fullmatch(as_text(figure.date)))
        ]
        if not years:
            raise _other_file()
        yield Head(part="mof-budget", fiscal_year=None, as_of=last_day(max(years) - BUDDHIST_OFFSET))
        kept: dict[tuple[str, int, str], Decimal] = {}
        for figure in published:
            try:
                record = _record(figure, kept)
            except RecordError as error:
                yield Refusal(figure.line, error.column, error.value, error.reason)
                continue
            kept[figure.group, record.fiscal_year, record.measure] = record.amount
            yield record
        yield from _controls(kept)


class _Published(NamedTuple):
    """One number of the document: its place among them, from 1, its group, and its two members."""

    line: int
    group: str
    date: Any
    value: Any


def _published(document: Any) -> Iterator[_Published]:
    """The numbers in their order. Raises FileError if the document is not built like the ministry's."""
    line = 0
    try:
        for group in document["TransGovernment"]["MinistryGroup"]:
            name = text(group["MinistryName"], "MinistryName", longest=LONGEST_NAME)
            for detail in group["MinistryGroupDetail"]:
                line += 1
                members = dict(detail["MinistryDetail"])
                yield _Published(line, name, members.pop("DataDate"), members.pop("Value"))
                if members:
                    raise _other_file()
    except (KeyError, TypeError, ValueError, RecordError) as error:
        raise _other_file() from error


def _other_file() -> FileError:
    sentence = gettext_noop(
        "This is not the ministry's document of groups, years and values (TransGovernment)."
    )
    return FileError(Reason(sentence))


def _record(figure: _Published, kept: Mapping[tuple[str, int, str], Decimal]) -> ReferenceTotalRecord:
    match = DATA_DATE.fullmatch(as_text(figure.date))
    if match is None:
        sentence = gettext_noop(
            "This is neither a year such as 2561 nor one with its measure, such as 2561budget."
        )
        raise RecordError("DataDate", as_text(figure.date), Reason(sentence))
    year, measure = int(match[1]) - BUDDHIST_OFFSET, "act" if match[2] else "paid"
    if (figure.group, year, measure) in kept:
        sentence = gettext_noop("The group has two numbers for this year.")
        raise RecordError("DataDate", as_text(figure.date), Reason(sentence))
    return ReferenceTotalRecord(
        line=figure.line,
        fiscal_year=year,
        measure=measure,
        amount=money(figure.value, "Value", unit=MILLION),
        body=None if figure.group == TOTAL else Body(figure.group, kind="ministry"),
    )


def _controls(kept: Mapping[tuple[str, int, str], Decimal]) -> Iterator[Control]:
    """The groups of each year and measure beside their printed total. Raises FileError if it is missing."""
    groups: dict[tuple[int, str], list[Decimal]] = defaultdict(list)
    for (group, year, measure), amount in kept.items():
        if group != TOTAL:
            groups[year, measure].append(amount)
    for (year, measure), amounts in sorted(groups.items()):
        if (TOTAL, year, measure) not in kept:
            sentence = gettext_noop("There is no total (รวม) for %(year)s: the document was cut off.")
            raise FileError(Reason(sentence, year=buddhist(year)))
        yield Control(
            f"{TOTAL} {buddhist(year)}{'budget' if measure == 'act' else ''}",
            kept[TOTAL, year, measure],
            sum(amounts, Decimal(0)),
            HALF_A_UNIT * (len(amounts) + 1),
            advisory=(buddhist(year), measure) in KNOWN_TO_DIFFER,
        )
