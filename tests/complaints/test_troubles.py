"""Why something failed is said in the language of whoever reads it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation

from complaints import cleaning, examining
from complaints.troubles import SENTENCES, told

ERRORS = {"DeliveryError", "Uncleanable", "ScanError", "SealError"}


def raised() -> Iterator[str]:
    """What the code of complaints says when it raises one of these errors."""
    for path in (settings.BASE_DIR / "complaints").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                yield from words_of(node.args[0])


def words_of(said: ast.expr) -> Iterator[str]:
    if isinstance(said, ast.Constant):
        yield str(said.value)
    if isinstance(said, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "503" for part in said.values)


STORED = [
    *raised(), *cleaning.REASONS.values(), examining.NO_SCANNER, examining.NEVER_BACK, examining.MISSING,
    "The last attempt never came back.", "The mail server sent it back (503).",
]  # fmt: skip


@pytest.mark.parametrize("sentence", sorted(set(STORED)))
def test_trouble_is_told_in_thai(sentence: str) -> None:
    with translation.override("th"):
        said = told(sentence)

    assert said != sentence
    assert not ("503" in sentence and "503" not in said)


def test_each_sentence_is_one_that_is_said() -> None:
    assert len(set(STORED)) >= len(SENTENCES) - 2
    with translation.override("en"):
        assert [one for one in STORED if told(one) != one] == []


def test_two_troubles_are_told_one_after_the_other() -> None:
    with translation.override("th"):
        said = told("The file is locked with a password. No virus scanner runs here.")

    assert said == "ไฟล์ล็อกด้วยรหัสผ่าน ระบบนี้ไม่มีโปรแกรมตรวจไวรัส"


def test_words_of_others_stay_as_they_are() -> None:
    with translation.override("th"):
        assert told("Something else. Altogether") == "Something else. Altogether"
