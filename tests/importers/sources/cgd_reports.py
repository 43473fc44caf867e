"""Weekly reports in the publisher's shape, small enough to read: rows that a test may change, then save."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl

from importers.records import Control, DisbursementRecord, Entry
from importers.sources.cgd_weekly_disbursement import CgdWeeklyDisbursement

Facts = Counter[tuple[object, ...]]
Rows = list[list[object]]
Sheets = dict[str, Rows]
Amounts = Sequence[str]  # million baht, one for each column of money
Body = tuple[str, object, Amounts, Amounts]  # name, code, recurrent, investment

AS_OF = "3 กรกฎาคม 2569"
BUDGET, HELD = "วงเงิน\nงบประมาณ\nหลังโอน\nเปลี่ยนแปลง", "งบจัดสรรถือจ่าย จังหวัด"
ALLOTTED, PLAN, ORDERED, PAID, SPENT = "จัดสรร", "แผนการ\nใช้จ่าย", "PO+สำรอง\nเงินมีหนี้", "เบิกจ่าย", "การใช้จ่าย"
SHARE, GAP = "ร้อยละเบิกจ่าย\nต่องบประมาณ\nหลังโอน\nเปลี่ยนแปลง", "สูง/ต่ำกว่า\nเป้าหมายการ\nใช้จ่าย\nรายเดือน"
GROUPS = ("รายจ่ายประจำ", "รายจ่ายลงทุน", "รวม")
FILLED = {PLAN: 0, SHARE: 50.5, GAP: -46.32914459993545}  # what stands in columns that are no money


def report() -> Sheets:
    """The sheets of one week, with the tabs, titles and headers of the report of 3 July 2569."""
    paid = (BUDGET, ORDERED, PAID, SHARE)
    spent = (BUDGET, SPENT, SHARE, GAP)
    agencies: list[Body] = [
        (
            "กรมท่าอากาศยาน",
            "08009",
            ("607.59595549", "14.45500047", "429.54215307"),
            ("4663.25074451", "2223.75549307", "555.88935603"),
        ),
        ("มหาวิทยาลัยอุบลราชธานี", "23009", ("10", "0", "5"), ("20", "1", "2")),
        ("มหาวิทยาลัยอุบลราชธานี", "23101", ("1", "0", "1"), ("2", "1", "0.5")),
        ("กรุงเทพมหานคร", "75002", ("7", "0", "3"), ("2441.9382", "0", "168.68493795")),
    ]
    ministries: list[Body] = [
        (
            "กระทรวงคมนาคม",
            "08",
            ("12479.19303697", "12473.29983697", "389.12662731", "9253.39711287"),
            ("187476.73046303", "185040.12706303", "62052.16428664", "97536.98023298"),
        ),
        (
            "ส่วนราชการไม่สังกัดสำนักนายกรัฐมนตรี\u00a0กระทรวงหรือทบวง เเละหน่วยงานภายใต้การควบคุม",
            "25",
            ("2", "2", "0", "1"),
            ("3", "3", "1", "1"),
        ),
    ]
    pao: list[Body] = [
        ("องค์การบริหารส่วนจังหวัดสุรินทร์", "756XG", ("21.1349", "0", "21.1349"), ("89.4248", "47.5368", "36.5558"))
    ]
    municipalities: list[Body] = [
        ("เทศบาลตำบลสระแก้ว", "751FZ", ("8.4244", "0", "6.4301"), ("11.0842", "3.3555", "1.467")),
        ("เทศบาลตำบลสระแก้ว", "757E1", ("4", "0", "2"), ("1", "0", "1")),
    ]
    provinces: list[Body] = [
        (
            "จังหวัดสุราษฎร์ธานี",
            "70062",
            ("38.523", "0.08", "16.22486303"),
            ("211.6577", "170.872555", "3.672945"),
        ),
        (
            "กลุ่มจังหวัดภาคตะวันออก2",
            "70260",
            ("25.5009", "0", "15.8426082"),
            ("370.29", "187.42090324", "140.64568599"),
        ),
    ]
    held: list[Body] = [
        (
            "ภูเก็ต",
            "8300",
            ("3437.75407428", "64.14369283", "2714.81182101"),
            ("2070.09891835", "839.83964215", "818.46200197"),
        ),
        (
            "ยะลา",
            "9500",
            ("7314.17975327", "40.81121855", "5797.74100267"),
            ("4695.66261094", "2057.08440521", "2040.49083741"),
        ),
    ]
    enterprises: list[Body] = [("การประปาส่วนภูมิภาค", "50602", ("0", "0"), ("6082.2548", "1239.54465471"))]
    funds: list[Body] = [
        ("กองทุนคุ้มครองเด็ก", "698080846002500", ("45", "33.7492"), ("0", "0")),
        ("กองทุนจัดรูปที่ดิน", "69808085500C200", ("0", "0"), ("1500", "1500")),
    ]
    return {
        "1.สรุปภาพรวม": overview(),
        "2.กระทรวง": listing(
            "จำแนกตามกระทรวง",
            "กระทรวง",
            "รหัสกระทรวง",
            ministries,
            (BUDGET, ALLOTTED, PLAN, ORDERED, PAID, SHARE),
            wide=2,
        ),
        "3.หน่วยงาน": listing("จำแนกตามหน่วยงาน", "หน่วยงาน", "รหัสกรม", agencies, paid),
        "4.หน่วยงาน(ใช้จ่าย)": listing("จำแนกตามหน่วยงาน", "หน่วยงาน", "รหัสกรม", _two(agencies), spent, wide=3),
        "5.อบจ.": listing("จำแนกตามองค์การบริหารส่วนจังหวัด", "หน่วยงาน", "รหัสกรม", pao, paid, gap=1),
        "6.อบจ.(ใช้จ่าย)": listing(
            "จำแนกตามองค์การบริหารส่วนจังหวัด", "หน่วยงาน", "รหัสกรม", _two(pao), spent, wide=3, gap=1
        ),
        "7.เทศบาล": listing("จำแนกตามเทศบาล", "หน่วยงาน", "รหัสกรม", municipalities, paid, gap=1),
        "8.เทศบาล(ใช้จ่าย)": listing(
            "จำแนกตามเทศบาล", "หน่วยงาน", "รหัสกรม", _two(municipalities), spent, wide=4, gap=1
        ),
        "9.ลงทุน 1,000 ล้าน": large_investment(),
        "10.รัฐวิสาหกิจ": listing("ของรัฐวิสาหกิจ", "หน่วยงาน", "รหัสกรม", enterprises, (BUDGET, PAID, SHARE)),
        "11.จังหวัดได้รับจัดสรร": listing(
            "ของจังหวัดที่ได้รับจัดสรรเงินงบประมาณ", "จังหวัด", "รหัสกรมจังหวัด", provinces, paid
        ),
        "12.จังหวัดได้รับจัดสรร(ใช้จ่าย)": listing(
            "ของจังหวัดที่ได้รับจัดสรรเงินงบประมาณ", "จังหวัด", "รหัสกรมจังหวัด", _two(provinces), spent, wide=3
        ),
        "13.ส่วนกลางจัดสรรให้จังหวัด": listing(
            "ในส่วนของงบประมาณที่ส่วนกลางจัดสรรให้จังหวัด",
            "จังหวัด",
            "รหัสจังหวัด",
            held,
            (HELD, ORDERED, PAID, SHARE),
            gap=1,
        ),
        "14.ส่วนกลางจัดสรรให้จังหวัด(ใช้": listing(
            "ในส่วนของงบประมาณที่ส่วนกลางจัดสรรให้จังหวัด",
            "จังหวัด",
            "รหัสจังหวัด",
            _two(held),
            (HELD, SPENT, SHARE, GAP),
            wide=3,
        ),
        "15.กองทุนฯ": listing(
            "จำแนกตามกองทุนและเงินทุนหมุนเวียน",
            "รายชื่อกองทุนและเงินทุนหมุนเวียน",
            "รหัสผลผลิต/โครงการ",
            funds,
            (BUDGET, PAID, SHARE),
        ),
    }


def entries_of(path: Path) -> list[Entry]:
    return list(CgdWeeklyDisbursement().entries(path))


def records(entries: list[Entry], cut: str = "") -> list[DisbursementRecord]:
    return [e for e in entries if isinstance(e, DisbursementRecord) and cut in ("", e.cut)]


def as_facts(entries: list[Entry]) -> Facts:
    """What was read, wherever in the file it stood."""
    figures = ("after_transfer", "allotted", "committed", "disbursed", "spent", "target_gap")
    fields = ("cut", "body", "economic", *figures)
    return Counter(tuple(getattr(record, field) for field in fields) for record in records(entries))


def failing(entries: list[Entry]) -> list[str]:
    return [e.name for e in entries if isinstance(e, Control) and not e.holds]


def titles(subject: str, gap: int = 0) -> Rows:
    """The rows above a table, with `gap` blank rows under them."""
    return [
        [f"รายงานผลการเบิกจ่ายเงินงบประมาณประจำปี พ.ศ. 2569 {subject} เรียงลำดับผลการเบิกจ่ายจากน้อยไปมาก"],
        [f"ตั้งแต่ต้นปีงบประมาณ จนถึงวันที่ {AS_OF}"],
        ["หน่วย: ล้านบาท"],
        *([] for _ in range(gap)),
    ]


def footnotes() -> Rows:
    return [
        [],
        ["หมายเหตุ :", None, "1. ข้อมูลเบื้องต้น"],
        [None, None, "2. เป้าหมายการใช้จ่ายเดือนกรกฎาคม 2569 ภาพรวม ร้อยละ 87.00"],
        ["ที่มา : ระบบบริหารการเงินการคลังภาครัฐแบบอิเล็กทรอนิกส์ใหม่ (New GFMIS Thai)"],
        ["วันที่เรียกรายงาน 6 กรกฎาคม 2569"],
        [f"ข้อมูล ณ วันที่ {AS_OF}"],
        [" "],
    ]


def listing(
    subject: str,
    name: str,
    code: str,
    bodies: Sequence[Body],
    columns: Sequence[str],
    wide: int = 1,
    gap: int = 0,
) -> Rows:
    """A sheet of bodies whose amounts are divided; the name takes `wide` columns."""
    merged = [None] * (wide - 1)
    upper: list[object] = ["ลำดับ\nที่", name, *merged]
    for group in GROUPS:
        upper += [group, *[None] * (len(columns) - 1)]
    lower: list[object] = [None, None, *merged, *columns * 3]
    body = [
        [number, body_name, *merged, *_figures(columns, recurrent, investment), body_code]
        for number, (body_name, body_code, recurrent, investment) in enumerate(bodies, start=1)
    ]
    sums = [_sum(amounts) for amounts in zip(*(r for _, _, r, _ in bodies), strict=True)]
    invested = [_sum(amounts) for amounts in zip(*(i for _, _, _, i in bodies), strict=True)]
    total = ["รวม", None, *merged, *_figures(columns, sums, invested), " "]
    return [*titles(subject, gap), [*upper, code], lower, *body, total, *footnotes()]


def overview() -> Rows:
    return [
        ["รายงานผลการเบิกจ่ายงบประมาณ ประจำปีงบประมาณ พ.ศ. 2569"],
        [f"ตั้งแต่ต้นปีงบประมาณ จนถึง ณ วันที่ {AS_OF}"],
        [*[None] * 7, "หน่วย : ล้านบาท"],
        [
            "รายการ",
            "วงเงินงบประมาณ\nหลังโอนเปลี่ยนแปลง",
            "จัดสรร",
            "การใช้จ่าย",
            None,
            "เบิกจ่าย",
            None,
            "คงเหลือยังไม่เบิกจ่าย",
            None,
        ],
        [None, None, None, *["จำนวนเงิน", "ร้อยละ"] * 3],
        [
            "1. งบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. 2569",
            3780600,
            3741220.88,
            3155044.61,
            83.45,
            2940281.46,
            77.77,
            840318.54,
            22.23,
        ],
        ["1.1 รายจ่ายประจำ", 2976554.54, 2974818.01, 2537948.52, 85.26, 2522927.96, 84.76, 453626.59, 15.24],
        ["1.2 รายจ่ายลงทุน", 804045.46, 766402.87, 617096.09, 76.75, 417353.5, 51.91, 386691.95, 48.09],
        [
            "รายจ่ายลงทุนกรณีไม่รวมงบกลาง",
            774280.46,
            762666.18,
            614438.26,
            79.36,
            416218.09,
            53.76,
            358062.37,
            46.24,
        ],
        ["2. เงินกันไว้เบิกเหลื่อมปี", 320696.39, None, 293797.45, 91.61, 234975.7, 73.27, 85720.69, 26.73],
        ["รวมทั้งสิ้น", 4101296.39, None, 3448842.06, 84.09, 3175257.16, 77.42, 926039.23, 22.58],
        *footnotes(),
    ]


def large_investment() -> Rows:
    return [
        *titles("ของหน่วยงานที่ได้รับงประมาณรายจ่ายลงทุนเกิน 1,000 ล้านบาท"),
        ["ลำดับ\nที่", "หน่วยงาน", None, None, BUDGET, PAID, SHARE, ORDERED, SPENT, "ร้อยละการใช้จ่าย", "รหัสกรม"],
        [
            1,
            "กรมท่าอากาศยาน",
            None,
            None,
            4663.25074451,
            555.88935603,
            11.92,
            2223.75549307,
            2779.6448491,
            59.6,
            "08009",
        ],
        [2, "กรุงเทพมหานคร", None, None, 2441.9382, 168.68493795, 6.9, 0, 168.68493795, 6.9, "75002"],
        ["รวม", None, None, None, 7105.18894451, 724.57429398, 10.2, 2223.75549307, 2948.32978705, 41.5, " "],
        *footnotes(),
    ]


def row_of(rows: Rows, word: object) -> int:
    """The index of the first row that has a cell reading `word`."""
    return next(index for index, row in enumerate(rows) if word in row)


def reworded(sheets: Sheets, words: str, instead: str) -> Sheets:
    """The sheets with other words in every cell."""
    return {
        tab: [[c.replace(words, instead) if isinstance(c, str) else c for c in row] for row in rows]
        for tab, rows in sheets.items()
    }


def saved(folder: Path, sheets: Sheets, name: str = "2026_07_03.xlsx") -> Path:
    """The sheets as a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for tab, rows in sheets.items():
        sheet = book.create_sheet(tab)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                sheet.cell(line, column, value)
    path = folder / name
    book.save(path)
    return path


def wrapped(path: Path, member: str) -> Path:
    """A ZIP file that holds the file as `member`."""
    archive = path.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(path, member)
    return archive


def _two(bodies: Sequence[Body]) -> list[Body]:
    """The bodies with two amounts each, budgeted and spent, and in another order."""
    return [(name, code, (r[0], r[-1]), (i[0], i[-1])) for name, code, r, i in reversed(bodies)]


def _figures(columns: Sequence[str], recurrent: Amounts, investment: Amounts) -> list[object]:
    total = [_sum(pair) for pair in zip(recurrent, investment, strict=True)]
    cells: list[object] = []
    for amounts in (recurrent, investment, total):
        left = iter(amounts)
        cells += [FILLED[column] if column in FILLED else float(next(left)) for column in columns]
    return cells


def _sum(amounts: Sequence[str]) -> str:
    return str(sum(map(Decimal, amounts)))
