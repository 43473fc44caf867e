"""Publishers and their terms as an English page names them: the names they go by themselves."""

from __future__ import annotations

ENGLISH = {
    "กรมบัญชีกลาง": "The Comptroller General's Department",
    "กระทรวงการคลัง": "Ministry of Finance",
    "สำนักงบประมาณ": "Bureau of the Budget",
    "สำนักงบประมาณของรัฐสภา": "Thai Parliamentary Budget Office",
    "สำนักงานพัฒนารัฐบาลดิจิทัล": "Digital Government Development Agency",
    "องค์การบริหารส่วนจังหวัดลำพูน": "Lamphun Provincial Administrative Organization",
    "องค์กรต่อต้านคอร์รัปชัน (ประเทศไทย) และ WeVis จากข้อบัญญัติงบประมาณของ อบจ.": (
        "Anti-Corruption Organization of Thailand and WeVis, "
        "from the budget ordinances of the provincial organisations"
    ),
    "thailand-geography-data (ข้อมูลของกรมการปกครอง)": (
        "thailand-geography-data (figures of the Department of Provincial Administration)"
    ),
    "กรมการปกครอง กระทรวงมหาดไทย": "Department of Provincial Administration",
    "กรมการปกครอง กระทรวงมหาดไทย (ในสมุดสถิติรายปีประเทศไทย สำนักงานสถิติแห่งชาติ)": (
        "Department of Provincial Administration "
        "(in the Statistical Yearbook of the National Statistical Office)"
    ),
    "Creative Commons Attribution (ตามที่ระบุในชุดข้อมูล statbyyear บน data.go.th)": (
        "Creative Commons Attribution (as stated with the data set statbyyear at data.go.th)"
    ),
    "ผู้เผยแพร่ตามที่ระบุในแต่ละไฟล์": "the publishers named in each file",
    "ผู้เผยแพร่ไม่ได้ระบุ": "not stated by the publisher",
    "ตามที่ระบุในแต่ละชุดข้อมูล": "as stated with each data set",
    "ตามที่ผู้เผยแพร่แต่ละรายกำหนด": "as each publisher sets them",
}


def in_english(text: str) -> str:
    """A publisher, several with commas between, or terms of use in English; "" where one has no such name."""
    names = [ENGLISH.get(part, "") for part in text.split(", ")]
    return ", ".join(names) if all(names) else ENGLISH.get(text, "")
