"""Cells become values exactly, or are refused with column, value and reason."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from importers.cells import Unreadable, as_text
from importers.errors import Reason, RecordError, gettext_noop
from importers.parsing import code, day, flag, fraction, integer, money, text, year
from spending.fiscal import THAI_MONTHS_SHORT

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("printed", "baht"),
    [
        ("0", "0"),
        ("800,000,000", "800000000"),
        ("28,643,300.0", "28643300"),
        ("16433800", "16433800"),
        ("7,051,867.5", "7051867.50"),
        ("0.05", "0.05"),
        ("12.3400", "12.34"),
        (" 1,234.50\u00a0", "1234.50"),
        ("๑,๒๓๔.๕๐", "1234.50"),
        ("999,999,999,999,999,999.99", "999999999999999999.99"),
        (16433800, "16433800"),
        (28643300.1, "28643300.10"),
        (Decimal("441905829.85"), "441905829.85"),
    ],
)
def test_an_amount_is_read_to_the_satang(printed: object, baht: str) -> None:
    assert money(printed, "AMOUNT") == Decimal(baht)


@pytest.mark.parametrize(
    "printed",
    [
        "", " ", "\u00a0", None, "-", "nan", "NaN", "inf", "1e5", "0x10", "1_000", "12.345", "0.001", ".5",
        "5.", "1,2,3", "25,", ",25", "1234,567", "0,123", "0123", "00", "+5", "--5", "1 234", "½", "²",
        "1,23", "1.234,50", "฿100", "100 บาท", "งบลงทุน", "1,000,000,000,000,000,000", "-5", "(5)", "−5", True,
        1e300, float("nan"), float("inf"), 1e-300, 12.345, -1, Decimal("NaN"), Decimal("1e999999999"),
        Decimal("-1e-999999999"), Decimal("12.345"), date(2022, 1, 1),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_its_column_and_value(printed: object) -> None:
    with pytest.raises(RecordError) as refused:
        money(printed, "AMOUNT")

    assert refused.value.column == "AMOUNT"
    assert refused.value.value == ("" if printed is None else str(printed))
    assert refused.value.reason


@pytest.mark.parametrize(
    "printed", ["-1,234.50", "−1,234.50", "(1,234.50)", "–๑,๒๓๔.๕๐", -1234.5, Decimal("-1234.5")]
)
def test_a_negative_amount_is_read_where_it_is_allowed(printed: object) -> None:
    assert money(printed, "สูง/ต่ำกว่าเป้า", allow_negative=True) == Decimal("-1234.50")


@pytest.mark.parametrize("printed", ["-0", "(0.00)", -0.0, 0.0])
def test_nothing_is_not_negative(printed: object) -> None:
    assert str(money(printed, allow_negative=True)) == "0.00"


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0", None, "-", " – "])
def test_a_blank_cell_is_what_the_source_says(blank: object) -> None:
    assert money(blank, "gf_amount", blank=None) is None
    assert money(blank, "แผน", blank=Decimal(0)) == 0
    assert integer(blank, "REF_PAGE_NO", blank=None) is None
    assert day(blank, "วันที่ลงนามสัญญา", blank=None) is None


@pytest.mark.parametrize(
    ("printed", "digits"),
    [
        ("18,250,00", "1825000"),
        ("4,840,0", "48400"),
        ("22,7", "227"),
        ("25,", "25"),
        ("76,900,70", "7690070"),
    ],
)
def test_torn_amounts_are_read_by_their_digits_only_on_request(printed: str, digits: str) -> None:
    with pytest.raises(RecordError, match="grouped by thousands"):
        money(printed, "AMOUNT")

    assert money(printed, "AMOUNT", loose_commas=True) == Decimal(digits)


@pytest.mark.parametrize("printed", ["", ",", ",,", "nan", "1e5", "1,2.3,4", "1,2.345"])
def test_loose_commas_do_not_make_anything_an_amount(printed: str) -> None:
    with pytest.raises(RecordError):
        money(printed, "AMOUNT", loose_commas=True)


@pytest.mark.parametrize(
    ("stored", "baht"),
    [
        (12479.19303697, "12479193036.97"),
        (0, "0"),
        (3780600, "3780600000000"),
        ("227,126.566", "227126566000"),
        ("3657.661", "3657661000"),
        (0.1 + 0.2, "300000"),
        (3780600.0 - 2940281.46, "840318540000"),
        (3780600.0000000005, "3780600000000"),
        (Decimal("3050000.1152"), "3050000115200"),
    ],
)
def test_an_amount_in_million_baht_is_multiplied_exactly(stored: object, baht: str) -> None:
    assert money(stored, "เบิกจ่าย", unit=MILLION) == Decimal(baht)


@pytest.mark.parametrize("stored", [74.15060481440203, 5.494107044238174, 1 / 3, "0.000000001", 1e-9])
def test_a_percentage_in_a_column_of_million_baht_is_refused(stored: object) -> None:
    with pytest.raises(RecordError, match="whole number of satang"):
        money(stored, "เบิกจ่าย", unit=MILLION)


@given(st.integers(min_value=0, max_value=10**15))
def test_every_amount_survives_printing_and_spreadsheets(satang: int) -> None:
    baht = Decimal(satang) / 100

    assert money(f"{baht:,.2f}") == baht
    assert money(str(baht)) == baht
    assert money(float(baht / MILLION), unit=MILLION) == baht


@given(st.lists(st.integers(min_value=0, max_value=10**14), min_size=1, max_size=30))
def test_sums_that_a_spreadsheet_has_computed_are_read_or_refused_but_never_changed(
    satangs: list[int],
) -> None:
    in_millions = [float(Decimal(satang) / 10**8) for satang in satangs]

    try:
        read = money(sum(in_millions), unit=MILLION)
    except RecordError:
        return

    assert read == Decimal(sum(satangs)) / 100


def test_parts_of_an_evenly_split_sum_keep_all_their_decimals() -> None:
    parts = [fraction("891,666.6666666666", "AMOUNT")] * 3

    assert parts[0] == Decimal("891666.6666666666")
    assert round(sum(parts), 6) == 2_675_000


@pytest.mark.parametrize("printed", ["", "-5", "25,", "1e5", None, "x"])
def test_a_part_of_a_sum_is_read_as_strictly_as_an_amount(printed: object) -> None:
    with pytest.raises(RecordError):
        fraction(printed, "AMOUNT")


@pytest.mark.parametrize(
    ("printed", "number"), [("67", 67), ("๖๗", 67), (67, 67), (67.0, 67), ("1,234", 1234)]
)
def test_a_count_is_read_in_either_digits(printed: object, number: int) -> None:
    assert integer(printed, "REF_PAGE_NO", least=1, most=2000) == number


@pytest.mark.parametrize("printed", ["", "0", "2001", "6.5", 6.5, "-3", "หน้า 5", True, None, float("nan")])
def test_what_is_no_count_in_range_is_refused(printed: object) -> None:
    with pytest.raises(RecordError):
        integer(printed, "REF_PAGE_NO", least=1, most=2000)


@pytest.mark.parametrize(
    ("published", "tidied"),
    [
        ("กรมการปกครอง", "กรมการปกครอง"),
        ("  กรมการปกครอง\n", "กรมการปกครอง"),
        ("สำนักงาน\u00a0\u00a0กสทช.", "สำนักงาน กสทช."),
        ("วงเงิน\nงบประมาณ\r\nหลังโอน", "วงเงิน งบประมาณ หลังโอน"),
        ("เเผนงาน", "แผนงาน"),
        ("ตําบล", "ตำบล"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("กรม\u200bทาง\u00adหลวง\ufeff", "กรมทางหลวง"),
        ("กุ้ง", "กุ้ง"),
        ("ที่ ๑๒/๒๕๖๕ “ก” – ข…", "ที่ ๑๒/๒๕๖๕ “ก” – ข…"),
        ("Cafe\u0301", "Café"),
        ("(cid:201)", "(cid:201)"),
        ("-", "-"),
        (75, "75"),
        (75.0, "75"),
        (True, "True"),
    ],
)
def test_words_are_kept_but_for_damage_that_nobody_sees(published: object, tidied: str) -> None:
    assert text(published, "MINISTRY") == tidied


@pytest.mark.parametrize("published", ["", " ", "\u00a0\u200b\n", None])
def test_missing_words_are_refused_unless_the_column_may_be_blank(published: object) -> None:
    with pytest.raises(RecordError, match="blank"):
        text(published, "MINISTRY")

    assert text(published, "OUTPUT", blank="") == ""


@pytest.mark.parametrize(
    ("published", "pattern", "read"),
    [
        ("15008", r"\d{5}", "15008"),
        ("๑๕๐๐๘", r"\d{5}", "15008"),
        (15008, r"\d{5}", "15008"),
        (15008.0, r"\d{5}", "15008"),
        (" 756XG ", r"75[0-9A-Z]{3}", "756XG"),
        ("2022.3.13(1).57", r"\d{4}\.\d\.\d+(\(\d\))?\.\d+", "2022.3.13(1).57"),
        ("698080846002500", r"\d{15}", "698080846002500"),
    ],
)
def test_a_code_is_read_if_it_has_the_published_form(published: object, pattern: str, read: str) -> None:
    assert code(published, "รหัสกรม", pattern) == read


@pytest.mark.parametrize(
    "published", ["1.05559E+11", "150080", "8", 8, "x15008", "15008\n15009", "", None, "-"]
)
def test_a_code_of_another_form_is_refused(published: object) -> None:
    with pytest.raises(RecordError):
        code(published, "รหัสกรม", r"\d{5}")


def test_a_year_is_read_in_the_calendar_of_its_column() -> None:
    assert year("2565", "bb_year", calendar="be") == 2022
    assert year("๒๕๖๕", "bb_year", calendar="be") == 2022
    assert year("2022", "FISCAL_YEAR", calendar="ce") == 2022
    assert year(2037.0, "FISCAL_YEAR", calendar="ce") == 2037


@pytest.mark.parametrize(
    ("published", "calendar"),
    [
        ("2022", "be"),
        ("2565", "ce"),
        ("65", "be"),
        ("20222", "ce"),
        ("", "ce"),
        ("2022.5", "ce"),
        ("ปี 2565", "be"),
    ],
)
def test_a_year_of_another_calendar_is_refused(published: str, calendar: str) -> None:
    with pytest.raises(RecordError):
        year(published, "FISCAL_YEAR", calendar=calendar)


@pytest.mark.parametrize(
    ("published", "read"),
    [
        ("3 กรกฎาคม 2569", date(2026, 7, 3)),
        ("๓ กรกฎาคม ๒๕๖๙", date(2026, 7, 3)),
        ("3 กรกฎาคม พ.ศ. 2569", date(2026, 7, 3)),
        ("3 กรกฎาคม 2026", date(2026, 7, 3)),
        ("15-ก.ย.-64", date(2021, 9, 15)),
        ("17 ม.ค. 68", date(2025, 1, 17)),
        ("1 มีค 65", date(2022, 3, 1)),
        ("29 ก.พ. 67", date(2024, 2, 29)),
        ("3/7/2569", date(2026, 7, 3)),
        ("03/07/2026", date(2026, 7, 3)),
        ("2026-07-03", date(2026, 7, 3)),
        ("2026-07-03T00:00:00Z", date(2026, 7, 3)),
        (date(2026, 7, 3), date(2026, 7, 3)),
        (datetime(2026, 7, 3, 12), date(2026, 7, 3)),
        (datetime(2569, 7, 3), date(2026, 7, 3)),
    ],
)
def test_a_day_is_read_as_thai_offices_write_it(published: object, read: date) -> None:
    assert day(published, "วันที่ประกาศ") == read


@pytest.mark.parametrize(
    "published",
    ["", "-", None, "30 ก.พ. 65", "31 มิถุนายน 2565", "29 ก.พ. 66", "7/2569", "13/13/2565", "3/7/69",
     "กรกฎาคม 2569", "3 กรกฎาคม", "3 July 2026", "1 มกราคม 1500", "0000-00-00", 46000, "20260703",
     "3 กรกฎาคม 25690"],
)  # fmt: skip
def test_what_is_no_day_is_refused(published: object) -> None:
    with pytest.raises(RecordError) as refused:
        day(published, "วันที่ประกาศ")

    assert refused.value.column == "วันที่ประกาศ"


@given(st.dates(min_value=date(1957, 1, 1), max_value=date(2056, 12, 31)))
def test_every_day_survives_being_written_in_thai(published: date) -> None:
    month = THAI_MONTHS_SHORT[published.month - 1]
    buddhist = published.year + 543

    assert day(f"{published.day}-{month}-{buddhist % 100:02}") == published
    assert day(f"{published.day}/{published.month}/{buddhist}") == published
    assert day(published.isoformat()) == published


@pytest.mark.parametrize(
    ("published", "read"), [("True", True), ("TRUE", True), ("False", False), (False, False)]
)
def test_a_flag_is_read_as_spreadsheets_and_programs_write_it(published: object, read: bool) -> None:
    assert flag(published, "OBLIGED?") is read


@pytest.mark.parametrize("published", ["", None, "yes", "1", 1, "ใช่"])
def test_what_is_no_flag_is_refused(published: object) -> None:
    with pytest.raises(RecordError):
        flag(published, "OBLIGED?")


def test_a_cell_that_shows_an_error_is_refused_with_the_reason_of_the_spreadsheet() -> None:
    reason = Reason(gettext_noop("The cell %(cell)s shows an error of the spreadsheet."), cell="E7")
    broken = Unreadable("#REF!", reason)

    for read in (money, text, integer, day, flag):
        with pytest.raises(RecordError) as refused:
            read(broken, "เบิกจ่าย")
        assert (refused.value.value, refused.value.reason) == ("#REF!", reason)


def test_names_that_have_run_together_are_refused() -> None:
    assert text("กรม", "agc", longest=3) == "กรม"
    with pytest.raises(RecordError, match="4 letters, but at most 3"):
        text("กรมท", "agc", longest=3)


def test_a_reason_keeps_its_sentence_apart_from_its_figures() -> None:
    with pytest.raises(RecordError) as refused:
        integer("2001", "REF_PAGE_NO", least=1, most=2000)

    reason = refused.value.reason
    assert reason == "The number is not between 1 and 2000."
    assert isinstance(reason, Reason)
    assert reason.sentence % reason.figures == reason
    assert str(refused.value) == "REF_PAGE_NO '2001': The number is not between 1 and 2000."


def test_cells_are_shown_as_a_table_of_text_shows_them() -> None:
    cells = [None, "ก", 75, 75.0, 12479.19303697, 1e21, True, Decimal("1.50"), date(2026, 7, 3)]

    shown = [as_text(cell) for cell in cells]

    assert shown == ["", "ก", "75", "75", "12479.19303697", "1" + "0" * 21, "True", "1.5", "2026-07-03"]


def test_parsing_and_reading_need_no_django() -> None:
    program = (
        "import sys, importers.parsing, importers.reading, importers.fetching, importers.errors;"
        "sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )

    finished = subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, check=False)

    assert finished.returncode == 0
