"""Texts for citizens that the site ships with; supervisors change them."""

from django.db import migrations

TEXTS = [
    # used for, outcome, title in Thai, in English, text in Thai, in English
    ("question", "", "ขอวันเวลาและสถานที่", "Ask when and where",
     "ขอบคุณที่แจ้งเรื่องเข้ามา เพื่อให้หน่วยงานตรวจสอบได้ โปรดบอกเพิ่มเติมว่าเหตุเกิดเมื่อใดและที่ใด เท่าที่ท่านทราบ "
     "หากไม่แน่ใจ บอกเป็นช่วงเวลาหรือบริเวณใกล้เคียงก็ได้",
     "Thank you for your report. So that it can be checked, please tell us when and where it happened, as far as you "
     "know. If you are not sure, a rough time or a place nearby helps too."),
    ("question", "", "ขอเอกสารหรือภาพประกอบ", "Ask for documents or pictures",
     "หากท่านมีเอกสาร ภาพถ่าย หรือหลักฐานอื่น โปรดแนบไว้ในหน้านี้ ระบบจะลบข้อมูลที่บอกตัวผู้ถ่ายออกจากสำเนาก่อนส่งต่อ "
     "โปรดอย่าเสี่ยงอันตรายเพื่อหาหลักฐานเพิ่ม",
     "If you have documents, photographs or other evidence, please add them on this page. What tells of whoever made "
     "them is removed from the copies that are passed on. Please do not put yourself in danger to get more."),
    ("question", "", "ขอชื่อหรือตำแหน่งของผู้เกี่ยวข้อง", "Ask for names or posts of those involved",
     "เพื่อให้ทราบตัวผู้เกี่ยวข้อง โปรดบอกชื่อ ตำแหน่ง หรือสังกัดเท่าที่ท่านทราบ หากไม่ทราบ ไม่ต้องตอบข้อนี้",
     "So that those involved can be identified, please give their names, posts or offices as far as you know them. "
     "If you do not know, you need not answer."),
    ("closing", "insufficient", "ข้อมูลไม่พอให้ตรวจสอบ", "Not enough to go on",
     "เราอ่านเรื่องของท่านแล้ว แต่ข้อมูลที่มีอยู่ยังไม่พอให้หน่วยงานตรวจสอบได้ จึงปิดเรื่องไว้ก่อน "
     "หากมีข้อมูลเพิ่ม ท่านแจ้งเรื่องใหม่และอ้างเลขที่ของเรื่องนี้ได้",
     "We have read your report, but what we have is not enough for a body to examine it, so we close it for now. If "
     "you learn more, file again and give the number of this case."),
    ("closing", "out_of_scope", "ไม่มีหน่วยงานที่มีอำนาจ", "No competent body",
     "เราอ่านเรื่องของท่านแล้ว เรื่องนี้ไม่อยู่ในอำนาจของหน่วยงานที่เราส่งต่อได้ "
     "ท่านสอบถามศูนย์บริการประชาชน โทร. 1111 ได้ว่าควรแจ้งที่ใด",
     "We have read your report. It is not within the powers of any body that we can send it to. The government's "
     "hotline 1111 can tell you where else to turn."),
    ("closing", "no_grounds", "ตรวจแล้วไม่พบมูล", "Examined, no grounds found",
     "หน่วยงานได้ตรวจสอบเรื่องของท่านแล้ว และแจ้งว่าไม่พบมูลตามที่ร้องเรียน ขอบคุณที่ช่วยกันดูแลการใช้เงินของแผ่นดิน",
     "The body has examined your report and tells us that it found no grounds for it. Thank you for helping to watch "
     "over public money."),
]  # fmt: skip


def ship(apps, schema_editor):
    templates = apps.get_model("complaints", "ReplyTemplate").objects
    for place, (use, outcome, title, title_en, text, text_en) in enumerate(TEXTS, start=1):
        values = {"outcome": outcome, "title_en": title_en, "text": text, "text_en": text_en, "order": place * 10}
        templates.get_or_create(use=use, title=title, defaults=values)


def take_back(apps, schema_editor):
    titles = [title for _use, _outcome, title, *_texts in TEXTS]
    apps.get_model("complaints", "ReplyTemplate").objects.filter(title__in=titles).delete()


class Migration(migrations.Migration):
    dependencies = [("complaints", "0014_texts_kept_ready")]

    operations = [migrations.RunPython(ship, take_back)]
