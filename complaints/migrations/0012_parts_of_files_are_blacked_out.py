"""Copies of evidence in which parts are blacked out; the database writes down what becomes of each."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


WATCH = """
CREATE TRIGGER change_is_written_down AFTER INSERT OR UPDATE OR DELETE ON complaints_blackening FOR EACH ROW
    EXECUTE FUNCTION complaints_write_change('', '');
"""
UNWATCH = "DROP TRIGGER change_is_written_down ON complaints_blackening;"


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0011_shipped_screening'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('filed', 'filed'), ('supplemented', 'something was added by the citizen'), ('withdrawn', 'withdrawn by the citizen'), ('moved', 'the case moved on'), ('routed', 'a body was chosen'), ('assigned', 'given to a member of staff'), ('asked', 'a message was sent to the citizen'), ('noted', 'a note was written'), ('opened', 'something sealed was opened'), ('examined', 'a file was examined'), ('ready', 'laid ready for the body to pick up'), ('delivered', 'delivered'), ('failed', 'an attempt to deliver failed'), ('exhausted', 'delivery was handed to a person'), ('acknowledged', 'acknowledged by the body'), ('refused', 'refused by the body'), ('resent', 'sent again by staff'), ('cancelled', 'delivery cancelled by staff'), ('prioritised', 'the priority was changed'), ('linked', 'joined with another case on the same matter'), ('unlinked', 'parted from another case'), ('redacted', 'passages were kept back from the body'), ('blackened', 'parts of a file were blacked out for the body'), ('uncovered', 'black boxes on a file were taken back'), ('screened', 'the screening sheet was written'), ('signed', 'a second person signed the screening sheet'), ('blocked', 'kept from a member of staff'), ('requested', 'a custodian asked to learn who the citizen is'), ('decided', 'a second person decided on that'), ('exported', 'a list or a dossier was taken out'), ('reminded', 'a clock ran out'), ('held', 'a hold was set or lifted'), ('put_away', 'the closed case was put away'), ('removed', 'everything sealed was removed'), ('published', 'an opinion was published'), ('answered', "the agency's answer was published"), ('declined', 'an opinion was not published'), ('converted', 'an opinion became a complaint')], help_text='What happened.', max_length=16),
        ),
        migrations.CreateModel(
            name='Blackening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(help_text='1 for the first; each further one has the boxes of those before, and more.')),
                ('content', models.BinaryField(help_text='The boxes and the reason in words, sealed.')),
                ('ground', models.CharField(choices=[('reporter', 'it would tell who the citizen is'), ('person', 'it concerns a person who has nothing to do with the matter'), ('secret', 'law or an order keeps it secret'), ('other', 'another reason')], help_text='Why, in a word.', max_length=10)),
                ('copy', models.FileField(help_text='The copy with black boxes, sealed.', upload_to='evidence/')),
                ('copy_sha256', models.CharField(help_text='SHA-256 of that copy.', max_length=64)),
                ('author', models.CharField(help_text='Staff account that drew the boxes.', max_length=150)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='When the copy was made.')),
                ('confirmed_at', models.DateTimeField(blank=True, help_text='When it was confirmed; from then on bodies get this copy.', null=True)),
                ('taken_back_at', models.DateTimeField(blank=True, help_text='When it was taken back.', null=True)),
                ('taken_back_by', models.CharField(blank=True, help_text='Staff account that took it back.', max_length=150)),
                ('attachment', models.ForeignKey(help_text='The file.', on_delete=django.db.models.deletion.CASCADE, related_name='blackenings', to='complaints.attachment')),
            ],
            options={
                'ordering': ['attachment', 'version'],
                'constraints': [models.UniqueConstraint(fields=('attachment', 'version'), name='one_blackening_of_a_version'), models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True)), fields=('attachment',), name='one_draft_of_blackening_of_a_file'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at__isnull', True), ('taken_back_by', '')), models.Q(('confirmed_at__isnull', False), ('taken_back_at__isnull', False), models.Q(('taken_back_by', ''), _negated=True)), _connector='OR'), name='taken_back_blackening_has_person_and_time')],
            },
        ),
        migrations.RunSQL(WATCH, UNWATCH),
    ]
