"""How pages write amounts, years and names."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from importers.sources import SOURCES
from spending import publishers, sentences
from spending.models import Agency
from spending.templatetags import spending as tags


@pytest.fixture(autouse=True)
def in_thai() -> object:
    with translation.override("th"):
        yield


def test_said_amount_carries_its_exact_figure() -> None:
    assert tags.spoken(Decimal("3780600000000.00")) == (
        '<data value="3780600000000.00" title="3,780,600,000,000 บาท">3.78 ล้านล้านบาท</data>'
    )
    assert ">3.78 ล้านล้าน</data>" in tags.spoken(Decimal("3780600000000"), "")


def test_said_amount_in_english() -> None:
    with translation.override("en"):
        assert tags.said(Decimal("399269616800")) == "399 billion baht"


def test_what_is_not_published_is_a_dash() -> None:
    filters = (tags.money, tags.spoken, tags.said, tags.percent, tags.of_hundred, tags.points, tags.count)

    assert {written(None) for written in filters} == {"–"}
    assert tags.day(None) == tags.short_day(None) == "–"


def test_year_and_day_are_written_in_the_calendar_of_the_reader() -> None:
    assert (tags.fiscal_year(2026), tags.day(date(2026, 7, 3))) == ("2569", "3 กรกฎาคม 2569")
    with translation.override("en"):
        assert (tags.fiscal_year(2026), tags.day(date(2026, 7, 3))) == ("2026", "3 July 2026")
        assert tags.year_slug(2026) == "2569"


@pytest.mark.parametrize(("written", "said"), [("day", "22 พฤศจิกายน 2569"), ("short_day", "22 พ.ย. 2569")])
def test_moment_is_written_as_the_day_it_is_in_bangkok(written: str, said: str) -> None:
    moment = datetime(2026, 11, 21, 18, 25, tzinfo=UTC)  # 1.25 in the morning there

    page = Template("{% load spending %}{{ moment|" + written + "}}").render(Context({"moment": moment}))

    assert page == said


def test_long_thai_name_may_break_between_its_words() -> None:
    name = "สำนักงานปลัดกระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"

    broken = tags.thai_breaks(name)

    assert "<wbr>" in broken
    assert broken.replace("<wbr>", "") == name
    assert "กระทรวง<wbr>" in broken


def test_no_line_ends_with_what_opens_or_begins_with_what_repeats() -> None:
    broken = tags.thai_breaks("สำนักงานพัฒนาพิงคนคร (องค์การมหาชน) และอื่น ๆ ที่เกี่ยวข้อง")

    assert "<wbr>(องค์การมหาชน)" in broken
    assert "(<wbr>" not in broken
    assert "อื่น\u00a0ๆ" in broken
    assert tags.thai_breaks("ด้านอื่น ๆ") == "ด้านอื่น\u00a0ๆ"


@pytest.mark.parametrize("name", ["กรมที่ดิน", "A long name in English that is broken at its blanks"])
def test_short_or_english_name_stays_as_it_is(name: str) -> None:
    assert tags.thai_breaks(name) == name


def test_broken_name_is_still_escaped() -> None:
    assert "<script>" not in tags.thai_breaks("โครงการก่อสร้างถนนสายใหม่<script>ในจังหวัดขอนแก่น")


def test_name_without_english_is_marked_as_thai_on_english_pages() -> None:
    town = Agency(name="เทศบาลเมืองบัวใหญ่", name_en="")

    with translation.override("en"):
        assert tags.name_here(town) == '<span lang="th">เทศบาลเมืองบัวใหญ่</span>'
        assert tags.in_thai("เทศบาลเมืองบัวใหญ่") == '<span lang="th">เทศบาลเมืองบัวใหญ่</span>'
        assert tags.in_thai("กรมที่ดิน") == "Department of Lands"
        assert tags.in_thai("CC-BY") == "CC-BY"
    assert tags.name_here(town) == "เทศบาลเมืองบัวใหญ่"


def test_publishers_have_english_names_on_english_pages() -> None:
    both = "กรมบัญชีกลาง, สำนักงบประมาณ"

    with translation.override("en"):
        assert tags.in_thai(both) == "The Comptroller General&#x27;s Department, Bureau of the Budget"
        assert tags.in_thai("กรมบัญชีกลาง, กรมที่ดิน").startswith('<span lang="th">')
    assert tags.in_thai(both) == both


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_publisher_whose_files_are_read_has_an_english_name(source: Any) -> None:
    for text in (source.publisher, source.licence):
        assert text.isascii() or publishers.in_english(text), text


def test_numbers_for_machines_have_no_separators_or_exponents() -> None:
    assert tags.plain(Decimal("1E+3")) == "1000"
    assert tags.plain(12_345) == "12345"


@pytest.mark.parametrize(
    ("published", "english"),
    [
        ("เชียงใหม่", "Chiang Mai"),
        ("ส่วนกลาง", "Central office"),
        ("คัดเลือก", "Selection"),
        ("ซื้อ", "Buying"),
        ("ระหว่างดำเนินการ", "In progress"),
        ("สำนักงบประมาณ", "Bureau of the Budget"),
    ],
)
def test_published_word_has_its_english_one_on_an_english_page(published: str, english: str) -> None:
    with translation.override("en"):
        assert tags.in_thai(published) == english
    with translation.override("th"):
        assert tags.in_thai(published) == published
        assert sentences.named(published) == published


def test_name_of_somebodys_own_stays_thai_and_is_marked_so() -> None:
    with translation.override("en"):
        assert tags.in_thai("โครงการตัวอย่าง") == '<span lang="th">โครงการตัวอย่าง</span>'
        assert sentences.named("เชียงใหม่") == "Chiang Mai"
        assert sentences.name_and_language("ส่วนกลาง") == ("Central office", "")


def test_remark_is_said_part_by_part_in_the_language_of_the_page() -> None:
    with translation.override("en"):
        said = tags.remark("กองทัพบก · คัดเลือก · ร้านค้า")

    assert said == 'Royal Thai Army · Selection · <span lang="th">ร้านค้า</span>'
    with translation.override("th"):
        assert tags.remark("กองทัพบก · คัดเลือก") == "กองทัพบก · คัดเลือก"
