"""Questions and decisions of the screening sheet that the site ships with, each with how sure it is."""

from django.db import migrations

FORM = "แบบกลั่นกรองเรื่อง (แบบ 3) ตามต้นแบบระบบ E-CMIS ที่เผยแพร่โดยบุคคลภายนอก รอ ป.ป.ท. ยืนยัน"
ACT = "พ.ร.บ. มาตรการของฝ่ายบริหารในการป้องกันและปราบปรามการทุจริต พ.ศ. 2551 และที่แก้ไขเพิ่มเติม"
GRAFT = ["corruption", "bidding", "wealth", "spending"]

QUESTIONS = [
    # code, group, question in Thai, in English, source, grade, when "yes" is suggested
    ("executive", "competence", "ผู้ถูกร้องเป็นเจ้าหน้าที่ของรัฐฝ่ายบริหารที่อยู่ในอำนาจของ ป.ป.ท.",
     "The person complained about is an official of the executive within PACC's powers",
     f"{ACT} มาตรา 17", "law", {"levels": ["official"]}),
    ("graft", "competence", "เป็นการทุจริตหรือประพฤติมิชอบในภาครัฐ",
     "It is corruption or misconduct in the public service", f"{ACT} มาตรา 17 และ 18", "law", {"suspicions": GRAFT}),
    ("named", "parties", "ระบุชื่อ ตำแหน่ง หรือสังกัดของผู้ถูกร้องเพียงพอให้ทราบตัว",
     "The person complained about can be known from name, post or office", FORM, "unconfirmed", {}),
    ("reachable", "parties", "ติดต่อผู้ร้องได้",
     "Whoever complains can be reached", FORM, "unconfirmed", {"identities": ["confidential", "named"]}),
    ("in_time", "time", "ผู้ถูกร้องยังไม่พ้นจากตำแหน่งเกินเวลาที่กฎหมายกำหนด",
     "The person complained about has not left office longer ago than the law allows",
     f"{ACT} มาตรา 31 (สามปี) ส่วนตัวบทเดิม มาตรา 26 (ห้าปี): สองแหล่งไม่ตรงกัน", "unconfirmed", {}),
    ("not_barred", "time", "อายุความเหลือไม่น้อยกว่าหกเดือน",
     "At least six months are left until it is time-barred", f"{ACT} มาตรา 18/1 (ข) (3) ตามต้นแบบ", "unconfirmed", {}),
    ("taken_by_nacc", "elsewhere", "ป.ป.ช. รับเรื่องนี้ไว้แล้ว หรือมีคำวินิจฉัยถึงที่สุดแล้ว",
     "The NACC has taken it already, or it was finally decided", f"{ACT} มาตรา 25", "law", {}),
    ("in_court", "elsewhere", "เรื่องเดียวกันอยู่ในการพิจารณาของศาลหรือหน่วยงานอื่น",
     "The same matter is before a court or another body", FORM, "unconfirmed", {}),
    ("here_already", "elsewhere", "มีเรื่องเดียวกันอยู่ในเว็บไซต์นี้แล้ว",
     "The same matter is on this site already", "เกณฑ์ของเว็บไซต์นี้", "unconfirmed", {"when_joined": True}),
    ("checkable", "facts", "มีข้อเท็จจริงหรือพยานหลักฐานที่ตรวจสอบได้",
     "There are facts or evidence that can be checked", f"{ACT} มาตรา 26", "law", {}),
    ("grave", "facts", "เป็นเรื่องร้ายแรงพอที่จะรับไว้พิจารณา",
     "It is grave enough to be taken up", f"{ACT} มาตรา 26", "law", {}),
    ("nacc_power", "nacc", "อยู่ในอำนาจของ ป.ป.ช.", "It is within the NACC's powers",
     FORM, "unconfirmed", {"levels": ["politician"]}),
    ("nacc_bidding", "nacc", "ความผิดตามกฎหมายว่าด้วยการเสนอราคาต่อหน่วยงานของรัฐ",
     "An offence under the law on bids to state bodies", FORM, "unconfirmed", {"suspicions": ["bidding"]}),
    ("nacc_wealth", "nacc", "ร่ำรวยผิดปกติ", "Unusual wealth", FORM, "unconfirmed", {"suspicions": ["wealth"]}),
    ("nacc_resources", "nacc", "กระทบทรัพยากรธรรมชาติ", "Natural resources are harmed", FORM, "unconfirmed", {}),
    ("nacc_security", "nacc", "กระทบความมั่นคงของรัฐ", "The security of the state is touched", FORM, "unconfirmed", {}),
    ("nacc_abroad", "nacc", "มีลักษณะข้ามชาติ", "It crosses borders", FORM, "unconfirmed", {}),
    ("nacc_two_million", "nacc", "การจัดซื้อจัดจ้างวงเงินเกินสองล้านบาท", "A purchase above two million baht",
     FORM, "unconfirmed", {"over_amount": 2_000_000}),
    ("nacc_concession", "nacc", "สัมปทานของรัฐ", "A concession of the state", FORM, "unconfirmed", {}),
    ("nacc_senior", "nacc", "ผู้ถูกร้องดำรงตำแหน่งอำนวยการระดับสูงขึ้นไป",
     "The person complained about is a director of higher level or above",
     FORM, "unconfirmed", {"levels": ["executive"]}),
    ("nacc_local", "nacc", "ผู้บริหารท้องถิ่นร่วมกระทำความผิด", "A head of local government took part",
     f"{ACT} มาตรา 18/3 ตามต้นแบบ", "unconfirmed", {"levels": ["local"]}),
]  # fmt: skip

DECISIONS = [
    # code, decision in Thai, in English, desk, needs a reason, source, grade
    ("accept_18_1_a", "รับไว้ดำเนินการตามมาตรา 18/1 (ก)", "Take it up under section 18/1 (ก)", "pacc", False,
     f"{ACT} มาตรา 18/1", "unconfirmed"),
    ("accept_18_1_b", "รับไว้ดำเนินการตามมาตรา 18/1 (ข)", "Take it up under section 18/1 (ข)", "pacc", False,
     f"{ACT} มาตรา 18/1", "unconfirmed"),
    ("accept_18_4", "รับไว้ดำเนินการตามมาตรา 18/4", "Take it up under section 18/4", "pacc", False,
     f"{ACT} มาตรา 18/4", "unconfirmed"),
    ("accept_58_2", "รับไว้ดำเนินการตามมาตรา 58/2", "Take it up under section 58/2", "pacc", False,
     f"{ACT} มาตรา 58/2", "unconfirmed"),
    ("send_to_nacc", "ส่งสำนักงาน ป.ป.ช.", "Send it to the NACC", "nacc", False, FORM, "unconfirmed"),
    ("send_elsewhere", "ส่งหน่วยงานอื่นที่มีอำนาจ", "Send it to another competent body", None, True,
     "เกณฑ์ของเว็บไซต์นี้", "unconfirmed"),
    ("not_accepted", "ไม่รับไว้พิจารณา", "Do not take it up", None, True, FORM, "unconfirmed"),
]  # fmt: skip


def ship(apps, schema_editor):
    questions = apps.get_model("complaints", "ScreeningQuestion").objects
    for place, (code, group, text, text_en, source, grade, when) in enumerate(QUESTIONS, start=1):
        values = {"group": group, "question": text, "question_en": text_en, "source": source, "grade": grade}
        questions.get_or_create(code=code, defaults=values | when | {"order": place * 10})
    decisions = apps.get_model("complaints", "ScreeningDecision").objects
    desks = dict(apps.get_model("complaints", "Desk").objects.values_list("code", "pk"))
    for place, (code, name, name_en, desk, needs, source, grade) in enumerate(DECISIONS, start=1):
        values = {
            "name": name, "name_en": name_en, "desk_id": desks[desk] if desk else None,
            "needs_reason": needs, "source": source, "grade": grade, "order": place * 10,
        }  # fmt: skip
        decisions.get_or_create(code=code, defaults=values)


def take_back(apps, schema_editor):
    apps.get_model("complaints", "ScreeningQuestion").objects.all().delete()
    apps.get_model("complaints", "ScreeningDecision").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("complaints", "0010_screening_sheet")]

    operations = [migrations.RunPython(ship, take_back)]
