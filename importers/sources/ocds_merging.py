"""Releases of OCDS in any wrapping, and what several releases of one process come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from ..errors import Reason, gettext_noop
from ..records import Refusal
from .package_names import objects

LAST_YEAR = 2400  # later ones are Buddhist years
VERSIONED = {"releaseID", "releaseDate"}
"""The members by which one version of a value in a versioned release is known."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release, or a record's compiled one: its place in the file, its publisher, its members."""

    line: int
    publisher: str
    values: Mapping[str, Any]

    @property
    def day(self) -> date | None:
        """The day of the release; None where it is not published, or in another calendar."""
        day = day_in(self.values.get("date"))
        return day if day is None or day.year <= LAST_YEAR else None

    @property
    def moment(self) -> datetime:
        """When it was released, wherever its clock stands; the first of times where that is not published."""
        try:
            found = datetime.fromisoformat(str(self.values.get("date")))
        except ValueError:
            found = (
                datetime.min if self.day is None else datetime(self.day.year, self.day.month, self.day.day)
            )
        return found if found.tzinfo else found.replace(tzinfo=UTC)


def day_in(value: Any) -> date | None:
    """The day that a text begins with, `2015-12-30T00:00:00-06:00`; None for anything else."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def processes(documents: Iterable[Any]) -> Iterator[Release | Refusal]:
    """The releases of documents: packages, records, single releases, and lists of these."""
    line = 0
    for document in documents:
        for publisher, one in _unpacked(document, ""):
            line += 1
            if isinstance(one, str):
                sentence = gettext_noop(
                    "The record only links to its releases, which lie elsewhere. Load a file that holds them."
                )
                yield Refusal(line, "releases", one[:300], Reason(sentence))
            else:
                yield Release(line, publisher, one)


def merged(releases: Iterable[Release]) -> Iterator[Release]:
    """Each process once, its releases laid over each other by their dates, in the order of their first."""
    by_process: dict[str, list[Release]] = {}
    for release in releases:
        known = release.values.get("ocid") or f"without an id {release.line}"  # each is refused by itself
        by_process.setdefault(str(known), []).append(release)
    for found in by_process.values():
        ordered = sorted(found, key=lambda one: (one.moment, one.line))
        values: Any = {}
        for release in ordered:
            values = _laid_over(values, release.values)
        yield Release(found[0].line, ordered[-1].publisher, values)


def _unpacked(document: Any, publisher: str) -> Iterator[tuple[str, Any]]:
    """Pairs of publisher and release; a text in place of a release is an address of one."""
    if isinstance(document, list):
        for one in document:
            yield from _unpacked(one, publisher)
    elif isinstance(document, dict):
        publisher = _publisher(document) or publisher
        if isinstance(document.get("records"), list):
            for one in document["records"]:  # one that holds nothing is refused for want of an id
                yield from list(_unpacked(one, publisher)) or [(publisher, {})]
        elif isinstance(document.get("compiledRelease"), dict):
            yield publisher, _with_id(document["compiledRelease"], document)
        elif isinstance(document.get("versionedRelease"), dict):
            yield publisher, _with_id(_newest_of(document["versionedRelease"]), document)
        elif "releases" in document:
            yield from _releases(document, publisher)
        elif isinstance(document.get("compiledRelease"), str):
            yield publisher, document["compiledRelease"]
        elif "ocid" in document:
            yield publisher, document if "date" in document or "tag" in document else _newest_of(document)


def _releases(document: Mapping[str, Any], publisher: str) -> Iterator[tuple[str, Any]]:
    """The releases of a package or record; the address of the first where it only links to them."""
    listed = document.get("releases")
    strange = len(listed) - len(objects(document, "releases")) if isinstance(listed, list) else 0
    yield from [(publisher, {})] * strange  # each is refused for want of an id
    releases = objects(document, "releases")
    if not listed and "ocid" in document:
        yield publisher, {"ocid": document["ocid"]}
    held = [one for one in releases if set(one) - {"url", "date", "tag"}]
    for one in held:
        yield publisher, _with_id(one, document)
    if releases and not held:
        yield publisher, str(releases[0].get("url", ""))


def _newest_of(versioned: Any) -> Any:
    """A versioned release as it stands now: of each value the newest, null as absence."""
    if isinstance(versioned, list):
        if versioned and all(isinstance(one, dict) and VERSIONED.issubset(one) for one in versioned):
            return max(versioned, key=lambda one: str(one["releaseDate"])).get("value")
        return [_newest_of(one) for one in versioned]
    if not isinstance(versioned, dict):
        return versioned
    found = {name: _newest_of(value) for name, value in versioned.items()}
    return {name: value for name, value in found.items() if value is not None}


def _with_id(release: Any, record: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(release) if isinstance(release, dict) else {}
    return found if "ocid" in found or "ocid" not in record else {**found, "ocid": record["ocid"]}


def _publisher(document: Mapping[str, Any]) -> str:
    """Who published a package: its name, or its address where it has no name."""
    found = document.get("publisher")
    if isinstance(found, dict) and isinstance(found.get("name"), str):
        return " ".join(found["name"].split())
    address = document.get("uri")
    if isinstance(address, str) and address.count("/") > 2:
        return address.split("/")[2]
    return ""


def _laid_over(before: Any, after: Any) -> Any:
    """A newer value over an older one: members one by one, lists of objects by their ids, null as absence."""
    if isinstance(before, dict) and isinstance(after, Mapping):
        joined = {**before}
        for name, value in after.items():
            if value is None:
                joined.pop(name, None)
            else:
                joined[name] = _laid_over(before.get(name), value)
        return joined
    if _have_ids(before) and _have_ids(after):
        kept = {str(one["id"]): one for one in before}
        for one in after:
            kept[str(one["id"])] = _laid_over(kept.get(str(one["id"])), one)
        return list(kept.values())
    return dict(after) if isinstance(after, Mapping) else after


def _have_ids(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(one, dict) and "id" in one for one in values)
