"""Two more desks, a rule for one of them, and the regional offices of the PACC, each with how sure it is."""

from datetime import date

from django.db import migrations

DAY = date(2026, 10, 1)
PROTOTYPE = (
    "รายชื่อสำนักงานเขตในต้นแบบระบบ E-CMIS ที่เผยแพร่โดยบุคคลภายนอก รอ ป.ป.ท. ยืนยัน "
    "(หน้าอื่นของต้นแบบเดียวกันระบุเขต 1 ที่กรุงเทพมหานคร และเขต 7 ที่ราชบุรี)"
)

DESKS = [
    # order, code, name, name_en, takes, takes_en, site, source
    (60, "amlo", "สำนักงานป้องกันและปราบปรามการฟอกเงิน (ปปง.)", "Anti-Money Laundering Office (AMLO, ปปง.)",
     "การฟอกเงิน คือการซ่อนหรือเปลี่ยนสภาพเงินที่ได้จากการกระทำความผิด",
     "money laundering: money from a crime that is hidden or made to look clean", "amlo.go.th",
     "แบบแจ้งเรื่องของ ปปง. amlo.go.th (แบบนั้นสำหรับเรื่องเจ้าหน้าที่ของ ปปง. เอง ขอบเขตรอยืนยัน)"),
    (70, "cgd", "กรมบัญชีกลาง", "Comptroller General's Department (CGD)",
     "อุทธรณ์ของผู้ยื่นข้อเสนอในการจัดซื้อจัดจ้าง เจ้าหน้าที่เป็นผู้เลือก ตารางไม่เสนอเอง",
     "appeals of bidders in procurement; chosen by staff, never proposed by the table", "cgd.go.th",
     "ยังไม่มีแหล่งข้อมูลยืนยัน"),
]  # fmt: skip

RULES = [
    # order, desk, suspicions, reason, reason_en, source, grade
    (55, "amlo", ["laundering"], "ปปง. ดูแลเรื่องที่เกี่ยวกับการฟอกเงิน",
     "The AMLO is competent where money from a crime is laundered.",
     "amlo.go.th แบบแจ้งเรื่องของหน่วยงาน (หลักฐานอ่อน)", "unconfirmed"),
]  # fmt: skip

OFFICES = [
    # number, the province in which it sits (of no other province is anything known), in English
    (1, "พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya"),
    (2, "ชลบุรี", "Chon Buri"),
    (3, "นครราชสีมา", "Nakhon Ratchasima"),
    (4, "ขอนแก่น", "Khon Kaen"),
    (5, "เชียงใหม่", "Chiang Mai"),
    (6, "พิษณุโลก", "Phitsanulok"),
    (7, "นครปฐม", "Nakhon Pathom"),
    (8, "สุราษฎร์ธานี", "Surat Thani"),
    (9, "สงขลา", "Songkhla"),
]


def ship(apps, schema_editor):
    Desk = apps.get_model("complaints", "Desk")
    names = ("order", "code", "name", "name_en", "takes", "takes_en", "site", "source")
    for row in DESKS:
        Desk.objects.create(**dict(zip(names, row)), valid_from=DAY)
    desks = {desk.code: desk for desk in Desk.objects.all()}
    for order, code, suspicions, reason, reason_en, source, grade in RULES:
        apps.get_model("complaints", "CompetenceRule").objects.create(
            order=order, desk=desks[code], suspicions=suspicions, levels=[], reason=reason, reason_en=reason_en,
            source=source, grade=grade, valid_from=DAY,
        )  # fmt: skip
    for number, seat, seat_en in OFFICES:
        apps.get_model("complaints", "RegionalOffice").objects.create(
            desk=desks["pacc"], number=number, name=f"สำนักงาน ป.ป.ท. เขต {number} ({seat})",
            name_en=f"PACC regional office {number} ({seat_en})", provinces=[seat], source=PROTOTYPE,
            grade="unconfirmed", valid_from=DAY,
        )  # fmt: skip


def withdraw(apps, schema_editor):
    codes = [row[1] for row in DESKS]
    apps.get_model("complaints", "RegionalOffice").objects.all().delete()
    apps.get_model("complaints", "CompetenceRule").objects.filter(desk__code__in=codes).delete()
    apps.get_model("complaints", "Desk").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("complaints", "0018_regional_offices")]

    operations = [migrations.RunPython(ship, withdraw)]
