"""The words of all published texts: learned with each load, compared with what seems misspelt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model
from rapidfuzz import process
from rapidfuzz.distance import Indel

from . import signs
from .models import Activity, Agency, Allocation, KnownWord, Plan, ProjectDisbursement, Province
from .sounds import sound

TEXTS: tuple[type[Model], ...] = (
    Allocation,
    ProjectDisbursement,
)  # whose words are counted, edition by edition
NAMES: tuple[type[Model], ...] = (Agency, Plan, Activity)
LONGEST_WORD = 40  # letters; longer runs are no words
LIKENESS = 0.6  # least share of two sounds that is the same
CANDIDATES = 8  # known words offered for one that is not known
READ_AT_A_TIME = 5_000
_WORD_IN_KEY = re.compile("[A-Z][a-z0-9]+")
_LETTER = re.compile("[^\\W\\d_]")


def learn(editions: Iterable[int]) -> None:
    """Count the words of new editions. The loader calls this once a load."""
    met: Counter[str] = Counter()
    for model in TEXTS:
        _count(model._default_manager.filter(edition__in=list(editions)), met)
    _keep(met)


def learn_names() -> None:
    """Know the words of the names there are. The loader calls this behind the last file."""
    names: Counter[str] = Counter()
    for model in NAMES:
        _count(model._default_manager.all(), names)
    for name in Province.objects.values_list("name", flat=True):
        names[signs.key(name)] += 1
    _keep(Counter(dict.fromkeys(names, 0)))


def _count(rows: Any, met: Counter[str]) -> None:
    for stored in rows.order_by().values_list("search_key", flat=True).iterator(READ_AT_A_TIME):
        met.update(_WORD_IN_KEY.findall(stored))


def _keep(met: Counter[str]) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for stored, times in met.items():  # two keys may stand for one word
        counted[_heard(stored)] += times
    words = [(*heard, times) for heard, times in counted.items() if _is_kept(heard[0])]
    if not words:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO spending_knownword AS known (text, sound, met)"
            " SELECT * FROM unnest(%s::text[], %s::text[], %s::int[])"
            " ON CONFLICT (text) DO UPDATE SET met = known.met + excluded.met WHERE excluded.met > 0",
            [list(column) for column in zip(*sorted(words), strict=True)],
        )


@lru_cache(maxsize=20_000)  # the volumes of a book are written in a few thousand words
def _heard(stored: str) -> tuple[str, str]:
    """A word of a key as text, and how it sounds."""
    word = signs.text_of(stored)
    return word, sound(word)[:100]


def _is_kept(word: str) -> bool:
    return 2 <= len(word) <= LONGEST_WORD and _LETTER.match(word) is not None and not word.isdigit()


def met(words: Sequence[str]) -> dict[str, int]:
    """Those of the words that stand in some published text, with how often they were met."""
    return dict(KnownWord.objects.filter(text__in=words).values_list("text", "met"))


def like(words: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """For each word the known words that sound most like it, with how often they were met.

    All known words are compared, in this process: for one word that takes a twentieth of the time that the
    database's trigrams take, and letters that trigrams need three of may be wrong in a short word.
    """
    rows = list(KnownWord.objects.order_by("-met", "text").values_list("text", "sound", "met"))
    sounds = [heard for _text, heard, _met in rows]
    found = {}
    for word in dict.fromkeys(words):
        near = process.extract(
            sound(word), sounds, scorer=Indel.normalized_similarity, limit=CANDIDATES, score_cutoff=LIKENESS
        )
        found[word] = [(rows[index][0], rows[index][2]) for _sound, _likeness, index in near]
    return found
