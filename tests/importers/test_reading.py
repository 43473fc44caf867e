"""Tables are read line by line; a file that is none is refused with what was found and what to do."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from importers.errors import FileError, Reason
from importers.reading import Row, open_table
from importers.records import Refusal

COLUMNS = ("", "ITEM_ID", "MINISTRY", "AMOUNT")
ROWS = (
    ("0", "2022.3.10.57", "กระทรวงมหาดไทย", "800,000,000"),
    ("1", "2022.3.10.58", "งบกลาง", "28,643,300.0"),
)


def as_csv(rows: Iterable[Iterable[str]], header: Iterable[str] = COLUMNS) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()


@pytest.fixture
def written(tmp_path: Path):
    """A file with the given content, text or bytes."""

    def write(content: str | bytes, name: str = "table.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def read(path: Path, columns: tuple[str, ...] | None = COLUMNS, **options: object) -> list[Row | Refusal]:
    return list(open_table(path, columns, **options))


def refused(path: Path, columns: tuple[str, ...] | None = COLUMNS, **options: object) -> FileError:
    with pytest.raises(FileError) as error:
        read(path, columns, **options)
    assert error.value.reason.endswith((".", ")"))
    return error.value


def test_rows_come_with_the_line_they_stand_on_and_their_cells_by_column(written) -> None:
    path = written(as_csv(ROWS))

    rows = read(path)

    assert rows == [
        Row(2, dict(zip(COLUMNS, ROWS[0], strict=True))),
        Row(3, dict(zip(COLUMNS, ROWS[1], strict=True))),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "cp874", "tis-620"]
)
def test_every_alphabet_that_thai_offices_use_is_recognised(written, encoding: str) -> None:
    text = as_csv(ROWS)
    if encoding.endswith("-bom"):
        text, encoding = "\ufeff" + text, encoding.removesuffix("-bom")

    rows = read(written(text, encoding=encoding))

    assert [row.values["MINISTRY"] for row in rows] == ["กระทรวงมหาดไทย", "งบกลาง"]
    assert [row.values[""] for row in rows] == ["0", "1"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_counted(written, line_end: str) -> None:
    rows = read(written(as_csv(ROWS).replace("\n", line_end)))

    assert [row.line for row in rows] == [2, 3]


def test_cells_of_several_lines_and_blank_lines_are_counted_as_a_person_counts_them(written) -> None:
    text = as_csv([("0", "a", "สอง\nสาม", "1")]) + "\n\n" + "1,b,ก,2\n"

    rows = read(written(text))

    assert [row.line for row in rows] == [2, 6]
    assert rows[0].values["MINISTRY"] == "สอง\nสาม"


def test_columns_may_stand_in_another_order(written) -> None:
    path = written(as_csv([tuple(reversed(ROWS[0]))], header=tuple(reversed(COLUMNS))))

    (row,) = read(path)

    assert row.values == dict(zip(COLUMNS, ROWS[0], strict=True))


def test_columns_that_may_be_missing_are_blank_then(written) -> None:
    path = written(as_csv([ROWS[0][1:]], header=COLUMNS[1:]))

    (row,) = read(path, optional=("",))

    assert row.values == {
        "": "",
        "ITEM_ID": "2022.3.10.57",
        "MINISTRY": "กระทรวงมหาดไทย",
        "AMOUNT": "800,000,000",
    }


def test_optional_columns_beside_the_published_ones_are_read(written) -> None:
    (row,) = read(written(as_csv([ROWS[0]])), COLUMNS[1:], optional=("", "DEBUG_LOG"))

    assert row.values[""] == "0"
    assert row.values["DEBUG_LOG"] == ""


def test_missing_and_unexpected_columns_are_named(written) -> None:
    error = refused(written(as_csv(ROWS, header=("", "ITEM_ID", "Ministry", "AMOUNT "))))

    assert error.place == "line 1"
    assert "Missing: “MINISTRY”, “AMOUNT”" in error.reason
    assert "Unexpected: “Ministry”, “AMOUNT ”" in error.reason


def test_a_column_that_occurs_twice_is_named(written) -> None:
    error = refused(written(as_csv(ROWS, header=("", "ITEM_ID", "AMOUNT", "AMOUNT"))), None)

    assert "“AMOUNT”" in error.reason


def test_another_separator_is_noticed(written) -> None:
    error = refused(written(as_csv(ROWS).replace(",", ";")))

    assert "not separated as published" in error.reason


def test_a_separator_that_the_source_declares_is_used(written) -> None:
    path = written("ITEM_ID;AMOUNT\na;1,5\n")

    assert read(path, ("ITEM_ID", "AMOUNT"), delimiter=";") == [Row(2, {"ITEM_ID": "a", "AMOUNT": "1,5"})]


def test_a_row_with_too_many_or_too_few_cells_is_refused_and_the_rest_is_read(written) -> None:
    path = written(as_csv([ROWS[0], ("1", "b", "c"), ("2", "d", "e", "5", "6"), ROWS[1]]))

    rows = read(path)

    assert [type(row) for row in rows] == [Row, Refusal, Refusal, Row]
    assert [row.line for row in rows] == [2, 3, 4, 5]
    assert rows[1].reason == "The row has 3 cells, but the header has 4."
    assert rows[1].value == "1,b,c"


def test_a_short_last_row_of_a_complete_file_is_a_refusal(written) -> None:
    rows = read(written(as_csv([ROWS[0], ("1", "b")])))

    assert [type(row) for row in rows] == [Row, Refusal]


def test_a_file_cut_off_within_its_last_row_is_refused_with_the_line(written) -> None:
    error = refused(written(as_csv(ROWS).rpartition(",")[0].rpartition(",")[0]))

    assert error.place == "line 3"
    assert "cut off" in error.reason


def test_a_file_cut_off_within_quotes_is_refused_with_the_line_where_they_begin(written) -> None:
    error = refused(written(as_csv([*ROWS, ("2", "c", "หนึ่ง\nสอง", "1,000")]).removesuffix('00"\n')))

    assert error.place == "line 4"
    assert "cut off" in error.reason


def test_a_cell_without_end_is_refused_with_its_line(written) -> None:
    error = refused(written(as_csv([*ROWS, ("2", "c", "ก" * 140_000, "1")])))

    assert error.place == "line 4"
    assert "131072 letters" in error.reason


def test_a_file_cut_off_within_a_thai_letter_is_refused_with_the_byte(written) -> None:
    whole = as_csv(ROWS).encode()
    end = whole.index("กลาง".encode()) + 1

    error = refused(written(whole[:end]))

    assert error.place == f"byte {end - 1}"
    assert "middle of a letter" in error.reason


def test_a_complete_file_may_lack_its_last_line_end(written) -> None:
    assert len(read(written(as_csv(ROWS).rstrip("\n")))) == 2


def test_a_stray_quote_that_swallows_rows_is_refused_rather_than_counted_as_one_row(written) -> None:
    text = as_csv([]) + '0,a,"กรม,1\n1,b,กรม,2\n2,c,"กรม",3\n'

    error = refused(written(text))

    assert error.place == "line 2"


def test_a_stray_quote_that_joins_rows_without_breaking_the_grammar_is_refused(written) -> None:
    error = refused(written(as_csv([]) + '0,a,"กรม,1\n1,b",กรม,2\n'))

    assert error.place == "line 2"
    assert "stray quotation mark" in error.reason


def test_one_cell_of_more_letters_than_any_text_is_refused(written) -> None:
    error = refused(written(as_csv([("0", "a", "ก" * 200_000, "1")])))

    assert error.place == "line 2"


@pytest.mark.parametrize("where", [0, 1, -1])
def test_two_alphabets_in_one_file_are_refused_with_the_byte(written, where: int) -> None:
    lines = [line.encode() for line in as_csv([*ROWS] * 3).splitlines(keepends=True)]
    lines[where] = "1,b,กรมทางหลวงชนบท,5\n".encode("cp874")
    content = b"".join(lines)

    error = refused(written(content))

    assert error.place.startswith("byte ")
    byte = int(error.place.removeprefix("byte "))
    with pytest.raises(UnicodeDecodeError) as decoding:
        content.decode()
    assert byte == decoding.value.start


def test_the_byte_is_right_far_into_a_large_file(written) -> None:
    content = as_csv([ROWS[0]] * 40_000).encode() + b"1,b,\xff\xfe,5\n"

    error = refused(written(content))

    assert error.place == f"byte {content.index(bytes([0xFF]))}"


def test_another_alphabet_of_one_byte_is_not_taken_for_thai(written) -> None:
    path = written(as_csv([("0", "a", "Réservé à l'Île de Ré, côté été", "1")]), encoding="latin-1")

    assert refused(path).place.startswith("byte ")


def test_a_thai_file_in_cp874_with_another_header_is_refused_for_its_bytes(written) -> None:
    path = written(as_csv([ROWS[0]], header=("ลำดับ", "รหัส", "กระทรวง", "จำนวน")), encoding="cp874")

    assert refused(path).place.startswith("byte ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_with_zero_bytes_is_refused(written, encoding: str) -> None:
    error = refused(written(as_csv([("0", "a\x00", "ข", "1")]), encoding=encoding))

    assert error.place


@pytest.mark.parametrize("content", ["", "\n\n", "   \r\n", "\ufeff", "\ufeff\n"])
def test_an_empty_file_is_refused(written, content: str) -> None:
    assert refused(written(content)).reason == "The file is empty. Download it again."


def test_a_header_without_rows_is_refused(written) -> None:
    assert "no rows" in refused(written(as_csv([]))).reason


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"<!DOCTYPE html>\n<html><body>404</body></html>", "web page"),
        (b"\xef\xbb\xbf \n<HTML><head><title>Error", "web page"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html><html>", "web page"),
        (b"<script>location='/login'</script>", "web page"),
        (b"<?xml version='1.0'?><rows/>", "XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Excel file"),
        (b"\x1f\x8b\x08\x00" + b"\x00" * 20, "packed"),
        (b"Rar!\x1a\x07\x01\x00", "packed"),
        (b"7z\xbc\xaf\x27\x1c\x00", "packed"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"PK\x03\x04" + b"\x00" * 100, "ZIP file is damaged"),
        (b"\x00" * 5000, "empty"),
        (bytes(range(256)) * 20, "neither UTF-8"),
    ],
)
def test_another_kind_of_file_under_the_name_of_a_table_is_named(written, content: bytes, said: str) -> None:
    assert said in refused(written(content)).reason


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in refused(tmp_path / "missing.csv").reason
    assert "cannot be opened" in refused(tmp_path).reason


def test_every_reason_can_be_said_in_another_language(written) -> None:
    error = refused(written(as_csv(ROWS, header=("a", "b", "c", "d"))))

    assert isinstance(error.reason, Reason)
    assert error.reason.sentence % error.reason.figures == error.reason
    assert isinstance(error.place, Reason)


CELLS = st.text(st.characters(exclude_characters="\x00\ufeff", exclude_categories=["Cs"]), max_size=20)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=8))
def test_whatever_stands_in_the_cells_is_read_back(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([COLUMNS, *rows])

    read_back = [list(row.values.values()) for row in read(path)]

    assert read_back == rows


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_any_bytes_at_all_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(codecs.BOM_UTF8[: len(content) % 4] + content)

    with contextlib.suppress(FileError):
        assert read(path, None)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(min_value=1, max_value=139))
def test_a_file_cut_off_anywhere_never_gives_a_row_that_was_not_there(tmp_path: Path, cut: int) -> None:
    whole = as_csv([*ROWS, ("2", "2022.3.10.59", "งบ\nกลาง", '"5"')]).encode()
    path = tmp_path / "table.csv"
    path.write_bytes(whole[:-cut])
    there = [tuple(row) for row in csv.reader(io.StringIO(whole.decode(), newline=""))]

    try:
        rows = read(path)
    except FileError:
        return

    for row in rows[:-1]:
        assert tuple(row.values.values()) in there
