"""The provinces whose cases are proposed to a member of staff."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0019_shipped_offices'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='provinces',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text='Provinces whose cases are proposed to them: names in Thai, parted by commas.', size=None),
        ),
    ]
