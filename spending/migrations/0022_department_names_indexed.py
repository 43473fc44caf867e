"""Departments are found by parts of their names as suppliers are: by an index."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("spending", "0021_basis_readings"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="buyer",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key"], name="buyer_search", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
