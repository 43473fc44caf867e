"""The office's tags and which case bears which; the database writes down what becomes of both."""

import complaints.models.tags
from django.db import migrations, models

TABLES = ("complaints_tag", "complaints_complaint_tags")
WATCH = "\n".join(
    f"CREATE TRIGGER change_is_written_down AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW"
    " EXECUTE FUNCTION complaints_write_change('', '');"
    for table in TABLES
)
UNWATCH = "\n".join(f"DROP TRIGGER change_is_written_down ON {table};" for table in TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0020_staff_look_after_provinces'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Short name in lists taken out and in the log.', max_length=20, unique=True)),
                ('name', models.CharField(help_text='The label in Thai.', max_length=40, validators=[complaints.models.tags.is_no_person])),
                ('name_en', models.CharField(help_text='The label in English.', max_length=40, validators=[complaints.models.tags.is_no_person])),
                ('order', models.PositiveSmallIntegerField(default=100, help_text='Place in lists, smallest first.')),
                ('is_offered', models.BooleanField(default=True, help_text='Whether staff may put it on cases.')),
            ],
            options={
                'ordering': ['order', 'code'],
            },
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('filed', 'filed'), ('supplemented', 'something was added by the citizen'), ('withdrawn', 'withdrawn by the citizen'), ('raised', 'the citizen said more of who they are'), ('moved', 'the case moved on'), ('routed', 'a body was chosen'), ('assigned', 'given to a member of staff'), ('asked', 'a message was sent to the citizen'), ('noted', 'a note was written'), ('opened', 'something sealed was opened'), ('examined', 'a file was examined'), ('ready', 'laid ready for the body to pick up'), ('delivered', 'delivered'), ('failed', 'an attempt to deliver failed'), ('exhausted', 'delivery was handed to a person'), ('acknowledged', 'acknowledged by the body'), ('refused', 'refused by the body'), ('resent', 'sent again by staff'), ('cancelled', 'delivery cancelled by staff'), ('prioritised', 'the priority was changed'), ('planned', 'the next action was set or cleared'), ('tagged', 'a tag was put on or taken off'), ('linked', 'joined with another case on the same matter'), ('unlinked', 'parted from another case'), ('redacted', 'passages were kept back from the body'), ('blackened', 'parts of a file were blacked out for the body'), ('uncovered', 'black boxes on a file were taken back'), ('screened', 'the screening sheet was written'), ('signed', 'a second person signed the screening sheet'), ('blocked', 'kept from a member of staff'), ('requested', 'a custodian asked to learn who the citizen is'), ('decided', 'a second person decided on that'), ('exported', 'a list or a dossier was taken out'), ('reminded', 'a clock ran out'), ('held', 'a hold was set or lifted'), ('put_away', 'the closed case was put away'), ('removed', 'everything sealed was removed'), ('published', 'an opinion was published'), ('answered', "the agency's answer was published"), ('declined', 'an opinion was not published'), ('converted', 'an opinion became a complaint')], help_text='What happened.', max_length=16),
        ),
        migrations.AddField(
            model_name='complaint',
            name='tags',
            field=models.ManyToManyField(blank=True, help_text='Labels by which the office gathers cases.', related_name='complaints', to='complaints.tag'),
        ),
        migrations.RunSQL(WATCH, UNWATCH),
    ]
