"""Search keys and steps written anew, after a change of their signs or of the words that texts are cut by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import models, transaction

from . import vocabulary
from .models import Edition, KnownWord
from .models.search import WrittenField

BATCH = 2_000  # rows held at a time


def rewrite_keys() -> int:
    """Write the key and the steps of each row that has others than it should, and learn all words anew.

    Says how many rows it wrote. Visitors go on searching with the old keys until it is done.
    """
    written = 0
    with transaction.atomic():
        for model, fields in searched_models():
            rows = model._default_manager.order_by("pk").iterator(BATCH)
            while batch := list(islice(rows, BATCH)):
                stale = [row for row in batch if _is_stale(row, fields)]
                model._default_manager.bulk_update(stale, [field.name for field in fields])
                written += len(stale)
        KnownWord.objects.all().delete()
        vocabulary.learn(Edition.objects.values_list("pk", flat=True))
        vocabulary.learn_names()
    return written


def searched_models() -> Iterator[tuple[type[models.Model], list[WrittenField]]]:
    """The models whose texts can be searched, each with the fields of what is kept of them."""
    for model in apps.get_app_config("spending").get_models():
        if fields := [field for field in model._meta.concrete_fields if isinstance(field, WrittenField)]:
            yield model, fields


def _is_stale(row: Any, fields: list[WrittenField]) -> bool:
    """Give a row the key and the steps it should have; whether it had others."""
    before = [getattr(row, field.attname) for field in fields]
    return [field.pre_save(row, add=False) for field in fields] != before
