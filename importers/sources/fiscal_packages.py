"""Public money of any publisher in Fiscal Data Packages (Frictionless), read by the descriptor's mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..errors import FileError, Reason, RecordError, gettext_noop
from ..organisations import is_organisation
from ..persons import without_persons
from ..records import Entry, Head, Note, PackageFigureRecord, Refusal
from .base import Expect, Source
from .fiscal_mapping import Mapped, Measure, mapped
from .fiscal_tables import Table, opened, table_of
from .fiscal_types import declared, name_of, resources_of
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
    figures. A part is the name of the package; two publishers' packages of one name are two parts. Lines
    count in the table's own file, which each row names with its SHA-256. Signs of columns and cells are those
    of the dialect, what is missing those of `missingValues`; a table without amounts, such as a list of
    codes, is passed over.

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
        with opened(path) as (descriptor, folder):
            package = mapped(descriptor)
            tables = _tables(package, descriptor, folder)
            yield Head(slug(package.name), None, package.until or UNDATED)
            for table in tables:
                if len(tables) == 1 or any(
                    one.source in table.header for one in package.measures_of(table.name)
                ):
                    yield from _figures(package, table)

    def beside(self, path: Path) -> frozenset[str]:
        if path.suffix.lower() == ".zip":  # whose own sum is that of all it holds
            return frozenset()
        with opened(path) as (descriptor, folder):
            tables = _tables(mapped(descriptor), descriptor, folder)
            return frozenset(table.sha256 for table in tables)


def _tables(package: Mapped, descriptor: Any, folder: Path) -> list[Table]:
    """The tables that may hold amounts. Raises FileError."""
    resources = resources_of(descriptor)
    _check_tables(package, {name_of(one) for one in resources})
    return [table_of(folder, one) for one in resources if _has_amounts(package, one, len(resources))]


def _check_tables(package: Mapped, names: set[str]) -> None:
    """Raise FileError if the mapping names a table that the package does not have."""
    strange = sorted({one.table for one in package.measures if one.table} - names)
    if strange:
        sentence = gettext_noop(
            "The mapping names the table “%(table)s”, which the package does not have. Correct its name "
            "in the "
            "descriptor."
        )
        raise FileError(Reason(sentence, table=strange[0][:120]))


def _has_amounts(package: Mapped, resource: Mapping[str, Any], resources: int) -> bool:
    """Whether a table may hold amounts, as far as the descriptor says: lists of codes beside it do not."""
    fields = {str(one.get("name")) for one in declared(resource)}
    measures = package.measures_of(name_of(resource))
    named = any(one.table for one in measures)
    return bool(measures) and (
        named or resources == 1 or not fields or any(m.source in fields for m in measures)
    )


def _figures(package: Mapped, table: Table) -> Iterator[Entry]:
    """Each measure of each row, the rows numbered by their lines."""
    _check(package, table)
    origin = table.within, table.sha256
    for line, row in table.rows():
        if isinstance(row, Refusal):
            yield row
            continue
        dimensions = _dimensions(package, table.name, row)
        for measure in package.measures_of(table.name):
            if row[measure.source].strip() in table.missing:
                yield Note("blank_amount", line, measure.source, sheet=table.within)
            else:
                yield _figure(package, measure, line, row, dimensions, origin)


def _check(package: Mapped, table: Table) -> None:
    """Raise FileError if the mapping names a column that the table does not have, or has twice."""
    columns = sorted(set(package.columns_of(table.name)))
    if missing := [one for one in columns if one not in table.header]:
        sentence = gettext_noop(
            "The mapping names columns that the table lacks: %(columns)s. The table has: %(found)s. "
            "Correct the "
            "mapping."
        )
        found = ", ".join(table.header)[:200]
        raise FileError(Reason(sentence, columns=", ".join(missing[:5]), found=found), table.within)
    if repeated := [one for one in columns if table.header.count(one) > 1]:
        sentence = gettext_noop("The table has two columns “%(column)s”. Give one of them another name.")
        raise FileError(Reason(sentence, column=repeated[0][:120]), table.within)


def _figure(
    package: Mapped,
    measure: Measure,
    line: int,
    row: Mapping[str, str],
    dimensions: tuple[tuple[str, str], ...],
    origin: tuple[str, str],
) -> PackageFigureRecord | Note | Refusal:
    text = row[measure.source].strip()
    if text.lower() in NOTHING:
        return Note("blank_amount", line, measure.source, sheet=origin[0])
    try:
        amount = measure.amount(text)
    except RecordError as error:
        return Refusal(line, error.column, error.value, error.reason, origin[0])
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
        table_file=origin[0],
        table_sha256=origin[1],
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
        found.append((dimension.name, without_persons(value)[0]))
    return tuple(found)
