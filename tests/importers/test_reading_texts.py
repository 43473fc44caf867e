"""The texts that the cells of a workbook share."""

from __future__ import annotations

import io
from xml.parsers.expat import ExpatError

import pytest

from importers.reading.texts import Texts, read_texts

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def shared(*items: str) -> Texts:
    page = f"<sst {NAMESPACE}>{''.join(f'<si>{item}</si>' for item in items)}</sst>"
    return read_texts(io.BytesIO(page.encode()))


def test_texts_are_found_by_their_number() -> None:
    texts = shared("<t>กรมทางหลวง</t>", "<t/>", "<t>1,000 &amp; more</t>")

    assert list(texts) == ["กรมทางหลวง", "", "1,000 & more"]
    assert texts[1:] == ["", "1,000 & more"]


@pytest.mark.parametrize("number", [-1, 1])
def test_text_that_does_not_exist_is_an_error(number: int) -> None:
    with pytest.raises(IndexError):
        shared("<t>one</t>")[number]


def test_text_in_several_styles_is_one_text() -> None:
    texts = shared("<r><rPr><b/></rPr><t>กระทรวง</t></r><r><t xml:space='preserve'> การคลัง</t></r>")

    assert list(texts) == ["กระทรวง การคลัง"]


def test_how_a_text_is_pronounced_is_no_part_of_it() -> None:
    assert list(shared("<t>課税</t><rPh sb='0' eb='2'><t>カゼイ</t></rPh>", "<t>next</t>")) == [
        "課税",
        "next",
    ]


def test_texts_under_a_prefix_are_read_too() -> None:
    page = b"<x:sst xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:si><x:t>a</x:t></x:si></x:sst>"

    assert list(read_texts(io.BytesIO(page))) == ["a"]


def test_texts_that_break_off_are_an_error() -> None:
    with pytest.raises(ExpatError):
        read_texts(io.BytesIO(f"<sst {NAMESPACE}><si><t>กรม".encode()))
