"""How the API writes its answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import JSONRenderer

from .exports import as_json


class ExactJSONRenderer(JSONRenderer):
    """JSON in which a Decimal is a number, exact to the satang."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else as_json(data).encode()
