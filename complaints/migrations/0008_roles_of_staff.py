"""A group of accounts for each role of staff."""

from django.db import migrations

ROLES = ("intake", "triage", "supervisor", "custodian", "liaison", "auditor")


def make(apps, schema_editor):
    for name in ROLES:
        apps.get_model("auth", "Group").objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0007_shipped_clocks_and_holidays"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
