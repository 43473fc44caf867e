"""The register of sources: one line each."""

from .base import Expect, Source

SOURCES: dict[str, Source] = {}

__all__ = ["SOURCES", "Expect", "Source"]
