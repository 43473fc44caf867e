"""The volumes of the budget book by their published numbers."""

from __future__ import annotations

import re

PUBLISHED = re.compile(r"\d{4}\.(?P<issue>\d+)\.(?P<volume>\d+(?:\(\d+\))?)")


def volume_in_words(part: str, language: str) -> str:
    """A volume as the book's cover names it, from its published number: `2022.3.3(1)` is issue 3, volume
    3(1).

    A number of another shape is given as it is.
    """
    found = PUBLISHED.fullmatch(part)
    if found is None:
        return part
    if language == "th":
        return f"ฉบับที่ {found['issue']} เล่มที่ {found['volume']}"
    return f"issue {found['issue']}, volume {found['volume']}"
