"""English names of the bodies that were loaded before their names were listed."""

from django.db import migrations

from spending.bodies_in_english import english_body


def name(apps, schema_editor):
    for agency in apps.get_model("spending", "Agency").objects.filter(name_en="").iterator():
        if english := english_body(agency.name):
            agency.name_en = english
            agency.save(update_fields=["name_en", "search_key"])


def forget(apps, schema_editor):
    for agency in apps.get_model("spending", "Agency").objects.exclude(name_en="").exclude(kind="ministry").iterator():
        if agency.name_en == english_body(agency.name):
            agency.name_en = ""
            agency.save(update_fields=["name_en", "search_key"])


class Migration(migrations.Migration):

    dependencies = [
        ('spending', '0024_steps_of_texts'),
    ]

    operations = [migrations.RunPython(name, forget)]
