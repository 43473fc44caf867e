"""Natural persons are in no table, page, file, search or log, however they stand in a published file.

All names are made up, and planted in every column and shape in which published files hold them.
"""

from __future__ import annotations

import gzip
import logging
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from importers.loading import load
from importers.models import ImportRun
from importers.samples import write_sample
from importers.sources import SOURCES
from importers.uploads import announce, load_announced
from spending.models import SourceFile
from tests.importers.sources.egp_files import (
    AS_WRITTEN,
    BULK,
    COMPANY_ID,
    PROJECT,
    answer,
    envelope,
    row,
    write,
)

pytestmark = pytest.mark.django_db
PLANTED = ("ฟ้าใส", "ดวงประเสริฐ", "มั่นหมาย", "Fahsai", "3619900123456")
MASKED = {"tax_id": "3619900xxxxxx"}
ROWS = [
    row(number="64097000001"),
    row(number="64097000002", winner="นางสาวฟ้าใส ดวงประเสริฐ", **MASKED),
    row(
        number="64097000003",
        winner="ฟ้าใส ดวงประเสริฐ",
        tax_id="3619900123456",
        title="จ้าง ฟ้าใส ดวงประเสริฐ ทำความสะอาด",
    ),
    row(number="64097000004", winner="ร้านฟ้าใสพาณิชย์", tax_id=""),
    row(number="64097000005", winner="นายมั่นหมาย ดวงประเสริฐ", tax_id="1.05559E+11"),
    row(number="64097000006", winner="ว่าที่ร้อยตรี มั่นหมาย ดวงประเสริฐ", tax_id="3.6199E+12"),
    row(number="64097000007", title="จ้างเหมาบริการ น.ส.ฟ้าใส ดวงประเสริฐ โดยวิธีเฉพาะเจาะจง"),
    row(number="64097000008", winner="Miss Fahsai Duang", tax_id="-"),
    row(number="64097000009", **{"ชื่อหน่วยงานย่อย": "ฝ่ายพัสดุ โดย นายมั่นหมาย ดวงประเสริฐ"}),
    row(
        number="64097000010", winner="นางสาวฟ้าใส ดวงประเสริฐ", **MASKED, **{"เลขที่สัญญา": "จ้าง ฟ้าใส ดวงประเสริฐ"}
    ),
    row(number="64097000011", **{"งบสัญญา(บาท)": "นายมั่นหมาย ดวงประเสริฐ"}),
    row(number="64097000012", tax_id="นายมั่นหมาย ดวงประเสริฐ", winner="3619900123456"),
    row(number="64097000013", **{"จังหวัด": "นายมั่นหมาย ดวงประเสริฐ"}),
    row(number="64097000014", winner="บริษัท ตัวอย่าง จำกัด โดย นายมั่นหมาย ดวงประเสริฐ"),
    row(number="นายมั่นหมาย"),
    *(row(number=f"640970001{number:02}") for number in range(90)),
]


def texts_in_database() -> str:
    """Every text of every table, as a dump would hold it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT string_agg("{table}"::text, chr(10)) FROM "{table}"')
            found.append(cursor.fetchone()[0] or "")
    return "\n".join(found)


def kept_files() -> str:
    folder = Path(settings.MEDIA_ROOT)
    return "\n".join(
        path.read_bytes().decode("utf-8", "ignore") for path in folder.rglob("*") if path.is_file()
    )


def planted_in(text: str) -> list[str]:
    return [name for name in PLANTED if name in text]


@pytest.fixture
def bulk(tmp_path: Path) -> ImportRun:
    path = write(tmp_path, ROWS)
    with path.open("a", encoding="utf-8") as file:
        file.write("9,64097000099,จ้าง นายมั่นหมาย ดวงประเสริฐ,จ้าง\r\n")
    return load(SOURCES["egp_contracts"], path)


def test_planted_file_is_read_and_its_persons_counted(bulk: ImportRun) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM spending_contract WHERE winner_kind = 'person'")
        persons = cursor.fetchone()[0]

    assert bulk.outcome in (ImportRun.Outcome.PUBLISHED, ImportRun.Outcome.HELD)
    assert persons == 7
    assert bulk.refused == 5


def test_no_table_holds_a_planted_name(bulk: ImportRun) -> None:
    assert planted_in(texts_in_database()) == []


def test_published_file_with_names_is_not_kept(bulk: ImportRun) -> None:
    assert not SourceFile.objects.get(sha256=bulk.sha256).content
    assert planted_in(kept_files()) == []


def test_former_site_leaves_no_planted_name(tmp_path: Path) -> None:
    person = PROJECT["contract"][0] | {"winner_tin": "3619900xxxxxx", "winner": "นางสาวฟ้าใส ดวงประเสริฐ"}
    named = PROJECT | {"project_name": "จ้าง ฟ้าใส ดวงประเสริฐ", "contract": [person]}
    broken = PROJECT | {"project_id": "นายมั่นหมาย", "budget_year": "ดวงประเสริฐ"}

    load(SOURCES["cgdcontract"], answer(tmp_path, envelope(named, broken)))

    assert planted_in(texts_in_database()) == []
    assert planted_in(kept_files()) == []


def test_upload_by_staff_leaves_no_planted_name(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    content = write(tmp_path, ROWS).read_bytes()
    run = announce("egp_contracts", SimpleUploadedFile("2564-cgd-contract-1.csv", content))

    with django_capture_on_commit_callbacks(execute=True):
        load_announced(run.pk)

    assert planted_in(texts_in_database()) == []
    assert planted_in(kept_files()) == []


def test_upload_that_cannot_be_read_leaves_no_planted_name(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    content = write(tmp_path, ROWS, columns=AS_WRITTEN[:20], header=BULK).read_bytes()
    run = announce("egp_contracts", SimpleUploadedFile("2564-cgd-contract-1.csv", content))

    with django_capture_on_commit_callbacks(execute=True):
        load_announced(run.pk)

    run.refresh_from_db()
    assert run.outcome == ImportRun.Outcome.FAILED
    assert planted_in(texts_in_database() + kept_files()) == []


def published(bulk: ImportRun) -> None:
    for edition in bulk.editions.filter(state="held"):
        edition.release(by="tester", reason="planted")


def pages(bulk: ImportRun) -> list[str]:
    edition = bulk.editions.get()
    numbers = [f"640970000{number:02}" for number in range(1, 15)]
    searched = [f"/search/?q={quote(name)}" for name in PLANTED]
    named = [f"/suppliers/{quote(name)}/" for name in (*PLANTED, "นางสาวฟ้าใส ดวงประเสริฐ")]
    tongueless = [
        "/procurement/2564/",
        "/procurement/2564/projects/",
        *(f"/projects/{number}/" for number in numbers),
        "/flags/",
        "/flags/specific-method/",
        f"/projects/{numbers[1]}/contracts/1~person/",
        "/suppliers/",
        f"/suppliers/{COMPANY_ID}/",
        "/data/",
        f"/data/editions/{edition.pk}/",
        f"/data/files/{bulk.sha256}/",
    ]
    asked = [f"/suppliers/?q={quote(name)}" for name in PLANTED]
    return [*tongueless, *(f"/en{address}" for address in tongueless), *searched, *named, *asked]


def body_of(answer: Any, address: str) -> str:
    """What an answer says, without the words of the address that it repeats."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if address.endswith(".xlsx"):
        with zipfile.ZipFile(BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return str(content.decode("utf-8", "ignore"))


def test_no_page_shows_a_planted_name(client: Any, bulk: ImportRun) -> None:
    published(bulk)

    shown = {}
    for address in pages(bulk):
        said_by_asker = [name for name in PLANTED if quote(name) in address]
        found = planted_in(body_of(client.get(address), address))
        shown[address] = [name for name in found if name not in said_by_asker and not said_by_asker]

    assert {address: names for address, names in shown.items() if names} == {}


def test_asking_for_a_planted_name_leads_to_no_purchase(client: Any, bulk: ImportRun) -> None:
    published(bulk)

    for name in PLANTED:
        for address in (
            f"/suppliers/?q={quote(name)}",
            f"/suppliers/{quote(name)}/",
            f"/search/?q={quote(name)}",
        ):
            shown = body_of(client.get(address), address)
            assert "/projects/6409" not in shown
            assert COMPANY_ID not in shown


@pytest.mark.parametrize("name", ["projects", "contracts", "flags"])
@pytest.mark.parametrize("form", ["/?limit=1000", ".csv", ".jsonl", ".xlsx", "/breakdown?by=buyer"])
def test_no_download_holds_a_planted_name(client: Any, bulk: ImportRun, name: str, form: str) -> None:
    published(bulk)
    address = f"/api/v1/{name}{form}"

    answer = client.get(address)

    assert answer.status_code == 200
    assert planted_in(body_of(answer, address)) == []


def test_breakdown_by_supplier_names_companies_only(client: Any, bulk: ImportRun) -> None:
    published(bulk)

    rows = client.get("/api/v1/contracts/breakdown?by=supplier").json()["rows"]

    assert {row["code"] for row in rows} == {COMPANY_ID, "-"}


@pytest.mark.parametrize("word", PLANTED)
def test_search_for_a_planted_name_finds_no_project(client: Any, bulk: ImportRun, word: str) -> None:
    published(bulk)

    found = client.get(f"/api/v1/projects/?q={quote(word)}")

    assert found.json()["rows"] == []


def test_sample_of_planted_rows_names_nobody(tmp_path: Path) -> None:
    source = SOURCES["egp_contracts"]
    path = tmp_path / "egp_contracts.jsonl.gz"

    write_sample(path, source.name, source.entries(write(tmp_path, ROWS)))

    assert planted_in(gzip.decompress(path.read_bytes()).decode()) == []


def test_logs_and_command_line_name_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG, logger="importers")

    call_command("import", "egp_contracts", str(write(tmp_path, ROWS)), dry_run=True)

    said = capsys.readouterr()
    assert planted_in(said.out + said.err + caplog.text) == []
