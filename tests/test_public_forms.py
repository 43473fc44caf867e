"""What the forms say to citizens who write what cannot be taken: in Thai, on Thai pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from complaints.feedback import OpinionForm
from complaints.forms import ComplaintForm, SupplementForm, new_token
from tests.complaints.test_views import key_on, sent
from tests.test_pages import publish

FORMS = (ComplaintForm, SupplementForm, OpinionForm)
ENGLISH = re.compile(r"\b[A-Za-z’]+ [a-z’]+\b")
"""Two Latin words behind each other, the second in small letters: no name, and no list of parameters."""
VALUES = {"limit_value": 5, "show_value": 3, "value": "ก", "max": 5, "length": 9}


@pytest.fixture
def figures(db: None, tmp_path: Path) -> None:
    publish(tmp_path)


def sentences(field: forms.Field) -> Iterator[str]:
    """All that a field can say of a value, by itself or through what checks it."""
    checks = [*field.validators, *getattr(field, "default_validators", [])]
    for message in (*field.error_messages.values(), *(check.message for check in checks)):
        yield str(message % VALUES) if "%(" in str(getattr(message, "_kw", message)) else str(message)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_no_field_speaks_english_on_a_thai_page(form: type[forms.Form]) -> None:
    with translation.override("th"):
        said = {words for field in form().fields.values() for words in sentences(field)}

    assert [words for words in said if ENGLISH.search(words) or not re.search("[ก-๙]", words)] == []
    assert len(said) >= 3


def alerts(page: Any) -> str:
    """The words of the page that speak of a fault."""
    found = re.findall(r'<p class="alert".*?</p>|<div class="summary".*?</div>', page.text, flags=re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]+>", " ", " ".join(found)))


def words_of(page: Any) -> str:
    """The words of a page between its tags, without what is marked as code."""
    main = page.text.partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"<code>.*?</code>|<[^>]+>", " ", main, flags=re.DOTALL))


LONG = "ก" * 25_000
EMPTY = SimpleUploadedFile("เปล่า.pdf", b"")
PROGRAM = SimpleUploadedFile("รูป.png", b"MZ no picture at all")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "", "detail": "", "suspicion": "", "identity": "", "level": "", "wish": ""},
        {"detail": "สั้น"},
        {name: LONG for name in ComplaintForm.base_fields if name not in ("token", "about", "evidence")},
        {"suspicion": "ก", "level": "ก", "wish": "ก", "identity": "ก", "province": "ก"},
        {"email": "ไม่ใช่ที่อยู่", "postcode": "๑๒", "national_id": "123"},
        {"subject": "ก\x00", "detail": "ก\x00" * 30},
        {"identity": "named"},
        {"identity": "anonymous", "first_name": "สมชาย"},
        {"evidence": EMPTY},
        {"evidence": PROGRAM},
        {"evidence": [PROGRAM] * 11},
        {"token": "ปลอม"},
    ],
    ids=[
        "empty",
        "short",
        "long",
        "choices",
        "numbers",
        "signs",
        "named",
        "anonymous",
        "void",
        "kind",
        "many",
        "old",
    ],
)
def test_a_wrong_complaint_is_answered_in_thai(client: Client, wrong: dict[str, Any]) -> None:
    for file in (EMPTY, PROGRAM):
        file.seek(0)

    said = alerts(sent(client, **wrong))

    assert re.search("[ก-๙]", said)
    assert ENGLISH.findall(said) == []


@pytest.mark.parametrize("words", ["", "สั้น", LONG, "ก\x00" * 30], ids=["empty", "short", "long", "signs"])
def test_a_wrong_opinion_is_answered_in_thai(client: Client, figures: None, words: str) -> None:
    given = {"token": new_token(), "about": "/agencies/15008/", "words": words}

    said = alerts(client.post("/complaints/opinions/new/", given))

    assert re.search("[ก-๙]", said)
    assert ENGLISH.findall(said) == []


@pytest.mark.django_db
def test_an_unknown_key_is_answered_in_thai(client: Client) -> None:
    for key in ("", "ก", "A" * 26, LONG):
        assert ENGLISH.findall(alerts(client.post("/complaints/status/", {"key": key}))) == []


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"words": ""}, {"words": LONG}, {"words": "ก\x00"}, {"evidence": PROGRAM}])
def test_a_wrong_addition_is_answered_in_thai(client: Client, wrong: dict[str, Any]) -> None:
    PROGRAM.seek(0)
    key = key_on(sent(client))

    said = alerts(client.post("/complaints/status/", {"key": key, "act": "add"} | wrong))

    assert re.search("[ก-๙]", said)
    assert ENGLISH.findall(said) == []


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=" + "ก" * 1_200,
        "/search/?q=%00",
        "/search/?q=ถนน&year=ก",
        "/search/?q=ถนน&min=ก",
        "/search/?q=ถนน&kind=ก",
        "/search/?q=ถนน&page=ก",
        "/search/?q=ถนน&how=ก",
        "/search/?q=ถนน&สี=แดง",
        "/?year=ก",
        "/?as_of=ก",
        "/budget/?year=ก",
        "/budget/2565/?by=ก",
        "/budget/2565/lines/?min=ก",
        "/budget/2565/lines/?sort=ก",
        "/budget/differences/?from=ก",
        "/procurement/2568/projects/?method=" + "ก" * 1_200,
        "/procurement/2568/projects/?min=ก",
        "/suppliers/?q=%00",
        "/suppliers/?page=ก",
        "/agencies/?q=%00",
        "/agencies/?kind=ก",
        "/data/changes/?since=ก",
        "/provinces/?source=ก",
        "/budget/2561/projects/?province=ก",
    ],
)
def test_a_question_that_cannot_be_read_is_answered_in_thai(
    client: Client, figures: None, address: str
) -> None:
    said = words_of(client.get(address, follow=True))

    assert re.search("[ก-๙]", said)
    assert ENGLISH.findall(said) == []
