"""The functions and tables of the task queue, for the default broker. They come with the `pgmq` package."""

from django.db import migrations
from pgmq.install import get_embedded_install_sql


def install(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('pgmq') IS NOT NULL")
        if cursor.fetchone() == (False,):  # a server may have it already, as an extension
            cursor.execute(get_embedded_install_sql())


def remove(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pgmq')")
        if cursor.fetchone() == (False,):
            cursor.execute("DROP SCHEMA pgmq CASCADE")


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunPython(install, remove)]
