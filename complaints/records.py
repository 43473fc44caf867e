"""The public records that citizens have opinions on: pages about one thing, by their address in Thai."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation

LONGEST_ADDRESS = 1_000
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
RECORDS = frozenset(
    f"spending:{name}" for name in ("line", "agency", "project", "contract", "supplier", "past_project")
)
"""Names of pages about one line, agency, project, contract or supplier."""


def parts_of(address: str) -> SplitResult | None:
    """The parts of an address of this site. None for what is none: of another site, too long, or with signs
    that no address and no text of the database holds.
    """
    if len(address) > LONGEST_ADDRESS or "\\" in address or CONTROL.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that hold no address
        return None
    return None if parts.scheme or parts.netloc or not parts.path.startswith("/") else parts


def record_of(address: str) -> str:
    """The address of the record that a page is about, in Thai and without its query; empty for any other."""
    parts = parts_of(address)
    if parts is None:
        return ""
    path = parts.path
    path = path.removeprefix("/en") if path.startswith("/en/") else path
    with translation.override("th"):
        try:
            match = resolve(path)
        except Resolver404:
            return ""
    return path if match.view_name in RECORDS else ""
