"""The dictionary is made of the code and complete."""

import re

from django.apps import apps
from django.utils import translation

from spending.dictionary import INTERNAL, SAID, downloads, first_sentences, tables_of
from spending.resources import RESOURCES


def test_every_download_has_all_its_columns_with_their_meaning() -> None:
    found = {entry.name: [row.values[0] for row in entry.table.rows] for entry in downloads()}

    assert found == {
        name: [column.name for column in resource.columns] for name, resource in RESOURCES.items()
    }


def test_every_table_of_the_facts_has_its_columns_explained() -> None:
    models = {model.__name__ for model in apps.get_app_config("spending").get_models()}

    entries = tables_of()

    assert {entry.name for entry in entries} == models - set(INTERNAL)
    assert all(row.values[1] for entry in entries for row in entry.table.rows)


def test_sentences_marked_for_translation_are_those_of_the_models() -> None:
    models = [one for one in apps.get_app_config("spending").get_models() if one.__name__ not in INTERNAL]

    assert sorted(SAID) == sorted(first_sentences(model) for model in models)


def test_dictionary_speaks_thai_of_every_table_and_column() -> None:
    with translation.override("th"):
        said = [
            sentence
            for entry in [*tables_of(), *downloads()]
            for sentence in (entry.means, *(str(row.values[1]) for row in entry.table.rows))
        ]

    assert [sentence for sentence in said if not re.search("[ก-๙]", sentence)] == []
