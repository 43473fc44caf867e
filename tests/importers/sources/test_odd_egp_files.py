"""Files of e-GP as they come from other hands: each is read, or refused with place and mend."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import ContractRecord, Entry, Note, ProjectRecord, Refusal
from importers.sources import SOURCES
from tests.importers.sources.egp_files import AS_WRITTEN, BULK, COMPANY_ID, row

Cells = dict[str, str]
BUDGET, YEAR, SIGNED, AMOUNT = "งบประมาณ(บาท)", "ปีงบประมาณ", "วันที่ลงนามสัญญา", "งบสัญญา(บาท)"
SOUND = row(number="64097000009")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
PERSON = "นายสมชาย ใจดี"


def table(
    *rows: Cells | Sequence[str], header: Sequence[str] = BULK, separator: str = ",", end: str = "\r\n"
) -> str:
    """Rows under a header; those given as cells stand in the order of the 31 columns."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator=end)
    writer.writerow(header)
    writer.writerows(cells_of(one) if isinstance(one, dict) else one for one in rows)
    return file.getvalue()


def cells_of(cells: Cells, columns: Sequence[str] = BULK) -> list[str]:
    return [cells.get(column, "") for column in columns]


def read(folder: Path, content: str | bytes) -> list[Entry]:
    path = folder / "2564-cgd-contract-1.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8-sig"))
    return list(SOURCES["egp_contracts"].entries(path))


def kind(entries: list[Entry], wanted: type[Any]) -> list[Any]:
    return [entry for entry in entries if isinstance(entry, wanted)]


def told(entries: list[Entry]) -> list[tuple[str, str, Decimal | None]]:
    """Number, title and budget of each project."""
    return [(one.number, one.name, one.budget) for one in kind(entries, ProjectRecord)]


TWO = [
    ("64097000001", "ซื้อวัสดุสำนักงาน โดยวิธีเฉพาะเจาะจง", Decimal(1000)),
    ("64097000009", "ซื้อวัสดุสำนักงาน โดยวิธีเฉพาะเจาะจง", Decimal(1000)),
]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(table(row(), SOUND).encode("utf-16"), id="UTF-16"),
        pytest.param(table(row(), SOUND).encode("cp874"), id="TIS-620"),
        pytest.param(table(row(), SOUND).encode(), id="no byte order mark"),
        pytest.param(table(row(), SOUND, end="\r"), id="lines of an old Macintosh"),
        pytest.param("\r\n\r\n" + table(row(), SOUND), id="blank lines above"),
        pytest.param(table(row(), SOUND).replace("\r\n", "\r\n\r\n"), id="blank lines between"),
        pytest.param(table(row(number=" 64097000001 "), SOUND), id="blanks around a number"),
        pytest.param(table(row(**{BUDGET: "๑,๐๐๐.๐๐", YEAR: "๒๕๖๔"}), SOUND), id="Thai digits"),
    ],
)
def test_other_writings_of_the_same_rows_are_read_alike(tmp_path: Path, content: str | bytes) -> None:
    entries = read(tmp_path, content)

    assert told(entries) == TWO
    assert not kind(entries, Refusal)


def test_line_break_within_quotes_is_a_blank_and_lines_go_on_behind_it(tmp_path: Path) -> None:
    entries = read(tmp_path, table(row(title="ซื้อวัสดุ\r\nสำนักงาน"), SOUND))

    assert told(entries)[0][1] == "ซื้อวัสดุ สำนักงาน"
    assert [one.line for one in kind(entries, ProjectRecord)] == [2, 4]


@pytest.mark.parametrize(
    ("content", "place", "mend"),
    [
        pytest.param(table(row()).encode("utf-16-le"), "byte 11", "Save it as UTF-8", id="UTF-16 unsaid"),
        pytest.param(
            table(row()).encode() + table(SOUND).encode("cp874"),
            "byte ",
            "damaged or mixed",
            id="two letters",
        ),
        pytest.param(table(row(), separator="\t"), "line 1", "not separated as published", id="tabs"),
        pytest.param(table(row(), separator=";"), "line 1", "not separated as published", id="semicolons"),
        pytest.param(b"", "", "The file is empty", id="nothing"),
        pytest.param(table(), "", "a header but no rows", id="a header alone"),
        pytest.param("รายงาน\r\n" + table(row()), "line 1", "The header is “รายงาน”", id="a title above"),
        pytest.param(
            table([*cells_of(row()), "", ""], header=[*BULK, "", ""]), "line 1", "without a name", id="commas"
        ),
        pytest.param(table(cells_of(row())[:-3], SOUND), "line 1", "right", id="as many short rows as whole"),
        pytest.param(table([*cells_of(row(), AS_WRITTEN), "x"]), "line 1", "download", id="29 under 31"),
        pytest.param(
            table(row(), header=[*BULK[:-1], "ใหม่"]), "line 1", "Unexpected: “ใหม่”", id="new column"
        ),
        pytest.param(
            table(row(), header=[*BULK[:-1], BULK[0]]), "line 1", "more than once", id="column twice"
        ),
        pytest.param(
            table(row()).replace("ซื้อวัสดุ", '"ซื้อวัสดุ', 1), "line 2", "quotes of the row", id="open quote"
        ),
        pytest.param(b"<html><body>404</body></html>", "", "This is a web page", id="web page"),
    ],
)
def test_file_of_another_shape_is_refused_with_place_and_mend(
    tmp_path: Path, content: str | bytes, place: str, mend: str
) -> None:
    with pytest.raises(FileError) as refused:
        read(tmp_path, content)

    assert place in refused.value.place
    assert mend in refused.value.reason
    assert "?" not in refused.value.reason


@pytest.mark.parametrize(
    ("odd", "column"),
    [
        pytest.param(["", *cells_of(row())[:-1]], "รหัสโครงการ", id="shifted right"),
        pytest.param([*cells_of(row())[1:], ""], "รหัสโครงการ", id="shifted left"),
        pytest.param(list(BULK), "รหัสโครงการ", id="header again"),
        pytest.param(["รวม", *[""] * 8, "2000", *[""] * 21], "รหัสโครงการ", id="total at the end"),
        pytest.param(["", "รวมทั้งสิ้น", *[""] * 7, "2000", *[""] * 21], "รหัสโครงการ", id="total named"),
        pytest.param(row(number="6.4097E+10"), "รหัสโครงการ", id="number as a power"),
        pytest.param(row(number="64097000001".translate(THAI)), "รหัสโครงการ", id="number in Thai digits"),
        pytest.param(row(tax_id="0-1055-59000-01-8"), "เลขนิติบุคคล", id="tax id with dashes"),
        pytest.param(row(tax_id='="0105559000018"'), "เลขนิติบุคคล", id="tax id as a formula"),
        pytest.param(row(**{YEAR: "2021"}), YEAR, id="year of the Common Era"),
        pytest.param(row(**{YEAR: "64"}), YEAR, id="year of two digits"),
        pytest.param(row(**{SIGNED: "30 ก.พ. 64"}), SIGNED, id="30 February"),
        pytest.param(row(**{SIGNED: "15-ก.ย.-21"}), SIGNED, id="two digits of the Common Era"),
        pytest.param(row(**{SIGNED: "09/15/2021"}), SIGNED, id="month before day"),
        pytest.param(row(**{SIGNED: "15-Sep-21"}), SIGNED, id="English month"),
        pytest.param(row(**{SIGNED: "44454"}), SIGNED, id="day as a number"),
        pytest.param(row(**{BUDGET: "-1000"}), BUDGET, id="negative"),
        pytest.param(row(**{BUDGET: "(1000)"}), BUDGET, id="negative in parentheses"),
        pytest.param(row(**{BUDGET: "1.000,50"}), BUDGET, id="decimals behind a comma"),
        pytest.param(row(**{BUDGET: "1,00"}), BUDGET, id="groups of two"),
        pytest.param(row(**{BUDGET: "1,000.505"}), BUDGET, id="half a satang"),
        pytest.param(row(**{BUDGET: "1E+06"}), BUDGET, id="rounded power"),
        pytest.param(row(**{BUDGET: "#REF!"}), BUDGET, id="error of a spreadsheet"),
        pytest.param(row(**{AMOUNT: "-900.25"}), AMOUNT, id="negative contract"),
        pytest.param(row(title="ซื้อ\ufffd\ufffdวัสดุ"), "ชื่อโครงการ", id="lost letters"),
        pytest.param(row(title="à¸‹à¸·à¹‰à¸­"), "ชื่อโครงการ", id="letters of another alphabet"),
        pytest.param(row(title="????????"), "ชื่อโครงการ", id="question marks"),
        pytest.param(row(winner="น\ufffdยสมชาย ใจดี", tax_id=""), "ชื่อผู้ชนะ", id="winner half lost"),
        pytest.param(row(title=""), "ชื่อโครงการ", id="no title"),
        pytest.param(row(**{"จังหวัด": "Nonthaburi"}), "จังหวัด", id="province in English"),
    ],
)
def test_odd_row_is_refused_with_line_column_and_reason(
    tmp_path: Path, odd: Cells | list[str], column: str
) -> None:
    entries = read(tmp_path, table(SOUND, odd, row(number="64097000008")))

    [refusal] = kind(entries, Refusal)
    assert (refusal.line, refusal.column) == (3, column)
    assert refusal.reason.endswith((".", "?"))
    assert [one.number for one in kind(entries, ProjectRecord)] == ["64097000009", "64097000008"]
    assert "สมชาย" not in repr(entries)


@pytest.mark.parametrize("amount", ["", "-"])
def test_blank_money_is_not_known_and_not_zero(tmp_path: Path, amount: str) -> None:
    [project] = kind(read(tmp_path, table(row(**{BUDGET: amount}))), ProjectRecord)

    assert project.budget is None


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("15/09/2564", date(2021, 9, 15)),
        ("15/09/2021", date(2021, 9, 15)),
        ("2021-09-15", date(2021, 9, 15)),
        ("๑๕ ก.ย. ๖๔", date(2021, 9, 15)),
        ("15 กันยายน 2564", date(2021, 9, 15)),
        ("15-ก.ย.-2021", date(2021, 9, 15)),
    ],
)
def test_years_of_both_calendars_are_told_apart_by_four_digits(
    tmp_path: Path, written: str, means: date
) -> None:
    [contract] = kind(read(tmp_path, table(row(**{SIGNED: written}))), ContractRecord)

    assert contract.signed_on == means


@pytest.mark.parametrize("tax_id", ["1.05559E+11", "105559000018", "0105559000019", "0000000000000"])
def test_destroyed_tax_id_is_noted_and_never_guessed(tmp_path: Path, tax_id: str) -> None:
    entries = read(tmp_path, table(row(tax_id=tax_id)))

    [contract] = kind(entries, ContractRecord)
    assert (contract.winner_kind, contract.tax_id) == ("unnumbered", "")
    assert [(one.kind, one.published) for one in kind(entries, Note)] == [("unusable_tax_id", tax_id)]


def test_project_told_of_twice_with_other_money_counts_once_and_is_noted(tmp_path: Path) -> None:
    again = row(**{BUDGET: "2000", "เลขที่สัญญา": "2/2564"})

    entries = read(tmp_path, table(row(), again))

    assert told(entries) == TWO[:1]
    assert len(kind(entries, ContractRecord)) == 2
    assert [(one.kind, one.line) for one in kind(entries, Note)] == [("project_money_differs", 3)]


def test_rows_of_28_cells_are_read_and_one_of_31_is_refused(tmp_path: Path) -> None:
    written = [cells_of(one, AS_WRITTEN) for one in (row(), SOUND)]

    entries = read(tmp_path, table(*written, row(number="64097000003")))

    assert told(entries) == TWO
    [refusal] = kind(entries, Refusal)
    assert (refusal.line, refusal.value) == (4, "")


@pytest.mark.parametrize(
    "cells",
    [
        row(title=f"จ้างเหมา{PERSON} ทำความสะอาด", tax_id="3101200123456", winner=PERSON),
        row(tax_id=COMPANY_ID, winner="นางสาวสมชาย ใจดี"),
        row(tax_id="", winner="สมชาย ใจดี"),
    ],
)
def test_natural_person_is_counted_and_nowhere_named(tmp_path: Path, cells: Cells) -> None:
    entries = read(tmp_path, table(cells))

    assert "สมชาย" not in repr(entries)
    assert [one.winner_kind for one in kind(entries, ContractRecord)] == ["person"]
