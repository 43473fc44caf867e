"""Public money of any publisher in Fiscal Data Packages (Frictionless), read by the descriptor's mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from ..errors import FileError, Reason, RecordError, gettext_noop
from ..organisations import is_organisation
from ..records import Entry, Head, Note, PackageFigureRecord, Refusal
from .base import Expect, Source
from .fiscal_mapping import Mapped, Measure, mapped
from .fiscal_tables import Table, opened
from .package_names import slug

UNDATED = date(2014, 1, 1)  # the year in which the standard came out
NOT_NAMED = "(not named)"
NOTHING = {"", "-", "–", "n/a", "na"}


class FiscalPackages(Source):
    """What publishers anywhere budget and spend, in Fiscal Data Packages: a descriptor and tables of text.

    The file is `datapackage.json` with its tables beside it, or a ZIP of both. The descriptor's
    `mapping` (or `model`, of the whole or of a table, or else the type of each column) says which
    columns are amounts, in which currency and factor, and what the others mean; nothing is read that it
    does not map. A table whose separator is not declared is read with the one that gives its header; a
    header other than the declared fields is refused. Letters that are not declared are UTF-8, or Latin
    where they are no UTF-8. Each measure of each row is a figure, so five years in five columns are five
    figures. A part is the name of the package.

    Amounts stay in their currency and are never added to those of the Thai state, nor is anything
    multiplied that the descriptor does not say: the Australian budget counts in thousands without
    saying so. A blank or a dash is no figure and is noted; any other text in place of an amount (`nfp`,
    not for publication) is refused. A payee is kept only where its name says that it is an organisation;
    where a package lists single payments, no free text is kept either.
    """

    name = "fiscal_packages"
    dataset = "fiscal_packages"
    title = "งบประมาณและการใช้จ่ายของผู้เผยแพร่อื่น (Fiscal Data Package)"
    title_en = "Budgets and spending of other publishers (Fiscal Data Package)"
    publisher = "ผู้เผยแพร่ตามที่ระบุในแต่ละไฟล์"
    licence = "ตามที่ผู้เผยแพร่แต่ละรายกำหนด"
    address = "https://specs.frictionlessdata.io/fiscal-data-package/"
    cadence = "เมื่อผู้ดูแลนำเข้า"
    suffixes = (".json", ".zip")
    expects = Expect(rows=range(1, 50_000_000), refused=Decimal("0.01"))
    keeps_file = False

    def entries(self, path: Path) -> Iterator[Entry]:
        with opened(path) as (descriptor, tables):
            package = mapped(descriptor)
            yield Head(slug(package.name), None, package.until or UNDATED)
            for table in tables:
                if package.measures_of(table.name):
                    yield from _figures(package, table)


def _figures(package: Mapped, table: Table) -> Iterator[Entry]:
    """Each measure of each row, the rows numbered by their lines."""
    _check(package, table)
    for line, row in table.rows():
        if isinstance(row, Refusal):
            yield row
            continue
        dimensions = _dimensions(package, table.name, row)
        for measure in package.measures_of(table.name):
            yield _figure(package, measure, line, row, dimensions)


def _check(package: Mapped, table: Table) -> None:
    """Raise FileError if the mapping names a column that the table does not have."""
    missing = sorted(set(package.columns_of(table.name)) - set(table.header))
    if missing:
        sentence = gettext_noop("The mapping names columns that the table lacks: %(columns)s.")
        raise FileError(Reason(sentence, columns=", ".join(missing[:5])), table.name)


def _figure(
    package: Mapped,
    measure: Measure,
    line: int,
    row: Mapping[str, str],
    dimensions: tuple[tuple[str, str], ...],
) -> PackageFigureRecord | Note | Refusal:
    text = row[measure.source].strip()
    if text.lower() in NOTHING:
        return Note("blank_amount", line, measure.source)
    try:
        amount = measure.amount(text)
    except RecordError as error:
        return Refusal(line, error.column, error.value, error.reason)
    return PackageFigureRecord(
        line=line,
        package=package.name[:255],
        publisher=package.title[:255],
        fiscal_period=package.period,
        measure=measure.name[:120],
        direction=measure.direction,
        phase=measure.phase,
        dimensions=dimensions,
        currency=measure.currency,
        amount=amount,
    )


def _dimensions(package: Mapped, table: str, row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a row says beside its amounts, without names that may be persons'."""
    found = []
    for dimension in package.dimensions_of(table):
        value = (
            " ".join(row[dimension.source].replace("\x00", "").split())
            if dimension.source
            else dimension.constant
        )
        if package.lists_payments and dimension.is_free_text:
            continue
        if dimension.is_payee and not is_organisation(value):
            value = NOT_NAMED
        found.append((dimension.name, value))
    return tuple(found)
