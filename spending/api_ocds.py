"""One purchase in the Open Contracting Data Standard."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from .api import ApiView
from .descriptions import ANSWERS, HEADERS, words_named
from .ocds import Json
from .ocds_exports import package_of
from .parameters import PARAMETERS, only_once

WORDS = ("project",)


class OcdsView(ApiView):
    """The release package, or the record package, of one project."""

    records: bool = False

    @property
    def operation(self) -> Json:
        """The address as OpenAPI describes it."""
        words = _("One purchase in the Open Contracting Data Standard (OCDS) 1.1.")
        headers = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
        answers: dict[str, Any] = {status: {"$ref": f"#/components/responses/{status}"} for status in ANSWERS}
        content = {"application/json": {"schema": {"type": "object"}}}
        answers["200"] = {"description": words, "content": content, "headers": headers}
        answers["404"] = {**ANSWERS["400"], "description": _("There is no project of this number.")}
        parameters = words_named(WORDS, required=WORDS)
        return {"description": words, "parameters": parameters, "responses": answers}

    def answer(self, request: Request, **kwargs: str) -> Response:
        only_once(request.query_params, WORDS)
        number = str(PARAMETERS["project"].value(request.query_params.get("project", ""), looked_up=False))
        found = package_of(number, request.build_absolute_uri(), record=self.records)
        if found is None:
            raise NotFound(_("There is no project of this number in the files at hand."))
        return Response(found)
