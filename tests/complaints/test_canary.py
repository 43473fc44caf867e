"""Words planted in a complaint, looked for everywhere it has been: in the dump of the database, in the queue,
in kept files, in the log.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from complaints.access import read_key
from complaints.delivery import deliver
from complaints.models import Attachment, Complaint, Dispatch
from proofs.canary import open_files, planted, search, unwalked

from .cases import complaint
from .test_delivery import agency_at
from .test_filing import PNG
from .test_views import SAID, key_on, token

CANARIES = {
    "subject": "คานารีหัวเรื่อง",
    "detail": "คานารีรายละเอียดของเรื่องทั้งหมด",
    "when": "คานารีวันที่",
    "agency": "คานารีสำนัก",
    "place": "คานารีสถานที่",
    "district": "คานารีอำเภอ",
    "subdistrict": "คานารีตำบล",
    "damage": "คานารีความเสียหาย",
    "knowledge": "คานารีรู้มา",
    "told": "คานารีแจ้งแล้ว",
    "wish_words": "คานารีความประสงค์",
    "person1_name": "คานารีนายหนึ่ง",
    "person1_position": "คานารีตำแหน่ง",
    "person2_name": "คานารีนายสอง",
    "honorific": "คานารีคำนำ",
    "first_name": "คานารีชื่อ",
    "last_name": "คานารีสกุล",
    "address": "คานารีบ้านเลขที่",
    "phone": "0899999777",
    "email": "canary@canary.example",
    "national_id": "1101700230708",
}
ADDRESS, BROWSER, REFERRER, FILE = (
    "203.0.113.77",
    "CanaryBrowser/7",
    "https://canary.example/from",
    "คานารีไฟล์",
)


def everything_in_the_database() -> str:
    """All rows of all tables as text: bytes stand there as hexadecimal digits. The queue is among them."""
    texts = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT row::text FROM {table} AS row")
            texts += [text for (text,) in cursor.fetchall()]
    return "\n".join(texts)


@pytest.mark.django_db
def test_nothing_planted_is_found_in_the_clear(client: Client, settings: Any, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    evidence = SimpleUploadedFile(f"{FILE}.png", PNG + b"canary inside")
    values = {"token": token(client)} | SAID | CANARIES | {"identity": "named", "evidence": [evidence]}
    headers = {"X-Forwarded-For": ADDRESS, "User-Agent": BROWSER, "Referer": REFERRER}
    page = client.post("/complaints/new/", values, REMOTE_ADDR=ADDRESS, headers=headers)
    key = key_on(page)
    added = {"key": key, "act": "add", "words": "คานารีเพิ่มเติม"}
    client.post("/complaints/status/", added, REMOTE_ADDR=ADDRESS, headers=headers)
    with agency_at(settings, "error"):
        deliver(Dispatch.objects.get().pk)

    planted = [*CANARIES.values(), "คานารีเพิ่มเติม", ADDRESS, BROWSER, REFERRER, FILE, key, read_key(key)]
    with default_storage.open(Attachment.objects.get().original.name) as file:
        kept = file.read()
    content = everything_in_the_database() + caplog.text + repr(caplog.records)
    found = [word for word in planted if word in content or word.encode().hex() in content]
    found += [word for word in [*planted, "canary inside"] if word.encode() in kept]
    assert Complaint.objects.count() == 1
    assert len(planted) >= 25
    assert found == []


@pytest.mark.django_db
def test_planted_words_reach_the_agency_so_the_search_means_something(client: Client, settings: Any) -> None:
    values = {"token": token(client)} | SAID | CANARIES | {"identity": "named"}
    client.post("/complaints/new/", values)

    with agency_at(settings) as agency:
        deliver(Dispatch.objects.get().pk)

    content = str(agency.received)
    assert [word for word in CANARIES.values() if word not in content] == []


def test_search_finds_a_word_in_letters_in_wide_letters_and_in_digits(tmp_path: Path) -> None:
    word = planted()[-1]
    for name, content in (("a", word.encode()), ("b", word.encode("utf-16-le")), ("c", word.encode().hex())):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    found = search(tmp_path, planted())

    assert found == [f"{name}: {word}" for name in "abc"]


@pytest.mark.parametrize("start", [b"%PDF-1.4", b"\x89PNG\r\n\x1a\n"])
def test_search_finds_evidence_that_is_not_sealed(tmp_path: Path, start: bytes) -> None:
    (tmp_path / "open").write_bytes(start + b"rest")
    (tmp_path / "sealed").write_bytes(b"\1sealed" + start)

    assert open_files(tmp_path) == ["open"]


@pytest.mark.django_db
def test_search_names_sealed_columns_in_which_nothing_was_planted() -> None:
    complaint()

    names = unwalked()

    assert "Complaint.matter" not in names
    assert {"Blackening.content", "Blackening.copy", "ScreeningSheet.content", "Message.words"} <= set(names)
