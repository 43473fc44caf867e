"""What was frozen of a figure, as a clerk reads it: what counts first, by names in words.

Frozen are the columns of the downloads, by their names there, so that a letter can be compared with them by a
program. In `letter.json` they stay so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from spending.fiscal import day_in_words

NAMES = {
    "amount": ("จำนวนเงิน (บาท)", "amount (baht)"),
    "budget": ("วงเงินงบประมาณ (บาท)", "money set aside (baht)"),
    "reference_price": ("ราคากลาง (บาท)", "reference price (baht)"),
    "agreed_price": ("ราคาที่ตกลงซื้อหรือจ้าง (บาท)", "agreed price (baht)"),
    "budgeted": ("งบประมาณ (บาท)", "budgeted (baht)"),
    "disbursed": ("เบิกจ่ายแล้ว (บาท)", "paid out (baht)"),
    "paid": ("เบิกจ่ายแล้ว (บาท)", "paid out (baht)"),
    "sums": ("ยอดรวม (บาท)", "sums (baht)"),
    "fiscal_year_be": ("ปีงบประมาณ (พ.ศ.)", "fiscal year (B.E.)"),
    "years": ("ปีงบประมาณ (พ.ศ.)", "fiscal years (B.E.)"),
    "ministry": ("กระทรวง", "ministry"),
    "agency": ("หน่วยงาน", "agency"),
    "buyer": ("หน่วยงานที่จัดซื้อ", "buying department"),
    "buyer_unit": ("หน่วยย่อยที่จัดซื้อ", "its unit"),
    "plan": ("แผนงาน", "plan"),
    "strategy": ("ยุทธศาสตร์", "strategy"),
    "activity": ("ผลผลิตหรือโครงการ", "output or project"),
    "activity_kind": ("เป็นผลผลิตหรือโครงการ", "output or project, which"),
    "category": ("หมวดรายจ่าย", "expenditure category"),
    "description": ("รายการตามเอกสาร", "line as printed"),
    "name": ("ชื่อโครงการ", "name of the project"),
    "kind": ("ประเภทการจัดหา", "type of purchase"),
    "method": ("วิธีจัดหา", "method of purchase"),
    "status": ("สถานะโครงการ", "state of the project"),
    "contract_no": ("เลขที่สัญญา", "number of the contract"),
    "supplier": ("คู่สัญญา", "supplier"),
    "supplier_tax_id": ("เลขประจำตัวผู้เสียภาษีของคู่สัญญา", "tax id of the supplier"),
    "tax_id": ("เลขประจำตัวผู้เสียภาษี", "tax id"),
    "contracts": ("จำนวนสัญญา", "contracts"),
    "announced_on": ("วันที่ประกาศ", "announced on"),
    "signed_on": ("วันที่ลงนามสัญญา", "signed on"),
    "ends_on": ("วันที่สัญญาสิ้นสุด", "ends on"),
    "recorded_on": ("วันที่บันทึกใน e-GP", "recorded in e-GP on"),
    "province": ("จังหวัด", "province"),
    "district": ("อำเภอ/เขต", "district"),
    "subdistrict": ("ตำบล/แขวง", "subdistrict"),
    "budget_province": ("จังหวัดที่ตั้งงบประมาณ", "province it was budgeted for"),
    "paid_province": ("จังหวัดที่เบิกจ่าย", "province it was paid in"),
    "obliged": ("ผูกพันงบประมาณข้ามปี", "obliges other years"),
    "cross_cutting": ("แผนงานบูรณาการ", "integrated across ministries"),
    "repeated": ("มีรายการเหมือนกันทุกช่องในไฟล์", "stands twice in the file"),
    "records": ("จำนวนรายการในไฟล์", "records"),
    "query": ("เงื่อนไขที่เลือกดู", "what was asked for"),
    "page": ("หน้าในเอกสารงบประมาณ", "page in the book"),
    "project": ("เลขที่โครงการ", "number of the project"),
    "project_code": ("รหัสงบประมาณ", "budget code"),
    "item_id": ("รหัสรายการ", "id of the line"),
    "as_of": ("ข้อมูล ณ วันที่", "as of"),
    "dataset": ("ชุดข้อมูล", "data set"),
    "part": ("เล่มหรือส่วนของชุดข้อมูล", "part of the data set"),
    "edition": ("ฉบับข้อมูล", "edition"),
    "editions": ("ฉบับข้อมูล", "editions"),
    "file": ("ไฟล์ที่เผยแพร่", "file as published"),
    "line": ("บรรทัดในไฟล์", "line in the file"),
    "file_sha256": ("SHA-256 ของไฟล์ที่เผยแพร่", "SHA-256 of the file as published"),
    "kept_file": ("ไฟล์ที่เว็บไซต์เก็บ", "file that this site keeps"),
    "kept_file_sha256": ("SHA-256 ของไฟล์ที่เว็บไซต์เก็บ", "SHA-256 of the file that this site keeps"),
    "ministry_code": ("รหัสกระทรวง", "code of the ministry"),
    "agency_code": ("รหัสหน่วยงาน", "code of the agency"),
    "buyer_code": ("รหัสหน่วยงานที่จัดซื้อ", "code of the buying department"),
    "supplier_code": ("รหัสคู่สัญญา", "code of the supplier"),
    "winner": ("คู่สัญญาเป็นที่รู้จักโดย", "supplier is known by"),
    "fiscal_year": ("ปีงบประมาณ (ค.ศ.)", "fiscal year (C.E.)"),
}
"""In Thai and English, in the order of a page: the money, whose, for what, when, where, from which file."""
CODES = {
    "output": ("ผลผลิต", "output"),
    "project": ("โครงการ", "project"),
    "numbered": ("เลขประจำตัวผู้เสียภาษี", "its tax id"),
    "unnumbered": ("ชื่อ", "its name alone"),
    "person": ("ไม่เปิดเผย (บุคคลธรรมดา)", "a natural person, never named"),
    "unknown": ("ไม่ทราบ", "nothing"),
    True: ("ใช่", "yes"),
    False: ("ไม่ใช่", "no"),
}
"""Values that are words of ours."""
CODED = ("activity_kind", "winner")
MONEY = re.compile(r"-?[0-9]+\.[0-9]{2}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def told(figures: Mapping[str, Any], language: str = "th") -> Iterator[tuple[str, str]]:
    """Name and value of each column that has one; a column that is not known here comes last, as it is."""
    place = 0 if language == "th" else 1
    known = [name for name in NAMES if name in figures]
    for name in (*known, *(name for name in figures if name not in NAMES)):
        if figures[name] not in (None, "", [], {}):
            label = NAMES[name][place] if name in NAMES else name
            yield label, _value(name, figures[name], language, place)


def _value(name: str, value: Any, language: str, place: int) -> str:
    if isinstance(value, Mapping):
        return " · ".join(f"{label} {words}" for label, words in told(value, language))
    if isinstance(value, list):
        return ", ".join(_value("", one, language, place) for one in value)
    if isinstance(value, bool) or name in CODED:
        return CODES[value][place] if value in CODES else str(value)
    return _spelt(str(value), language)


def _spelt(text: str, language: str) -> str:
    """Amounts with their thousands parted, days in the calendar of the reader."""
    if MONEY.fullmatch(text):
        whole, cents = text.split(".")
        return f"{int(whole):,}.{cents}" if not text.startswith("-0.") else text
    if DAY.fullmatch(text):
        return day_in_words(date.fromisoformat(text), language)
    return text
