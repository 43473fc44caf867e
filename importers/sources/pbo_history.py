"""The budget by act, after adjustments and as paid, year by year, from the parliamentary budget office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from spending.fiscal import last_day

from ..cells import as_text
from ..errors import FileError, Reason, RecordError, gettext_noop
from ..parsing import integer, money, year
from ..reading import open_json
from ..records import Entry, Head, ReferenceTotalRecord, Refusal
from .base import Expect, Source

MILLION = 1_000_000  # the document counts in million baht
MEASURES = ("act", "adjusted", "paid")
RATE_ROUNDED = Decimal("0.06")  # percentage points: the rate has one decimal, of amounts rounded themselves


class PboHistory(Source):
    """What parliament granted each year, what it became by adjustments, and what was paid: the whole budget.

    The figures are those of the Parliamentary Budget Office (สำนักงบประมาณของรัฐสภา), fiscal years 2558 to
    2568, summed up from 2.9 million of its rows and published at github.com/champchitsa/ngob-gae as one
    JSON document: `act`, `adjusted` and `paid` in million baht, the number of rows behind each year, and
    `paid_rate`, the paid share of the adjusted budget in per cent. Everything is one part, whose figures
    are of the end of its last year.

    Years and rows must come to the counts that the document states, and the rate to the amounts; neither is
    kept. The act of 2567 includes the supplementary act. Sums of so many rows are off the round amounts of
    the acts by up to 7,000 baht (3,050,000.007 million in 2561); they are kept as published. Lines count the
    years in `series`, from 1.
    """

    name = "pbo_history"
    dataset = "pbo_history"
    title = "งบประมาณตามพระราชบัญญัติ หลังปรับปรุง และเบิกจ่าย ปีงบประมาณ 2558-2568"
    title_en = "Budget by act, adjusted and paid, fiscal years 2015 to 2025"
    publisher = "สำนักงบประมาณของรัฐสภา"
    licence = "ผู้เผยแพร่ไม่ได้ระบุ"
    address = "https://github.com/champchitsa/ngob-gae"
    cadence = "ปีละครั้ง"
    suffixes = (".json", ".zip")
    expects = Expect(rows=range(3, 300), refused=Decimal(0))

    def entries(self, path: Path) -> Iterator[Entry]:
        series = _series(open_json(path))
        read = [_read(line, values) for line, values in enumerate(series, start=1)]
        years = [
            entry.fiscal_year
            for entries in read
            for entry in entries
            if isinstance(entry, ReferenceTotalRecord)
        ]
        if not years:
            raise _other_file()
        yield Head("history", None, last_day(max(years)))
        for entries in read:
            yield from entries


def _series(document: Any) -> list[dict[str, Any]]:
    """The years of the document. Raises FileError if it is another one, or not all of it."""
    try:
        series = [dict(values) for values in document["series"]]
        stated = (document["years"], document["row_count"])
        found = (len(series), sum(integer(values["rows"], "rows") for values in series))
    except (KeyError, TypeError, ValueError, RecordError) as error:
        raise _other_file() from error
    if stated != found:
        sentence = gettext_noop(
            "The document speaks of %(years)s years and %(rows)s rows, but it has %(found_years)s years and "
            "%(found_rows)s rows."
        )
        figures = {"years": stated[0], "rows": stated[1], "found_years": found[0], "found_rows": found[1]}
        raise FileError(Reason(sentence, **figures))
    return series


def _other_file() -> FileError:
    return FileError(Reason(gettext_noop("This is not the document of years with act, adjusted and paid.")))


def _read(line: int, values: dict[str, Any]) -> list[ReferenceTotalRecord | Refusal]:
    """The three totals of one year, or the refusal of the year; `line` is its place in the series, from 1."""
    try:
        fiscal_year = year(values.pop("year", None), "year", calendar="be")
        amounts = {measure: money(values.pop(measure, None), measure, unit=MILLION) for measure in MEASURES}
        _check(values, amounts)
    except RecordError as error:
        return [Refusal(line, error.column, error.value, error.reason)]
    return [ReferenceTotalRecord(line, fiscal_year, measure, amount) for measure, amount in amounts.items()]


def _check(values: dict[str, Any], amounts: Mapping[str, Decimal]) -> None:
    """Raise RecordError unless the rate agrees with the amounts and nothing unknown is left."""
    del values["rows"]  # counted already
    rate = values.pop("paid_rate", None)
    found = amounts["paid"] / amounts["adjusted"] * 100 if amounts["adjusted"] else Decimal(0)
    if not isinstance(rate, int | Decimal) or abs(rate - found) > RATE_ROUNDED:
        sentence = gettext_noop("The amounts give a rate of %(found)s per cent.")
        raise RecordError("paid_rate", as_text(rate), Reason(sentence, found=f"{found:.2f}"))
    for member, value in values.items():
        sentence = gettext_noop(
            "The document did not have this member before, so nobody knows yet what it means."
        )
        raise RecordError(member, as_text(value), Reason(sentence))
