"""How to cite a figure: in Thai, after APA, as BibTeX and as RIS. Pure: a `Citation` in, text out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .fiscal import buddhist, day_in_words

SITE_NAME = {"th": "ภาษีไปไหน", "en": "Where do my taxes go"}
AS_OF = {"th": "ข้อมูล ณ วันที่", "en": "as of"}


@dataclass(frozen=True, slots=True)
class Citation:
    """What identifies a cited figure.

    `title` is the record's title as published, `place` where it stands in the source, `edition` the public
    name of the edition it was read from, `as_of` the date the figures speak of, `year` the fiscal year in
    Common Era, `address` the permanent address and `seen` the day on which the reader saw it.
    `sha256` is that of the published file that `place` counts in, where it is one. The words are in
    `language`; where that is not Thai, they stand in Thai beside. `title_beside` is the title in the other
    language of the site.
    """

    publisher: str
    title: str
    place: str
    edition: str
    year: int
    as_of: date
    address: str
    seen: date
    language: str = "en"
    title_beside: str = ""
    title_in_thai: str = ""
    place_in_thai: str = ""
    edition_in_thai: str = ""
    sha256: str = ""

    @property
    def noted(self) -> str:
        """The place with the SHA-256 of the published file, for notes."""
        return f"{self.place}; SHA-256 {self.sha256}" if self.sha256 else self.place

    @property
    def translated(self) -> bool:
        """Whether the title says something else in the other language."""
        return self.title_beside not in ("", self.title)

    @property
    def key(self) -> str:
        """A name for the record that reference managers accept: Latin letters, digits and `-`."""
        return re.sub(r"[^A-Za-z0-9]+", "-", self.address.split("//", 1)[-1]).strip("-")


def thai(citation: Citation) -> str:
    """The citation as Thai theses and papers write it, with the Buddhist year."""
    as_of, seen = day_in_words(citation.as_of, "th"), day_in_words(citation.seen, "th")
    return (
        f"{citation.publisher.rstrip('.')}. ({buddhist(citation.year)}). "
        f"{citation.title_in_thai or citation.title} [ข้อมูล ณ วันที่ {as_of}; "
        f"{citation.place_in_thai or citation.place}; ฉบับ {citation.edition_in_thai or citation.edition}]. "
        f"{SITE_NAME['th']}. "
        f"สืบค้นเมื่อ {seen}, จาก {citation.address}"
    )


def apa(citation: Citation) -> str:
    """The citation after the seventh edition of the APA manual, for a data set with an edition; the title
    in the other language in brackets.
    """
    beside = f" [{citation.title_beside}]" if citation.translated else ""
    return (
        f"{citation.publisher.rstrip('.')}. ({citation.year}). {citation.title}{beside} "
        f"({citation.place}; edition {citation.edition}) [Data set]. "
        f"{SITE_NAME['en']}. Retrieved {_american(citation.seen)}, from {citation.address}"
    )


def bibtex(citation: Citation) -> str:
    """The citation as a BibTeX record. The title is braced, so that no style changes its letters."""
    fields = {
        "author": "{" + _bibtex(citation.publisher) + "}",
        "title": "{" + _bibtex(citation.title) + "}",
        **({"titleaddon": "{" + _bibtex(citation.title_beside) + "}"} if citation.translated else {}),
        "year": str(citation.year),
        "edition": _bibtex(citation.edition),
        "note": _bibtex(f"{citation.noted}; {AS_OF[citation.language]} {citation.as_of.isoformat()}"),
        "howpublished": SITE_NAME["en"],
        "url": citation.address,
        "urldate": citation.seen.isoformat(),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{citation.key},\n{lines}\n}}"


def ris(citation: Citation) -> str:
    """The citation as a RIS record of type DATA."""
    tags = (
        ("TY", "DATA"),
        ("AU", citation.publisher),
        ("TI", citation.title),
        *([("TT", citation.title_beside)] if citation.translated else []),
        ("PY", str(citation.year)),
        ("DA", citation.as_of.strftime("%Y/%m/%d")),
        ("ET", citation.edition),
        ("N1", citation.noted),
        ("PB", SITE_NAME["en"]),
        ("UR", citation.address),
        ("Y2", citation.seen.strftime("%Y/%m/%d")),
        ("ER", ""),
    )
    return "\n".join(f"{tag}  - {_one_line(value)}".rstrip() if value else f"{tag}  -" for tag, value in tags)


@dataclass(frozen=True, slots=True)
class File:
    """A kind of file that reference managers read: its media type, the end of its name, a record in it."""

    media_type: str
    ending: str
    record: Callable[[Citation], str]


FILES: Mapping[str, File] = {
    "bibtex": File("application/x-bibtex", "bib", bibtex),
    "ris": File("application/x-research-info-systems", "ris", ris),
}


def written(form: File, cited: Iterable[Citation]) -> str:
    """The text of a file of records, each once."""
    return "".join(f"{form.record(citation)}\n" for citation in dict.fromkeys(cited))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _bibtex(text: str) -> str:
    """The text with the signs escaped that TeX would take for commands."""
    plain = _one_line(text).replace("\\", r"\textbackslash ")
    return re.sub(r"([#$%&_{}])", r"\\\1", plain)


def _american(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
