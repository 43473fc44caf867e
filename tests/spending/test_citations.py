from dataclasses import replace
from datetime import date

from spending.citations import Citation, apa, bibtex, ris, thai

LINE = Citation(
    publisher="สำนักงบประมาณ",
    title="ค่าเช่ารถยนต์ 3 คัน",
    place="เล่ม 2022.3.10 หน้า 25",
    edition="budget_book-2022.3.10-7",
    year=2022,
    as_of=date(2021, 9, 8),
    address="https://example.org/budget/2565/lines/2022.3.10.43/",
    seen=date(2026, 7, 10),
)


def test_thai_citation_gives_buddhist_years_edition_and_address() -> None:
    assert thai(LINE) == (
        "สำนักงบประมาณ. (2565). ค่าเช่ารถยนต์ 3 คัน [ข้อมูล ณ วันที่ 8 กันยายน 2564; เล่ม 2022.3.10 หน้า 25; ฉบับ "
        "budget_book-2022.3.10-7]. ภาษีไปไหน. สืบค้นเมื่อ 10 กรกฎาคม 2569, จาก "
        "https://example.org/budget/2565/lines/2022.3.10.43/"
    )


def test_thai_citation_of_a_page_in_english_has_the_words_in_thai_beside() -> None:
    cited = replace(LINE, title="Budget by ministry", title_in_thai="งบประมาณ", edition="a and 16 more")

    told = thai(replace(cited, place_in_thai="เล่ม 10", edition_in_thai="a และอีก 16"))

    assert "งบประมาณ [ข้อมูล ณ วันที่ 8 กันยายน 2564; เล่ม 10; ฉบับ a และอีก 16]" in told
    assert "Budget" not in told


def test_publisher_that_ends_in_a_full_stop_is_followed_by_no_second_one() -> None:
    cited = replace(LINE, publisher="งบประมาณของ อบจ.")

    assert thai(cited).startswith("งบประมาณของ อบจ. (2565)")
    assert apa(cited).startswith("งบประมาณของ อบจ. (2022)")


def test_bibtex_of_a_thai_page_says_the_day_in_thai() -> None:
    assert "หน้า 25; ข้อมูล ณ วันที่ 2021-09-08" in bibtex(replace(LINE, language="th"))
    assert "หน้า 25; as of 2021-09-08" in bibtex(LINE)


def test_apa_citation_gives_common_era_years_and_retrieval_day() -> None:
    assert apa(LINE) == (
        "สำนักงบประมาณ. (2022). ค่าเช่ารถยนต์ 3 คัน (เล่ม 2022.3.10 หน้า 25; edition budget_book-2022.3.10-7) "
        "[Data set]. Where do my taxes go. Retrieved July 10, 2026, from "
        "https://example.org/budget/2565/lines/2022.3.10.43/"
    )


def test_bibtex_record_has_a_latin_key_and_escaped_signs() -> None:
    record = bibtex(replace(LINE, title="งาน 50% & {ซ่อม}_ถนน\nสาย 1"))

    assert record.startswith("@misc{example-org-budget-2565-lines-2022-3-10-43,\n")
    assert r"title = {{งาน 50\% \& \{ซ่อม\}\_ถนน สาย 1}}" in record
    assert "urldate = {2026-07-10}" in record
    assert record.count("{") == record.count("}")


def test_ris_record_is_a_data_set_from_first_to_last_tag() -> None:
    lines = ris(LINE).split("\n")

    assert lines[0] == "TY  - DATA"
    assert lines[-1] == "ER  -"
    assert "PY  - 2022" in lines
    assert "UR  - https://example.org/budget/2565/lines/2022.3.10.43/" in lines


def test_title_stands_in_both_languages_where_it_says_something_else_in_the_other() -> None:
    cited = replace(LINE, title="Through the years. Budget book", title_beside="ผ่านแต่ละปี. เล่มงบประมาณ")

    assert "Through the years. Budget book [ผ่านแต่ละปี. เล่มงบประมาณ] (" in apa(cited)
    assert "titleaddon = {{ผ่านแต่ละปี. เล่มงบประมาณ}}," in bibtex(cited)
    assert "TI  - Through the years. Budget book\nTT  - ผ่านแต่ละปี. เล่มงบประมาณ\n" in ris(cited)
    same = replace(LINE, title_beside=LINE.title)
    assert ("TT  - " in ris(same), "titleaddon" in bibtex(same), "[" + LINE.title in apa(same)) == (
        False,
    ) * 3
