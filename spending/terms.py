"""The fixed terms of the budget and of purchasing in English, as the Bureau of the Budget's summaries and the
Comptroller General's Department call them. Names that a body gives its own plans and projects have none.
"""

from __future__ import annotations

from .bodies_in_english import english_body
from .romanised import english_province

ENGLISH = {
    "งบบุคลากร": "Personnel",
    "งบดำเนินงาน": "Operations",
    "งบลงทุน": "Investment",
    "งบเงินอุดหนุน": "Subsidies",
    "งบรายจ่ายอื่น": "Other expenditure",
    "เงินเดือนและค่าจ้างประจำ": "Salaries and permanent wages",
    "เงินเดือน": "Salaries",
    "ค่าจ้างประจำ": "Permanent wages",
    "ค่าจ้างชั่วคราว": "Temporary wages",
    "ค่าตอบแทนพนักงานราชการ": "Pay of government employees",
    "ค่าตอบแทน ใช้สอยและวัสดุ": "Remuneration, services and supplies",
    "ค่าตอบแทน": "Remuneration",
    "ค่าใช้สอย": "Services",
    "ค่าวัสดุ": "Supplies",
    "ค่าสาธารณูปโภค": "Utilities",
    "ค่าครุภัณฑ์": "Equipment",
    "ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง": "Equipment, land and construction",
    "ค่าที่ดินและสิ่งก่อสร้าง": "Land and construction",
    "เงินอุดหนุนทั่วไป": "General subsidies",
    "เงินอุดหนุนเฉพาะกิจ": "Subsidies for a purpose",
}
METHODS = {
    "ประกาศเชิญชวนทั่วไป": "Open invitation",
    "คัดเลือก": "Selection",
    "เฉพาะเจาะจง": "Specific method",
    "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)": "Electronic bidding (e-bidding)",
    "ตลาดอิเล็กทรอนิกส์ (e-market)": "Electronic market (e-market)",
    "สอบราคา": "Price enquiry",
    "ตกลงราคา": "Price agreement",
    "จ้างที่ปรึกษาโดยวิธีประกาศเชิญชวนทั่วไป": "Consultants by open invitation",
    "จ้างที่ปรึกษาโดยวิธีคัดเลือก": "Consultants by selection",
    "จ้างที่ปรึกษาโดยวิธีเฉพาะเจาะจง": "Consultants by the specific method",
}

WAYS = {
    "ซื้อ": "Buying",
    "เช่า": "Renting",
    "จ้างก่อสร้าง": "Construction",
    "จ้างทำของ/จ้างเหมาบริการ": "Hire of work and services",
    "จ้างที่ปรึกษา": "Consultants",
    "จ้างออกแบบ": "Design",
    "จ้างควบคุมงาน": "Supervision of works",
    "จ้างออกแบบและควบคุมงานก่อสร้าง": "Design and supervision of works",
    "ระหว่างดำเนินการ": "In progress",
    "จัดทำสัญญา": "Contract made",
    "จัดทำสัญญา/ PO แล้ว": "Contract or order made",
    "จัดทำสัญญา/PO แล้ว": "Contract or order made",
    "สิ้นสุดสัญญา": "Contract ended",
    "ยกเลิกสัญญา": "Contract cancelled",
    "ยกเลิกโครงการ": "Project cancelled",
}
"""Types of purchase and states of projects and contracts, as e-GP publishes them."""
PLACES = {"ส่วนกลาง": "Central office", "ไม่ระบุ": "Not specified"}
"""What stands in the place of a province."""


def published_in_english(name: str) -> str:
    """A word of e-GP, a state, a province or a public body in English; "" for a name of somebody's own."""
    known = in_english(name) or WAYS.get(name) or PLACES.get(name)
    return known or english_province(name) or english_body(name)


def in_english(name: str) -> str:
    """A fixed term in English; "" for what is none."""
    return ENGLISH.get(name) or METHODS.get(name, "")
