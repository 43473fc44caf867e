"""A letter set on the agency's own form, so that its clerks find each thing in its usual place.

The order and the words are those of PACC's form 1-02 for complaints and hints, as copies of it show them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import fontpkg_noto_sans_thai
from fpdf import FPDF

from spending.fiscal import day_in_words
from spending.thai import words

from . import snapshot_words
from .letters import Letter

FONT = next(Path(str(fontpkg_noto_sans_thai.__file__)).parent.glob("files/*.ttf"))
BANGKOK = ZoneInfo("Asia/Bangkok")
INK, GREY = (0, 0, 0), (95, 95, 95)
TEXT, SMALL, HEADING, TITLE = 10.5, 8.5, 12.0, 15.0  # points
LINE = 6.0  # millimetres
LABELS = 46.0  # millimetres that names of fields take
BREAK = "\u200b"  # a line may end here, unseen

MATTER = (
    ("subject", "เรื่อง"),
    ("agency", "หน่วยงานที่ถูกร้องเรียน"),
    ("when", "วันเวลาที่เกิดเหตุ"),
    ("place", "สถานที่เกิดเหตุ"),
    ("subdistrict", "ตำบล/แขวง"),
    ("district", "อำเภอ/เขต"),
    ("province", "จังหวัด"),
    ("postcode", "รหัสไปรษณีย์"),
    ("detail", "รายละเอียด"),
    ("knowledge", "ทราบเรื่องได้อย่างไร และมีสิ่งใดแสดง"),
    ("told", "หน่วยงานที่เคยแจ้งแล้ว และผล"),
)
PERSON = (
    ("name", "ชื่อ-นามสกุล"),
    ("position", "ตำแหน่ง"),
    ("agency", "สังกัด"),
    ("conduct", "ความเกี่ยวข้อง/พฤติการณ์โดยย่อ"),
    ("national_id", "หมายเลขบัตรประชาชน"),
)
BY_HAND = (
    "ลงชื่อ", "ตำแหน่ง", "หน่วยงานที่ส่ง", "หนังสือเลขที่ / ลงวันที่", "วันที่ส่ง", "วิธีส่ง", "เลขพัสดุ (กรณี EMS)",
)  # fmt: skip
"""What whoever posts the form writes on it: the delivery is closed with the same."""
DOTS = "." * 70
REPORTER = (
    ("honorific", "คำนำหน้า"),
    ("first_name", "ชื่อ"),
    ("last_name", "นามสกุล"),
    ("national_id", "หมายเลขบัตรประชาชน"),
    ("address", "ที่อยู่"),
    ("phone", "หมายเลขโทรศัพท์ที่ติดต่อได้"),
    ("email", "อีเมล"),
)
IDENTITY = (
    ("anonymous", "ยื่นเป็นบัตรสนเท่ห์และขอปกปิดข้อมูลผู้ร้อง"),
    ("confidential", "ขอปกปิดข้อมูลผู้ร้อง (ผู้ร้องให้ข้อมูลไว้กับเว็บไซต์ ติดต่อผ่านเว็บไซต์ได้)"),
    ("named", "เปิดเผยชื่อผู้ร้อง"),
)
STATES = {
    "clean": "ตรวจไวรัสแล้ว ไม่พบ",
    "not_scanned": "ยังไม่ได้ตรวจไวรัส",
    "infected": "พบไวรัส ไม่ส่งให้",
    "quarantined": "ยังไม่ได้ตรวจ",
}


class Form(FPDF):
    """Pages with the number of the delivery below, in letters that hold Thai."""

    def __init__(self, letter: Letter, mark: str = "") -> None:
        super().__init__(format="A4")
        self.letter, self.mark = letter, mark
        self.set_margins(22, 18, 22)
        self.set_auto_page_break(True, margin=22)
        self.add_font("thai", "", str(FONT))
        self.set_text_shaping(True)
        self.set_title(f"{letter.reference}-{letter.version}")
        self.set_creation_date(datetime.fromisoformat(letter.received_at))
        self.add_page()

    def footer(self) -> None:
        """Which delivery the page belongs to; of a copy for staff, also who took it out."""
        self.set_y(-21 if self.mark else -16)
        self.type(SMALL, GREY)
        said = (
            f"เลขที่อ้างอิง {self.letter.reference} · เลขที่การส่ง {self.letter.number} · ครั้งที่ {self.letter.version}"
        )
        self.cell(0, LINE, f"{said} · หน้า {self.page_no()}", align="C", new_x="LMARGIN", new_y="NEXT")
        if self.mark:
            self.multi_cell(0, LINE * SMALL / TEXT, broken(self.mark), align="C")

    def type(self, size: float, ink: tuple[int, int, int] = INK) -> None:
        """Size and colour of what follows."""
        self.set_font("thai", size=size)
        self.set_text_color(*ink)

    def say(self, text: str, size: float = TEXT, align: str = "L") -> None:
        """A paragraph over the whole width."""
        self.type(size)
        self.multi_cell(0, LINE * size / TEXT, broken(text), align=align, new_x="LMARGIN", new_y="NEXT")

    def heading(self, text: str) -> None:
        """The title of a section, with a line below."""
        self.ln(2.5)
        self.say(text, HEADING)
        self.set_draw_color(*GREY)
        self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self.ln(1.5)

    def entry(self, label: str, value: str) -> None:
        """One field: its name on the left, what was written on the right."""
        if self.will_page_break(LINE):
            self.add_page()
        top, page = self.y, self.page
        self.type(SMALL, GREY)
        self.multi_cell(LABELS, LINE, broken(label), new_x="LMARGIN", new_y="NEXT")
        below = self.y if self.page == page else top
        self.set_xy(self.l_margin + LABELS, top)
        self.type(TEXT)
        self.multi_cell(0, LINE, broken(value), new_x="LMARGIN", new_y="NEXT")
        if self.page == page:
            self.set_y(max(self.y, below))

    def box(self, text: str, *, is_ticked: bool) -> None:
        """A box to tick, and its words."""
        x, y = self.l_margin, self.y + 1.2
        self.set_draw_color(*INK)
        self.rect(x, y, 3.4, 3.4)
        if is_ticked:
            self.line(x + 0.6, y + 1.8, x + 1.4, y + 2.8)
            self.line(x + 1.4, y + 2.8, x + 3, y + 0.6)
        self.set_x(x + 6)
        self.say(text)


def form_pdf(letter: Letter, mark: str = "") -> bytes:
    """The letter as a PDF in Thai, the same bytes each time; `mark` stands at the foot of each page."""
    form = Form(letter, mark)
    for section in SECTIONS:
        section(form, letter)
    return bytes(form.output())


def broken(text: str) -> str:
    """The text with places where a line may end, between Thai words; without signs that no font shows."""
    seen = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
    return BREAK.join(words(seen))


def _opening(form: Form, letter: Letter) -> None:
    received = datetime.fromisoformat(letter.received_at).astimezone(BANGKOK)
    form.say("แบบแจ้งการร้องเรียน/เบาะแส (จัดเรียงตามแบบ ปปท. 1-02)", SMALL)
    form.say("เขียนที่ เว็บไซต์ภาษีไปไหน", TEXT, "R")
    form.say(f"วันที่ {day_in_words(received.date(), 'th')} เวลา {received:%H.%M} น.", TEXT, "R")
    form.ln(1)
    form.say("แจ้งการร้องเรียน/เบาะแส", TITLE, "C")
    form.ln(1)
    form.say(f"เรียน  {letter.desk_name}")
    if letter.office:
        form.say(f"เพื่อพิจารณาส่ง  {letter.office}")


def _reporter(form: Form, letter: Letter) -> None:
    form.heading("ข้อมูลผู้ร้องเรียน")
    for identity, label in IDENTITY:
        form.box(label, is_ticked=letter.identity == identity)
    _entries(form, REPORTER, letter.reporter or {})
    form.entry("สถานะเครือข่าย ป.ป.ท.", str(letter.matter.get("network") or "ไม่ได้ระบุ"))


def _accused(form: Form, letter: Letter) -> None:
    form.heading("ผู้ถูกร้องเรียน")
    if not letter.accused:
        form.say("ไม่ได้ระบุชื่อ")
    for number, person in enumerate(letter.accused, start=1):
        form.say(f"คนที่ {number}")
        _entries(form, PERSON, person)


def _matter(form: Form, letter: Letter) -> None:
    form.heading("เรื่องที่ร้องเรียน")
    _entries(form, MATTER, letter.matter)
    for text in letter.added:
        form.entry("เพิ่มเติมภายหลัง", text)
    form.heading("ความเสียหายที่ได้รับ")
    form.say(str(letter.matter.get("damage") or "ไม่ได้ระบุ"))
    form.heading("ความประสงค์ของผู้ร้องเรียน")
    form.say(str(letter.matter.get("wish") or "ไม่ได้ระบุ"))


def _figure(form: Form, letter: Letter) -> None:
    if not letter.about:
        return
    form.heading("ข้อมูลการใช้จ่ายภาครัฐที่ถูกร้องเรียน ณ เวลาที่แจ้ง")
    form.entry("หน้าเว็บ", str(letter.about.get("title") or ""))
    form.entry("ที่อยู่ในเว็บไซต์", str(letter.about.get("about") or ""))
    for name, value in snapshot_words.told(letter.about.get("figures") or {}):
        form.entry(name, value)


def _evidence(form: Form, letter: Letter) -> None:
    form.heading("พยานหลักฐานที่แนบ")
    if not letter.enclosures:
        form.say("ไม่มี")
    for file in letter.enclosures:
        copy = f"\nสำเนาที่แนบ SHA-256 {file.copy_sha256}" if file.content is not None else "\nไม่มีสำเนาแนบ"
        copy += "\nเจ้าหน้าที่ถมดำบางส่วนของสำเนา" if file.is_blackened else ""
        size = f"{file.size:,} ไบต์ · {STATES.get(file.state, file.state)}"
        form.entry(f"ไฟล์ที่ {file.position} ({file.kind})", f"{size}\nต้นฉบับ SHA-256 {file.sha256}{copy}")


def _closing(form: Form, letter: Letter) -> None:
    form.ln(4)
    form.say(
        "ข้าพเจ้าขอรับรองว่าข้อความข้างต้นเป็นความจริงตามที่ผู้ร้องเรียนแจ้งไว้ทางเว็บไซต์ ไม่มีลายมือชื่อ "
        "เนื่องจากเป็นการแจ้งทางอิเล็กทรอนิกส์",
        SMALL,
    )
    if form.will_page_break(LINE * (len(BY_HAND) + 3)):
        form.add_page()
    form.heading("สำหรับเจ้าหน้าที่ กรณีส่งเป็นหนังสือ")
    for label in BY_HAND:
        form.entry(label, DOTS)


def _entries(form: Form, fields: Sequence[tuple[str, str]], values: Any) -> None:
    for name, label in fields:
        if values.get(name):
            form.entry(label, str(values[name]))


SECTIONS: Sequence[Callable[[Form, Letter], None]] = (
    _opening, _reporter, _accused, _matter, _figure, _evidence, _closing,
)  # fmt: skip
