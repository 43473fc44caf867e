"""The one verb of loading: an edition as a whole, or nothing."""

from __future__ import annotations

import os
import threading
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from importers.errors import FileError, Reason
from importers.loading import load
from importers.models import ImportRun, Rejection
from importers.records import Body, Control, Note, Refusal
from importers.sources import Expect
from spending import upkeep
from spending.models import Agency, AgencyName, Allocation, AllocationTotal, Category, Edition, SourceFile
from tests.factories import (
    DISEASE_CONTROL,
    HEALTH,
    LOCAL_AFFAIRS,
    Given,
    allocation,
    commitment,
    disbursement,
    head,
    loaded,
)
from tests.purchases import by_person, contract, project

pytestmark = pytest.mark.django_db
Outcome = ImportRun.Outcome


def test_load_publishes_an_edition_with_its_rows_and_totals(tmp_path: Path) -> None:
    run = loaded(head(), allocation(1, "100.25"), allocation(2, "200.50"), folder=tmp_path)

    edition = Edition.objects.get()
    assert run.outcome == Outcome.PUBLISHED
    assert (edition.state, edition.is_current, edition.rows) == ("published", True, 2)
    assert edition.total == Decimal("300.75")
    assert Allocation.objects.current().total() == Decimal("300.75")
    assert AllocationTotal.objects.current().total() == Decimal("300.75")


def test_same_bytes_twice_change_nothing(tmp_path: Path) -> None:
    loaded(head(), allocation(), folder=tmp_path)

    run = loaded(head(), allocation(), folder=tmp_path)

    assert run.outcome == Outcome.UNCHANGED
    assert (Edition.objects.count(), Allocation.objects.count(), SourceFile.objects.count()) == (1, 1, 1)
    assert list(run.editions.all()) == [Edition.objects.get()]


@pytest.mark.django_db(transaction=True)
def test_same_bytes_loaded_at_one_time_are_loaded_once(tmp_path: Path) -> None:
    path = tmp_path / "published.csv"
    path.write_text("x")
    outcomes: list[str] = []

    def load_too() -> None:
        outcomes.append(load(Given([head(), allocation()]), path).outcome)
        connection.close()

    class Slow(Given):
        def entries(self, path: Path):  # type: ignore[no-untyped-def]
            other.start()
            while not _somebody_waits():
                time.sleep(0.01)
            yield from self.given

    other = threading.Thread(target=load_too)
    outcomes.append(load(Slow([head(), allocation()]), path).outcome)
    other.join()

    assert outcomes == [Outcome.PUBLISHED, Outcome.UNCHANGED]
    assert Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_load_gives_the_room_of_rows_that_went_to_the_next_ones(tmp_path: Path) -> None:
    before = _vacuumed()

    loaded(head(), allocation(), folder=tmp_path)

    assert _vacuumed() == {table: times + 1 for table, times in before.items()}


def _vacuumed() -> dict[str, int]:
    """How many times the tables were vacuumed that are written anew with each edition."""
    tables = [f"spending_{name}" for name in upkeep.WRITTEN_ANEW]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT relname, vacuum_count FROM pg_stat_user_tables WHERE relname = ANY(%s)", [tables]
        )
        return dict(cursor.fetchall())


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
            "WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def test_newer_edition_takes_over_and_the_older_one_answers_for_its_day(tmp_path: Path) -> None:
    loaded(head(as_of=date(2021, 10, 1)), allocation(1, "100"), folder=tmp_path)
    loaded(head(as_of=date(2022, 3, 1)), allocation(1, "90"), folder=tmp_path)

    lines = Allocation.objects.all()
    assert lines.current().total() == 90
    assert lines.current(date(2022, 2, 28)).total() == 100
    assert lines.current(date(2022, 3, 1)).total() == 90
    assert lines.current(date(2021, 9, 30)).total() == 0


def test_an_older_week_loaded_late_does_not_become_current(tmp_path: Path) -> None:
    loaded(head("2569", as_of=date(2026, 7, 3)), disbursement(), folder=tmp_path)
    loaded(
        head("2569", as_of=date(2026, 6, 26)),
        disbursement(as_of=date(2026, 6, 26), disbursed=Decimal(1)),
        folder=tmp_path,
    )

    assert Edition.objects.get(is_current=True).as_of == date(2026, 7, 3)


def test_other_parts_of_the_data_set_stay(tmp_path: Path) -> None:
    loaded(head("2022.3.9"), allocation(1, "100"), folder=tmp_path)
    loaded(head("2022.3.10"), allocation(2, "50"), folder=tmp_path)

    assert Allocation.objects.current().total() == 150


def test_one_file_may_hold_several_parts(tmp_path: Path) -> None:
    loaded(head("a"), allocation(1, "1"), head("b"), allocation(2, "2"), folder=tmp_path)

    totals = dict(Edition.objects.current().values_list("part", "total"))
    assert totals == {"a": 1, "b": 2}


def test_duplicate_key_is_rejected_with_its_line(tmp_path: Path) -> None:
    expects = Expect(refused=Decimal(1))

    loaded(head(), allocation(1, "5"), allocation(1, "7", line=9), folder=tmp_path, expects=expects)

    rejection = Rejection.objects.get()
    assert (rejection.line, rejection.value) == (9, "2022.3.9.1")
    assert rejection.figures == {"line": "2"}
    assert rejection.reason.startswith("The key of this row stood in line %(line)s of the file")
    assert Allocation.objects.current().total() == 5


def test_a_repeat_names_the_first_row_of_its_key_in_its_own_part(tmp_path: Path) -> None:
    entries = [
        *(head("2568"), project(1, line=2), contract(1, line=2), contract(1, line=5), by_person(1, line=7)),
        *(
            head("a"),
            allocation(1, line=3),
            commitment(1, line=3),
            commitment(1, line=8),
            allocation(1, line=11),
        ),
        *(
            head("b"),
            allocation(1, line=4),
            allocation(1, line=6),
            disbursement(line=10),
            disbursement(line=12),
        ),
        *(head("2568"), project(1, line=9), contract(2, tax_id="", supplier="ร้าน", winner_kind="unnumbered")),
        contract(2, tax_id="", supplier="ร้าน", winner_kind="unnumbered", line=20),
    ]

    loaded(*entries, folder=tmp_path, expects=Expect(refused=Decimal(1)))

    told = {one.line: one.figures["line"] for one in Rejection.objects.all()}
    assert told == {5: "2", 8: "3", 11: "3", 6: "4", 12: "10", 9: "2", 20: "3"}
    assert Rejection.objects.get(line=12).figures["sheet"] == Rejection.objects.get(line=12).sheet


def test_refusals_are_kept_with_their_edition(tmp_path: Path) -> None:
    refusal = Refusal(7, "AMOUNT", "twelve", "Not an amount.")

    loaded(head(), allocation(), refusal, folder=tmp_path, expects=Expect(refused=Decimal(1)))

    edition = Edition.objects.get()
    kept = edition.rejections.get()
    assert (edition.refused, kept.line, kept.column, kept.value) == (1, 7, "AMOUNT", "twelve")


def test_too_many_refusals_hold_the_edition(tmp_path: Path) -> None:
    run = loaded(head(), allocation(), Refusal(7, "AMOUNT", "x", "Not an amount."), folder=tmp_path)

    assert run.outcome == Outcome.HELD
    assert not Allocation.objects.current().exists()


def test_total_off_the_known_one_holds_the_edition_until_a_person_releases_it(tmp_path: Path) -> None:
    expects = Expect(totals={"2022.3.9": Decimal(101)})
    loaded(head(), allocation(1, "100"), folder=tmp_path, expects=expects)
    edition = Edition.objects.get()
    assert (edition.state, edition.is_current) == ("held", False)

    edition.release(by="somchai", reason="The book prints a misprint on page 3.")

    edition.refresh_from_db()
    assert (edition.state, edition.is_current, edition.released_by) == ("published", True, "somchai")
    assert Allocation.objects.current().total() == 100


def test_release_wants_a_reason(tmp_path: Path) -> None:
    loaded(head(), allocation(), folder=tmp_path, expects=Expect(rows=range(5, 9)))

    with pytest.raises(ValueError, match=r"ฉบับ|edition"):
        Edition.objects.get().release(by="somchai", reason="  ")
    assert not Edition.objects.current().exists()


def test_control_that_fails_holds_and_an_advisory_one_does_not(tmp_path: Path) -> None:
    off = Control("sum of sheet 2", Decimal(10), Decimal(11))
    known = Control("other publisher", Decimal(10), Decimal(11), advisory=True)

    held = loaded(head("a"), allocation(1), off, folder=tmp_path)
    published = loaded(head("b"), allocation(2), known, folder=tmp_path)

    assert (held.outcome, published.outcome) == (Outcome.HELD, Outcome.PUBLISHED)
    check = Edition.objects.get(part="b").checks[0]
    assert (check["difference"], check["holds"]) == ("1", False)


def test_an_edition_much_smaller_than_the_one_before_is_held(tmp_path: Path) -> None:
    loaded(head(), *[allocation(n) for n in range(10)], folder=tmp_path)

    run = loaded(head(), *[allocation(n) for n in range(7)], folder=tmp_path)

    assert run.outcome == Outcome.HELD
    assert Allocation.objects.current().count() == 10


def test_unreadable_file_leaves_only_its_trace(tmp_path: Path) -> None:
    class Broken(Given):
        def entries(self, path: Path):  # type: ignore[no-untyped-def]
            yield from self.given
            raise FileError("The file is cut off.", "line 3")

    path = tmp_path / "cut.txt"
    path.write_text("x")

    run = load(Broken([head(), allocation()]), path)

    assert (run.outcome, run.message) == (Outcome.FAILED, "line 3: The file is cut off.")
    assert not Edition.objects.exists()
    assert not Agency.objects.exists()
    assert not SourceFile.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "line 3: The file is empty. Download it again."), ("th", "บรรทัด 3: ไฟล์ว่างเปล่า โปรดดาวน์โหลดใหม่")],
)
def test_unreadable_file_is_told_in_the_language_at_hand(tmp_path: Path, language: str, said: str) -> None:
    class Broken(Given):
        def entries(self, path: Path):  # type: ignore[no-untyped-def]
            raise FileError(Reason("The file is empty. Download it again."), Reason("line %(line)s", line=3))

    path = tmp_path / "empty.txt"
    path.write_text("x")

    with translation.override(language):
        run = load(Broken([]), path)

    assert run.message == said


def test_missing_file_is_said_so(tmp_path: Path) -> None:
    run = load(Given([]), tmp_path / "nowhere.txt")

    assert run.outcome == Outcome.FAILED
    assert "nowhere.txt" in run.message


def test_name_of_a_file_that_is_no_text_is_said_so(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xa1\xa2.csv"))
    path.write_text("x")

    with translation.override("en"):
        run = load(Given([head(), allocation()]), path)

    assert (run.outcome, run.file_name) == (Outcome.FAILED, "\ufffd\ufffd.csv")
    assert "Rename the file" in run.message


@pytest.mark.parametrize(
    "changes",
    [
        {"item_id": "9" * 61},
        {"plan": "ก" * 256},
        {"activity": "".join(map(chr, range(0x4E00, 0x4E00 + 2000)))},
        {"amount": "999999999999999999.99"},
    ],
)
def test_value_larger_than_its_column_fails_the_load_and_keeps_nothing(
    tmp_path: Path, changes: dict[str, str]
) -> None:
    with translation.override("en"):
        run = loaded(head(), allocation(1, **changes), allocation(2, "1.00"), folder=tmp_path)

    assert run.outcome == Outcome.FAILED
    assert "longer or larger" in run.message
    assert not Edition.objects.exists()


def test_sheet_with_a_long_name_is_kept_short_in_a_refusal(tmp_path: Path) -> None:
    run = loaded(
        head(), allocation(), Refusal(3, "A", "x", "No.", sheet="ก" * 100), folder=tmp_path, dry_run=True
    )

    assert run.rejections.get().sheet == "ก" * 80


def test_file_without_rows_is_refused(tmp_path: Path) -> None:
    run = loaded(folder=tmp_path)

    assert run.outcome == Outcome.FAILED
    assert not Edition.objects.exists()


def test_dry_run_counts_and_keeps_nothing(tmp_path: Path) -> None:
    run = loaded(head(), allocation(), Refusal(3, "AMOUNT", "x", "No."), folder=tmp_path, dry_run=True)

    assert (run.outcome, run.rows, run.refused) == (Outcome.CHECKED, 1, 1)
    assert "refused" in run.message or run.message
    assert not Edition.objects.exists()
    assert run.rejections.count() == 1


def test_notes_are_counted_by_what_was_repaired(tmp_path: Path) -> None:
    note = Note("repaired_category", 4, "งบรายจ่ายอิน", "งบรายจ่ายอื่น")

    loaded(head(), allocation(), note, note, folder=tmp_path)

    noted = Edition.objects.get().notes[0]
    assert (noted["kind"], noted["count"], noted["lines"]) == ("repaired_category", 2, [4, 4])


def test_category_path_and_all_its_steps_exist(tmp_path: Path) -> None:
    loaded(head(), allocation(category=("งบลงทุน", "ค่าครุภัณฑ์", "ครุภัณฑ์สำนักงาน")), folder=tmp_path)

    paths = set(Category.objects.values_list("path", flat=True))
    assert paths == {"งบลงทุน", "งบลงทุน/ค่าครุภัณฑ์", "งบลงทุน/ค่าครุภัณฑ์/ครุภัณฑ์สำนักงาน"}


def test_text_with_tabs_and_backslashes_arrives_unharmed(tmp_path: Path) -> None:
    odd = "ถนน\tสาย\\1 \\N \n'; DROP TABLE"

    loaded(head(), allocation(description=odd), folder=tmp_path)

    assert Allocation.objects.get().description == odd


def test_agency_known_by_name_keeps_its_rows_when_a_list_gives_it_a_code(tmp_path: Path) -> None:
    loaded(head(), allocation(ministry=HEALTH, agency=Body("กรมควบคุมโรค")), folder=tmp_path)
    assert Agency.objects.get(kind="agency").code == "กรมควบคุมโรค"

    loaded(
        head("2569", as_of=date(2026, 7, 3)),
        disbursement(DISEASE_CONTROL, cut="agency"),
        folder=tmp_path,
    )

    agency = Agency.objects.get(kind="agency")
    assert (agency.code, agency.has_published_code) == ("21004", True)
    assert agency.allocations.count() == 1
    assert AgencyName.objects.filter(agency=agency, name="กรมควบคุมโรค").exists()


def test_agency_of_the_book_is_found_by_its_name_within_its_ministry(tmp_path: Path) -> None:
    loaded(head("2569"), disbursement(LOCAL_AFFAIRS, cut="agency"), folder=tmp_path)

    printed = Body("กรมส่งเสริมการปกครองทองถิน")  # two tone marks lost in print
    loaded(head(), allocation(agency=printed), folder=tmp_path)

    assert Allocation.objects.get().agency.code == "15008"
    assert AgencyName.objects.get(name=printed.name).matched == "spelling"


def test_two_agencies_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    name = "มหาวิทยาลัยอุบลราชธานี"
    first, second = Body(name, "23009", "agency", "23"), Body(name, "23101", "agency", "23")
    loaded(
        head("2569"),
        disbursement(first, cut="agency"),
        disbursement(second, cut="agency"),
        folder=tmp_path,
    )

    loaded(head(), allocation(ministry=Body("", "23", "ministry"), agency=Body(name)), folder=tmp_path)

    assert Allocation.objects.get().agency.code == name
