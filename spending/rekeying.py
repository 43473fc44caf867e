"""Search keys written anew, after a change of the signs or of the list of words that texts are cut by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import models, transaction

from . import vocabulary
from .models import Edition, KnownWord
from .models.search import SearchKeyField

BATCH = 2_000  # rows held at a time


def rewrite_keys() -> int:
    """Write the key of each row that has another one than it should, and learn all words anew.

    Says how many rows it wrote. Visitors go on searching with the old keys until it is done.
    """
    written = 0
    with transaction.atomic():
        for model, field in keyed_models():
            rows = model._default_manager.order_by("pk").iterator(BATCH)
            while batch := list(islice(rows, BATCH)):
                stale = [row for row in batch if _is_stale(row, field)]
                model._default_manager.bulk_update(stale, [field.name])
                written += len(stale)
        KnownWord.objects.all().delete()
        vocabulary.learn(Edition.objects.values_list("pk", flat=True))
        vocabulary.learn_names()
    return written


def keyed_models() -> Iterator[tuple[type[models.Model], SearchKeyField]]:
    """The models whose texts can be searched, each with its field for the key."""
    for model in apps.get_app_config("spending").get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SearchKeyField):
                yield model, field


def _is_stale(row: Any, field: SearchKeyField) -> bool:
    """Give a row the key it should have; whether it had another."""
    before: str = getattr(row, field.attname)
    return field.pre_save(row, add=False) != before
