"""What was frozen of a figure is told in words: to the body's clerk in Thai, to staff in their language."""

from __future__ import annotations

from typing import Any

import pytest

from complaints.form_pdf import Form, form_pdf
from complaints.snapshot_words import NAMES, told
from spending import columns, purchase_columns

from .agency_worlds import letter as made

FROZEN = (
    *columns.ALLOCATION, *columns.PROJECT_DISBURSEMENT, *purchase_columns.PROJECT, *purchase_columns.CONTRACT,
)  # fmt: skip
OTHERS = ("tax_id", "contracts", "years", "query", "editions", "records", "sums", "budgeted", "paid")
"""Names that `snapshots` gives itself."""


@pytest.mark.parametrize("name", sorted({column.name for column in FROZEN} | set(OTHERS)))
def test_each_column_that_is_frozen_has_a_name_in_both_languages(name: str) -> None:
    thai, english = NAMES[name]

    assert any("ก" <= sign <= "๛" for sign in thai)
    assert english.isascii()


@pytest.mark.parametrize(
    ("figures", "thai", "english"),
    [
        ({"amount": "217254000.00"}, "217,254,000.00", "217,254,000.00"),
        ({"amount": "-0.50"}, "-0.50", "-0.50"),
        ({"amount": "-1234.50"}, "-1,234.50", "-1,234.50"),
        ({"obliged": True}, "ใช่", "yes"),
        ({"cross_cutting": False}, "ไม่ใช่", "no"),
        ({"activity_kind": "project"}, "โครงการ", "project"),
        ({"signed_on": "2026-07-03"}, "3 กรกฎาคม 2569", "3 July 2026"),
        ({"years": [2565, 2566]}, "2565, 2566", "2565, 2566"),
        ({"editions": ["a-1", "b-2"]}, "a-1, b-2", "a-1, b-2"),
        ({"sums": {"paid": "1000.00"}}, "เบิกจ่ายแล้ว (บาท) 1,000.00", "paid out (baht) 1,000.00"),
        ({"query": {"ministry": "20"}}, "กระทรวง 20", "ministry 20"),
        ({"line": 253}, "253", "253"),
        ({"unheard": "of"}, "of", "of"),
    ],
    ids=str,
)
def test_value_is_told_as_people_write_it(figures: dict[str, Any], thai: str, english: str) -> None:
    assert [value for _name, value in told(figures)] == [thai]
    assert [value for _name, value in told(figures, "en")] == [english]


def test_money_comes_first_and_what_is_empty_not_at_all() -> None:
    figures = {"file": "a.csv", "district": "", "page": None, "agency": "กรม", "amount": "1.00", "new": "x"}

    names = [name for name, _value in told(figures, "en")]

    assert names == ["amount (baht)", "agency", "file as published", "new"]


def test_clerk_reads_the_figure_in_thai_on_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, str] = {}
    monkeypatch.setattr(Form, "entry", lambda form, label, value: said.update({label: value}))

    form_pdf(made(about={"title": "ถนน", "about": "/x/", "figures": {"obliged": True, "amount": "9000.00"}}))

    assert said["จำนวนเงิน (บาท)"] == "9,000.00"
    assert said["ผูกพันงบประมาณข้ามปี"] == "ใช่"
    assert "amount" not in said
