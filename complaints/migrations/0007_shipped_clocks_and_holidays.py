"""The limits of time and the days off that the site ships with, each with how sure it is."""

from datetime import date

from django.db import migrations

CLOCKS = [
    # step, days, warn_days, source, grade
    ("read", 7, 3, "Directive (EU) 2019/1937 มาตรา 9 (1) (ข): ตอบรับภายในเจ็ดวัน ใช้เป็นเกณฑ์เทียบ", "press"),
    ("decide", 15, 5, "เทียบ พ.ร.บ. มาตรการของฝ่ายบริหารในการป้องกันและปราบปรามการทุจริต มาตรา 28: รายงานทุกสิบห้าวัน",
     "unconfirmed"),
    ("accept", 7, 2, "เกณฑ์ของเว็บไซต์นี้: เตือนหน่วยงานเมื่อครบเจ็ดวัน", "unconfirmed"),
    ("accept_late", 15, 3, "เกณฑ์ของเว็บไซต์นี้: ส่งหนังสือครั้งที่สองเมื่อครบสิบห้าวัน", "unconfirmed"),
    ("accept_missing", 30, 3, "เกณฑ์ของเว็บไซต์นี้: เลือกช่องทางอื่นเมื่อครบสามสิบวัน", "unconfirmed"),
    ("tell", 90, 14, "Directive (EU) 2019/1937 มาตรา 9 (1) (ฉ): แจ้งผลภายในสามเดือน ใช้เป็นเกณฑ์เทียบ", "press"),
    ("put_away", 90, 28, "เทียบระบบ GlobaLeaks: เก้าสิบวัน", "press"),
    ("remove", 365, 28, "ข้อเสนอของเว็บไซต์นี้: หนึ่งปีหลังปิดเรื่อง รอฝ่ายกฎหมายยืนยัน", "unconfirmed"),
]  # fmt: skip

EACH_YEAR = [
    (1, 1, "วันขึ้นปีใหม่", "New Year's Day"),
    (4, 6, "วันจักรี", "Chakri Memorial Day"),
    (4, 13, "วันสงกรานต์", "Songkran"),
    (4, 14, "วันสงกรานต์", "Songkran"),
    (4, 15, "วันสงกรานต์", "Songkran"),
    (5, 4, "วันฉัตรมงคล", "Coronation Day"),
    (6, 3, "วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี", "Queen's Birthday"),
    (7, 28, "วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว", "King's Birthday"),
    (8, 12, "วันแม่แห่งชาติ", "Mother's Day"),
    (10, 13, "วันนวมินทรมหาราช", "Navamindra Maharaj Day"),
    (10, 23, "วันปิยมหาราช", "Chulalongkorn Day"),
    (12, 5, "วันพ่อแห่งชาติ", "Father's Day"),
    (12, 10, "วันรัฐธรรมนูญ", "Constitution Day"),
    (12, 31, "วันสิ้นปี", "New Year's Eve"),
]
OF_A_YEAR = [
    # by the moon, by a decision of the cabinet, or in the place of a day that falls on a weekend
    (date(2026, 1, 2), "วันหยุดพิเศษ", "Special holiday"),
    (date(2026, 3, 3), "วันมาฆบูชา", "Makha Bucha"),
    (date(2026, 5, 13), "วันพืชมงคล", "Royal Ploughing Ceremony"),
    (date(2026, 6, 1), "ชดเชยวันวิสาขบูชา", "In the place of Visakha Bucha"),
    (date(2026, 7, 29), "วันอาสาฬหบูชา", "Asalha Bucha"),
    (date(2026, 7, 30), "วันเข้าพรรษา", "Buddhist Lent"),
    (date(2026, 12, 7), "ชดเชยวันพ่อแห่งชาติ", "In the place of Father's Day"),
    (date(2027, 2, 22), "ชดเชยวันมาฆบูชา", "In the place of Makha Bucha"),
    (date(2027, 5, 20), "วันวิสาขบูชา", "Visakha Bucha"),
    (date(2027, 7, 19), "วันเข้าพรรษา", "Buddhist Lent"),
    (date(2027, 7, 20), "ชดเชยวันอาสาฬหบูชา", "In the place of Asalha Bucha"),
    (date(2027, 12, 6), "ชดเชยวันพ่อแห่งชาติ", "In the place of Father's Day"),
]


def ship(apps, schema_editor):
    clocks = apps.get_model("complaints", "Clock").objects
    for step, days, warn, source, grade in CLOCKS:
        values = {"days": days, "warn_days": warn, "source": source, "grade": grade}
        clocks.get_or_create(step=step, defaults=values)
    holidays = apps.get_model("complaints", "Holiday").objects
    fixed = [(date(year, m, d), name, en, "press") for year in (2026, 2027) for m, d, name, en in EACH_YEAR]
    for day, name, name_en, grade in fixed + [(*entry, "unconfirmed") for entry in OF_A_YEAR]:
        holidays.get_or_create(day=day, defaults={"name": name, "name_en": name_en, "grade": grade})


def take_back(apps, schema_editor):
    apps.get_model("complaints", "Clock").objects.all().delete()
    apps.get_model("complaints", "Holiday").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("complaints", "0006_every_change_of_a_row_is_written_down")]

    operations = [migrations.RunPython(ship, take_back)]
