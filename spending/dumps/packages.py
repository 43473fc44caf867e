"""A dump as a Frictionless Data Package, so that any tool that knows the standard can open and check it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import simplejson

from .manifest import DumpedFile, Manifest

PROFILE = "data-package"
_NOT_IN_NAMES = re.compile(r"[^-a-z0-9._/]+")


def data_package(manifest: Manifest) -> str:
    """The descriptor of a dump's CSV files (specification: Data Package and Table Schema, version 1)."""
    values = {
        "profile": PROFILE,
        "name": "where-do-my-taxes-go",
        "title": "ภาษีไปไหน · Where do my taxes go",
        "created": manifest.made_at,
        "currency": "THB",
        "sources": _sources(manifest),
        "resources": [
            _resource(one, manifest.columns[one.resource])
            for one in manifest.files
            if one.path.endswith(".csv")
        ],
    }
    return str(simplejson.dumps(values, ensure_ascii=False, indent=1)) + "\n"


def _sources(manifest: Manifest) -> list[dict[str, str]]:
    """Each publisher's data set once."""
    found = {
        (one["publisher"], one["dataset"]): {
            "title": f"{one['publisher']}: {one['dataset']}",
            "path": one["address"],
        }
        for one in manifest.editions
        if one["address"]
    }
    return list(found.values())


def _resource(file: DumpedFile, columns: list[Mapping[str, str]]) -> dict[str, Any]:
    name = "-".join(part for part in (file.edition, file.resource) if part)
    return {
        "name": _NOT_IN_NAMES.sub("-", name.lower()),
        "path": file.path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "fields": [
                {"name": one["name"], "type": one["type"], "description": one["means"]} for one in columns
            ]
        },
    }
