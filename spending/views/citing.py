"""How to cite the figures of a page: in words with their editions, and as a file for reference managers.

A page notes each citation as it shows it; `?cite=` answers with those records instead of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from .. import citations, sentences
from ..addresses import with_day
from ..as_known import TAKES_A_DAY
from ..citations import FILES, Citation
from ..datasets import title_of
from ..models import Edition
from ..moments import Moment
from ..parameters import BadQuery
from ..provenance import Provenance

_FORM = re.compile(rf"({'|'.join(FILES)})(?:-([1-9][0-9]?))?")
LANGUAGES = ("th", "en")
NAMED = 3  # editions that a citation names one by one


@dataclass(frozen=True, slots=True)
class Asked:
    """What `?cite=` asks for: a kind of file, and which citation of the page (None: all of them)."""

    form: str
    number: int | None


_ONE_EDITION = re.compile(r"/(en/)?data/editions/[0-9]+/.*", re.DOTALL)


class Lasts(Enum):
    """What the address of a citation promises."""

    FOR_GOOD = "for good"  # it answers with the figures shown, whatever is published later
    OF_A_DAY = "of a day"  # it asks for a day of the data, and a late report of that day may still come
    AS_THEY_STAND = "as they stand"  # the page shows what is known when it is read


@dataclass(frozen=True, slots=True)
class Shown:
    """A citation as a page shows it: in words, with what its address promises, and its number on the page."""

    citation: Citation
    number: int
    lasts: Lasts

    @property
    def thai(self) -> str:
        return citations.thai(self.citation)

    @property
    def apa(self) -> str:
        return citations.apa(self.citation)


def asked_of(request: HttpRequest) -> Asked | None:
    """What `?cite=` asks for, taken out of the request, so that no page need know of it. Raises BadQuery."""
    if "cite" not in request.GET:
        return None
    query = request.GET.copy()
    given = query.pop("cite")
    found = _FORM.fullmatch(str(given[0]))
    if len(given) > 1 or found is None:
        words = _("%(name)s takes one of: %(known)s.")
        raise BadQuery("cite", words % {"name": "cite", "known": ", ".join(FILES)})
    request.GET = query  # type: ignore[assignment]
    return Asked(found[1], int(found[2]) if found[2] else None)


def noted(request: HttpRequest, provenance: Provenance, title: object = "") -> Shown:
    """The citation of a figure called `title`, noted as the next one of the page that is being answered."""
    known = _noted(request)
    address, lasts = _address(request)
    known.append(_citation(provenance, title, address))
    return Shown(known[-1], len(known), lasts)


def as_file(request: HttpRequest, asked: Asked, page: HttpResponseBase) -> HttpResponseBase:
    """The citations that a page noted, as a file; the page itself where it is an error. Raises BadQuery."""
    if page.status_code != 200:
        return page
    cited = _noted(request)
    chosen = cited if asked.number is None else cited[asked.number - 1 : asked.number]
    if not chosen:
        raise BadQuery("cite", _("There is nothing on this page that could be cited so."))
    form = FILES[asked.form]
    text = citations.written(form, chosen)
    response = HttpResponse(text, content_type=f"{form.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{chosen[0].key[:100]}.{form.ending}"'
    return response


def _noted(request: HttpRequest) -> list[Citation]:
    known: list[Citation] = request.__dict__.setdefault("citations", [])
    return known


def _citation(provenance: Provenance, title: object, address: str) -> Citation:
    language = sentences.language()
    keys = [key for _pk, key in sorted(((one.pk, one.key) for one in provenance.editions), reverse=True)]
    places = list(dict.fromkeys(edition.file_name for edition in provenance.editions))
    titles = {code: _titled(provenance, title, code) for code in LANGUAGES}
    with translation.override("th"):
        thai = {
            "title_in_thai": titles["th"],
            "place_in_thai": str(provenance.place) or _few(places),
            "edition_in_thai": _few(keys),
        }
    return Citation(
        publisher=provenance.publisher,
        title=titles[language],
        title_beside=titles["en" if language == "th" else "th"],
        place=str(provenance.place) or _few(places),
        edition=_few(keys),
        year=provenance.year or provenance.as_of.year,
        as_of=provenance.as_of,
        address=address,
        seen=timezone.localdate(),
        sha256=provenance.edition.file_sha256 if provenance.edition else "",
        language=language,
        **({} if language == "th" else thai),
    )


def _titled(provenance: Provenance, title: object, language: str) -> str:
    """What is cited in a language: its subject, or what its figure is called, and the data set. Titles that
    hold a year, a unit or a name say all of it in that language, so they come as texts not yet translated.
    """
    with translation.override(language):
        datasets = dict.fromkeys(edition.dataset for edition in provenance.editions)
        dataset = ", ".join(title_of(name) for name in datasets)
        subject = str(provenance.subject) or strip_tags(str(title))
    return f"{subject}. {dataset}" if subject else dataset


def _few(names: list[str]) -> str:
    """Some names, and how many more there are."""
    shown, more = "; ".join(names[:NAMED]), len(names) - NAMED
    return _("%(names)s and %(more)s more") % {"names": shown, "more": more} if more > 0 else shown


def _address(request: HttpRequest) -> tuple[str, Lasts]:
    """The address of the page that answers with the figures shown, and what it promises: where the page
    answers for a moment, the one since which it is as it is.
    """
    query = request.GET.urlencode(safe=":")  # a moment stays legible
    path = f"{request.path}?{query}" if query else request.path
    if not TAKES_A_DAY.fullmatch(path):
        lasts = Lasts.FOR_GOOD if _ONE_EDITION.fullmatch(path) else Lasts.AS_THEY_STAND
        return request.build_absolute_uri(path), lasts
    asked = getattr(request, "day", None) or shown_since(request)
    lasts = Lasts.FOR_GOOD if isinstance(asked, Moment) else Lasts.OF_A_DAY
    return request.build_absolute_uri(with_day(path, asked)), lasts


def shown_since(request: HttpRequest) -> Moment | None:
    """The moment since which the site shows what it shows now, asked once for all of a page."""
    if "shown_since" not in request.__dict__:
        request.__dict__["shown_since"] = Edition.objects.shown_since()
    found: Moment | None = request.__dict__["shown_since"]
    return found
