"""Search on the published files: every part of a text is found, and people's questions find their records."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from importers.loading import load
from importers.sources import SOURCES
from spending import thai
from spending.models import Allocation
from spending.questions import How, Reading, Term
from spending.search import BEST, search
from spending.understanding import understood

pytestmark = pytest.mark.django_db
CUTS, FEWER_CUTS = 1_000, 200
SHORTEST, LONGEST = 2, 12  # letters of a cut
QUESTIONS = list(
    csv.DictReader((Path(__file__).parent / "questions.csv").read_text(encoding="utf-8").splitlines())
)
FILES = (
    ("budget_book", "budget/fy2565-whitebook-csv", "*.csv"),
    ("cgd_weekly", "disbursement/cgd-weekly-fy2569", "*.xlsx"),
    ("bbgfproject", "disbursement/govspending-bbgfproject", "*.jsonl"),
)


@pytest.fixture(scope="module")
def published(
    django_db_setup: None, django_db_blocker: Any, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The 19 volumes, a week of the report and the former site's projects, for all tests of this module."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")),
        transaction.atomic(),
    ):
        for source, folder, pattern in FILES:
            for path in sorted((shared_data / folder).glob(pattern)):
                load(SOURCES[source], path)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("published", "shared_data")
def test_every_part_of_a_line_is_found_as_often_as_a_plain_scan_finds_it() -> None:
    printed = list(Allocation.objects.current().values_list("description", flat=True))
    texts = [thai.normalised(text) for text in printed]

    missed = []
    for cut in cuts(printed, CUTS):
        found = Allocation.objects.current().matching(understood(cut)).count()
        plain = thai.normalised(cut)
        scanned = sum(plain in text for text in texts)
        if found != scanned:
            missed.append((cut, found, scanned))

    assert missed == []


@pytest.mark.usefixtures("published", "shared_data")
def test_plain_scan_of_the_files_as_printed_agrees_but_for_signs_that_are_read_alike() -> None:
    printed = list(Allocation.objects.current().values_list("description", flat=True))
    plain = [text for text in printed if thai.normalised(text) == text]  # no capitals, Thai digits, odd marks
    others = [thai.normalised(text) for text in printed if thai.normalised(text) != text]

    wrong = []
    for cut in cuts(plain, FEWER_CUTS):
        letters = Reading(How.LETTERS, (Term(cut, (cut,)),))
        found = Allocation.objects.current().matching(letters).count()
        scanned = sum(cut in text for text in plain) + sum(cut in text for text in others)
        if found != scanned:
            wrong.append((cut, found, scanned))

    assert wrong == []
    assert len(others) < len(printed) / 10


@pytest.mark.usefixtures("published", "shared_data")
def test_fifty_questions_of_citizens_find_their_records_among_the_first_ten() -> None:
    missed = [one["question"] for one in QUESTIONS if not is_answered(one)]

    assert len(QUESTIONS) == 50
    assert len(missed) <= 5, missed


def is_answered(question: dict[str, str]) -> bool:
    best = search(question["question"]).best
    assert len(best) <= BEST
    return (question["kind"], question["expected"]) in [(hit.kind.value, hit.code) for hit in best]


def cuts(texts: list[str], count: int) -> Iterator[str]:
    """So many random parts of the texts, the same in each run."""
    chance = random.Random(2565)
    while count:
        text, length = chance.choice(texts), chance.randint(SHORTEST, LONGEST)
        start = chance.randint(0, max(0, len(text) - length))
        cut = text[start : start + length]
        if len(cut) == length and cut == cut.strip():
            count -= 1
            yield cut
