"""How often parts of titles stand among all is known of a thousand titles rather than of a hundred: by that a
search decides whether it counts what it finds.
"""

from django.db import migrations

SAMPLED = "ALTER TABLE spending_project ALTER COLUMN search_key SET STATISTICS 1000"
USUAL = "ALTER TABLE spending_project ALTER COLUMN search_key SET STATISTICS -1"


class Migration(migrations.Migration):
    dependencies = [
        ("spending", "0019_rows_follow_the_crosswalk"),
    ]

    operations = [migrations.RunSQL(SAMPLED, USUAL)]
