"""Keep what each department agreed on in all years together, of the editions that are current."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

FILL = """
    INSERT INTO spending_buyertotal (buyer_id, last_year, agreed_price)
    SELECT buyer_id, max(total.fiscal_year), sum(agreed_price)
    FROM spending_projectbuyertotal total JOIN spending_edition edition ON edition.id = total.edition_id
    WHERE edition.is_current GROUP BY buyer_id
"""


class Migration(migrations.Migration):
    dependencies = [("spending", "0029_editions_amended")]

    operations = [
        migrations.CreateModel(
            name="BuyerTotal",
            fields=[
                (
                    "buyer",
                    models.OneToOneField(
                        db_constraint=False,
                        help_text="The department.",
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="spending.buyer",
                    ),
                ),
                (
                    "last_year",
                    models.PositiveSmallIntegerField(
                        help_text="The newest fiscal year in Common Era in which it bought."
                    ),
                ),
                (
                    "agreed_price",
                    models.DecimalField(
                        decimal_places=2, help_text="Sum of agreed prices in baht.", max_digits=20
                    ),
                ),
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
