"""Scans of the receipts of letters, sealed; the database writes down what becomes of each."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


WATCH = """
CREATE TRIGGER change_is_written_down AFTER INSERT OR UPDATE OR DELETE ON complaints_slip FOR EACH ROW
    EXECUTE FUNCTION complaints_write_change('', '');
"""
UNWATCH = "DROP TRIGGER change_is_written_down ON complaints_slip;"


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0024_opinions_of_an_hour_are_counted'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('filed', 'filed'), ('supplemented', 'something was added by the citizen'), ('withdrawn', 'withdrawn by the citizen'), ('raised', 'the citizen said more of who they are'), ('moved', 'the case moved on'), ('routed', 'a body was chosen'), ('assigned', 'given to a member of staff'), ('asked', 'a message was sent to the citizen'), ('noted', 'a note was written'), ('opened', 'something sealed was opened'), ('examined', 'a file was examined'), ('ready', 'laid ready for the body to pick up'), ('delivered', 'delivered'), ('failed', 'an attempt to deliver failed'), ('exhausted', 'delivery was handed to a person'), ('bounced', 'sent back by the mail server'), ('attached', "the scan of a letter's receipt was attached"), ('acknowledged', 'acknowledged by the body'), ('refused', 'refused by the body'), ('resent', 'sent again by staff'), ('cancelled', 'delivery cancelled by staff'), ('prioritised', 'the priority was changed'), ('planned', 'the next action was set or cleared'), ('tagged', 'a tag was put on or taken off'), ('linked', 'joined with another case on the same matter'), ('unlinked', 'parted from another case'), ('redacted', 'passages were kept back from the body'), ('blackened', 'parts of a file were blacked out for the body'), ('uncovered', 'black boxes on a file were taken back'), ('screened', 'the screening sheet was written'), ('signed', 'a second person signed the screening sheet'), ('blocked', 'kept from a member of staff'), ('requested', 'a custodian asked to learn who the citizen is'), ('decided', 'a second person decided on that'), ('exported', 'a list, a dossier or a file was taken out'), ('reminded', 'a clock ran out'), ('held', 'a hold was set or lifted'), ('put_away', 'the closed case was put away'), ('removed', 'everything sealed was removed'), ('published', 'an opinion was published'), ('answered', "the agency's answer was published"), ('declined', 'an opinion was not published'), ('converted', 'an opinion became a complaint')], help_text='What happened.', max_length=16),
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(help_text='Place among the scans of the letter, from 1.')),
                ('kind', models.CharField(help_text='Kind of file, by its content.', max_length=10)),
                ('size', models.PositiveIntegerField(help_text='Size in bytes.')),
                ('sha256', models.CharField(help_text='SHA-256 of the scan as it is kept, unsealed.', max_length=64)),
                ('content', models.FileField(help_text='The scan without what tells of its maker, sealed.', upload_to='evidence/')),
                ('is_scanned', models.BooleanField(help_text='Whether a virus scanner looked at it; it found nothing.')),
                ('author', models.CharField(help_text='Staff account that attached it.', max_length=150)),
                ('attached_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='When it was attached.')),
                ('handover', models.ForeignKey(help_text='The letter.', on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='complaints.handover')),
            ],
            options={
                'ordering': ['handover', 'position'],
                'constraints': [models.UniqueConstraint(fields=('handover', 'position'), name='one_slip_at_a_place'), models.CheckConstraint(condition=models.Q(('kind__in', ['png', 'jpg', 'pdf'])), name='slip_is_a_picture_or_a_pdf')],
            },
        ),
        migrations.RunSQL(WATCH, UNWATCH),
    ]
