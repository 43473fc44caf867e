"""The signed screening sheet as a PDF in Thai, for the dossier."""

from __future__ import annotations

from datetime import datetime

from spending.fiscal import day_in_words

from .form_pdf import BANGKOK, SMALL, TITLE, Form
from .letters import Letter
from .sheets import SignedSheet

GROUPS = {
    "competence": "อำนาจหน้าที่",
    "parties": "คู่กรณี",
    "time": "กำหนดเวลา",
    "elsewhere": "เรื่องเดียวกันในที่อื่น",
    "facts": "ข้อเท็จจริงและพยานหลักฐาน",
    "nacc": "เหตุที่ต้องส่งสำนักงาน ป.ป.ช.",
}
MARKS = {"yes": "ใช่", "no": "ไม่ใช่", "unclear": "ไม่ชัดเจน", "": "ยังไม่ได้พิจารณา"}
GRADES = {
    "official": "หน้าเว็บทางการ", "law": "ตัวบทกฎหมายจากสำเนา", "press": "ข่าวหรืองานวิจัย",
    "unconfirmed": "ยังไม่ได้รับการยืนยันจากหน่วยงาน",
}  # fmt: skip


def screening_pdf(letter: Letter, signed: SignedSheet, mark: str = "") -> bytes:
    """The sheet with each mark and its source; the same bytes each time. `mark` stands at the foot."""
    form = Form(letter, mark)
    form.say("แบบตรวจสอบเรื่องเบื้องต้น", TITLE, "C")
    form.say("จัดเรียงตามแบบกลั่นกรองของ ป.ป.ท. ที่พบในสำเนา ซึ่งสำนักงานยังไม่ได้ยืนยัน", SMALL, "C")
    at, sheet = datetime.fromisoformat(signed.signed_at).astimezone(BANGKOK), signed.sheet
    form.say(f"ฉบับที่ {signed.version} ลงนามโดยบุคคลที่สองเมื่อ {day_in_words(at.date(), 'th')} เวลา {at:%H.%M} น.")
    for group, title in GROUPS.items():
        lines = [line for line in sheet.lines if line.group == group]
        if lines:
            form.heading(title)
        for line in lines:
            form.entry(MARKS[line.mark], f"{line.question}{_remark(line.remark)}")
            form.say(f"ที่มา: {line.source} ({GRADES.get(line.grade, line.grade)})", SMALL)
    form.heading("ข้อเสนอ")
    form.say(sheet.decision_name)
    form.entry("เหตุผล", sheet.reason or "ไม่มีเพิ่มเติม")
    form.entry("ตารางอำนาจหน้าที่เสนอ", f"{sheet.suggested_desk}: {sheet.suggested_because}")
    return bytes(form.output())


def _remark(remark: str) -> str:
    return f"\nหมายเหตุ: {remark}" if remark else ""
