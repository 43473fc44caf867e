"""Names and other texts in packages of open standards, and the names of parts made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_OTHER = re.compile(r"[^0-9a-zก-๙]+")


def slug(name: str) -> str:
    """A name in small letters, digits and dashes, at most 40 signs: `CDMX-SEFIN` is `cdmx-sefin`."""
    plain = "".join(
        one
        for one in unicodedata.normalize("NFKD", name)
        if not unicodedata.combining(one) or one >= "\u0e00"
    )
    return _OTHER.sub("-", plain.lower()).strip("-")[:40].strip("-") or "unnamed"


def words(values: Mapping[str, Any], member: str) -> str:
    """A text of an object without blanks around it and between its words; "" for anything else."""
    found = values.get(member)
    return " ".join(found.replace("\x00", "").split()) if isinstance(found, str) else ""


def objects(values: Mapping[str, Any], member: str) -> list[Mapping[str, Any]]:
    """The objects in a list of an object; none for anything else."""
    found = values.get(member)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
