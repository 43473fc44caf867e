"""Room for what became of bodies: renamed, given another code, merged, split."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('spending', '0015_reference_values'),
    ]

    operations = [
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_code', models.CharField(help_text='The code that stood in its address before.', max_length=200)),
                ('old_name', models.CharField(help_text='Its name before, in Thai.', max_length=255)),
                ('new_code', models.CharField(help_text='The code of the body that it became.', max_length=200)),
                ('how', models.CharField(choices=[('renamed', 'renamed'), ('recoded', 'given another code'), ('replaced', 'replaced by one body that took over its work'), ('merged', 'merged with others'), ('split', 'split')], help_text='What happened to it.', max_length=8)),
                ('since', models.DateField(blank=True, help_text='The first day of the new body; empty where no source gives it.', null=True)),
                ('source', models.TextField(help_text='The law, announcement or published file that says so.')),
                ('source_address', models.URLField(blank=True, help_text='Where that can be read, if it has an address.', max_length=1000)),
                ('entered_by', models.CharField(blank=True, help_text='Staff account that entered it; empty for what comes with the site.', max_length=150)),
            ],
            options={
                'ordering': ['old_name', 'new_code'],
                'indexes': [models.Index(fields=['new_code'], name='succession_new_code')],
                'constraints': [models.UniqueConstraint(fields=('old_code', 'new_code'), name='one_succession_of_two_bodies'), models.UniqueConstraint(condition=models.Q(('how__in', ['renamed', 'recoded', 'replaced'])), fields=('old_code',), name='one_body_goes_on_as_one'), models.CheckConstraint(condition=models.Q(('old_code', models.F('new_code')), _negated=True), name='succession_is_of_two_bodies'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='succession_has_a_source')],
            },
        ),
    ]
