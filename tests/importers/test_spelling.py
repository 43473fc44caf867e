"""Thai text is made comparable without changing what a reader sees."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.reading import Row, open_table
from importers.spelling import skeleton, tidy

SYLLABLES = st.sampled_from(
    ["กรม", "น้ำ", "นํ้า", "เเผน", "ที่", "ุ่", "ค่า", " ", "\u00a0", "\u200b", "A", "๑", "ฯ"]
)


@given(st.lists(SYLLABLES, max_size=12).map("".join))
def test_tidying_twice_changes_nothing_more(words: str) -> None:
    tidied = tidy(words)

    assert tidy(tidied) == tidied
    assert unicodedata.is_normalized("NFC", tidied)
    assert "  " not in tidied
    assert tidied == tidied.strip()


@given(st.text(max_size=60))
def test_tidying_never_fails_and_leaves_no_control_signs(words: str) -> None:
    assert not any(unicodedata.category(sign) == "Cc" for sign in tidy(words))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("สำนักงานตำรวจแห่งชาติ", "สำนักงานตํารวจแห่งชาติ"),
        ("กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์", "กระทรวงการพัฒนาสังคมและความมันคงของมนุษย"),
        ("กรมส่งเสริมการปกครองท้องถิ่น", "กรมสงเสริมการปกครองทองถิน"),
        ("สำนักงาน ก.พ.", "สำนักงาน กพ"),
        ("แผนงานบูรณาการ (จังหวัด)", "เเผนงานบูรณาการ  จังหวัด"),
        ("กองบิน ๔๑", "กองบิน 41"),
        ("Thai PBS", "THAI-PBS"),
    ],
)
def test_names_that_scanning_damaged_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("กรมทางหลวง", "กรมทางหลวงชนบท"), ("กองบิน 41", "กองบิน 46"), ("กรมที่ดิน", "กรมพัฒนาที่ดิน"), ("ปี", "ปา")],
)
def test_different_names_keep_different_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_the_names_of_the_budget_book_keep_apart_as_skeletons(shared_data: Path) -> None:
    names = {
        row.values["BUDGETARY_UNIT"]
        for path in (shared_data / "budget/fy2565-whitebook-csv").glob("*.csv")
        for row in open_table(path)
        if isinstance(row, Row)
    }

    skeletons: dict[str, set[str]] = {}
    for name in names:
        skeletons.setdefault(skeleton(name), set()).add(name)

    joined = [spellings for spellings in skeletons.values() if len(spellings) > 1]
    assert len(names) - len(skeletons) == sum(len(spellings) - 1 for spellings in joined)
    assert "" not in skeletons
