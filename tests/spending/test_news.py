"""What changed lately."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from spending.models import Edition
from spending.news import changes
from tests.factories import allocation, head, loaded
from tests.spending.years import load_week

pytestmark = pytest.mark.django_db


def published(dataset: str, day: int) -> None:
    Edition.objects.filter(dataset=dataset).update(published_at=datetime(2026, 7, day, 5, tzinfo=UTC))


def test_volumes_of_one_day_are_told_together_newest_day_first(tmp_path: Path) -> None:
    loaded(head("2022.3.9"), allocation(1), folder=tmp_path)
    loaded(head("2022.3.11"), allocation(2), allocation(3), folder=tmp_path)
    load_week(tmp_path)
    published("budget_book", 1)
    published("cgd_weekly", 6)

    found = changes(5)

    assert [(one.dataset, one.year, one.editions, one.day.day) for one in found] == [
        ("cgd_weekly", 2026, 1, 6),
        ("budget_book", 2022, 2, 1),
    ]
    assert found[1].rows == 3


def test_news_cost_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        changes(5)
