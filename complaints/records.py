"""The public records that citizens have opinions on: pages about one thing, by their address in Thai."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation

RECORDS = frozenset(
    f"spending:{name}" for name in ("line", "agency", "project", "contract", "supplier", "past_project")
)
"""Names of pages about one line, agency, project, contract or supplier."""


def record_of(address: str) -> str:
    """The address of the record that a page is about, in Thai and without its query; empty for any other."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return ""
    path = parts.path
    path = path.removeprefix("/en") if path.startswith("/en/") else path
    with translation.override("th"):
        try:
            match = resolve(path)
        except Resolver404:
            return ""
    return path if match.view_name in RECORDS else ""
