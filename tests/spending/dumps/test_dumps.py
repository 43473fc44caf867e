"""The whole site as files: what is written adds up to what pages show, and any change is found."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from frictionless import Package
from pyarrow import parquet

from spending.dumps import signing
from spending.dumps.manifest import KEY, MANIFEST, PACKAGE, SIGNATURE, SUMS, DumpedFile, read_manifest
from spending.dumps.verifying import verify
from spending.dumps.writing import latest, publish
from spending.models import Edition
from spending.tasks import publish_dump
from tests.factories import DISEASE_CONTROL, HEALTH, allocation, disbursement, head, loaded
from tests.purchases import bought, contract, part, project

pytestmark = pytest.mark.django_db


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A dump of three budget lines, one body's week, two projects and their contracts."""
    lines = allocation(1, "100.01"), allocation(2, "0.02", ministry=HEALTH, agency=DISEASE_CONTROL)
    loaded(head(), *lines, folder=tmp_path)
    loaded(head("2569", fiscal_year=2026), disbursement(), folder=tmp_path)
    bought(part(), project(1), contract(1), contract(2), folder=tmp_path)
    return publish(tmp_path / "dumps", signing.new_key())


def _is_of(file: DumpedFile, resource: str) -> bool:
    return file.resource == resource and file.path.endswith(".csv")


def test_a_dump_holds_against_itself(dump: Path) -> None:
    report = verify(dump)

    assert report.problems == []
    assert report.rows > 10
    assert report.headlines >= 5


def test_the_files_hold_what_pages_add_up(dump: Path) -> None:
    manifest = read_manifest((dump / MANIFEST).read_text(encoding="utf-8"))
    shown = {(one.measure, one.where.get("ministry_code")): one.amount for one in manifest.headlines}
    file = next(one for one in manifest.files if _is_of(one, "allocations"))

    with (dump / file.path).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    assert [row["amount"] for row in rows] == ["100.01", "0.02"]
    assert file.totals == {"amount": Decimal("100.03")}
    assert shown["amount", "15"] == Decimal("100.01")
    assert shown["amount", "21"] == Decimal("0.02")


def test_parquet_holds_amounts_as_exact_decimals(dump: Path) -> None:
    (path,) = dump.glob("editions/budget_book-*/allocations.parquet")

    table = parquet.read_table(path)

    assert str(table.schema.field("amount").type) == "decimal128(20, 2)"
    assert table.column("amount").to_pylist() == [Decimal("100.01"), Decimal("0.02")]


def test_the_documented_query_reads_the_dump(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
    query, *_of_purchases = re.findall(r"^```sql\n(.*?)^```$", documents, re.MULTILINE | re.DOTALL)
    asked = query.replace("ministry_code = '20'", "ministry_code = '15'")  # who stands in the dump of tests
    assert asked != query
    monkeypatch.chdir(dump)

    with duckdb.connect() as database:
        found = database.execute(asked).fetchall()

    assert found == [(Decimal("100.01"),)]


def test_a_column_that_adds_up_to_something_else_is_found(dump: Path) -> None:
    (path,) = dump.glob("editions/budget_book-*/allocations.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("100.01", "100.02"), encoding="utf-8")

    problems = verify(dump).problems

    name = path.relative_to(dump).as_posix()
    assert f"{name}: its bytes are not those that were signed" in problems
    assert f"{name}: amount adds up to 100.04, the manifest says 100.03" in problems
    assert any("/budget/2565/ shows 100.01" in problem for problem in problems)


def _without_a_file(dump: Path) -> None:
    next(dump.glob("editions/*/contracts.parquet")).unlink()


def _with_another_file(dump: Path) -> None:
    (dump / "editions" / "more.csv").write_text("a\n1\n")


def _signed_by_another(dump: Path) -> None:
    (dump / SIGNATURE).write_text(signing.signature_of((dump / SUMS).read_bytes(), signing.new_key()))


def _with_a_broken_key(dump: Path) -> None:
    (dump / KEY).write_text("no key")


def _naming_a_file_outside(dump: Path) -> None:
    (dump / SUMS).write_text(f"{'0' * 64}  ../../secret\n")


def _with_a_manifest_of_something_else(dump: Path) -> None:
    (dump / MANIFEST).write_text("[]")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_without_a_file, "the file is missing"),
        (_with_another_file, "editions/more.csv: nobody signed this file"),
        (_signed_by_another, "the list of hashes is not signed by this key"),
        (_with_a_broken_key, "no Ed25519 key or signature in base64"),
        (_naming_a_file_outside, "names a file outside the dump"),
        (_with_a_manifest_of_something_else, "not those of a dump"),
    ],
)
def test_a_dump_that_was_changed_does_not_hold(dump: Path, harm: Callable[[Path], None], said: str) -> None:
    harm(dump)

    report = verify(dump)

    assert not report.holds
    assert any(said in problem for problem in report.problems)


def test_a_dump_is_trusted_by_a_key_got_on_another_way(dump: Path) -> None:
    own = (dump / KEY).read_text().strip()
    others = signing.public_key_of(signing.new_key())

    assert verify(dump, public_key=own).holds
    assert not verify(dump, public_key=others).holds


def test_rows_that_another_edition_counts_are_left_out(tmp_path: Path) -> None:
    bought(part(), project(1, "10.00"), folder=tmp_path)
    bought(part("2568-2"), project(1, "10.00"), project(2, "5.00"), folder=tmp_path)

    folder = publish(tmp_path, signing.new_key())

    manifest = read_manifest((folder / MANIFEST).read_text(encoding="utf-8"))
    budgets = [one.totals["budget"] for one in manifest.files if _is_of(one, "projects")]
    assert sorted(budgets) == [Decimal("5.00"), Decimal("10.00")]
    assert verify(folder).holds


def test_held_editions_stay_out(tmp_path: Path) -> None:
    loaded(head(), allocation(1, "7.00"), folder=tmp_path)
    Edition.objects.update(state=Edition.State.HELD, is_current=False)

    folder = publish(tmp_path, signing.new_key())

    assert not list(folder.glob("editions/*"))


def test_the_newest_dump_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    key = signing.new_key()

    folders = [publish(tmp_path, key) for _ in range(3)]

    assert latest(tmp_path) == folders[2]
    assert not folders[0].exists()
    assert folders[1].exists()


def test_a_dump_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(manifest: Any) -> str:
        raise OSError("disk full")

    monkeypatch.setattr("spending.dumps.writing.data_package", fails)

    with pytest.raises(OSError, match="disk full"):
        publish(tmp_path, signing.new_key())
    assert list(tmp_path.iterdir()) == []


def test_the_descriptor_is_a_data_package_with_types(dump: Path) -> None:
    package = json.loads((dump / PACKAGE).read_text(encoding="utf-8"))

    lines = next(one for one in package["resources"] if one["path"].endswith("/allocations.csv"))
    types = {field["name"]: field["type"] for field in lines["schema"]["fields"]}
    assert lines["hash"].startswith("sha256:")
    assert (types["amount"], types["fiscal_year"], types["as_of"], types["obliged"]) == (
        "number",
        "integer",
        "date",
        "boolean",
    )


def test_every_table_is_valid_under_frictionless(dump: Path) -> None:
    report = Package(str(dump / PACKAGE)).validate()

    assert report.valid, report.flatten(["title", "note", "rowNumber", "fieldName"])[:5]


def test_commands_publish_and_verify(dump: Path, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DUMPS_DIR = dump.parent
    settings.DUMP_SIGNING_KEY = signing.new_key()

    call_command("publish")
    call_command("verify")

    said = capsys.readouterr().out
    assert "headline figures added up anew" in said
    assert signing.public_key_of(settings.DUMP_SIGNING_KEY) in said


def test_commands_say_what_is_missing(tmp_path: Path, settings: Any) -> None:
    settings.DUMPS_DIR, settings.DUMP_SIGNING_KEY = tmp_path / "none", ""

    with pytest.raises(CommandError, match="DUMP_SIGNING_KEY is not set"):
        call_command("publish")
    with pytest.raises(CommandError, match="There is no dump here"):
        call_command("verify")
    settings.DUMP_SIGNING_KEY = "short"
    with pytest.raises(CommandError, match="no Ed25519 key"):
        call_command("publish")


def test_the_clock_writes_a_dump_only_with_a_key(tmp_path: Path, settings: Any) -> None:
    settings.DUMPS_DIR, settings.DUMP_SIGNING_KEY = tmp_path, ""

    publish_dump()
    assert latest(tmp_path) is None

    settings.DUMP_SIGNING_KEY = signing.new_key()
    publish_dump()
    assert latest(tmp_path) is not None


def test_the_page_names_every_table_and_the_key(dump: Path, client: Client, settings: Any) -> None:
    settings.DUMPS_DIR = dump.parent

    page = client.get("/en/data/dumps/").content.decode()

    assert (dump / KEY).read_text().strip() in page
    manifest = read_manifest((dump / MANIFEST).read_text(encoding="utf-8"))
    assert all(f"/data/dumps/{file.path}" in page for file in manifest.files)


def _told(client: Client, name: str) -> str:
    """What the page tells to type, from where the files of the dump lie already."""
    page = client.get("/en/data/dumps/").content.decode()
    found = re.search(rf'id="{name}"><code>(.*?)</code>', page, re.DOTALL)
    assert found is not None
    lines = unescape(found[1]).splitlines()
    return "\n".join(line for line in lines if "/data/dumps/" not in line)


@pytest.mark.parametrize("harmed", [False, True])
def test_what_the_page_tells_to_type_checks_a_dump_without_this_code(
    dump: Path, client: Client, settings: Any, harmed: bool
) -> None:
    settings.DUMPS_DIR = dump.parent
    commands, program = _told(client, "check"), _told(client, "check-python")
    if harmed:
        sums = (dump / SUMS).read_text()
        (dump / SUMS).write_text(sums.replace(sums[0], "1" if sums[0] == "0" else "0", 1))

    one = subprocess.run(
        ["bash", "-e"], input=commands, cwd=dump, capture_output=True, text=True, check=False
    )
    of_signature = subprocess.run(
        ["bash", "-e"],
        input="\n".join(line for line in commands.splitlines() if "sha256sum" not in line),
        cwd=dump,
        capture_output=True,
        text=True,
        check=False,
    )
    other = subprocess.run([sys.executable, "-c", program], cwd=dump, capture_output=True, check=False)

    assert "sha256sum" in commands
    assert [one.returncode == 0, of_signature.returncode == 0, other.returncode == 0] == [not harmed] * 3
    assert ("Signature Verified Successfully" in of_signature.stdout) != harmed


def test_without_a_dump_the_page_says_so(client: Client, tmp_path: Path, settings: Any) -> None:
    settings.DUMPS_DIR = tmp_path

    assert "No dump has been made here yet" in client.get("/en/data/dumps/").content.decode()
    assert "python manage.py publish" in client.get("/en/data/dumps/").content.decode()
    assert client.get("/data/dumps/manifest.json").status_code == 404


def test_a_file_is_sent_whole_or_in_parts(dump: Path, client: Client, settings: Any) -> None:
    settings.DUMPS_DIR = dump.parent
    text = (dump / SUMS).read_bytes()
    address = f"/data/dumps/{SUMS}"

    whole = client.get(address)
    rest = client.get(address, headers={"Range": "bytes=50-", "If-Range": whole["ETag"]})
    changed = client.get(address, headers={"Range": "bytes=50-", "If-Range": '"another"'})

    assert whole.getvalue() == text
    assert (rest.status_code, rest["Content-Range"]) == (206, f"bytes 50-{len(text) - 1}/{len(text)}")
    assert rest.getvalue() == text[50:]
    assert (changed.status_code, changed.getvalue()) == (200, text)
    assert client.get(address, headers={"If-None-Match": whole["ETag"]}).status_code == 304
    assert client.get(address, headers={"Range": f"bytes={len(text)}-"}).status_code == 416
    assert client.head(address)["Content-Length"] == str(len(text))


@pytest.mark.parametrize(
    "path", ["../secret", "..%2Fsecret", "editions", "%00", "nothing.csv", "/etc/passwd"]
)
def test_nothing_but_files_of_the_dump_is_sent(dump: Path, client: Client, settings: Any, path: str) -> None:
    settings.DUMPS_DIR = dump.parent
    (dump.parent / "secret").write_text("secret")

    assert client.get(f"/data/dumps/{path}").status_code == 404
