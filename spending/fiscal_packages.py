"""Budgets as Fiscal Data Packages: a table of text, and a descriptor that says which column is what. Pure.

The mapping is that of the Fiscal Data Package specification: measures with their currency, dimensions with
the columns they are made of. Everything else is a tabular data package that any Frictionless tool opens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .columns import Column
from .fiscal import first_day, last_day

Json = dict[str, Any]
PROFILE = "tabular-data-package"
KINDS: Mapping[str, str] = {
    "DecimalField": "number",
    "PositiveSmallIntegerField": "integer",
    "PositiveIntegerField": "integer",
    "IntegerField": "integer",
    "BooleanField": "boolean",
    "DateField": "date",
}
"""Kinds of columns as Table Schema calls them; any other is text."""


@dataclass(frozen=True, slots=True)
class Fiscal:
    """What one resource is as a fiscal package: its measures with their phases, and its dimensions.

    A dimension is its name, its type in the specification, and the columns it is made of, code first.
    """

    measures: Mapping[str, str]
    dimensions: Sequence[tuple[str, str, tuple[str, ...]]]


MAPPINGS: Mapping[str, Fiscal] = {
    "allocations": Fiscal(
        {"amount": "approved"},
        (
            ("fiscal_year", "datetime", ("fiscal_year",)),
            ("ministry", "entity", ("ministry_code", "ministry")),
            ("agency", "entity", ("agency_code", "agency")),
            ("plan", "activity", ("plan",)),
            ("activity", "activity", ("activity",)),
            ("category", "classification", ("category",)),
            ("item", "fact", ("item_id", "description")),
        ),
    ),
    "local-budgets": Fiscal(
        {
            "approved": "approved",
            "increased": "adjusted",
            "decreased": "adjusted",
            "committed": "executed",
            "disbursed": "executed",
            "remaining": "executed",
        },
        (
            ("fiscal_year", "datetime", ("fiscal_year",)),
            ("body", "entity", ("agency_code", "agency")),
            ("province", "location", ("province_code", "province")),
            ("function", "classification", ("function",)),
            ("plan", "activity", ("plan",)),
            ("task", "activity", ("task",)),
            ("budget_type", "classification", ("budget_type",)),
            ("group", "classification", ("group",)),
            ("item", "fact", ("item", "description")),
        ),
    ),
}
"""The resources that can be given out as fiscal packages."""


def descriptor(name: str, columns: Sequence[Column], kinds: Mapping[str, Any], year: int, path: str) -> Json:
    """The `datapackage.json` of one resource and fiscal year (Common Era); `path` is where its table lies."""
    own = MAPPINGS[name]
    return {
        "profile": PROFILE,
        "name": f"{name}-{year}",
        "title": f"ภาษีไปไหน · Where do my taxes go: {name} {year}",
        "countryCode": "TH",
        "granularity": "transactional",
        "fiscalPeriod": {"start": first_day(year).isoformat(), "end": last_day(year).isoformat()},
        "resources": [
            {
                "name": name,
                "path": path,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ","},
                "schema": {"fields": [_field(column, kinds) for column in columns], "missingValues": [""]},
            }
        ],
        "mapping": {
            "measures": {
                measure: {
                    "source": measure,
                    "resource": name,
                    "currency": "THB",
                    "factor": 1,
                    "direction": "expenditure",
                    "phase": phase,
                }
                for measure, phase in own.measures.items()
            },
            "dimensions": {
                dimension: _dimension(name, kind, sources) for dimension, kind, sources in own.dimensions
            },
        },
    }


def _field(column: Column, kinds: Mapping[str, Any]) -> Json:
    kind = KINDS.get(type(kinds.get(column.name)).__name__, "string")
    return {"name": column.name, "type": kind, "description": column.means}


def _dimension(resource: str, kind: str, sources: tuple[str, ...]) -> Json:
    attributes: Json = {source: {"source": source, "resource": resource} for source in sources}
    for label in sources[1:]:
        attributes[label]["labelfor"] = sources[0]
    return {"dimensionType": kind, "primaryKey": sources[0], "attributes": attributes}
