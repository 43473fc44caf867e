"""A data set as catalogues describe it: frozen values made of its editions, the API and the latest dump."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from django.urls import reverse
from django.utils import translation

from ..citations import SITE_NAME
from ..datasets import title_of
from ..dumps.manifest import MANIFEST, Manifest, read_manifest
from ..dumps.writing import latest
from ..fiscal import first_day, last_day
from ..models import Edition
from ..publishers import in_english
from ..quality import Collection
from .register import FREQUENCIES, Frequency, Subject, subject_of

LANGUAGES = ("th", "en")
MEDIA_TYPES: Mapping[str, str] = {
    "CSV": "text/csv",
    "JSON": "application/json",
    "XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "PARQUET": "application/vnd.apache.parquet",
    "ZIP": "application/zip",
    "PDF": "application/pdf",
    "JSONL": "application/jsonl",
    "GZ": "application/gzip",
}
"""The media types of files by the ends of their names."""
API_FILES = ("csv", "xlsx", "parquet")


@dataclass(frozen=True, slots=True)
class Distribution:
    """One way to have the rows: its title, format ("CSV"), the address where it is offered and, for a file,
    its own; bytes and SHA-256 where the file lies still.
    """

    title: str
    format: str
    access: str
    download: str = ""
    bytes: int | None = None
    sha256: str = ""

    @property
    def is_dumped(self) -> bool:
        """Whether it is a file of the dump."""
        return self.access.endswith("/data/dumps/")

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES.get(self.format, "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Described:
    """One data set; words stand in both languages by their codes. `first` and `last` bound what it speaks of,
    `issued` and `modified` are when visitors of this site first and last saw figures of it.
    """

    name: str
    address: str
    title: Mapping[str, str]
    means: Mapping[str, str]
    keywords: Mapping[str, Sequence[str]]
    publishers: tuple[str, ...]
    licence: str
    landing: str
    frequency: Frequency
    subject: Subject
    first: date | None
    last: date | None
    issued: datetime
    modified: datetime
    editions: tuple[str, ...]
    distributions: tuple[Distribution, ...]

    @property
    def licence_address(self) -> str:
        """The address of the terms, where they are ones that have one; "" for others."""
        return {"MIT": "https://spdx.org/licenses/MIT"}.get(self.licence, "")


def manifest_of(folder: Path) -> Manifest | None:
    """What the latest dump holds; None where there is none."""
    found = latest(folder)
    return None if found is None else read_manifest((found / MANIFEST).read_text(encoding="utf-8"))


def described(collection: Collection, base: str, dump: Manifest | None = None) -> Described:
    """A data set with its current editions; `base` is the site's address without a slash behind it."""
    subject, newest = subject_of(collection.dataset), collection.newest
    editions = collection.editions
    years = [edition.fiscal_year for edition in editions if edition.fiscal_year]
    published = [edition.published_at for edition in editions if edition.published_at]
    titles = _in_both(lambda: title_of(collection.dataset))
    return Described(
        name=collection.dataset,
        address=_address(base, collection.dataset),
        title=titles,
        means=_in_both(lambda: str(subject.means)),
        keywords={"th": ("งบประมาณแผ่นดิน", "การใช้จ่ายภาครัฐ"), "en": ("public spending", "government budget")},
        publishers=collection.publishers,
        licence=newest.licence,
        landing=newest.address,
        frequency=subject.frequency,
        subject=subject,
        first=first_day(min(years)) if years else None,
        last=max(last_day(max(years)), newest.as_of) if years else newest.as_of,
        issued=min(published),
        modified=max(published),
        editions=tuple(edition.key for edition in editions),
        distributions=(
            *_of_the_api(subject, base),
            *_of_the_dump(collection, base, dump),
            *_as_received(editions, base),
        ),
    )


def frequency_words(described: Described) -> str:
    """How often it appears, in the reader's language."""
    return str(FREQUENCIES[described.frequency])


def publisher_in(publisher: str, language: str) -> str:
    """The name of a publisher in a language; its own where it has no other."""
    return (in_english(publisher) or publisher) if language == "en" else publisher


def site_name(language: str) -> str:
    return SITE_NAME[language]


def _in_both(words: Callable[[], str]) -> dict[str, str]:
    """What a function says in each language."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = words()
    return found


def _address(base: str, dataset: str) -> str:
    """The lasting address of a data set: that of its Thai page, which comes first on this site."""
    with translation.override("th"):
        return base + reverse("spending:dataset", args=[dataset])


def _of_the_api(subject: Subject, base: str) -> Iterable[Distribution]:
    for resource, query in subject.resources:
        here, asked = f"{base}/api/v1/{resource}", f"?{query}" if query else ""
        yield Distribution(f"{resource} (API)", "JSON", f"{here}/{asked}")
        for form in API_FILES:
            address = f"{here}.{form}{asked}"
            yield Distribution(f"{resource}.{form}", form.upper(), address, address)


def _of_the_dump(collection: Collection, base: str, dump: Manifest | None) -> Iterable[Distribution]:
    keys = {edition.key for edition in collection.editions}
    for file in dump.files if dump else ():
        if file.edition in keys:
            address = f"{base}/data/dumps/{quote(file.path)}"
            yield Distribution(
                PurePosixPath(file.path).name,
                _format(file.path),
                f"{base}/data/dumps/",
                address,
                file.bytes,
                file.sha256,
            )


def _as_received(editions: Iterable[Edition], base: str) -> Iterable[Distribution]:
    """The published files, byte for byte, where copies are kept."""
    for edition in editions:
        file = edition.source_file
        if file.content:
            with translation.override("th"):
                page = base + reverse("spending:edition", args=[edition.pk])
                address = base + reverse("spending:file", args=[file.sha256])
            yield Distribution(file.name, _format(file.name), page, address, file.size, file.sha256)


def _format(name: str) -> str:
    return PurePosixPath(name).suffix.removeprefix(".").upper() or "BIN"
