"""Words that very many purchases hold: not counted, the newest first, and none left out behind them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spending import lately, purchases_found
from spending.found import Group, Kind, answering
from spending.kept_readings import Among, Answering, Question
from spending.matching import condition
from spending.models import Edition, Project
from spending.questions import How, Reading, Term
from spending.search import search
from spending.statements import Expected
from spending.understanding import understood
from tests.purchases import bought, contract, part, project

pytestmark = pytest.mark.django_db
OLD, NEW = 2024, 2025  # fiscal years


@pytest.fixture
def years(tmp_path: Path) -> None:
    """Purchases of asphalt, and one of paper, in two years of which the older was loaded last."""
    new = [
        project(number, budget, fiscal_year=NEW, name=f"ซื้อยางมะตอย {number} ตัน")
        for number, budget in ((1, "100"), (2, "200"), (3, "300"), (4, None))
    ]
    old = [
        project(11, "100", fiscal_year=OLD, name="ซื้อยางมะตอย 1 ตัน"),
        project(12, "200", fiscal_year=OLD, name="ซื้อกระดาษ"),
        project(13, "300", fiscal_year=OLD, name="ซื้อยางมะตอย 3 ตัน"),
    ]
    bought(part("2568", NEW), *new, folder=tmp_path, name="new.txt")
    bought(part("2567", OLD), *old, folder=tmp_path, name="old.txt")


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purchases_found, "MOST", 3)
    monkeypatch.setattr(purchases_found, "SURELY_FEW", 0)


def purchases(text: str, **asked: Any) -> Group:
    return search(text, **asked).bought[Kind.PURCHASE]


def letters(text: str) -> Answering:
    return answering(Among(Project.objects.current()), Reading(How.LETTERS, (Term(text, (text,)),)))


@pytest.mark.usefixtures("years", "few_are_many")
def test_of_very_many_the_newest_year_stands_first_and_in_it_the_last_row() -> None:
    found = purchases("ยางมะตอย")

    assert found.about
    assert found.amount is None
    assert [hit.code for hit in found.hits] == [
        "67119000004", "67119000003", "67119000002", "67119000001", "67119000013", "67119000011",
    ]  # fmt: skip


@pytest.mark.usefixtures("years")
def test_what_is_expected_to_take_long_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purchases_found, "MOST", 3)
    assert not purchases("ยางมะตอย 3").about

    monkeypatch.setattr(purchases_found, "SURELY_QUICK", 0)
    assert purchases("ยางมะตอย").about


@pytest.mark.usefixtures("years", "few_are_many")
def test_pages_of_very_many_follow_each_other_without_gap() -> None:
    pages = [purchases("ยางมะตอย", start=start, size=2) for start in (0, 2, 4, 6)]

    codes = [hit.code for page in pages for hit in page.hits]
    assert codes == [hit.code for hit in purchases("ยางมะตอย").hits]


@pytest.mark.usefixtures("years", "few_are_many")
def test_rare_words_are_counted_however_many_other_purchases_there_are() -> None:
    found = purchases("กระดาษ")

    assert (found.count, found.amount, found.about) == (1, Decimal(200), False)


@pytest.mark.usefixtures("years")
def test_of_few_the_largest_stands_first_and_those_without_a_budget_last() -> None:
    found = purchases("ยางมะตอย")

    assert (found.count, found.amount, found.about) == (6, Decimal(1000), False)
    assert [hit.amount for hit in found.hits] == [300, 300, 200, 100, 100, None]
    assert [hit.code for hit in found.hits[:2]] == ["67119000003", "67119000013"]


@pytest.mark.usefixtures("years", "few_are_many")
def test_page_says_that_the_newest_stand_first(client: Any) -> None:
    shown = client.get(f"/en/search/?q={quote('ยางมะตอย')}").content.decode()

    assert "The newest stand first" in shown


@pytest.mark.usefixtures("years", "few_are_many")
def test_year_of_the_page_narrows_what_is_read(client: Any) -> None:
    answer = client.get(f"/api/v1/search/?q={quote('ยางมะตอย')}&year=2568").json()

    assert answer["purchase"]["estimated"]
    assert [row["fiscal_year"] for row in answer["purchase"]["rows"]] == [NEW] * 4


@pytest.mark.usefixtures("years")
def test_share_is_told_by_the_newest_rows_of_an_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = Edition.objects.get(part="2567").pk

    assert lately.share(letters("ยางมะตอย"), edition) == (3, 2)
    monkeypatch.setattr(lately, "LOOKED", (2,))
    assert lately.share(letters("ยางมะตอย"), edition) == (2, 1)
    assert lately.share(letters("ยางมะตอย"), 0) == (0, 0)


@pytest.mark.usefixtures("years")
def test_more_rows_are_looked_at_only_where_few_of_the_newest_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = Edition.objects.get(part="2567").pk
    monkeypatch.setattr(lately, "LOOKED", (1, 3))
    monkeypatch.setattr(lately, "ENOUGH", 1)

    assert lately.share(letters("ยางมะตอย"), edition) == (1, 1)
    assert lately.share(letters("กระดาษ"), edition) == (3, 1)


def test_estimate_has_as_many_digits_as_are_known() -> None:
    assert lately.Share(4_000, 123).of(1_000_000) == 31_000
    assert lately.Share(20_000, 23).of(4_700_000) == 5_000
    assert lately.Share(20_000, 0).of(4_700_000) == 0
    assert lately.Share(0, 0).of(4_700_000) == 0


@pytest.mark.usefixtures("years")
def test_rows_tried_one_by_one_are_those_that_the_index_finds() -> None:
    every = Project.objects.current()

    for text in ("ยางมะตอย", "1 ตัน", "กระดาษ", "ไม่มี"):
        found = condition(letters(text).reading, Project)
        tried = lately.one_by_one(every, found).values_list("pk", flat=True)
        assert set(tried) == set(every.filter(found).values_list("pk", flat=True))


@pytest.mark.usefixtures("years")
def test_word_that_stands_in_old_rows_only_is_understood_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lately, "GLANCED", 1)

    assert understood("กระดาษ").how is How.LETTERS
    assert purchases("กระดาษ").count == 1


def test_nothing_loaded_answers_nothing() -> None:
    assert lately.last_key(Project) == 0
    assert search("ยางมะตอย").is_empty


def test_contracts_do_not_change_what_titles_answer(tmp_path: Path) -> None:
    bought(part(), project(1, name="ซื้อยางมะตอย"), contract(1, "900"), folder=tmp_path)

    assert purchases("ยางมะตอย").count == 1


def test_departments_found_are_counted_and_the_one_that_bought_most_stands_first(tmp_path: Path) -> None:
    names = ("กรมสมมติใหญ่", "กรมสมมติน้อย", "กรมสมมติกลาง")
    rows = [project(number, "100", buyer=name) for number, name in enumerate(names, start=1)]
    bought(part(), *rows, project(4, "100", buyer=names[1]), folder=tmp_path)

    buyers = purchases_found.purchases_found(
        Among(Project.objects.none()), understood("กรมสมมติ"), None, start=0, size=0, names=2
    )[Kind.BUYER]

    assert buyers.count == 3
    assert buyers.hits[0].name == names[1]
    assert len(buyers.hits) == 2
    assert buyers.hits[0].year is not None


@pytest.mark.usefixtures("years")
def test_nothing_is_looked_for_in_years_of_which_no_purchases_are_known() -> None:
    assert purchases("ยางมะตอย 2568").count == 4
    with CaptureQueriesContext(connection) as asked:
        assert purchases("ยางมะตอย", year=2001).count == 0

    assert not [
        one["sql"] for one in asked if 'FROM "spending_project" ' in one["sql"] and "LIMIT 2001" in one["sql"]
    ]


@pytest.fixture
def suppliers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven companies, six of them of the north, the largest of which won most; more than are counted."""
    names = [f"บริษัท ทางเหนือ {number} จำกัด" for number in range(1, 7)] + ["บริษัท ทะเลใต้ จำกัด"]
    rows = [
        contract(number, f"{number}00", supplier=name, tax_id=f"010555000{number:04}")
        for number, name in enumerate(names, start=1)
    ]
    bought(part(), *(project(number) for number in range(1, 8)), *rows, folder=tmp_path)
    monkeypatch.setattr(purchases_found, "MOST_NAMES_COUNTED", 5)


def winners(text: str) -> Group:
    return search(text).bought[Kind.SUPPLIER]


@pytest.mark.usefixtures("suppliers")
def test_suppliers_of_a_frequent_name_are_about_so_many_and_the_largest_stand_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Question, "expected", lambda _question: Expected(7, 0))
    found = winners("ทางเหนือ")

    assert (found.count, found.about) == (6, True)
    assert [hit.amount for hit in found.hits] == [600, 500, 400, 300, 200, 100]


@pytest.mark.usefixtures("suppliers")
def test_suppliers_that_only_the_database_expects_are_not_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters of two it knows by their neighbours alone, which stand in many names."""
    monkeypatch.setattr(Question, "expected", lambda _question: Expected(7, 0))

    assert (winners("ทะเลใต้").count, winners("ทะเลใต้").about) == (1, False)
    assert winners("รถ") == Group(0, None, ())


@pytest.mark.usefixtures("years")
def test_names_above_a_purchase_answer_beside_its_title() -> None:
    buyer = Project.objects.select_related("buyer").get(number="67119000012").buyer

    found = Project.objects.filter(condition(understood(f"กระดาษ {buyer.name}", how=How.WORDS), Project))

    assert [row.number for row in found] == ["67119000012"]
