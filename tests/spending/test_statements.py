"""Statements that are kept read what the usual way reads, whatever is asked and wherever a page begins."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import CharField, F, Value
from django.test import Client, RequestFactory

from spending import frequency, signs, statements, steps
from spending.arrivals import arrive
from spending.kept_letters import Way, quickest
from spending.models import Allocation
from spending.statements import Planned
from tests.factories import DISEASE_CONTROL, HEALTH, allocation, disbursement, head, loaded

pytestmark = pytest.mark.django_db
API = "/api/v1"
ASKED = (
    {},
    {"year": "2565"},
    {"year": "2565", "ministry": HEALTH.code},
    {"min": "1.25", "max": "5.00", "order": "-amount"},
    {"order": "amount", "agency": DISEASE_CONTROL.code},
    {"order": "page"},
    {"order": "-page", "obliged": "no"},
    {"min": "999999999"},
    {"order": "-description", "cross_cutting": "no"},
    {"fields": "item_id,amount", "order": "-amount"},
    {"q": "รายการ"},
    {"q": "ถนน", "ministry": HEALTH.code},
    {"q": "50%"},
    {"q": "ไม่มีที่ใดเลย"},
)


@pytest.fixture(autouse=True)
def lines(tmp_path: Path) -> None:
    """Some lines with equal amounts, with and without a page, one with a percent sign in its text."""
    given = [
        allocation(
            n, f"{n % 4}.25", description=f"ถนน {n} ลาด 50%" if n == 3 else f"รายการ {n}", page=n % 3 or None
        )
        for n in range(9)
    ]
    other = [
        allocation(n, "7.50", ministry=HEALTH, agency=DISEASE_CONTROL, description="ถนน") for n in (20, 21)
    ]
    loaded(head(), *given, *other, folder=tmp_path)


@pytest.fixture
def far_apart(tmp_path: Path) -> None:
    """More lines, of another ministry, whose keys are some blocks of rows behind the others'."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval('spending_allocation_id_seq', max(id) + 3 * 32768) FROM spending_allocation"
        )
    more = [
        allocation(n, f"{n % 4}.75", ministry=HEALTH, agency=DISEASE_CONTROL, description=f"รายการ {n}")
        for n in range(30, 37)
    ]
    loaded(head(part="2"), *more, folder=tmp_path)


@pytest.fixture
def usually(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is answered where no statement is kept."""

    def answered(client: Client, address: str) -> Any:
        cache.clear()
        with monkeypatch.context() as patched:
            patched.setattr("spending.api.can_be_kept", lambda *_asked: False)
            patched.setattr("spending.api.kept_page_of_letters", lambda *_asked: None)
            return client.get(address).json()

    return answered


@pytest.mark.parametrize("asked", ASKED, ids=urlencode)
def test_pages_are_those_of_the_usual_way_there_and_back(
    client: Client, usually: Any, asked: dict[str, str]
) -> None:
    address: str | None = f"{API}/allocations/?{urlencode(asked | {'limit': '3'})}"
    seen: list[Any] = []
    last = address
    while address:
        cache.clear()
        answer = client.get(address).json()
        assert answer == usually(client, address)
        seen += answer["rows"]
        address, last = answer["next"], address
    back: list[Any] = []
    address = last
    while address:
        cache.clear()
        answer = client.get(address).json()
        assert answer == usually(client, address)
        back = [*answer["rows"], *back]
        address = answer["previous"]
    assert back == seen


@pytest.mark.usefixtures("far_apart")
@pytest.mark.parametrize("way", Way, ids=lambda way: way.name)
@pytest.mark.parametrize("asked", [{"q": "รายการ"}, {"q": "การ", "year": "2565"}, {"q": "ถน"}], ids=urlencode)
def test_each_way_to_letters_finds_the_same_there_and_back(
    client: Client, usually: Any, asked: dict[str, str], way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spending.kept_letters.quickest", lambda *_asked: way)

    test_pages_are_those_of_the_usual_way_there_and_back(client, usually, asked)


def test_how_often_letters_stand_decides_how_they_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def of(part: str) -> Way:
        return quickest(Allocation, part)

    monkeypatch.setattr("spending.frequency._samples", {})
    assert len(frequency.sample(Allocation).keys) == Allocation.objects.count()
    assert of("ถนน") is Way.ALL

    texts = ["ถนน"] * 50 + ["ค่าจ้าง"] * 3 + ["วัสดุ"] * 947
    many = frequency.sampled(((signs.key(text), steps.steps(text)) for text in texts), 1_000)
    monkeypatch.setitem(frequency._samples, Allocation, many)
    assert (of("ถนน"), of("ค่าจ้าง"), of("โดรน")) == (Way.ONE_BY_ONE, Way.BLOCKS, Way.ALL)
    assert many.holding("ค่าจ้าง") == 3_000
    assert [many.holding(short) for short in ("ถน", "ถนน", "วั", "วัส")] == [50_000, 50_000, 947_000, 947_000]


def test_a_sample_lies_all_over_the_table_and_is_taken_anew_after_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("spending.frequency._samples", {})
    monkeypatch.setattr("spending.frequency.SAMPLE", 4)
    taken = frequency.sample(Allocation)

    assert 1 <= len(taken.keys) <= 4
    assert taken.of == len(taken.keys) * (Allocation.objects.count() // 4 + 1)
    assert frequency.sample(Allocation) is taken

    monkeypatch.setattr("spending.frequency.monotonic", lambda: taken.taken + frequency.KEPT + 1)
    assert frequency.sample(Allocation) is not taken


def test_other_values_are_put_into_the_same_statement(client: Client) -> None:
    client.get(f"{API}/allocations/?min=1&limit=5")
    known = len(statements._kept)

    few = client.get(f"{API}/allocations/?min=7.50&limit=5").json()["rows"]
    most = client.get(f"{API}/allocations/?min=0.25&limit=5").json()["rows"]

    assert len(statements._kept) == known
    assert (len(few), len(most)) == (2, 5)


def test_database_keeps_the_statement_too(client: Client) -> None:
    for least in range(4):
        client.get(f"{API}/allocations/?min={least}&limit=7")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%spending_allocation%LIMIT 8%"],
        )
        assert cursor.fetchone() == (1,)


def test_shapes_are_kept_up_to_a_number(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MOST", 3)
    monkeypatch.setattr(statements, "_kept", {})

    for size in range(1, 9):
        assert len(client.get(f"{API}/allocations/?limit={size}").json()["rows"]) == size

    assert len(statements._kept) <= 3


def test_what_is_no_hole_is_written_out() -> None:
    rows = Allocation.objects.annotate(said=Value("50% of 'x'", CharField()), twice=F("amount") * 2).filter(
        item_id=statements.Hole("id")
    )

    (one,) = statements.statements("a test", lambda: [rows.values_list("said", "twice")])
    item = Allocation.objects.order_by("pk").last()
    assert item is not None

    assert one.rows({"id": item.item_id}) == [("50% of 'x'", item.amount * 2)]
    assert one.rows({"id": item.item_id}, Planned.ANEW) == one.rows({"id": item.item_id})
    assert one.rows({"id": "' OR true --"}) == []


@pytest.mark.django_db(transaction=True)
def test_a_statement_is_planned_as_it_asks_and_leaves_that_to_no_other(client: Client) -> None:
    rows = Allocation.objects.filter(item_id=statements.Hole("id")).values_list("pk")
    (one,) = statements.statements("another test", lambda: [rows])
    mode = "SELECT current_setting('plan_cache_mode')"

    def planned(how: Planned) -> str:
        one.rows({"id": "2022.3.9.1"}, how)
        with connection.cursor() as cursor:
            cursor.execute(mode)
            return str(cursor.fetchone()[0])

    assert planned(Planned.ONCE) == "force_generic_plan"
    assert planned(Planned.EITHER_WAY) == "force_generic_plan"
    assert planned(Planned.AS_IT_LIKES) == "auto"
    assert planned(Planned.ANEW) == "auto"
    assert planned(Planned.EITHER_WAY) == "auto"


@pytest.mark.django_db(transaction=True)
def test_request_leaves_how_statements_are_planned_to_those_that_care(rf: RequestFactory) -> None:
    given = Planned.ONCE, Planned.AS_IT_LIKES

    for how in given:
        with statements.kept_cursor(how):
            arrive(rf.get(API))
        assert connection.plan_mode == how.value  # type: ignore[attr-defined]


def test_record_is_found_by_its_published_id_alone(client: Client) -> None:
    items = [row["item_id"] for row in client.get(f"{API}/allocations/?fields=item_id").json()["rows"]]

    for item in items:
        assert client.get(f"{API}/allocations/{item}/").json()["row"]["item_id"] == item
    assert client.get(f"{API}/allocations/{items[0]}x/").status_code == 404


def test_cut_of_the_weekly_report_is_a_value_like_others(
    client: Client, usually: Any, tmp_path: Path
) -> None:
    loaded(head("2569"), disbursement(), disbursement(HEALTH), folder=tmp_path)
    address = f"{API}/disbursements/?cut=ministry"

    answer = client.get(address).json()

    assert answer["rows"]
    assert answer == usually(client, address)
