"""`manage.py prepare` says on every start what visitors see."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from config.management.commands.prepare import loaded
from tests.factories import allocation, head
from tests.factories import loaded as load


@pytest.mark.django_db
def test_each_data_set_is_named_with_its_editions_and_rows(tmp_path: Path) -> None:
    load(head(), allocation(1), allocation(2), folder=tmp_path)
    load(head("2022.3.10"), allocation(1, item_id="2022.3.10.1"), folder=tmp_path)

    first, line = loaded()

    assert first == "Loaded:"
    assert line.split() == ["budget_book", "2", "editions", "3", "rows", "figures", "up", "to", "2021-10-01"]


@pytest.mark.django_db
def test_an_empty_site_says_so() -> None:
    assert list(loaded()) == ["Nothing is loaded yet."]


@pytest.mark.django_db
def test_what_is_loaded_is_said_again_on_a_second_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(head(), allocation(1), folder=tmp_path)
    monkeypatch.setattr("config.static_files.collect_stale", lambda: False)
    said = StringIO()

    call_command("prepare", without_sample=True, stdout=said)

    assert "budget_book" in said.getvalue()
    assert " 0 rows" not in said.getvalue()
