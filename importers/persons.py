"""Which winners are natural persons, and how their names are kept out of everything that is stored.

In doubt a winner is a person: hiding a small shop is better than showing one private name. See
docs/decisions/0004.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .spelling import tidy

NAMED_PERSON = "(ชื่อบุคคล)"  # stands where a person's name stood in a published text
PERSONS_NUMBER = "(เลขบุคคล)"  # stands where the number of a person stood

NUMBERED, UNNUMBERED, PERSON, UNKNOWN = "numbered", "unnumbered", "person", "unknown"

_WHOLE_ID = re.compile(r"\d{13}", re.ASCII)
_DESTROYED_ID = re.compile(r"(\d)(?:\.\d+)?E\+(\d{1,2})", re.ASCII)
_ID_SHAPES = re.compile(r"|-|[\dxX*…]{1,20}|\d(?:\.\d+)?E\+\d{1,2}", re.ASCII)

_FULL_TITLES = (
    "นางสาว|นาย|นาง|เด็กชาย|เด็กหญิง|ว่าที่|หม่อม|สิบ(?:ตรี|โท|เอก)|จ่า(?:สิบ|อากาศ|ตรี|โท|เอก)|พันจ่า|ร้อย(?:ตรี|โท|เอก)|"
    "พัน(?:ตรี|โท|เอก)|พล(?:ตรี|โท|เอก|ตำรวจ|ทหาร)|เรือ(?:ตรี|โท|เอก)|นาวา(?:ตรี|โท|เอก|อากาศ)|ดาบตำรวจ|"
    "พระครู|พระมหา|พระอธิการ|พระปลัด|คุณ|ดอกเตอร์|(?:รอง|ผู้ช่วย)?ศาสตราจารย์|อาจารย์|แพทย์หญิง|ทันตแพทย์|"
    "(?:พัน|ร้อย|สิบ|จ่าสิบ)ตำรวจ|แม่ชี"
)
_SHORT_TITLES = (
    r"น\.? ?ส\.|น\. ?ส(?= )|ด\.ช\.|ด\.ญ\.|ดร(?:\.| )|ผศ\.|รศ\.|ศ\.|อ\.|นพ\.|พญ\.|ทพ\.|ทพญ\.|ภก\.|ภญ\.|"
    r"สพ\.|สพญ\.|"
    r"(?:[ก-ฮ]{1,2}\.){2,4}"
)
_LATIN_TITLES = r"(?:mr|mrs|ms|miss|dr|prof)\b\.?"
_BEGINS_AS_PERSON = re.compile(rf"(?:{_FULL_TITLES}|{_SHORT_TITLES}|{_LATIN_TITLES})", re.IGNORECASE)
_SAYS_PERSON = re.compile("บุคคลธรรมดา|คณะบุคคล")
_LEGAL_FORM = re.compile(
    r"บริษัท|บจก|บมจ|หจก|ห้า?่?า?งหุ้นส่วน|จำกัด|มหาชน|นิติบุคคล|กิจการร่วมค้า|สหกรณ์|มูลนิธิ|สมาคม|มหาวิทยาลัย|วิทยาลัย|"
    r"สถาบัน|โรงพยาบาล|โรงเรียน|องค์การ|องค์กร|การไฟฟ้า|การประปา|การยาสูบ|การท่าเรือ|การรถไฟ|ธนาคาร|กรม|กระทรวง|"
    r"สำนักงาน|วิสาหกิจ|กลุ่มเกษตรกร|สภากาชาด|"
    r"\b(?:co|ltd|limited|company|corp|corporation|inc|gmbh|llc|plc|pte|university|consortium)\b",
    re.IGNORECASE,
)
_WORDS_AFTER = (
    "โดย|จำนวน|ประจำ|ตำบล|อำเภอ|จังหวัด|ใน|เพื่อ|พร้อม|และ|ณ|ที่|หมู่|บ้าน|ด้วย|ตาม|สำหรับ|ของ|ให้|จาก|ปี|ระหว่าง|"
    "ครั้ง|ชุด|รายการ|ลง|วัน|ถึง|เป็น|ตั้งแต่|ขนาด|แบบ|พระ|สาย|ซอย|ถนน|เดือน|งวด|กอง|ฝ่าย|งาน"
)
_LETTER = "[ก-ฮเแโใไ]"
NO_NAMES_BEHIND_NAI = (
    "น์|ก|อำเภอ|ทะเบียน|ช่าง|เรือ(?!ง)|ร้อย|สิบ|ทหาร|จ้าง|หน้า|ตำรวจ|ประกัน|สถานี|ด่าน|แพทย์สาธารณสุข|ตรวจ|ท้าย|"
    "พล(?:เรือน|ทหาร|ตำรวจ|[^ก-๙]|$)|ท่า|ความ"
)
"""What makes another word of นาย: นายกรัฐมนตรี, นายเรือ, ทนายความ; but นายเรือง and นายพลวัต are persons."""
NO_NAMES_BEHIND_NAIYOK = "รัฐ|เทศ|องค์|สภา|สมาคม|สโมสร|เหล่า|กิ่ง|เมือง|อบ|ฯ|และ|หรือ|คนที่|ตำบล|ท่าน|พุทธ|สมัย"
_RANKS = (
    r"(?:ว่าที่ ?)?(?:(?:พลตำรวจ|พล|พัน|ร้อย|สิบ|จ่าสิบ|พันจ่า|เรือ|นาวา|จ่า)(?:ตำรวจ|อากาศ)?(?:ตรี|โท|เอก)"
    r"|ดาบตำรวจ|จ่าสิบตำรวจ|(?:พล|[รสนพ]|จ\.ส|พ\.จ|ด)\.(?:[ต]\.)?[ตทอ]\.)"
)
_STYLES = (
    r"(?:รอง|ผู้ช่วย)?ศาสตราจารย์(?: ?ดร\.)?|(?:[รผ]?ศ\. ?)?ดร(?:\.| )|[รผ]ศ\.|ศ\. ?เกียรติคุณ|"
    r"พระครู|พระอธิการ|นพ\.|พญ\.|ทพญ?\.|ภก\.|ภญ\.|สพ\.?ญ?\.|"
    r"แพทย์หญิง|หม่อม(?:หลวง|ราชวงศ์)|ม\.ล\.|ม\.ร\.ว\.|แม่ชี|"
    "คุณ(?:หญิง)?(?!ภาพ|สมบัติ|ลักษณะ|ธรรม|ค่า|วุฒิ|ประโยชน์)"
)
_LANDS = (
    "บาง", "ทุ่ง", "หนอง", "พรุ", "ควน", "ไส", "ทับ", "ข", "ตำบล", "ลำ", "ท่า", "วัด", "ดอน", "เกาะ", "หาด", "อ่าว",
    "คลอง", "โพ", "พระ", "ขุน", "น้อง", "พี่", "สอง", "สาม",
)  # fmt: skip
"""What makes a place of the word behind it (ตำบลบางนายสี, วัดนางสาว), or a princess (น้องนางเธอ)."""


def _no_place(title: str) -> str:
    """A title that stands behind none of `_LANDS`: looked for behind the title, where few texts come to."""
    return title + "".join(f"(?<!{land}{title})" for land in _LANDS)


_GAP = r"[\s.)]{0,3}"
_SURNAME = rf"(?= +(?!{_WORDS_AFTER}){_LETTER}[ก-๙])"
_PERSON_IN_TEXT = re.compile(
    r"(?:"
    rf"(?:{_no_place('นางสาว')}|น\.? ?ส\.|น\. ?ส(?= )|เด็ก(?:ชาย|หญิง)(?!ขอบ|บ้าน)|ด\.ช\.|ด\.ญ\.)"
    rf"{_GAP}{_LETTER}[ก-๙]+"
    rf"|{_no_place('นาย')}(?!{NO_NAMES_BEHIND_NAI}){_GAP}{_LETTER}[ก-๙]+"
    rf"|(?:(?<![ก-๙])|(?<=จ้าง)|(?<=โดย)|(?<=ให้)|(?<=ของ)|(?<=แก่))นายก(?!{NO_NAMES_BEHIND_NAIYOK})[ก-๙]{{2,}}"
    rf"|(?<![ก-๙.])(?:{_RANKS}|{_STYLES})(?: ?\(?หญิง\)?)?{_GAP}(?!{_WORDS_AFTER}|สมเด็จ)"
    rf"{_LETTER}[ก-๙]+{_SURNAME}"
    rf"|{_no_place('นาง')}{_GAP}{_LETTER}[ก-๙]+{_SURNAME}"
    rf")(?: +(?!{_WORDS_AFTER}){_LETTER}[ก-๙]+)?"
    rf"|\b(?:mr|mrs|ms|miss|prof|dr)\b\.? ?[a-z]+(?: +[a-z]+)?",
    re.IGNORECASE,
)
_NUMBER_OF_PERSON = re.compile(r"(?<![\d.,/-])[1-8๑-๘](?:\d{12}|([ -])\d{4}\1\d{5}\1\d{2}\1\d)(?![\d,/-])")
_REPRESENTED = re.compile(r"(?<=[^ก-๙A-Za-z])\(?(?:โดย(?!สาร)|by\b).*|(?<=จำกัด)โดย.*", re.IGNORECASE)
_TWO_WORDS = re.compile(rf"{_LETTER}[ก-๙]+ +{_LETTER}[ก-๙]+")
_TRADES = re.compile("ร้าน|อู่|โรง|วัด|ศูนย์|ตลาด|เทศบาล|ชมรม|คลินิก|การ|กองทุน|กลุ่ม|สำนัก|สถานี|ชุมชน|ไร่|สวน|ฟาร์ม")


@dataclass(frozen=True, slots=True)
class Winner:
    """What may be kept of a winner. `refused_id` is an id that was published but cannot be used; never of a
    person.
    """

    kind: str  # a value of spending.models.WinnerKind
    tax_id: str = ""
    name: str = ""
    refused_id: str = ""


def is_id(published: str) -> bool:
    """Whether a cell can be a tax id at all: whole, masked, destroyed by a spreadsheet, or blank."""
    return _ID_SHAPES.fullmatch(published.strip()) is not None


def winner_of(published_id: str, published_name: str) -> Winner:
    """The winner as it may be stored: of a natural person nothing but that it is one."""
    tax_id = published_id.strip().lstrip("-")
    name = tidy(published_name).strip("- ")
    if not name and not tax_id:
        return Winner(UNKNOWN)
    if _is_of_person(tax_id) or _SAYS_PERSON.search(name):
        return Winner(PERSON)
    kept = _public_name(name)
    if is_usable(tax_id) and not (_BEGINS_AS_PERSON.match(name) and not _LEGAL_FORM.search(name)):
        return Winner(NUMBERED, tax_id, kept or tax_id)
    if _LEGAL_FORM.search(name) and not _BEGINS_AS_PERSON.match(name):
        return Winner(UNNUMBERED, "", kept, tax_id)
    return Winner(PERSON)


def is_usable(tax_id: str) -> bool:
    """Whether it is the whole id of a legal person: 13 digits, the first 0, the last the check digit."""
    if not (_WHOLE_ID.fullmatch(tax_id) and tax_id[0] == "0"):
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(tax_id, range(13, 1, -1), strict=False))
    return tax_id != "0" * 13 and (11 - weighted % 11) % 10 == int(tax_id[12])


def is_person_like(text: str) -> bool:
    """Whether a text begins like a person's name or holds one with a title."""
    words = tidy(text)
    return bool(_BEGINS_AS_PERSON.match(words) or _PERSON_IN_TEXT.search(words))


def without_persons(text: str, winner_name: str = "") -> tuple[str, int]:
    """The text without persons named in it by a title, or by the name of the winner; and how many there were.

    `winner_name` is the published name of a winner who is a natural person.
    """
    found = 0
    own = _own_name(winner_name, text) if winner_name else None
    if own is not None:
        text, found = own.subn(NAMED_PERSON, text)
    text, more = _PERSON_IN_TEXT.subn(NAMED_PERSON, text)
    text, numbers = _NUMBER_OF_PERSON.subn(PERSONS_NUMBER, text)
    return text, found + more + numbers


def _public_name(name: str) -> str:
    """The name of a legal person without those who act for it; empty where it looks like a person's own."""
    if _TWO_WORDS.fullmatch(name) and not (_LEGAL_FORM.search(name) or _TRADES.match(name)):
        return ""
    acted_for = _REPRESENTED.sub("", name).rstrip(" (,") or name
    return without_persons(acted_for)[0]


def _is_of_person(tax_id: str) -> bool:
    """Masked, or not beginning with 0: also a destroyed one of 13 digits, which has lost no zero in front."""
    if re.search("[xX*…]", tax_id):
        return True
    if destroyed := _DESTROYED_ID.fullmatch(tax_id):
        return int(destroyed[2]) == 12 or destroyed[1] == "0"
    return bool(_WHOLE_ID.fullmatch(tax_id)) and tax_id[0] != "0"


def _own_name(winner_name: str, text: str) -> re.Pattern[str] | None:
    """The winner's given and family name, with or without their title, as looked for in the text; None for a
    single word, and where the text does not hold all words of it.
    """
    bare = _BEGINS_AS_PERSON.sub("", tidy(winner_name), count=1).strip(" .")
    words = bare.split()
    if len(words) < 2 or min(map(len, words)) < 2 or not all(word in text for word in words):
        return None
    if _LEGAL_FORM.search(winner_name):
        return None
    gap = r"\s*"
    title = rf"(?:(?:{_FULL_TITLES}|{_SHORT_TITLES}){gap})?"
    return re.compile(title + gap.join(map(re.escape, words)))
