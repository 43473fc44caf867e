"""Persons by whose house, field or shop published works are said to be, and how their names are left out.

A road "from the house of นาย…" names somebody and tells where he lives. Villages, streams and schools called
after somebody keep their names: those stand behind a word of the land (บางนายสี, ทุ่งนายพัน), behind the number
of a village (หมู่ที่ 8 บ้านนางนม), or are known. See docs/decisions/0004.
"""

from __future__ import annotations

import re

from .persons import NAMED_PERSON, NO_NAMES_BEHIND_NAI, NO_NAMES_BEHIND_NAIYOK

_KNOWN_PLACES = "ตะเคียน|บวช|พญา|รอง|รำ|ลือ|หลง|แก้ว|แดด|แล|นม|ใย|วัง|หงส์|ย่อน"
"""What stands behind นาง in names of districts, subdistricts, villages and temples."""
_ENDS_NAME = "ห[มน]ู่|หมุ่|ตำบล|อำเภอ|จังหวัด|บ้าน|เทศบาล|องค์การ|ถึง|กว้าง|ขนาด|ระยะ|ช่วง|ถนน|ตามแบบ"
_NO_FAMILY = (
    rf"{_ENDS_NAME}|ยาว|หนา|ซอย|สาย|ตาม|ไป|ทาง|จุด|โดย|จำนวน|เป็น|พร้อม|และ|ที่|ณ |ใน|เชื่อม|ความ|กับ|จาก|แยก|"
    r"หลัง|หน้า|ข้าง|ริม|คลอง|วัด|โรง|สาม|สี่|กม\.|ม\.|ต\.|อ\.|จ\."
)
_NAME = rf"[ก-ฮเแโใไ](?:(?!{_ENDS_NAME})[ก-๙])+"
_FAMILY = rf" +(?!{_NO_FAMILY}){_NAME}"
_GROUND = r"(?:ที่ ?)?(?:ดิน|นา|ไร่(?:อ้อย)?|สวน(?:ยาง)?)|ร้าน(?:ค้า)?|กลุ่ม(?:บ้าน)?|(?:สาม|สี่)?แยก(?:บ้าน)?|คอก|ลาน"
_LAND = rf"(?:บ้าน|บ้า(?=นาย)|{_GROUND})(?:ของ)?"
_AT = "(?:บริเวณ|ที่ตั้ง|ตั้งอยู่|หน้า|หลัง|ข้าง|ใกล้|จาก|ถึง|แยก|ซอย|ปาก|ทางเข้า|เข้า|ตั้งแต่)"
_BETWEEN = rf"(?:{_AT}|สาย(?:ทาง)?|ทาง|ผ่าน|[-–(,])"
_HOUSE = r"(?<![\d๐-๙])(?<![\d๐-๙] )บ้าน"  # หมู่ที่ 8 บ้าน… is the village of that name
_SURE = (
    rf"(?:(?:นางสาว|น\.?ส\.|นาย(?!{NO_NAMES_BEHIND_NAI})) *{_NAME}"
    rf"|นายก(?!{NO_NAMES_BEHIND_NAIYOK})(?:(?!{_ENDS_NAME})[ก-๙]){{2,}})"
)
_MAYBE = rf"นาง(?!{_KNOWN_PLACES})"
_OFFICE = r"(?:ผู้ใหญ่(?!บ้าน|เก่า)|กำนัน|อาจารย์(?!ใหญ่)|ครู(?!บา)|ทนาย(?!ความ)|ส\.?(?:ท|จ|อบต)\.|ผญ\.?)"
_SOMEBODY = re.compile(
    rf"(?P<between>{_BETWEEN} ?(?:{_LAND})? ?){_SURE}(?:{_FAMILY})?"
    rf"|(?P<at>{_AT} ?{_LAND} ?){_MAYBE} *{_NAME}(?:{_FAMILY})?"
    rf"|(?P<land>(?:{_HOUSE}|{_GROUND})(?:ของ)? ?)(?:{_SURE}(?:{_FAMILY})?|{_MAYBE} *{_NAME}{_FAMILY})"
    rf"|(?P<office>{_HOUSE} ?{_OFFICE} ?){_NAME}(?:{_FAMILY})?"
    rf"|(?P<kin>(?:{_HOUSE}|{_GROUND})(?:ของ)? ?(?:ลุง|ป้า(?!ย)) ?){_NAME}{_FAMILY}"
    rf"|(?P<alone>(?<![ก-๙]))นาย(?!{NO_NAMES_BEHIND_NAI}) ?{_NAME}(?:{_FAMILY})?"
)


_PERHAPS = re.compile(rf"นา[ยง]|น\.?ส\.|บ้าน ?{_OFFICE}|ลุง|ป้า")  # most texts name nobody: found out quickly


def without_neighbours(text: str) -> tuple[str, int]:
    """The text without the persons by whose house or land it names a place, and how many there were."""
    if not _PERHAPS.search(text):
        return text, 0
    return _SOMEBODY.subn(lambda found: found[found.lastgroup or 0] + NAMED_PERSON, text)
