"""Opinions of an hour are counted beside reports, under numbers of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0023_letters_come_back'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sourcecount',
            name='bucket',
            field=models.IntegerField(help_text='A number that tens of thousands of addresses share, made anew each hour: up to 65,535 for reports, above it for opinions.', primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='sourcecount',
            name='count',
            field=models.PositiveIntegerField(help_text='How many were counted in it.'),
        ),
    ]
