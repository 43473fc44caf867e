"""Values that name nothing are refused with what there is; those of another time or place answer no rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

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


def test_page_names_the_parameter_too(client: Client) -> None:
    answer = client.get("/en/procurement/2568/?province=เชียงไหม่")

    assert answer.status_code == 400
    assert "Perhaps: เชียงใหม่" in answer.text
