"""Projects and contracts of e-GP, the state's purchasing system, as files by budget year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import FileError, Reason, gettext_noop
from ..reading import Row, open_table
from ..records import Entry, Refusal
from . import egp_rows as names
from .base import Expect, Source
from .egp_parts import entries_of, piece_of
from .egp_rows import Cells

EXTRACT = (
    "ลำดับ", names.NUMBER, names.NAME, names.KIND, names.BUYER, names.BUYER_UNIT, names.METHOD,
    names.METHOD_GROUP, names.ANNOUNCED, names.BUDGET, names.REFERENCE, names.AGREED, names.YEAR,
    names.RECORDED, names.PROVINCE,
)  # fmt: skip
"""The 15 columns of the official extract, which are the first of the bulk files."""
AS_WRITTEN = (
    *EXTRACT, names.DISTRICT, names.SUBDISTRICT, names.STATUS, "พิกัดของโครงการ", "ละติจูดโครงการ",
    "ลองจิจูดโครงการ", names.WINNER_ID, names.WINNER, names.CONTRACT_NO, names.SIGNED, names.ENDS, names.AMOUNT,
    names.CONTRACT_STATUS,
)  # fmt: skip
"""The 28 cells that the rows of 2568 have, whatever their header says: the 31 without the English names."""
READ = {
    names.NUMBER, names.NAME, names.KIND, names.BUYER, names.BUYER_UNIT, names.METHOD, names.METHOD_GROUP,
    names.ANNOUNCED, names.BUDGET, names.REFERENCE, names.AGREED, names.YEAR, names.RECORDED, names.PROVINCE,
    names.DISTRICT, names.SUBDISTRICT, names.STATUS, names.WINNER_ID, names.WINNER, names.CONTRACT_NO,
    names.SIGNED, names.ENDS, names.AMOUNT, names.CONTRACT_STATUS,
}  # fmt: skip
REQUIRED = {names.NUMBER, names.NAME, names.BUYER, names.BUDGET, names.AGREED}
FIRST_LINE = gettext_noop("line %(line)s")
YEAR_BESIDE = "_ปีงบ"  # where an extract keeps the year, if it has dropped the published column
IGNORED = {
    "ลำดับ", "จังหวัด (Eng)", "เขต/อำเภอ (Eng)", "แขวง/ตำบล (Eng)", "จังหวัด(Eng)", "เขต/อำเภอ(Eng)",
    "แขวง/ตำบล(Eng)", "พิกัดของโครงการ", "ละติจูดโครงการ", "ลองจิจูดโครงการ",
    "_id", "rank", "_หมวด", "_ไฟล์", "_คำที่พบ", "เลขนิติบุคคล_ใช้ได้", "_ผู้ชนะ_ปรับชื่อ",
}  # fmt: skip
"""Columns that are known and not read: names in English, coordinates (few, and unreliable), a row's number,
and what extracts by others have added."""
COLUMNS = tuple(sorted(READ | IGNORED | {YEAR_BESIDE}))


class EgpContracts(Source):
    """Each purchase of the state through e-GP: project, budget, reference and agreed price, contracts,
    winners.

    The Comptroller General's Department publishes some ten files for each budget year since 2558, with one
    row for each contract; the money of the project is repeated on each of them and is read once. A part is
    a budget year, or the piece of it that the file is (`2568-2`); any other file is an extract and a part of
    its own. The figures count as those of the year's end. Columns are read by name, in 31, 28 or 15 columns
    and in any order; an extract must at least have number, title, department, budget, agreed price and year.

    Files of 2568 have 28 cells in each row under a header of 26 or 31 names: the header is then put right,
    and rows of another length are refused. The two columns of the method are swapped between editions and
    told apart by what stands in them; where they give no method, the one that ends the title is read and
    noted. Dates are `15-ก.ย.-64` or `17 ม.ค. 68`; two digits that
    give a day before 2000 are refused, as are rows whose letters were lost. Tax ids destroyed by a
    spreadsheet (`1.05559E+11`) are never guessed: the winner is then known by name alone and kept apart.

    Natural persons among the winners are counted and never named: their ids are masked or do not begin
    with 0, or their names say so. Their names are taken out of titles too. The file itself is not kept.
    """

    name = "egp_contracts"
    dataset = "egp_contracts"
    title = "โครงการและสัญญาจัดซื้อจัดจ้างภาครัฐ (e-GP)"
    title_en = "Public purchases: projects and contracts (e-GP)"
    publisher = "กรมบัญชีกลาง"
    licence = "Creative Commons Attribution"
    address = "https://data.go.th/dataset/3beb7813-3607-4e5f-a094-b3b574a6e358"
    cadence = "ปีละครั้งหรือมากกว่า"
    suffixes = (".csv", ".xlsx", ".zip")
    expects = Expect(rows=range(1, 50_000_000))
    keeps_file = False

    def entries(self, path: Path) -> Iterator[Entry]:
        return entries_of(_rows(path), piece_of(path))


def _rows(path: Path) -> Iterator[tuple[int, Cells] | Refusal]:
    optional = set(COLUMNS) - REQUIRED
    for row in open_table(path, COLUMNS, optional=optional, renaming=true_header):
        if isinstance(row, Refusal):
            yield Refusal(
                row.line, "", "", row.reason
            )  # the words of a row that is cut or shifted may name a person
        else:
            yield row.line, _cells(row)


def _cells(row: Row) -> Cells:
    cells = row.values
    if not cells[names.YEAR]:
        cells[names.YEAR] = cells[YEAR_BESIDE]
    return cells


def true_header(header: Sequence[str], width: int) -> Sequence[str]:
    """The names that hold for rows of a width. Raises FileError where the header does not fit and none do."""
    if width == len(header) or not set(header) & set(COLUMNS):
        return header  # what is no header of e-GP at all is told by its names
    own = [name for name in header if name in ("_id",)]
    if width == len(AS_WRITTEN) + len(own) and set(header) <= set(COLUMNS):
        return [*own, *AS_WRITTEN]
    if not width:
        sentence = gettext_noop(
            "Rows of two lengths are equally frequent under a header of %(header)s names, so nobody can say "
            "which is which. Put the rows that lack cells, or have too many, right."
        )
        raise FileError(Reason(sentence, header=len(header)), Reason(FIRST_LINE, line=1))
    sentence = gettext_noop(
        "The rows have %(width)s cells under a header of %(header)s names, so nobody can say which is which. "
        "Give them the header that they were written with, or download the file again."
    )
    raise FileError(Reason(sentence, width=width, header=len(header)), Reason(FIRST_LINE, line=1))
