"""OCDS as it goes wrong: what stands in another shape is refused with its place and what would mend it."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import Entry, Head, Note, OpenContractRecord, OpenProcessRecord, Refusal
from importers.sources import SOURCES

RELEASE = {"ocid": "ocds-1", "date": "2020-01-01T00:00:00Z"}
THB = {"amount": 5, "currency": "THB"}


def read(folder: Path, document: Any, name: str = "file.json") -> list[Entry]:
    path = folder / name
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return list(SOURCES["ocds"].entries(path))


def refusals(entries: list[Entry]) -> list[Refusal]:
    return [entry for entry in entries if isinstance(entry, Refusal)]


def processes(entries: list[Entry]) -> list[OpenProcessRecord]:
    return [entry for entry in entries if isinstance(entry, OpenProcessRecord)]


def test_deep_place_of_releases_that_can_be_decoded_but_not_followed_is_named(tmp_path: Path) -> None:
    deep = "[" * 700 + "]" * 700
    text = f'{{"records": [{{"ocid": "a",\n"versionedRelease": {{"ocid": "a", "deep": {deep}}}}}]}}'

    with pytest.raises(FileError) as refused:
        read(tmp_path, text.encode())

    assert refused.value.place == "line 2, column 742 (records[0].versionedRelease.deep[0][0]…)"


@pytest.mark.parametrize(
    ("members", "column", "mend"),
    [
        ({"tender": {"value": 1000}}, "tender/value", "An object belongs here"),
        ({"planning": {"budget": {"amount": "7 THB"}}}, "planning/budget/amount", "An object belongs here"),
        ({"buyer": "Ministry"}, "buyer", "An object belongs here"),
        ({"awards": {"id": "1", "value": THB}}, "awards", "A list of objects belongs here"),
        ({"contracts": ["1"]}, "contracts", "A list of objects belongs here"),
        ({"awards": [{"value": THB}, {"value": "5 THB"}]}, "awards/1/value", "An object belongs here"),
        ({"awards": [{"value": {"amount": "1,000.50"}}]}, "awards/0/value", "Write digits alone"),
        ({"awards": [{"value": {"amount": 10**25}}]}, "awards/0/value", "run together"),
        ({"awards": [{"value": {"amount": 5, "currency": "Baht"}}]}, "awards/0/value", "as in THB"),
        ({"date": "2563-05-01"}, "date", "Write 2020 for 2563"),
        ({"awards": [{"date": "2563-05-01"}]}, "awards/0/date", "Write 2020 for 2563"),
        ({"ocid": 5}, "ocid", "Each release needs one"),
    ],
)
def test_process_with_another_thing_in_a_members_place_is_refused_with_it(
    tmp_path: Path, members: dict[str, Any], column: str, mend: str
) -> None:
    sound = {**RELEASE, "ocid": "ocds-2"}

    entries = read(tmp_path, {"releases": [{**RELEASE, **members}, sound]})

    (refusal,) = refusals(entries)
    assert (refusal.line, refusal.column) == (1, column)
    assert mend in refusal.reason
    assert [process.ocid for process in processes(entries)] == ["ocds-2"]
    assert not any(isinstance(entry, OpenContractRecord) for entry in entries)


def test_each_release_without_an_id_is_refused_by_itself(tmp_path: Path) -> None:
    lost = {"date": "2020-01-01", "tender": {"title": "Bridge"}}

    entries = read(tmp_path, {"releases": [lost, RELEASE, lost]})

    assert [(one.line, one.column) for one in refusals(entries)] == [(1, "ocid"), (3, "ocid")]


def test_releases_are_laid_over_each_other_by_the_moment_wherever_their_clocks_stand(tmp_path: Path) -> None:
    earlier = {**RELEASE, "date": "2020-01-02T01:00:00+14:00", "tender": {"title": "earlier"}}
    later = {**RELEASE, "date": "2020-01-01T23:00:00-05:00", "tender": {"title": "later"}}

    (process,) = processes(read(tmp_path, {"releases": [later, earlier]}))

    assert (process.title, process.released_on) == ("later", date(2020, 1, 1))


def test_record_whose_compiled_release_is_null_is_read_by_its_releases(tmp_path: Path) -> None:
    release = {**RELEASE, "buyer": {"name": "City"}}

    (process,) = processes(
        read(tmp_path, {"records": [{"ocid": "ocds-1", "compiledRelease": None, "releases": [release]}]})
    )

    assert process.buyer == "City"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp874"])
def test_thai_letters_are_read_in_every_alphabet_that_writes_them(tmp_path: Path, encoding: str) -> None:
    text = json.dumps({"releases": [{**RELEASE, "buyer": {"name": "เทศบาลนครเชียงใหม่"}}]}, ensure_ascii=False)

    (process,) = processes(read(tmp_path, text.encode(encoding)))

    assert process.buyer == "เทศบาลนครเชียงใหม่"


def test_latin_letters_are_no_thai_ones(tmp_path: Path) -> None:
    text = json.dumps({"releases": [{**RELEASE, "buyer": {"name": "España"}}]}, ensure_ascii=False)

    assert processes(read(tmp_path, text.encode("iso-8859-1")))[0].buyer == "España"


@pytest.mark.parametrize(
    ("second", "place"),
    [
        ("{bad}", "line 2"),
        ('{"ocid": "b", "tender": {"value": {"amount": NaN}}}', "line 2 (tender.value.amount)"),
    ],
)
def test_line_that_is_no_sound_json_refuses_the_file_with_its_place(
    tmp_path: Path, second: str, place: str
) -> None:
    text = f"{json.dumps(RELEASE)}\n{second}\n{json.dumps(RELEASE)}\n"

    with pytest.raises(FileError) as refused:
        read(tmp_path, text.encode(), "file.jsonl")

    assert refused.value.place == place


def test_lines_in_a_zip_are_read_alike(tmp_path: Path) -> None:
    lines = "".join(json.dumps({**RELEASE, "ocid": ocid}) + "\n" for ocid in ("ocds-1", "ocds-2"))
    with zipfile.ZipFile(tmp_path / "file.zip", "w") as archive:
        archive.writestr("inner.jsonl", lines)

    entries = list(SOURCES["ocds"].entries(tmp_path / "file.zip"))

    assert [process.ocid for process in processes(entries)] == ["ocds-1", "ocds-2"]
    assert isinstance(entries[0], Head)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("นายสมชาย xxxx", "สมชาย"),
        ("น.ส.สมหญิง ดี", "ดี"),
        ("คุณสมศักดิ์", "ศักดิ์"),
        ("สมชาย ใจดี", "ใจ"),
        ("ร้านสมชาย", "สมชาย"),
        ("Somchai Jaidee", "Jaidee"),
    ],
)
def test_thai_supplier_that_may_be_a_person_leaves_no_piece_of_the_name(
    tmp_path: Path, name: str, told: str
) -> None:
    award = {"id": "1", "value": THB, "suppliers": [{"id": "s-1", "name": name}]}

    entries = read(
        tmp_path, {"releases": [{**RELEASE, "tender": {"title": f"จ้าง {name}"}, "awards": [award]}]}
    )

    (decision,) = [entry for entry in entries if isinstance(entry, OpenContractRecord)]
    assert (decision.suppliers, decision.unnamed) == ("", 1)
    assert told not in repr(entries)


def test_person_in_the_place_of_a_buyer_or_in_a_title_is_not_named(tmp_path: Path) -> None:
    members = {"buyer": {"name": "นายสมชาย ใจดี"}, "tender": {"title": "จ้าง นางสาวสมหญิง ใจงาม ทำความสะอาด"}}

    entries = read(tmp_path, {"releases": [{**RELEASE, **members}]})

    assert processes(entries)[0].buyer == ""
    for name in ("สมชาย", "สมหญิง", "ใจ"):
        assert name not in repr(entries)


def test_supplier_that_is_but_a_name_is_one(tmp_path: Path) -> None:
    award = {"id": "1", "value": THB, "suppliers": ["Acme Ltd", "Pedro Ejemplo"]}

    entries = read(tmp_path, {"releases": [{**RELEASE, "awards": [award]}]})

    (decision,) = [entry for entry in entries if isinstance(entry, OpenContractRecord)]
    assert (decision.suppliers, decision.unnamed) == ("Acme Ltd", 1)


@pytest.mark.parametrize(
    "record",
    [
        {"ocid": "ocds-2"},
        {"ocid": "ocds-2", "releases": []},
        {"ocid": "ocds-2", "compiledRelease": {}},
        {"ocid": "ocds-2", "compiledRelease": {"ocid": "ocds-2", "id": "1", "tender": {}, "awards": []}},
    ],
)
def test_record_of_nothing_but_an_id_is_refused(tmp_path: Path, record: dict[str, Any]) -> None:
    entries = read(tmp_path, {"records": [{"ocid": "ocds-1", "releases": [RELEASE]}, record]})

    assert [process.ocid for process in processes(entries)] == ["ocds-1"]
    (refusal,) = refusals(entries)
    assert (refusal.line, refusal.column, refusal.value) == (2, "ocid", "ocds-2")
    assert "says nothing but its id" in refusal.reason


@pytest.mark.parametrize("document", [{"records": [RELEASE, "x"]}, {"releases": [RELEASE, 7, None]}])
def test_what_is_no_object_in_a_list_is_refused_and_counted(tmp_path: Path, document: Any) -> None:
    entries = read(tmp_path, document)

    assert len(processes(entries)) == 1
    assert {one.column for one in refusals(entries)} == {"ocid"}
    assert len(refusals(entries)) == len(next(iter(document.values()))) - 1


@pytest.mark.parametrize(("date_of"), ["30/12/2020", "2020-02-30", "soon", 2020])
def test_date_that_cannot_be_read_is_noted_with_its_place(tmp_path: Path, date_of: Any) -> None:
    release = {
        **RELEASE,
        "date": date_of,
        "awards": [{"id": "1", "date": date_of}],
        "contracts": [{"id": "2", "dateSigned": date_of}],
    }

    entries = read(tmp_path, {"releases": [release]})

    notes = [
        (one.line, one.published, one.read_as)
        for one in entries
        if isinstance(one, Note) and one.kind == "unreadable_day"
    ]
    places = ("date", "awards/0/date", "contracts/0/dateSigned")
    assert notes == [(1, str(date_of), place) for place in places]
    assert not refusals(entries)


def test_dates_that_are_absent_or_read_need_no_note(tmp_path: Path) -> None:
    release = {**RELEASE, "awards": [{"id": "1", "date": None}, {"id": "2"}, {"id": "3", "date": ""}]}

    assert not any(isinstance(one, Note) for one in read(tmp_path, {"releases": [release]}))
