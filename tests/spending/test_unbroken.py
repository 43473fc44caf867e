"""Words that a browser would cut in two stay whole; nothing else of a page changes."""

from __future__ import annotations

import pytest

from spending.unbroken import unbroken


@pytest.mark.parametrize(
    "words",
    ["ชอบมาพากล", "532\u00a0ล้านบาท", "3.78 ล้านล้านบาท", "−1.2 หมื่นล้าน", "แผนงานบูรณาการ"],
)
def test_word_stands_in_a_frame_that_no_line_ends_in(words: str) -> None:
    page = f"<p>ดูไม่{words} แจ้งได้</p>"

    assert unbroken(page) == f'<p>ดูไม่<span class="whole">{words}</span> แจ้งได้</p>'


def test_each_of_two_amounts_side_by_side_is_framed() -> None:
    page = "<p>จาก 10 ล้านบาท 5 ล้านบาท</p>"

    assert unbroken(page).count('class="whole"') == 2


def test_compounds_are_kept_whole_in_headings_alone() -> None:
    page = "<h1>งบประมาณปี 2565</h1><p>งบประมาณ</p>"

    assert unbroken(page) == '<h1><span class="whole">งบประมาณ</span>ปี 2565</h1><p>งบประมาณ</p>'


@pytest.mark.parametrize(
    "page",
    [
        '<input value="ไม่ชอบมาพากล">',
        '<a title="10 ล้านบาท" href="/?q=ชอบมาพากล">ก</a>',
        "<textarea>ไม่ชอบมาพากล</textarea>",
        "<option>10 ล้านบาท</option>",
        "<svg><text>10 ล้านบาท</text></svg>",
        '<data value="1">10 ล้านบาท</data>',
        "<p>ล้านบาท 5,000,000 บาท</p>",
        "",
    ],
)
def test_attributes_and_what_is_typed_or_drawn_stay_as_they_are(page: str) -> None:
    assert unbroken(page) == page
