"""The 77 provinces by the names that publishers write, and what is written in place of one."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from spending import fiscal

from ..errors import Reason, RecordError, gettext_noop
from ..spelling import tidy

_PROVINCES = Path(fiscal.__file__).parent / "data" / "provinces.csv"
_BEFORE_NAMES = ("จังหวัด", "จ.")
NO_PROVINCE = {"", "-", "ไม่ระบุ", "ส่วนกลาง"}
"""What stands where no province is meant: `ไม่ระบุ` is not specified, `ส่วนกลาง` the central office."""


@cache
def codes_of_provinces() -> dict[str, str]:
    """The two-digit code of each province by its Thai name, and by its English name."""
    with _PROVINCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["name"]: row["code"] for row in rows} | {row["name_en"]: row["code"] for row in rows}


def province_code(name: str, column: str = "") -> str:
    """The code of a province as e-GP, the CGD and the former site write its name; "" where none is meant.

    Raises RecordError if there is no such province.
    """
    plain = tidy(name)
    for before in _BEFORE_NAMES:
        plain = plain.removeprefix(before).strip()
    if plain in NO_PROVINCE:
        return ""
    found = codes_of_provinces().get(plain)
    if found is None:
        raise RecordError(column, name, Reason(gettext_noop("There is no province of this name.")))
    return found
