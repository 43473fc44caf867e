"""How the API writes its answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer, JSONRenderer

from .exports import json_bytes


class ExactJSONRenderer(JSONRenderer):
    """JSON in which a Decimal is a number, exact to the satang."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else json_bytes(data)


class FileRenderer(BaseRenderer):
    """Says which media type a file has; the file itself is a stream that nobody renders."""

    charset = None

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return json_bytes(data)


def renderer_of(media_type: str) -> FileRenderer:
    """A renderer of files of one type."""
    return FileRenderer(media_type)
