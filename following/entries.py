"""What each edition brought or changed for one subject: rows new, gone and with other amounts, before and
after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import dropwhile, islice
from typing import Any

from django.db import connection
from django.db.models import Count, F, Func, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce

from spending.compared import MOST
from spending.differences import How, Item, Match, compare
from spending.models import Edition
from spending.printed_volumes import is_print
from spending.publication_words import sentence
from spending.publications import Publication, Step, publications

from .families import Family

SHOWN = 5  # rows told one by one
DIFFERENT = """
WITH before AS ({before}), after AS ({after}),
joined AS (
  SELECT key, coalesce(after.words, before.words) AS words, before.amount AS old, after.amount AS new,
    before.key IS NULL AS is_new, after.key IS NULL AS is_gone
  FROM before FULL JOIN after USING (key, number)
)
SELECT key, words, old, new, is_new, is_gone, count(*) FILTER (WHERE is_new) OVER (),
  count(*) FILTER (WHERE is_gone) OVER (), count(*) OVER ()
FROM joined WHERE is_new OR is_gone OR old IS DISTINCT FROM new
ORDER BY abs(coalesce(new, 0) - coalesce(old, 0)) DESC, key, words LIMIT %s
"""
NUMBERED = """
SELECT key, words, amount, row_number() OVER (PARTITION BY key ORDER BY amount, words) AS number
FROM ({rows}) AS rows
"""
"""Equal keys of one edition are told apart by their place among each other."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row before and after, in baht; `is_new` and `is_gone` say on which side it stands alone."""

    words: str
    before: Decimal | None
    after: Decimal | None
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What an edition brought or changed in one family: how many rows and baht (None where they do not add
    up), and the rows that changed most.
    """

    title: str
    rows: int
    money: Decimal | None
    rows_before: int
    money_before: Decimal | None
    new: int
    gone: int
    other: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition and what it brought or changed for a subject."""

    publication: Publication
    told: tuple[Told, ...] = ()

    @property
    def edition(self) -> Edition:
        return self.publication.edition

    @property
    def is_read_anew(self) -> bool:
        """Whether the volume was read from another form of it than before: its lines have other ids."""
        before = self.publication.before
        return before is not None and is_print(before) != is_print(self.edition)

    @property
    def sentence(self) -> str:
        """The edition as a whole, where no rows of it are told."""
        return "" if self.told else sentence(self.publication)


@dataclass(frozen=True, slots=True)
class _Held:
    """How many rows of a family an edition holds, and their baht."""

    rows: int = 0
    money: Decimal | None = None


NOTHING = _Held()


def editions_entries(
    dataset: str,
    step: Step | None,
    *,
    limit: int,
    since: datetime | None = None,
    until: datetime | None = None,
    behind: int | None = None,
) -> list[Entry]:
    """The newest publications themselves, of one data set or step where that is asked."""
    return [Entry(one) for one in _between(publications(dataset, step), since, until, behind)[:limit]]


def entries(
    families: Sequence[Family],
    *,
    limit: int,
    since: datetime | None = None,
    until: datetime | None = None,
    behind: int | None = None,
) -> list[Entry]:
    """The newest editions that brought or changed something, newest first; of those published after `since`,
    no later than `until`, and before the edition of the key `behind`, where that is asked.
    """
    known = _between(publications(), since, until, behind)
    if not known:
        return []
    asked = _editions(known) if since is not None else None
    held = [_held(family, asked) for family in families]
    found: list[Entry] = []
    for one in known:
        told = [_told(family, one, sums) for family, sums in zip(families, held, strict=True)]
        if any(told):
            found.append(Entry(one, tuple(part for part in told if part)))
        if len(found) == limit:
            break
    return found


def _between(
    found: Iterable[Publication], since: datetime | None, until: datetime | None, behind: int | None
) -> list[Publication]:
    if behind is not None:
        found = islice(dropwhile(lambda one: one.edition.pk != behind, found), 1, None)
    return [one for one in found if (since is None or one.at > since) and (until is None or one.at <= until)]


def _editions(known: Iterable[Publication]) -> set[int]:
    """The editions of publications, and those before them."""
    return {edition.pk for one in known for edition in (one.edition, one.before) if edition is not None}


def _held(family: Family, editions: set[int] | None) -> dict[int, _Held]:
    """What each edition holds of a family, in one query."""
    rows = family.rows if editions is None else family.rows.filter(edition__in=editions)
    summed = rows.order_by().values("edition").annotate(count=Count("pk"), money=Sum(family.amount))
    return {row["edition"]: _Held(row["count"], row["money"]) for row in summed}


def _told(family: Family, one: Publication, held: dict[int, _Held]) -> Told | None:
    """What an edition says of a family; None where it says nothing new."""
    now = held.get(one.edition.pk, NOTHING)
    before = NOTHING if one.before is None else held.get(one.before.pk, NOTHING)
    if not now.rows and not before.rows:
        return None
    different = _different(family, one.edition, one.before)
    if not different:
        return None
    new, gone, every = different[0][6:]
    lines = tuple(Line(family.say(row[1]), *row[2:6]) for row in different)
    if family.item is not None and one.before is not None and max(now.rows, before.rows) <= MOST:
        matches = _matched(family, family.item, one.edition, one.before)
        if not matches:
            return None
        new, gone = (sum(match.how is how for match in matches) for how in (How.NEW, How.GONE))
        every, lines = len(matches), tuple(map(_line_of, matches[:SHOWN]))
    return Told(
        str(family.title),
        now.rows,
        now.money if family.adds_up else None,
        before.rows,
        before.money if family.adds_up else None,
        new,
        gone,
        every - new - gone,
        lines,
    )


def _matched(
    family: Family, item: Callable[[Any], Item], edition: Edition, before: Edition
) -> Sequence[Match]:
    """What became of the rows of a family, as pages compare two editions: those that are new, gone, or have
    another amount, the largest change first. What has but another id, place or name has not changed.
    """
    sides = (
        [item(row) for row in family.rows.filter(edition=one).order_by("line", "pk")]
        for one in (before, edition)
    )
    found = compare(*sides, ids_agree=True)
    changed = [one for one in found if one.how in (How.NEW, How.GONE) or one.amounts[0] != one.amounts[1]]
    return sorted(changed, key=lambda one: -abs(one.change))


def _line_of(match: Match) -> Line:
    words = " | ".join(item.text for item in match.after or match.before)
    return Line(words, *match.amounts, match.how is How.NEW, match.how is How.GONE)


def _different(family: Family, edition: Edition, before: Edition | None) -> list[tuple[Any, ...]]:
    """The rows that differ most between two editions, each with how many there are in all."""
    one, of_before = _numbered(family, 0 if before is None else before.pk)
    other, of_after = _numbered(family, edition.pk)
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT.format(before=one, after=other), [*of_before, *of_after, SHOWN])
        return list(cursor.fetchall())


def _numbered(family: Family, edition: int) -> tuple[str, tuple[Any, ...]]:
    """The rows of a family in one edition as SQL with its values: key, words, amount, place."""
    parts = [Coalesce(Cast(F(column), TextField()), Value("")) for column in family.key]
    key = Func(Value("|"), *parts, function="concat_ws", output_field=TextField())
    rows = family.rows.filter(edition=edition).order_by()
    named = rows.annotate(_key=key, _words=family.words, _amount=F(family.amount))
    sql, values = named.values_list("_key", "_words", "_amount").query.sql_with_params()
    return NUMBERED.format(rows=f'SELECT * FROM ({sql}) AS r("key", "words", "amount")'), values
