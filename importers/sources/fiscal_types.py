"""What a descriptor of a Fiscal Data Package 1.0 says of its columns where it has no mapping of all of them.

A table has a `model` of its own, or each field a `columnType` (`value`, `activity:generic:code`, …). Fields
that no file has (`extraFields`) hold what is the same in every row: the currency, the fiscal year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

VALUE = "value"
OF_AMOUNTS = ("currency", "direction", "phase")  # types of columns that say what kind of amounts these are
Json = Mapping[str, Any]


def mapped_by_tables(descriptor: Any) -> dict[str, Any] | None:
    """The mappings of single tables as one of all; None where no table has one."""
    found: dict[str, dict[str, Any]] = {"measures": {}, "dimensions": {}}
    for resource in resources_of(descriptor):
        model = resource.get("model") or resource.get("mapping")
        for member, named in found.items():
            given = model.get(member) if isinstance(model, dict) else None
            for name, one in given.items() if isinstance(given, dict) else ():
                named[name] = {**one, "resource": name_of(resource)} if isinstance(one, dict) else one
    return found if found["measures"] else None


def mapped_by_types(descriptor: Any) -> dict[str, Any] | None:
    """The mapping that the types of all columns come to; None where no column is of amounts."""
    measures: dict[str, Any] = {}
    dimensions: dict[str, Any] = {}
    for table, schema in _schemas(descriptor):
        constants = {_kind(one): one.get("constant") for one in _fields(schema, "extraFields")}
        said = {str(one.get("name")): _kind(one) for one in _fields(schema, "extraFields")}
        for field in _fields(schema, "fields"):
            name = str(field.get("name"))
            if _kind(field) == VALUE or "normalize" in field:
                measures[name] = _measure(field, constants, said) | {"source": name, "resource": table}
            elif _kind(field):
                dimensions[name] = {"source": name, "resource": table, "columnType": field["columnType"]}
        dimensions |= _constant(schema, table)
    return {"measures": measures, "dimensions": dimensions} if measures else None


def _measure(field: Json, constants: Mapping[str, Any], said: Mapping[str, str]) -> dict[str, Any]:
    """What is told of a column of amounts: by itself, by what it is one of several of, or of every row."""
    found = {kind: constants[kind] for kind in OF_AMOUNTS if constants.get(kind)}
    normalized = field.get("normalize")
    for name, value in (normalized if isinstance(normalized, dict) else {}).items():
        found[said.get(name, name)] = value
    own = {name: field[name] for name in (*OF_AMOUNTS, "factor") if field.get(name)}
    return {**found, **own}


def _constant(schema: Json, table: str) -> dict[str, Any]:
    """What is the same in every row and no part of an amount."""
    return {
        str(one.get("name")): {"constant": str(one["constant"]), "resource": table}
        for one in _fields(schema, "extraFields")
        if one.get("constant") is not None and _kind(one) not in (*OF_AMOUNTS, VALUE)
    }


def _schemas(descriptor: Any) -> Iterator[tuple[str, Json]]:
    for resource in resources_of(descriptor):
        if isinstance(resource.get("schema"), dict):
            yield name_of(resource), resource["schema"]


def resources_of(descriptor: Any) -> list[Json]:
    """The tables that a descriptor names; what is no object is none."""
    found = descriptor.get("resources") if isinstance(descriptor, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def declared(resource: Json) -> list[Json]:
    """The columns that a table declares, in their order."""
    schema = resource.get("schema")
    return _fields(schema, "fields") if isinstance(schema, dict) else []


def name_of(resource: Json) -> str:
    """The name of a table; its path where it has none."""
    return str(resource.get("name") or resource.get("path") or "")


def _fields(schema: Json, member: str) -> list[Json]:
    found = schema.get(member)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _kind(field: Json) -> str:
    """The first word of the type of a column: `phase:id` is a phase."""
    return str(field.get("columnType") or "").split(":")[0]
