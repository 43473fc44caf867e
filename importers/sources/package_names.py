"""Names of parts made of what publishers call themselves and their files."""

from __future__ import annotations

import re
import unicodedata

_OTHER = re.compile(r"[^0-9a-zก-๙]+")


def slug(name: str) -> str:
    """A name in small letters, digits and dashes, at most 40 signs: `CDMX-SEFIN` is `cdmx-sefin`."""
    plain = "".join(
        one
        for one in unicodedata.normalize("NFKD", name)
        if not unicodedata.combining(one) or one >= "\u0e00"
    )
    return _OTHER.sub("-", plain.lower()).strip("-")[:40].strip("-") or "unnamed"
