"""Bodies of the weekly report that bear the name of their province say so in rows loaded before, too."""

import django.db.models.deletion
from django.db import migrations, models

SAY = """
    UPDATE spending_disbursement fact SET province_id = province.id FROM spending_province province
    WHERE fact.province_id IS NULL AND (
        (fact.cut IN ('pao', 'pao_spending') AND fact.body_name = 'องค์การบริหารส่วนจังหวัด' || province.name)
        OR (fact.cut IN ('province', 'province_spending') AND fact.body_name = 'จังหวัด' || province.name))
"""
UNSAY = """
    UPDATE spending_disbursement SET province_id = NULL
    WHERE cut IN ('pao', 'pao_spending', 'province', 'province_spending')
"""


class Migration(migrations.Migration):
    dependencies = [("spending", "0025_bodies_in_english")]

    operations = [
        migrations.AlterField(
            model_name="disbursement",
            name="province",
            field=models.ForeignKey(
                db_index=False,
                help_text="The province, for money held in a province and for bodies that bear its name.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disbursements",
                to="spending.province",
            ),
        ),
        migrations.RunSQL(SAY, UNSAY),
    ]
