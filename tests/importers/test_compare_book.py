"""`manage.py compare_book`: what it says of a printed volume and the table extracted from it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from .sources.budget_rows import row, written
from .sources.printed_books import AGENCY, MINISTRY, small_book


def said(*arguments: object) -> str:
    out = StringIO()
    call_command("compare_book", *map(str, arguments), stdout=out)
    return out.getvalue()


def extracted(folder: Path, *amounts: tuple[str, str], part: str = "2022.3.99") -> Path:
    cells = {"REF_DOC": part, "REF_PAGE_NO": "4", "MINISTRY": MINISTRY, "BUDGETARY_UNIT": AGENCY}
    rows = [
        row(number, ITEM_DESCRIPTION=words, AMOUNT=amount, **cells)
        for number, (words, amount) in enumerate(amounts)
    ]
    return written(folder, *rows)


def test_lines_sums_and_the_right_reading_are_said(tmp_path: Path) -> None:
    table = extracted(tmp_path, ("น้ำดื่ม", "300"), ("สะพานข้ามคลอง 1 แห่ง", "5,000"))

    text = said(small_book(tmp_path), table)

    assert "2022.3.99: 3 printed lines" in text
    assert "     1 agree in words and amount" in text
    assert "     1 differ in amount" in text
    assert f"{AGENCY}: total 1,200, print 1,200, table 5,300 · right: print" in text
    assert "p. 4: only in print: 2022.3.99.p4-2" in text


def test_two_volumes_are_not_compared(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"2022\.3\.99 is printed, 2022\.3\.98 is the table"):
        said(small_book(tmp_path), extracted(tmp_path, ("น้ำดื่ม", "300"), part="2022.3.98"))


def test_a_file_that_is_no_book_is_named(tmp_path: Path) -> None:
    table = extracted(tmp_path, ("น้ำดื่ม", "300"))

    with pytest.raises(CommandError, match="This is a text file, but PDF is expected"):
        said(table, table)


VOLUMES = [  # print, table, printed lines, lines that agree in amount, agencies where only print is right
    ("31.pdf", "2022-3-17.csv", 186, 185, 2),
    ("14.pdf", "2022-3-3(5).csv", 228, 225, 2),
    ("17.pdf", "2022-3-6.csv", 1338, 1336, 2),
]


@pytest.mark.parametrize(("printed", "table", "lines", "agree", "wrong"), VOLUMES)
def test_where_published_readings_differ_the_printed_total_proves_the_print(
    shared_data: Path, printed: str, table: str, lines: int, agree: int, wrong: int
) -> None:
    folder = shared_data / "budget"

    text = said(folder / "fy2565-pdf" / printed, folder / "fy2565-whitebook-csv" / table)

    counts = {
        words: int(count)
        for count, _, words in (line.strip().partition(" ") for line in text.splitlines()[1:3])
    }
    assert f"{lines} printed lines" in text
    assert sum(counts.values()) == agree
    assert text.count("right: print") == wrong
    assert "right: table" not in text
    assert "right: neither" not in text
