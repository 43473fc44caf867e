"""How many reports came from about one place in an hour, outside the write-ahead log and thus every copy."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0016_next_action'),
    ]

    operations = [
        migrations.CreateModel(
            name='SourceCount',
            fields=[
                ('bucket', models.IntegerField(help_text='A number up to 65,535 that tens of thousands of addresses share, made anew each hour.', primary_key=True, serialize=False)),
                ('hour', models.BigIntegerField(help_text='The hour, counted from 1970.')),
                ('count', models.PositiveIntegerField(help_text='How many reports were counted in it.')),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE complaints_sourcecount SET UNLOGGED", "ALTER TABLE complaints_sourcecount SET LOGGED"
        ),
    ]
