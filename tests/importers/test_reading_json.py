"""JSON keeps every digit; what says two things, ends early or nests without end is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from importers.errors import FileError
from importers.reading import JsonRecord, open_json, open_json_lines
from importers.records import Refusal


@pytest.fixture
def written(tmp_path: Path):
    """A file with the given content, text or bytes."""

    def write(content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / "published.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def refused(path: Path, **options: int) -> FileError:
    with pytest.raises(FileError) as error:
        open_json(path, **options)
    return error.value


def refused_lines(path: Path, **options: int) -> FileError:
    with pytest.raises(FileError) as error:
        list(open_json_lines(path, **options))
    return error.value


def test_numbers_keep_every_digit(written) -> None:
    document = open_json(written('{"amount": 441905829.85, "n": 58902266400, "tiny": 0.1, "none": null}'))

    assert document == {
        "amount": Decimal("441905829.85"),
        "n": 58902266400,
        "tiny": Decimal("0.1"),
        "none": None,
    }
    assert isinstance(document["amount"], Decimal)
    assert isinstance(document["n"], int)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_alphabet_of_json_is_read(written, encoding: str) -> None:
    assert open_json(written('{"ชื่อ": "กรมการปกครอง"}', encoding)) == {"ชื่อ": "กรมการปกครอง"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ('{"a": 1', "ends too early"),
        ('[{"a": "กรม', "ends too early"),
        ('{"a": 1,}', "not JSON"),
        ("{'a': 1}", "not JSON"),
        ('{"a": 1} {"b": 2}', "not JSON"),
        ("callback({})", "not JSON"),
        ('{"a": 1, "a": 2}', "“a” stands twice"),
        ('[{"x": {"b": 1, "b": 1}}]', "“b” stands twice"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": -Infinity}', "-Infinity is no number"),
        ('{"a": ' + "9" * 5000 + "}", "more than 40 digits"),
        ('{"a": 1e99999999999999999999999}', "too large or too small"),
        ('{"a": 1e9999999}', "too large or too small"),
        ('{"a": ["\\ud800"]}', "half a letter"),
        ('{"a\\u0000": 1}', "half a letter"),
        ("[" * 200_000, "nests too deeply"),
        ('{"a":' * 200_000, "nests too deeply"),
        ("<html>Not found</html>", "web page"),
    ],
)
def test_what_is_no_sound_json_is_refused(written, content: str, said: str) -> None:
    assert said in refused(written(content)).reason


def test_the_place_of_a_mistake_is_named(written) -> None:
    assert refused(written('{\n  "a": 1,\n  "b": x\n}')).place == "line 3, column 8"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (
            '{"a": {\n  "b": 1,\n  "c": ["b", {"b": 2}],\n  "b": 3}}',
            "line 4, column 3 (a.b), and before in line 2, column 3",
        ),
        ('{"rows": [\n {"paid": 1},\n {"paid": NaN}]}', "line 3, column 11 (rows[1].paid)"),
        ('{"said": "NaN", "rows": [[0, -Infinity]]}', "line 1, column 30 (rows[0][1])"),
        ('{"ราคา": 1e99}', "line 1, column 10 (ราคา)"),
        ('[{"a": 1},\n' + "7" * 50 + "]", "line 2, column 1 ([1])"),
        ('{"a": "1",\n "b": "\\u0000"}', "line 2, column 7 (b)"),
        ('{"a\\u0062": 1, "ab": 2}', "line 1, column 16 (ab), and before in line 1, column 2"),
    ],
)
def test_the_place_of_what_is_no_figure_or_said_twice_is_named(written, content: str, place: str) -> None:
    assert refused(written(content)).place == place


@pytest.mark.parametrize(
    ("content", "place", "levels"),
    [
        ('{"a": [1, {"b": 2}],\n "rows": [0, {"deep": ' + "[" * 3000 + "]" * 3000 + "}]}",
         "line 2, column 3022 (rows[1].deep[0][0][0]…)", 3003),
        ("[" * 2000, "line 1, column 2000 ([0][0][0][0][0][0]…)", 2000),
        ('{"[{": "[[[[",\n"x": ' + '{"y":' * 1500, "line 2, column 7501 (x.y.y.y.y.y…)", 1501),
    ],
)  # fmt: skip
def test_the_place_of_what_nests_too_deeply_is_named(written, content: str, place: str, levels: int) -> None:
    error = refused(written(content))

    assert error.place == place
    assert f"{levels} brackets" in error.reason
    assert "Write flat" in error.reason


def test_the_member_of_a_line_that_nests_too_deeply_is_named(written) -> None:
    path = written('{"id": 1}\n{"id": 2, "of": [' + "[" * 3000 + "]" * 3000 + ']}\n{"id": 3}\n')

    sound, flawed, behind = open_json_lines(path)

    assert isinstance(flawed, Refusal)
    assert (flawed.line, flawed.column) == (2, "of[0][0][0][0][0]…")
    assert [sound, behind] == [JsonRecord(1, {"id": 1}), JsonRecord(3, {"id": 3})]


def test_the_member_of_a_line_that_is_no_figure_is_named(written) -> None:
    path = written('{"id": 1}\n{"id": 2, "of": {"paid": NaN}}\n{"id": 3, "id": 3}\n')

    _sound, *flawed = open_json_lines(path)

    assert [(one.line, one.column) for one in flawed] == [(2, "of.paid"), (3, "id")]
    assert all("Write the figure" in one.reason or "stands twice" in one.reason for one in flawed)


def test_a_document_larger_than_the_limit_is_refused(written) -> None:
    assert "larger than" in refused(written("[" + "1," * 1000 + "1]"), largest=1000).reason


def test_records_come_with_their_line(written) -> None:
    path = written('{"bb_code": "1", "amount": 1.50}\n\n{"bb_code": "2"}\r\n{"bb_code": "3"}')

    records = list(open_json_lines(path))

    assert records == [
        JsonRecord(1, {"bb_code": "1", "amount": Decimal("1.50")}),
        JsonRecord(3, {"bb_code": "2"}),
        JsonRecord(4, {"bb_code": "3"}),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{'a': 1}",
        "[1, 2]",
        '"a"',
        "5",
        '{"a": 1, "a": 2}',
        '{"a": NaN}',
        '{"a": 1}{"b": 2}',
        "[" * 100_000,
        "กรม",
    ],
)
def test_a_line_that_is_no_record_is_refused_and_the_rest_is_read(written, line: str) -> None:
    records = list(open_json_lines(written(f'{{"a": 1}}\n{line}\n{{"a": 2}}\n')))

    assert records[0] == JsonRecord(1, {"a": 1})
    assert isinstance(records[1], Refusal)
    assert (records[1].line, records[1].value) == (2, line[:300])
    assert records[2] == JsonRecord(3, {"a": 2})


def test_a_last_line_that_is_cut_off_refuses_the_file_with_its_line(written) -> None:
    error = refused_lines(written('{"a": 1}\n{"a": 2}\n{"a": 3, "b": "กร'))

    assert error.place == "line 3"
    assert "cut off" in error.reason


def test_letters_written_as_numbers_are_letters(written) -> None:
    assert open_json(written(r'["\u0e01", "\ud83d\ude00", "\\u0000"]')) == ["ก", "😀", "\\u0000"]


@pytest.mark.parametrize("content", ['[\n{"a": 1}\n]', '{\n"a": 1\n}'])
def test_a_document_that_is_not_written_line_by_line_is_not_taken_for_one_cut_off(
    written, content: str
) -> None:
    assert isinstance(list(open_json_lines(written(content)))[-1], Refusal)


def test_a_line_without_end_is_refused_before_it_fills_the_memory(written) -> None:
    error = refused_lines(written('{"a": 1}\n{"a": "' + "x" * 5000 + '"}\n'), longest=1000)

    assert error.place == "line 2"


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_a_file_without_records_is_refused(written, content: str) -> None:
    assert "empty" in refused_lines(written(content)).reason


def test_mixed_alphabets_are_refused_with_the_byte(written) -> None:
    line = '{"a": "กรม"}\n'
    content = line.encode() + line.encode("cp874")

    assert refused_lines(written(content)).place == f"byte {len(line.encode()) + 7}"


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=10)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(st.dictionaries(TEXT, VALUES, max_size=4), min_size=1, max_size=5))
def test_whatever_is_written_is_read_back(tmp_path: Path, records: list[dict[str, object]]) -> None:
    path = tmp_path / "published.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))

    assert [record.values for record in open_json_lines(path)] == records


def test_the_former_sites_records_are_read_whole(shared_data: Path) -> None:
    folder = shared_data / "disbursement/govspending-bbgfproject"
    sums = {}
    for year in ("2560", "2561"):
        records = list(open_json_lines(folder / f"bbgfproject_15000_{year}.jsonl"))
        sums[year] = (len(records), sum(Decimal(record.values["amount"]) for record in records))

    assert sums["2560"][0] == 10_029
    assert f"{sums['2560'][1] / 1_000_000:.4f}" == "335145.5250"
    assert sums["2561"][0] == 11_348
    assert f"{sums['2561'][1] / 1_000_000:.4f}" == "386259.3489"


def test_the_published_documents_are_read(shared_data: Path) -> None:
    history = open_json(shared_data / "disbursement/mof-monthly/budget.json")
    reference = open_json(shared_data / "reference/pbo-history.json")

    assert history["TransGovernment"]["MinistryGroup"]
    assert reference["series"][0]["paid"] == Decimal("2378260.0288")
