"""The desks and the rules of competence that the site ships with, each with its source and how sure it is."""

from datetime import date
from decimal import Decimal

from django.db import migrations

DAY = date(2025, 10, 1)

DESKS = [
    # order, code, name, name_en, takes, takes_en, hotline, site, source
    (10, "pacc", "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตในภาครัฐ (ป.ป.ท.)",
     "Office of Public Sector Anti-Corruption Commission (PACC, ป.ป.ท.)",
     "การทุจริตและประพฤติมิชอบของเจ้าหน้าที่รัฐฝ่ายบริหาร",
     "corruption and misconduct of officials of the executive branch", "1206", "pacc.go.th",
     "พ.ร.บ. มาตรการของฝ่ายบริหารในการป้องกันและปราบปรามการทุจริต มาตรา 17, 18"),
    (20, "nacc", "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ (ป.ป.ช.)",
     "National Anti-Corruption Commission (NACC, ป.ป.ช.)",
     "การทุจริตและร่ำรวยผิดปกติของนักการเมือง ตุลาการ และเจ้าหน้าที่ระดับสูง",
     "corruption and unusual wealth of politicians, judges and high officials", "1205", "nacc.go.th",
     "รัฐธรรมนูญ 2560 มาตรา 234 (1); พ.ร.ป. ว่าด้วยการป้องกันและปราบปรามการทุจริต 2561 มาตรา 28"),
    (30, "sao", "สำนักงานการตรวจเงินแผ่นดิน (สตง.)", "State Audit Office (SAO, สตง.)",
     "การใช้เงินแผ่นดินที่ผิดระเบียบ ภายใน 5 ปี โดยไม่ต้องระบุตัวผู้กระทำผิด",
     "irregular use of public money, within five years; no suspect need be named", "",
     "complaint.audit.go.th", "คู่มือการยื่นเรื่องร้องเรียน complaint.audit.go.th"),
    (40, "ombudsman", "ผู้ตรวจการแผ่นดิน", "Ombudsman (ผู้ตรวจการแผ่นดิน)",
     "ความไม่เป็นธรรมเพราะหน่วยงานไม่ทำตามกฎหมายหรือใช้อำนาจเกินหน้าที่",
     "unfairness because an office did not follow the law, or went beyond its powers", "1676",
     "ombudsman.go.th", "ombudsman.go.th, duties and powers of the Ombudsman"),
    (50, "1111", "ศูนย์บริการข้อมูลภาครัฐเพื่อประชาชน 1111", "Government contact centre 1111",
     "การบริการที่ไม่ดีและความเดือดร้อนที่ไม่เกี่ยวกับการทุจริต",
     "poor service and grievances without suspicion of corruption", "1111", "1111.go.th",
     "สำนักงานปลัดสำนักนายกรัฐมนตรี"),
]  # fmt: skip

RULES = [
    # order, desk, suspicions, levels, over_amount, reason, reason_en, source, grade
    (10, "nacc", ["corruption", "bidding", "wealth", "spending"], ["politician"], None,
     "ป.ป.ช. ดูแลเรื่องของผู้ดำรงตำแหน่งทางการเมือง ตุลาการ และองค์กรอิสระ",
     "The NACC is competent for politicians, judges and members of independent bodies.",
     "รัฐธรรมนูญ 2560 มาตรา 234 (1); พ.ร.ป. 2561 มาตรา 28", "law"),
    (20, "nacc", ["wealth"], [], None, "ป.ป.ช. ดูแลเรื่องร่ำรวยผิดปกติ",
     "The NACC is competent for unusual wealth.", "แบบคัดกรองของ ป.ป.ท. (ต้นแบบ E-CMIS)", "unconfirmed"),
    (30, "nacc", ["bidding"], [], None, "ป.ป.ช. ดูแลความผิดเกี่ยวกับการเสนอราคาต่อหน่วยงานของรัฐ",
     "The NACC is competent for offences in bidding to the state.",
     "แบบคัดกรองของ ป.ป.ท. (ต้นแบบ E-CMIS); พ.ร.บ. ว่าด้วยความผิดเกี่ยวกับการเสนอราคาฯ 2542", "unconfirmed"),
    (40, "nacc", ["corruption"], ["executive"], None,
     "ป.ป.ช. ดูแลเรื่องของผู้อำนวยการระดับสูงขึ้นไป",
     "The NACC is competent for directors of the higher level and above.",
     "แบบคัดกรองของ ป.ป.ท. (ต้นแบบ E-CMIS)", "unconfirmed"),
    (50, "nacc", ["corruption"], ["local"], None, "ป.ป.ช. ดูแลเรื่องที่ผู้บริหารท้องถิ่นร่วมทำผิด",
     "The NACC is competent where heads of local administrations take part.",
     "พ.ร.บ. มาตรการของฝ่ายบริหารฯ มาตรา 18/3 (ต้นแบบ E-CMIS)", "unconfirmed"),
    (60, "sao", ["spending"], [], None, "สตง. ตรวจการใช้เงินแผ่นดิน โดยไม่ต้องรู้ตัวผู้กระทำผิด",
     "The State Audit Office examines how public money is used; nobody need be named.",
     "complaint.audit.go.th", "official"),
    (70, "ombudsman", ["unfairness"], [], None,
     "ผู้ตรวจการแผ่นดินดูแลเรื่องที่หน่วยงานไม่ทำตามกฎหมายหรือใช้อำนาจเกินหน้าที่",
     "The Ombudsman is competent where an office does not follow the law or goes beyond its powers.",
     "ombudsman.go.th; รัฐธรรมนูญ 2560 มาตรา 230", "official"),
    (80, "1111", ["service"], [], None, "1111 รับเรื่องการบริการของหน่วยงาน",
     "1111 takes complaints about the service of offices.", "สำนักงานปลัดสำนักนายกรัฐมนตรี", "press"),
    (1000, "pacc", [], [], None,
     "ป.ป.ท. รับเรื่องของเจ้าหน้าที่รัฐฝ่ายบริหาร และส่งต่อให้หน่วยงานที่มีอำนาจถ้าไม่ใช่เรื่องของตน",
     "The PACC takes what concerns officials of the executive, and passes on what is not its own.",
     "พ.ร.บ. มาตรการของฝ่ายบริหารฯ มาตรา 17, 18", "law"),
]  # fmt: skip


def ship(apps, schema_editor):
    Desk = apps.get_model("complaints", "Desk")
    Rule = apps.get_model("complaints", "CompetenceRule")
    names = ("order", "code", "name", "name_en", "takes", "takes_en", "hotline", "site", "source")
    for row in DESKS:
        Desk.objects.create(**dict(zip(names, row)), valid_from=DAY)
    desks = {desk.code: desk for desk in Desk.objects.all()}
    for order, code, suspicions, levels, amount, reason, reason_en, source, grade in RULES:
        Rule.objects.create(
            order=order, desk=desks[code], suspicions=suspicions, levels=levels,
            over_amount=None if amount is None else Decimal(amount), reason=reason, reason_en=reason_en,
            source=source, grade=grade, valid_from=DAY,
        )  # fmt: skip


def withdraw(apps, schema_editor):
    apps.get_model("complaints", "CompetenceRule").objects.all().delete()
    apps.get_model("complaints", "Desk").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("complaints", "0002_log_is_append_only")]

    operations = [migrations.RunPython(ship, withdraw)]
