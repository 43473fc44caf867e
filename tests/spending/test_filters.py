"""The grammar of addresses: handled or refused, never ignored."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict

from spending.breakdowns import Dimension
from spending.filters import AllocationFilter, BadQuery, DisbursementFilter
from tests.factories import DISEASE_CONTROL, HEALTH, allocation, head, loaded


@pytest.mark.parametrize("text", ["2565", "2022", "๒๕๖๕", " 2565 "])
def test_year_is_understood_in_both_calendars_and_digits(text: str) -> None:
    assert AllocationFilter({"year": text}).year == 2022


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"year": "65"}, "year"),
        ({"year": "abcd"}, "year"),
        ({"minister": "15"}, "minister"),
        ({"min": "lots"}, "min"),
        ({"min": "1.234"}, "min"),
        ({"max": "NaN"}, "max"),
        ({"max": "1e30"}, "max"),
        ({"as_of": "3 July"}, "as_of"),
        ({"as_of": "2022-02-30"}, "as_of"),
        ({"by": "colour"}, "by"),
        ({"by": "province"}, "by"),
        ({"obliged": "1"}, "obliged"),
        ({"q": "x" * 1001}, "q"),
        ({"q": "a\x00b"}, "q"),
        ({"measure": "disbursed"}, "measure"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(query: dict[str, str], parameter: str) -> None:
    with pytest.raises(BadQuery) as refused:
        AllocationFilter(query)

    assert refused.value.parameter == parameter
    assert refused.value.message


def test_a_parameter_given_twice_is_refused() -> None:
    with pytest.raises(BadQuery) as refused:
        AllocationFilter(QueryDict("ministry=15&ministry=21"))

    assert refused.value.parameter == "ministry"


def test_empty_values_of_a_form_mean_nothing() -> None:
    assert AllocationFilter({"q": "", "min": ""}).texts == {}


def test_drill_order_does_not_depend_on_the_order_of_the_address() -> None:
    query = AllocationFilter({"plan": "แผนงาน", "ministry": "15", "agency": "15008"})

    assert list(query.chosen) == [Dimension.MINISTRY, Dimension.AGENCY, Dimension.PLAN]


def test_query_changes_and_removes_parameters_and_leaves_out_path_values() -> None:
    query = AllocationFilter({"ministry": "15", "q": "ถนน"}, year="2565")

    assert query.query(q=None, agency="15008") == "ministry=15&agency=15008"


def test_cut_of_the_weekly_report_is_always_named() -> None:
    assert DisbursementFilter({}).values["cut"] == "ministry"


@pytest.mark.django_db
def test_lines_and_totals_agree_under_every_classifying_parameter(tmp_path: Path) -> None:
    loaded(
        head(),
        allocation(1, "1", plan="ก"),
        allocation(2, "2", plan="ข", cross_cutting=True, category=()),
        allocation(4, "4", ministry=HEALTH, agency=DISEASE_CONTROL, activity_kind="", activity=""),
        folder=tmp_path,
    )
    expected = {
        "ministry=15": 3,
        "agency=21004": 4,
        "plan=ก": 5 - 4,
        "cross_cutting=yes": 2,
        "cross_cutting=no": 5,
        "category=-": 2,
        "category=งบลงทุน": 5,
        "category=งบลงทุน/ค่าครุภัณฑ์": 5,
        "category=งบ": 0,
        "activity=-": 4,
        "year=2565": 7,
        "year=2564": 0,
        "ministry=15&category=งบลงทุน": 1,
    }

    for text, total in expected.items():
        query = AllocationFilter(dict(parse_qsl(text)))
        assert query.totals().total() == query.lines().total() == total, text


@pytest.mark.django_db
def test_amount_bounds_are_inclusive_and_ask_the_lines(tmp_path: Path) -> None:
    loaded(head(), allocation(1, "10.00"), allocation(2, "10.01"), allocation(3, "9.99"), folder=tmp_path)

    query = AllocationFilter({"min": "10", "max": "๑๐.๐๐"})

    assert query.reads_lines
    assert query.facts().total() == Decimal("10.00")
