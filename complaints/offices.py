"""Which regional office of a desk is proposed: asked where the sealed province has been opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from .models import Desk, RegionalOffice
from .routing import Office, office_for


def proposed(desk: Desk, matter: Mapping[str, Any]) -> Office | None:
    """The office for the province that the citizen named; None where they named none, or nothing is known."""
    offices = RegionalOffice.objects.on(timezone.localdate()).filter(desk=desk)
    return office_for(str(matter.get("province", "")), [row.as_office() for row in offices])


def for_letter(desk: Desk, matter: Mapping[str, Any]) -> str:
    """The same for a clerk of the desk, in Thai; empty where none is proposed."""
    office = proposed(desk, matter)
    if office is None:
        return ""
    doubt = "" if office.is_confirmed else " การแบ่งเขตยังไม่ได้รับการยืนยันจากหน่วยงาน"
    return f"{office.name} (เสนอตามจังหวัด{matter['province']}{doubt})"
