"""How to cite a figure of a page: with the edition it was read from and the day it was seen."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from django.utils import timezone

from .. import citations
from ..datasets import title_of
from ..provenance import Provenance
from ..sentences import language


def cited(request: HttpRequest, provenance: Provenance | None, year: int | None) -> Provenance | None:
    """The origin of a figure with its citation, in the manner of the reader's language.

    `year` is the fiscal year in Common Era; without one the figures' own date gives it.
    """
    if provenance is None:
        return None
    citation = citations.Citation(
        publisher=provenance.publisher,
        title=title_of(provenance.dataset),
        place=provenance.place or provenance.editions[-1].file_name,
        edition=max(provenance.editions, key=lambda edition: edition.pk).key,
        year=year or provenance.as_of.year,
        as_of=provenance.as_of,
        address=request.build_absolute_uri(),
        seen=timezone.localdate(),
    )
    words = citations.thai(citation) if language() == "th" else citations.apa(citation)
    return replace(provenance, citation=words)
