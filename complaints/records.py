"""The public records that citizens have opinions on: pages about one thing, by their address in Thai."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit

from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation
from django.utils.encoding import iri_to_uri, uri_to_iri

LONGEST_ADDRESS = 1_000
MOST_SIGNS = 9  # for a Thai letter, where an address is written in percent signs
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
RECORDS = frozenset(
    f"spending:{name}" for name in ("line", "agency", "project", "contract", "supplier", "past_project")
)
"""Names of pages about one line, agency, project, contract or supplier."""


def parts_of(address: str) -> SplitResult | None:
    """The parts of an address of this site, its path in letters, however it was written. None for what is
    none: of another site, too long, or with signs that no address and no text of the database holds.
    """
    if len(address) > LONGEST_ADDRESS * MOST_SIGNS or "\\" in address or CONTROL.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that hold no address
        return None
    path = uri_to_iri(iri_to_uri(parts.path))
    is_elsewhere = parts.scheme or parts.netloc or not path.startswith("/")
    if is_elsewhere or len(path) + len(parts.query) >= LONGEST_ADDRESS or CONTROL.search(unquote(path)):
        return None
    return parts._replace(path=path)


def found_at(path: str) -> ResolverMatch | None:
    """Which page stands at a path as `parts_of` writes it, in Thai; None for none."""
    with translation.override("th"):
        try:
            return resolve(unquote(path))
        except Resolver404:
            return None


def record_of(address: str) -> str:
    """The address of the record that a page is about, in Thai and without its query; empty for any other."""
    parts = parts_of(address)
    if parts is None:
        return ""
    path = parts.path
    path = path.removeprefix("/en") if path.startswith("/en/") else path
    match = found_at(path)
    return path if match is not None and match.view_name in RECORDS else ""
