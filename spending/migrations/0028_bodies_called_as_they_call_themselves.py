"""English names that were another one than the body's own, and those that enterprises and funds had none of."""

from django.db import migrations

from spending.bodies_in_english import english_body

FORMERLY = {
    "กรมประชาสัมพันธ์": "Public Relations Department",
    "สำนักงานการตรวจเงินแผ่นดิน": "State Audit Office",
    "สำนักงานขับเคลื่อนการปฏิรูปประเทศ ยุทธศาสตร์ชาติ และการสร้างความสามัคคีปรองดอง": (
        "Office for National Reform, National Strategy and Reconciliation"
    ),
    "สำนักงานคณะกรรมการการแข่งขันทางการค้า": "Trade Competition Commission",
    "สำนักงานคณะกรรมการส่งเสริมการลงทุน": "Board of Investment",
    "สำนักงานปลัดกระทรวงกลาโหม": "Office of the Permanent Secretary, Ministry of Defence",
}
NAMELESS_KINDS = ("state_enterprise", "fund")
NAMELESS = (
    "กระทรวงวิทยาศาสตร์และเทคโนโลยี",
    "กระทรวงเทคโนโลยีสารสนเทศและการสื่อสาร",
    "กองทุนและเงินทุนหมุนเวียน",
    "รัฐวิสาหกิจ",
    "รายจ่ายเพื่อชดใช้เงินคงคลัง",
    "ส่วนราชการของรัฐอื่นๆ",
    "กลุ่มจังหวัดภาคกลางตอนล่าง",
    "กลุ่มจังหวัดภาคตะวันออก",
    "กลุ่มจังหวัดภาคตะวันออกเฉียงเหนือตอนบน",
    "กลุ่มจังหวัดภาคตะวันออกเฉียงเหนือตอนล่าง",
    "กลุ่มจังหวัดภาคเหนือตอนบน",
    "กลุ่มจังหวัดภาคเหนือตอนล่าง",
)


def mend(apps, schema_editor):
    for agency in apps.get_model("spending", "Agency").objects.iterator():
        if agency.name_en == FORMERLY.get(agency.name, "") and (english := english_body(agency.name)):
            _call(agency, english)


def undo(apps, schema_editor):
    for agency in apps.get_model("spending", "Agency").objects.exclude(name_en="").iterator():
        if agency.name_en != english_body(agency.name):
            continue
        if agency.name in FORMERLY:
            _call(agency, FORMERLY[agency.name])
        elif agency.kind in NAMELESS_KINDS or agency.name in NAMELESS:
            _call(agency, "")


def _call(agency, english):
    agency.name_en = english
    agency.save(update_fields=["name_en", "search_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("spending", "0027_cells_and_tables_of_origin"),
    ]

    operations = [migrations.RunPython(mend, undo)]
