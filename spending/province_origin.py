"""Where the figures of provinces come from: the editions behind each source, and the same as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .fiscal import buddhist
from .models import Disbursement, Edition
from .overview import WEEKLY
from .provenance import Provenance, data_links, provenance_of
from .province_money import PAST_PROJECTS, Source
from .purchase_filters import DATASETS as PURCHASES

RESOURCES: Mapping[Source, tuple[str, Mapping[str, str]]] = {
    Source.CENTRAL: ("disbursements", {"cut": Disbursement.Cut.CENTRAL_TO_PROVINCE.value}),
    Source.OWN: ("disbursements", {"cut": Disbursement.Cut.PROVINCE.value}),
    Source.PROJECTS: ("project-disbursements", {}),
    Source.PURCHASES: ("projects", {}),
}
"""The resource of the API that holds a source's rows, and the query that picks them."""


def origin_of(source: Source, year: int, day: date | None = None, **more: str) -> Provenance | None:
    """The editions of a source's year on `day` (None: now), and its rows as data; `more` narrows them."""
    datasets = {Source.PROJECTS: (PAST_PROJECTS,), Source.PURCHASES: PURCHASES}.get(source, (WEEKLY,))
    editions = Edition.objects.known_on(day).filter(dataset__in=datasets, fiscal_year=year)
    resource, query = RESOURCES[source]
    text = urlencode({"year": str(buddhist(year)), **query, **more})
    downloads = data_links(resource, text)
    found: Any = editions.select_related("source_file").order_by("part")
    return provenance_of(found, place=_sheet(source), downloads=downloads)


def _sheet(source: Source) -> str:
    sheets = {Source.CENTRAL: 13, Source.OWN: 11}
    return _("sheet %(number)s") % {"number": sheets[source]} if source in sheets else ""
