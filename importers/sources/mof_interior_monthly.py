"""What the Ministry of Interior was paid each month, from the Ministry of Finance."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from spending.fiscal import fiscal_year_of

from ..errors import FileError, Reason, RecordError, gettext_noop
from ..parsing import money, text
from ..reading import Row, open_table
from ..records import Body, Entry, Head, Note, ReferenceTotalRecord, Refusal
from .base import Expect, Source

MILLION = 1_000_000  # the file counts in million baht, with three decimals
COLUMNS = ("Month", "Use")
MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", re.ASCII)
INTERIOR = Body("กระทรวงมหาดไทย", "15", "ministry")


class MofInteriorMonthly(Source):
    """What the Ministry of Interior was paid in each month since October 2004, fiscal years 2548 to 2562.

    A table of two columns by the Ministry of Finance: the month in the Common Era (`2004-10`), and what was
    paid in that month alone, in million baht. It is one part, whose figures are of the end of its last
    month; May 2019, the last one, holds the first days only. A month left out is noted.

    The months of a fiscal year come to the ministry's total in `mof_history`, but for rounding; for 2551
    that source prints 21,763.071 million baht more than these months have.
    """

    name = "mof_monthly"
    dataset = "mof_monthly"
    title = "ผลการเบิกจ่ายรายเดือนของกระทรวงมหาดไทย ปีงบประมาณ 2548-2562"
    title_en = "Monthly disbursement of the Ministry of Interior, fiscal years 2005 to 2019"
    publisher = "กระทรวงการคลัง"
    licence = "ผู้เผยแพร่ไม่ได้ระบุ"
    address = "https://dataservices.mof.go.th/"
    cadence = "เลิกปรับปรุงแล้ว"
    suffixes = (".csv", ".zip")
    expects = Expect(rows=range(12, 1_200), refused=Decimal(0))

    def entries(self, path: Path) -> Iterator[Entry]:
        read = [_read(row) for row in open_table(path, COLUMNS)]
        months = sorted(
            entry.month for entry in read if isinstance(entry, ReferenceTotalRecord) and entry.month
        )
        if not months:
            raise FileError(Reason(gettext_noop("No row of the file names a month such as 2004-10.")))
        last = months[-1]
        yield Head("interior", None, last.replace(day=monthrange(last.year, last.month)[1]))
        yield from read
        yield from _gaps(months)


def _read(row: Row | Refusal) -> ReferenceTotalRecord | Refusal:
    if isinstance(row, Refusal):
        return row
    try:
        month = _month(row.values["Month"])
        return ReferenceTotalRecord(
            line=row.line,
            fiscal_year=fiscal_year_of(month),
            measure="paid",
            amount=money(row.values["Use"], "Use", unit=MILLION),
            body=INTERIOR,
            month=month,
        )
    except RecordError as error:
        return Refusal(row.line, error.column, error.value, error.reason)


def _month(value: str) -> date:
    """The first day of a month written `2004-10`, in the Common Era."""
    match = MONTH.fullmatch(text(value, "Month"))
    if match is None:
        sentence = gettext_noop("This is not a month of the Common Era, such as 2004-10.")
        raise RecordError("Month", value, Reason(sentence))
    return date(int(match[1]), int(match[2]), 1)


def _gaps(months: list[date]) -> Iterator[Note]:
    """A note for each month that the file leaves out between its first and its last."""
    known = set(months)
    month = months[0]
    while month < months[-1]:
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        if month not in known:
            yield Note("missing_month", 1, f"{month:%Y-%m}")
