"""ZIP files give up the one file that is wanted, and nothing else can be made of them."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from importers.errors import FileError
from importers.reading import Limits, unwrapped
from importers.reading.archives import members_of, name_of

CONTENT = b"ITEM_ID,AMOUNT\na,1\n"


@pytest.fixture
def packed(tmp_path: Path):
    """A ZIP file with the given members: their content by their name."""

    def pack(members: dict[str, bytes] | None = None, *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
        path = tmp_path / "published.zip"
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, content in (members or {"table.csv": CONTENT}).items():
                archive.writestr(name, content)
        return path

    return pack


def content_of(path: Path, suffixes: tuple[str, ...] = (".csv",), limits: Limits | None = None) -> bytes:
    with unwrapped(path, suffixes, wanted="CSV", limits=limits or Limits()) as file:
        return file.read_bytes()


def refused(path: Path, suffixes: tuple[str, ...] = (".csv",), limits: Limits | None = None) -> FileError:
    with pytest.raises(FileError) as error:
        content_of(path, suffixes, limits)
    return error.value


def test_a_file_that_is_not_wrapped_is_itself(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(CONTENT)

    with unwrapped(path, (".csv",), wanted="CSV") as file:
        assert file == path


@pytest.mark.parametrize(
    "name", ["table.csv", "2026_07_03/table.CSV", "ตารางงบ.csv", "a/b/c/table.csv", "a\\table.csv"]
)
@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_only_wanted_file_is_unpacked_wherever_it_lies(packed, name: str, compression: int) -> None:
    assert content_of(packed({name: CONTENT}, compression=compression)) == CONTENT


def test_the_unpacked_file_keeps_its_name_and_does_not_stay(packed) -> None:
    with unwrapped(packed({"2026_07_03/รายงาน 2026_07_03.csv": CONTENT}), (".csv",), wanted="CSV") as file:
        assert file.name == "รายงาน 2026_07_03.csv"

    assert not file.exists()


def test_what_operating_systems_leave_behind_is_not_wanted(packed) -> None:
    members = {
        "รายงาน/": b"",
        "รายงาน/table.csv": CONTENT,
        "รายงาน/.DS_Store": b"x",
        "รายงาน/~$table.csv": b"x",
        "__MACOSX/รายงาน/._table.csv": b"x",
        "Thumbs.db": b"x",
        "อ่านก่อน.txt": b"x",
    }

    assert content_of(packed(members)) == CONTENT


@pytest.mark.parametrize("alphabet", ["cp874", "utf-8"])
def test_thai_names_of_old_packers_are_read(packed, alphabet: str) -> None:
    name = "งบประมาณ.csv".encode(alphabet)
    path = packed({"x" * len(name): CONTENT})
    path.write_bytes(path.read_bytes().replace(b"x" * len(name), name))

    (member,) = members_of(path)

    assert name_of(member) == "งบประมาณ.csv"
    assert content_of(path) == CONTENT


def test_several_wanted_files_are_named(packed) -> None:
    error = refused(packed({"a.csv": CONTENT, "b.csv": CONTENT, "c.txt": b""}))

    assert "several .csv files (a.csv, b.csv)" in error.reason


def test_an_archive_without_the_wanted_file_says_what_it_holds(packed) -> None:
    error = refused(packed({"a.pdf": b"%PDF", "b.zip": b"PK"}), (".xlsx", ".xlsm"))

    assert error.reason == "The ZIP file holds no .xlsx / .xlsm file, but a.pdf, b.zip."


@pytest.mark.parametrize(
    "name",
    [
        "../table.csv",
        "a/../../table.csv",
        "/etc/table.csv",
        "\\table.csv",
        "C:\\table.csv",
        "c:table.csv",
        "a\\..\\b.csv",
    ],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(packed, name: str) -> None:
    error = refused(packed({"fine.csv": CONTENT, name: b"x"}))

    assert "leads out of its folder" in error.reason
    assert error.place == name


@pytest.mark.parametrize("name", ["a..b.csv", "...csv", "a/..b/c.csv"])
def test_dots_in_a_name_are_harmless(packed, name: str) -> None:
    assert members_of(packed({name: CONTENT}))


def test_a_link_is_refused(packed, tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    link = zipfile.ZipInfo("table.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    assert "link" in refused(path).reason


def test_a_password_is_noticed_before_anything_is_unpacked(packed) -> None:
    path = packed()
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    assert "password" in refused(path).reason


def test_a_member_that_unpacks_to_hundreds_of_times_its_size_is_refused(packed) -> None:
    error = refused(packed({"table.csv": b"0" * 30_000_000}))

    assert "more than 250 times its size" in error.reason


def test_a_small_member_may_be_as_dense_as_it_likes(packed) -> None:
    assert len(content_of(packed({"table.csv": b"0" * 5_000_000}))) == 5_000_000


def test_all_members_together_may_not_unpack_to_more_than_the_limit(packed) -> None:
    members = {f"{number}.txt": bytes(range(256)) * 4 for number in range(10)} | {"table.csv": CONTENT}

    assert "unpacks to" in refused(packed(members), limits=Limits(unpacked=10_000)).reason


def test_too_many_members_are_refused_before_their_list_is_read(packed) -> None:
    path = packed({f"{number}.txt": b"" for number in range(50)})

    assert "more than 40 members" in refused(path, limits=Limits(members=40)).reason
    assert "members" in refused(path, limits=Limits(directory=1000)).reason


def test_a_list_of_members_that_lies_about_a_size_is_refused(packed) -> None:
    path = packed({"table.csv": b"0" * 40_000_000})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 1000)
    path.write_bytes(content)

    assert "damaged" in refused(path).reason


@pytest.mark.parametrize("keep", [10, 30, 60, -1, -22, -30])
def test_an_archive_cut_off_in_transfer_is_refused(packed, keep: int) -> None:
    path = packed({"table.csv": CONTENT * 50})
    path.write_bytes(path.read_bytes()[:keep])

    assert "cut off in transfer" in refused(path).reason


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_in_an_unusual_way_is_refused(packed, compression: int) -> None:
    assert "unusual way" in refused(packed(compression=compression)).reason


def test_an_empty_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.zip"
    zipfile.ZipFile(path, "w").close()

    assert refused(path).reason == "The ZIP file is empty. Download it again."


def test_an_archive_with_a_comment_is_read(packed) -> None:
    path = packed()
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = "กรมบัญชีกลาง".encode() * 100

    assert content_of(path) == CONTENT


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "with a password"),
        (b"<!doctype html><html>Not found</html>", "web page"),
        (b"", "empty"),
    ],
)
def test_a_wanted_name_around_something_else_is_told(packed, content: bytes, said: str) -> None:
    assert said in refused(packed({"table.csv": content})).reason


def test_an_archive_in_a_wanted_archive_is_not_opened(packed, tmp_path: Path) -> None:
    inner = packed({"table.csv": CONTENT}).read_bytes()

    assert refused(packed({"inner.zip": inner})).reason == "The ZIP file holds no .csv file, but inner.zip."


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None
)
@given(at=st.integers(0, 400), value=st.integers(0, 255))
def test_an_archive_with_any_byte_changed_is_read_as_it_was_or_refused(packed, at: int, value: int) -> None:
    path = packed({"2565/table.csv": CONTENT * 30, "readme.txt": b"x" * 20})
    content = bytearray(path.read_bytes())
    content[at % len(content)] = value
    path.write_bytes(content)

    try:
        found = content_of(path)
    except FileError:
        return

    assert found in (CONTENT * 30, bytes(content))
