"""Data sets and their parts in words."""

import pytest
from django.utils import translation

from importers.sources import SOURCES
from spending.datasets import TITLES, part_title, title_of


@pytest.mark.parametrize("name", SOURCES)
def test_data_set_of_every_source_has_a_title(name: str) -> None:
    assert SOURCES[name].dataset in TITLES


def test_data_set_without_a_title_is_called_by_its_name() -> None:
    assert title_of("something_new") == "something_new"


@pytest.mark.parametrize(
    ("dataset", "part", "thai", "english"),
    [
        ("budget_book", "2022.3.10", "ฉบับที่ 3 เล่มที่ 10", "issue 3, volume 10"),
        ("cgd_weekly", "2569", "ปีงบประมาณ 2569", "Fiscal year 2026"),
        ("mof_history", "mof-budget", "mof-budget", "mof-budget"),
    ],
)
def test_part_is_said_in_words_where_there_are_any(dataset: str, part: str, thai: str, english: str) -> None:
    with translation.override("th"):
        assert part_title(dataset, part) == thai
    with translation.override("en"):
        assert part_title(dataset, part) == english
