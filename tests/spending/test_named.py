"""Values that name nothing are refused with what there is; those of another time or place answer no rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from spending import named
from spending.filters import AllocationFilter
from spending.models import Agency, AgencyName
from spending.resources import RESOURCES
from tests.factories import allocation, head, loaded
from tests.purchases import bought, part, project

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def told(client: Client, address: str) -> tuple[str, str]:
    answer = client.get(f"/api/v1/{address}", headers=ENGLISH)
    assert answer.status_code == 400, answer.content
    return answer.json()["parameter"], answer.json()["detail"]


@pytest.mark.parametrize(
    ("address", "parameter", "words"),
    [
        ("projects/?province=เชียงไหม่", "province", "Perhaps: เชียงใหม่"),
        ("projects/?province=Chiang May", "province", "Chiang Mai"),
        ("projects.csv?province=เชียงไหม่", "province", "nothing published is called “เชียงไหม่”"),
        ("projects/?method=e-bidding", "method", "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)"),
        ("flags/?rule=nope", "rule", "specific-method"),
        ("editions/?dataset=nope", "dataset", "budget_book"),
        ("allocations/breakdown?by=minsitry", "by", "by takes one of: ministry, agency, plan"),
        (
            "projects/?from=2025-02-01&until=2025-01-01",
            "from",
            "from (2025-02-01) is beyond until (2025-01-01)",
        ),
        ("projects/?min=100&max=20", "min", "min (100) is beyond max (20)"),
        ("differences/?from=89&to=102", "from", "from takes a fiscal year (2565 or 2022) or the key"),
        (f"allocations/?q={'a' * 1_001}", "q", "two letters at least, 200 at most"),
    ],
)
def test_value_that_names_nothing_is_told_with_what_there_is(
    client: Client, address: str, parameter: str, words: str
) -> None:
    assert told(client, address)[0] == parameter
    assert words in told(client, address)[1]


@pytest.mark.parametrize(
    "address",
    [
        "projects/?province=น่าน",
        "projects/?province=-",
        "project-disbursements/?province=ส่วนกลาง",
        "projects/?method=สอบราคา",
        "projects/?type=จ้างก่อสร้าง",
        "flags/?rule=specific-method",
        "editions/?dataset=cgdcontract",
        "projects/?from=2025-01-01&until=2025-01-01",
        "projects/?min=20&max=20",
    ],
)
def test_name_that_is_known_but_of_no_row_answers_no_rows(client: Client, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")

    assert answer.status_code == 200, answer.content
    assert answer.json()["rows"] == []


@pytest.mark.parametrize("name", ["นนทบุรี", "จังหวัดนนทบุรี", "Nonthaburi", "nontha buri"])
def test_province_is_asked_for_in_either_language(client: Client, tmp_path: Path, name: str) -> None:
    bought(part(), project(1, "1000.10"), folder=tmp_path)

    answer = client.get("/api/v1/projects/", {"province": name})

    assert len(answer.json()["rows"]) == 1


def test_method_of_an_edition_is_known_whatever_it_is_called(client: Client, tmp_path: Path) -> None:
    bought(part(), project(1, "1000.10", method="วิธีที่เพิ่งมี"), folder=tmp_path)

    assert client.get("/api/v1/projects/?method=วิธีที่เพิ่งมี&year=2560").status_code == 200


def test_known_name_costs_no_statement(
    client: Client, django_assert_num_queries: Any, tmp_path: Path
) -> None:
    from spending.parameters import PARAMETERS

    with django_assert_num_queries(0):
        assert PARAMETERS["province"].value("Chiang Mai") == "เชียงใหม่"
        assert PARAMETERS["method"].value("คัดเลือก") == "คัดเลือก"
        assert PARAMETERS["rule"].value("specific-method") == "specific-method"
        assert PARAMETERS["dataset"].value("budget_book") == "budget_book"


@pytest.mark.parametrize("ending", ["/", ".csv", "/breakdown"])
@pytest.mark.parametrize(
    "resource", ["allocations", "projects", "contracts", "local-budgets", "open-contracts"]
)
def test_each_name_that_nothing_bears_is_refused_of_rows_files_and_sums(
    client: Client, resource: str, ending: str
) -> None:
    taken = set(RESOURCES[resource].filter.takes()) & set(named.BORNE)
    assert taken

    for name in taken:
        text = "นนทบุรี/ไม่มี" if name == "district" else "ไม่มี"
        answer = client.get(
            f"/api/v1/{resource}{ending}",
            {name: text, "by": "year"} if ending == "/breakdown" else {name: text},
        )

        assert (answer.status_code, answer.json()["parameter"]) == (400, name)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("allocations/?ministry=กระทรวงมหาดไทย", "Perhaps: 15."),
        ("allocations/?ministry=15008", "nothing published is called “15008”"),
        ("allocations/?agency=1508", "Perhaps: 15008"),
        ("allocations/?category=งบลงทน", "Perhaps: งบลงทุน"),
        ("reconciliation/?agency=99", "nothing published is called “99”"),
        ("agencies/?ministry=99", "nothing published is called “99”"),
    ],
)
def test_what_was_perhaps_meant_is_offered(client: Client, tmp_path: Path, address: str, words: str) -> None:
    loaded(head(), allocation(), folder=tmp_path)

    assert words in told(client, address)[1]


def test_former_code_is_told_what_it_is_today(client: Client, tmp_path: Path) -> None:
    loaded(head(), allocation(), folder=tmp_path)
    body = Agency.objects.get(code="15008")
    AgencyName.objects.create(agency=body, name="กรมเดิม", matched=AgencyName.Matched.CODE)

    assert "Perhaps: 15008." in told(client, "allocations/?agency=กรมเดิม")[1]


def test_name_that_was_met_is_not_looked_up_again(
    client: Client, django_assert_num_queries: Any, tmp_path: Path
) -> None:
    loaded(head(), allocation(), folder=tmp_path)

    with django_assert_num_queries(1):
        AllocationFilter(QueryDict("ministry=15"))
    with django_assert_num_queries(0):
        AllocationFilter(QueryDict("ministry=15"))


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        ("/en/procurement/2568/?province=เชียงไหม่", "Perhaps: เชียงใหม่"),
        ("/en/budget/2565/?ministry=99", "nothing published is called “99”"),
        ("/en/agencies/?ministry=99", "nothing published is called “99”"),
    ],
)
def test_page_names_the_parameter_too(client: Client, tmp_path: Path, address: str, offered: str) -> None:
    loaded(head(), allocation(), folder=tmp_path)

    answer = client.get(address)

    assert answer.status_code == 400
    assert offered in answer.text
