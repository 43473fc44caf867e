"""What is known of the data itself."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from importers.records import Control, Note, Refusal
from spending import quality, quality_tables
from spending.models import Edition
from spending.overview import overview
from tests.factories import allocation, head, loaded
from tests.spending.years import load_week, total

pytestmark = pytest.mark.django_db


def volume(folder: Path, *more: object, amount: str = "400") -> Edition:
    loaded(head(), allocation(1, amount), *more, folder=folder)  # type: ignore[arg-type]
    return Edition.objects.get(dataset="budget_book", is_current=True)


def test_sum_that_does_not_hold_comes_first_with_its_difference(tmp_path: Path) -> None:
    good = Control("รวม 2565", Decimal(400), Decimal(400))
    bad = Control("รวม 2551", Decimal(400), Decimal(430), advisory=True)
    edition = volume(tmp_path, good, bad)

    checks = quality.checks_of(edition)

    assert [(check.name, check.holds, check.difference) for check in checks] == [
        ("รวม 2551", False, Decimal(30)),
        ("รวม 2565", True, Decimal(0)),
    ]


def test_remarks_keep_what_was_printed_and_are_counted_by_kind(tmp_path: Path) -> None:
    notes = [Note("repaired_category", line, "งบดาเนินงาน", "งบดำเนินงาน") for line in (4, 5)]
    edition = volume(tmp_path, *notes, Note("repaired_agency", 6, "กรมทีดิน", "กรมที่ดิน"))

    remarks = quality.remarks_of(edition)

    assert (remarks[0].published, remarks[0].read_as, remarks[0].count) == ("งบดาเนินงาน", "งบดำเนินงาน", 2)
    assert [count for _title, count in quality.counted_kinds(remarks)] == [2, 1]


def test_data_set_counts_its_current_editions_and_the_earlier_ones(tmp_path: Path) -> None:
    volume(tmp_path, Refusal(9, "AMOUNT", "12,x", "not an amount"), *[allocation(n) for n in range(2, 120)])
    volume(tmp_path, *[allocation(n) for n in range(2, 120)], amount="500")

    (found,) = quality.collections()

    assert (found.dataset, len(found.editions), found.earlier) == ("budget_book", 1, 1)
    assert (found.rows, found.refused) == (119, 0)


def test_held_edition_is_not_told_of(tmp_path: Path) -> None:
    loaded(head(), allocation(1), Control("รวม", Decimal(1), Decimal(100)), folder=tmp_path)

    assert quality.collections() == ()


def test_coverage_tells_what_is_known_by_line_and_by_body(tmp_path: Path) -> None:
    volume(tmp_path)
    load_week(tmp_path)
    total(2022, "1000")
    total(2018, "500")
    total(2018, "250", body="กระทรวงศึกษาธิการ", dataset="mof_history")
    reported = overview(2026)
    assert reported is not None

    found = {one.lines.year: one for one in quality.years_covered([reported])}

    assert list(found) == [2026, 2022, 2018]
    assert (found[2022].lines.share, found[2022].by_body_share) == (Decimal("0.4"), None)
    assert (found[2018].lines.known, found[2018].by_body_share) == (Decimal(0), Decimal("0.5"))
    assert (found[2026].lines.act, found[2026].by_body_share) == (Decimal(1000), Decimal("0.8"))


def test_sum_that_does_not_hold_and_totals_of_two_publishers_disagree(tmp_path: Path) -> None:
    volume(tmp_path, Control("รวม", Decimal(400), Decimal(410), advisory=True))
    total(2018, "3050", dataset="mof_history")
    total(2018, "3057")
    total(2019, "3000", dataset="mof_history")
    total(2019, "3000")

    found = quality.disagreements(quality.collections())

    assert [(one.name, one.year, one.difference) for one in found] == [
        ("รวม", None, Decimal(10)),
        ("", 2018, Decimal(7)),
    ]
    assert [edition.dataset for edition in found[1].editions] == ["mof_history", "pbo_history"]


def test_smallest_difference_is_still_a_share() -> None:
    unequal = quality.Disagreement(Decimal(3_050_000_000_000), Decimal(3_050_000_007_000), ())

    assert unequal.share
    assert unequal.share > 0


def test_volumes_are_listed_by_their_numbers(tmp_path: Path) -> None:
    for number, part in enumerate(("2022.3.10", "2022.3.9", "2022.3.3(2)", "2022.3.3(1)"), start=1):
        loaded(head(part), allocation(number), folder=tmp_path)

    (found,) = quality.collections()

    assert [edition.part for edition in found.editions] == [
        "2022.3.3(1)",
        "2022.3.3(2)",
        "2022.3.9",
        "2022.3.10",
    ]


def test_an_edition_is_published_on_the_day_of_the_place_it_is_published_in(tmp_path: Path) -> None:
    loaded(head(), allocation(), folder=tmp_path)
    Edition.objects.update(published_at=datetime(2026, 7, 3, 18, 30, tzinfo=UTC))  # 4 July in Bangkok

    (collection,) = quality.collections()
    (row,) = quality_tables.editions(collection, lambda edition: "").rows

    assert row.values[-1] == date(2026, 7, 4)
