"""Names known to be right, as facts: each file lists names of one kind, and other spellings that mean them.

* `ministries.csv`: ministries and equal bodies, with their codes.
* `agencies.csv`: agencies, provinces, groups of provinces and provincial administrations as the Comptroller
  General's report of fiscal year 2569 has them, and those of the budget book of 2565 that it lacks.
* `plans.csv`: the plans of the budget book of 2565.
* `categories.csv`: the expenditure categories that many agencies of that book share.

Behind a name stand the damaged spellings that no rule of `names` leads to it, each looked at by eye. A name
that is not listed is no mistake: other years have other plans, and it stays as printed.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from ..names import KnownNames

_FOLDER = Path(__file__).parent


@cache
def ministries() -> KnownNames:
    """Ministries and equal bodies. Each of their names counts for itself and is shown as it was printed."""
    names = [name for listed, also in _read("ministries").items() for name in (listed, *also)]
    return KnownNames(dict.fromkeys(names, ()), letter_from=12)


@cache
def agencies() -> KnownNames:
    """Agencies, provinces and provincial administrations; municipalities are too many to be listed."""
    return KnownNames(_read("agencies"), letter_from=10)


@cache
def plans() -> KnownNames:
    """Budget plans; no digit is part of their names."""
    return KnownNames(_read("plans"), letter_from=25, digits_matter=False)


@cache
def categories() -> KnownNames:
    """Expenditure categories below the budget type; no digit is part of their names."""
    return KnownNames(_read("categories"), letter_from=12, digits_matter=False, specks_of=3)


def _read(kind: str) -> dict[str, tuple[str, ...]]:
    with (_FOLDER / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: tuple(filter(None, row["also"].split("|"))) for row in csv.DictReader(file)}
