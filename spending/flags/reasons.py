"""What a public reason may hold: it is written by staff, read by all, and names no natural person."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

_NAMES_A_PERSON = re.compile(
    r"(?:นางสาว|น\.? ?ส\.|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง|ว่าที่ ?ร้อย)\s*[ก-ฮเแโใไ]"
    r"|(?<![ก-๙])(?:นาย|นาง)\s*[ก-ฮเแโใไ][ก-๙]+\s+[ก-ฮเแโใไ][ก-๙]+"
    r"|\b(?:mr|mrs|ms|miss)\b\.?\s*[a-z]|(?<!\d)[1-8]\d{12}(?!\d)",
    re.IGNORECASE,
)


def names_a_person(text: str) -> bool:
    """Whether a text seems to name a natural person, or holds a citizen's number."""
    return _NAMES_A_PERSON.search(text) is not None


def public_reason(text: str) -> str:
    """The reason as it may be published. Raises ValueError where it is empty or names a person."""
    reason = text.strip()
    if not reason:
        raise ValueError(_("Write the reason; everybody can read it."))
    if names_a_person(reason):
        raise ValueError(_("A public reason names no natural person and holds no citizen's number."))
    return reason
