"""Regional offices of desks, as data; money laundering as something to report. Changes are written down."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

WATCH = """
CREATE TRIGGER change_is_written_down AFTER INSERT OR UPDATE OR DELETE ON complaints_regionaloffice FOR EACH ROW
    EXECUTE FUNCTION complaints_write_change('', '');
"""
UNWATCH = "DROP TRIGGER change_is_written_down ON complaints_regionaloffice;"


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0017_reports_of_an_hour_are_counted'),
    ]

    operations = [
        migrations.AlterField(
            model_name='competencerule',
            name='suspicions',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('corruption', 'corruption: a bribe, theft of public money, a favour for a favour'), ('bidding', 'bids or prices fixed in a purchase or a building contract'), ('wealth', 'an official is richer than the post explains'), ('laundering', 'money from a crime is hidden, or passed on to look clean'), ('spending', 'public money wasted, or spent against the rules'), ('unfairness', 'an office does not follow the law, or goes beyond its powers'), ('service', 'poor service of an office'), ('other', 'something else')], max_length=20), blank=True, default=list, help_text='What it is about: one of these; none means anything.', size=None),
        ),
        migrations.AlterField(
            model_name='complaint',
            name='suspicion',
            field=models.CharField(choices=[('corruption', 'corruption: a bribe, theft of public money, a favour for a favour'), ('bidding', 'bids or prices fixed in a purchase or a building contract'), ('wealth', 'an official is richer than the post explains'), ('laundering', 'money from a crime is hidden, or passed on to look clean'), ('spending', 'public money wasted, or spent against the rules'), ('unfairness', 'an office does not follow the law, or goes beyond its powers'), ('service', 'poor service of an office'), ('other', 'something else')], help_text='What it is about.', max_length=20),
        ),
        migrations.AlterField(
            model_name='screeningquestion',
            name='suspicions',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('corruption', 'corruption: a bribe, theft of public money, a favour for a favour'), ('bidding', 'bids or prices fixed in a purchase or a building contract'), ('wealth', 'an official is richer than the post explains'), ('laundering', 'money from a crime is hidden, or passed on to look clean'), ('spending', 'public money wasted, or spent against the rules'), ('unfairness', 'an office does not follow the law, or goes beyond its powers'), ('service', 'poor service of an office'), ('other', 'something else')], max_length=20), blank=True, default=list, help_text='“Yes” is suggested if it is about one of these.', size=None),
        ),
        migrations.CreateModel(
            name='RegionalOffice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='Number of its region.')),
                ('name', models.CharField(help_text='Name in Thai.', max_length=200)),
                ('name_en', models.CharField(help_text='Name in English.', max_length=200)),
                ('provinces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text='Provinces that it looks after, as far as is known: names in Thai, parted by commas.', size=None)),
                ('source', models.CharField(help_text='Law, page or document that says so.', max_length=500)),
                ('grade', models.CharField(choices=[('official', 'official page of the body'), ('law', 'text of the law, in a copy'), ('press', 'press or research'), ('unconfirmed', 'not confirmed by an official source')], help_text='How sure it is.', max_length=12)),
                ('valid_from', models.DateField(help_text='First day on which it holds.')),
                ('valid_until', models.DateField(blank=True, help_text='Last day on which it holds, if any.', null=True)),
                ('desk', models.ForeignKey(help_text='The body it belongs to.', on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='complaints.desk')),
            ],
            options={
                'ordering': ['desk', 'number', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('desk', 'number', 'valid_from'), name='one_regional_office_of_a_number_at_a_time'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='regional_office_ends_after_it_begins')],
            },
        ),
        migrations.RunSQL(WATCH, UNWATCH),
    ]
