"""S16: the headers of each address of the site, whatever it answers: right, refused, not found."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tests.staff.test_matrix import FACTS, NAMES, Rows, address, allowed, rows

from .conftest import Count
from .test_faults import PATTERNS

__all__ = ["rows"]

SEALED = {
    "complaints:new", "complaints:status", "complaints:opinion", "complaints:opinions", "complaints_api:file",
    "complaints_api:acknowledgements", "following:one", "following:stop",
}  # fmt: skip
"""What of the public site is never kept by a cache, nor told to another site."""
EMBEDDED = ("embeds:",)
"""What other sites show in a frame: nothing of these is anybody's alone."""
WORDS = {"year": "2565", "number": "1", "figure": "a", "form": "svg"}
"""What parts of an address must look like; others may be anything."""


def wrong(name: str, answer: Any, *, is_sealed: bool) -> str:
    """What is missing; empty if nothing is."""
    policy = answer.get("Content-Security-Policy", "")
    referrer = answer.get("Referrer-Policy", "")
    held = {
        "default-src 'none'": "default-src 'none'" in policy,
        "nothing inline": not re.search("unsafe-(inline|eval)|https?:|data:|\\*", without_frames(policy)),
        "sniff": answer.get("X-Content-Type-Options") == "nosniff",
        "referrer": referrer in (("no-referrer", "same-origin") if name.startswith("admin:") else
                                 ("no-referrer",) if is_sealed and answer.status_code < 400 else
                                 ("no-referrer", "same-origin")),
        "opener": answer.get("Cross-Origin-Opener-Policy") == "same-origin",
        "frames": name.startswith(EMBEDDED) or is_unframed(answer, policy),
        "cache": not is_sealed or "no-store" in answer.get("Cache-Control", ""),
    }  # fmt: skip
    return ", ".join(said for said, is_so in held.items() if not is_so)


def without_frames(policy: str) -> str:
    """The policy but for who may frame the answer."""
    return re.sub("frame-ancestors [^;]*", "", policy)


def is_unframed(answer: Any, policy: str) -> bool:
    return answer.get("X-Frame-Options") == "DENY" and "frame-ancestors 'none'" in policy


def somewhere(pattern: URLPattern, name: str) -> str:
    """An address of a pattern: of things that do not exist, where it names any."""
    kinds = {key: type(one).__name__ for key, one in pattern.pattern.converters.items()}
    named = {*kinds, *pattern.pattern.regex.groupindex}
    values = {key: WORDS.get(key, "1" if kinds.get(key) == "IntConverter" else "x") for key in named}
    return reverse(name, kwargs=values)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(name for name in PATTERNS if not name.startswith("admin:")))
def test_address_of_the_public_site_has_its_headers(client: Client, count: Count, name: str) -> None:
    client.raise_request_exception = False
    there = somewhere(PATTERNS[name], name)
    for answer in (client.get(there), client.post(there, {}), client.delete(there)):
        if answer.streaming:
            b"".join(answer.streaming_content)
        said = wrong(name, answer, is_sealed=name in SEALED)
        count("S16", got_through=bool(said), what=f"{there} {answer.status_code}: {said}")


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_address_of_the_workbench_has_its_headers(
    count: Count, name: str, rows: tuple[Rows, dict[str, Client]]
) -> None:
    there = address(name, rows[0])
    if there is None and name.startswith(FACTS):
        return
    for role in ("nobody", "no role", *sorted(allowed(name) or ())[:1]):
        answer = rows[1][role].get(there)
        said = wrong(f"admin:{name}", answer, is_sealed=True)
        count("S16", got_through=bool(said), what=f"{there} {answer.status_code} for {role}: {said}")
