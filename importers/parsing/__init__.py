"""What turns a published cell into a value, for any source: strict, exact, and never guessing.

Each function takes the cell and the published name of its column, and returns a value or raises
RecordError naming the column, what stands there and why it is refused. A blank cell is refused too,
unless `blank=` says what it stands for; a lone dash, which Thai tables print for "nothing", then counts
as blank.

    money("28,643,300.0", "AMOUNT")              Decimal("28643300.0"), in baht
    money(12479.19303697, unit=1_000_000)        Decimal("12479193036.97")
    text(" สำนักงาน\\xa0กสทช. ", "agc")            "สำนักงาน กสทช."
    code("๑๕๐๐๘", "agc_code", r"\\d{5}")           "15008"
    year("2565", "bb_year", calendar="be")       2022
    day("15-ก.ย.-64", "วันที่ประกาศ")               date(2021, 9, 15)
"""

from ..spelling import skeleton, tidy
from .days import Calendar, day, year
from .figures import SATANG, exact, fraction, integer, money
from .words import code, flag, text

__all__ = [
    "SATANG",
    "Calendar",
    "code",
    "day",
    "exact",
    "flag",
    "fraction",
    "integer",
    "money",
    "skeleton",
    "text",
    "tidy",
    "year",
]
