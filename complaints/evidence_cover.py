"""The sheet before the evidence in a copy for staff: who took it out, what for, and the sums of each file."""

from __future__ import annotations

from collections.abc import Mapping

from .form_pdf import SMALL, STATES, TITLE, Form
from .letters import Letter
from .marks import Mark


def evidence_cover(letter: Letter, mark: Mark, names: Mapping[int, str]) -> bytes:
    """The sheet, as a PDF with the mark in full and at the foot; `names` are those of the files by their
    place in the case. The files themselves are not written into: they are known by their sums.
    """
    form = Form(letter, mark.sentence)
    form.say("ใบปะหน้าพยานหลักฐานที่นำออก", TITLE, "C")
    form.say(mark.sentence)
    form.say("ไฟล์แต่ละไฟล์ตรงกับสำเนาที่ส่งหน่วยงานทุกไบต์ ตรวจได้ด้วยค่า SHA-256 ข้างล่าง", SMALL)
    for file in letter.enclosures:
        label = f"ไฟล์ที่ {file.position} ({file.kind})"
        if file.position not in names:
            form.entry(label, f"ไม่มีสำเนา · {STATES.get(file.state, file.state)}")
            continue
        black = "\nเจ้าหน้าที่ถมดำบางส่วนของสำเนา" if file.is_blackened else ""
        sums = f"สำเนา SHA-256\n{file.copy_sha256}\nต้นฉบับ SHA-256\n{file.sha256}"
        form.entry(label, f"{names[file.position]}\n{sums}{black}")
    return bytes(form.output())
