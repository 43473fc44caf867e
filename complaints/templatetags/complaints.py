"""What stands beside a record: opinions on it, and, where policy allows, that it is complained about."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from ..models import Opinion
from ..records import record_of
from ..sightings import sighting

register = template.Library()
SHOWN = 3


@register.inclusion_tag("complaints/beside.html")
def beside(address: str) -> dict[str, Any]:
    """The newest opinions on the record of a page, and the way to say one's own; nothing on other pages."""
    record = record_of(address)
    if not record:
        return {"record": ""}
    return {
        "record": record,
        "opinions": list(Opinion.objects.published().about(record)[:SHOWN]),
        "sighting": sighting(record) if settings.COMPLAINTS_SHOWN_ON_RECORDS else None,
        "is_taken": bool(settings.COMPLAINT_PUBLIC_KEYS),
    }
