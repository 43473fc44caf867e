"""The screening sheet: its questions, its decisions, and the sheets of cases; the database writes down changes."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

WATCHED = ("complaints_screeningquestion", "complaints_screeningdecision", "complaints_screeningsheet")
WATCH = "\n".join(
    f"CREATE TRIGGER change_is_written_down AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW"
    " EXECUTE FUNCTION complaints_write_change('', '');"
    for table in WATCHED
)
UNWATCH = "\n".join(f"DROP TRIGGER change_is_written_down ON {table};" for table in WATCHED)


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0009_desk_is_sent_so_many_at_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ScreeningQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Short name of the question.', max_length=30, unique=True)),
                ('group', models.CharField(choices=[('competence', 'Competence'), ('parties', 'The parties'), ('time', 'Limits of time'), ('elsewhere', 'The same case elsewhere'), ('facts', 'Facts and evidence'), ('nacc', 'Reasons to send it to the NACC')], help_text='Part of the sheet.', max_length=12)),
                ('order', models.PositiveSmallIntegerField(default=100, help_text='Place in lists, smallest first.')),
                ('question', models.CharField(help_text='The question, in Thai.', max_length=300)),
                ('question_en', models.CharField(help_text='The question, in English.', max_length=300)),
                ('is_asked', models.BooleanField(default=True, help_text='Whether new sheets ask it.')),
                ('suspicions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('corruption', 'corruption: a bribe, theft of public money, a favour for a favour'), ('bidding', 'bids or prices fixed in a purchase or a building contract'), ('wealth', 'an official is richer than the post explains'), ('spending', 'public money wasted, or spent against the rules'), ('unfairness', 'an office does not follow the law, or goes beyond its powers'), ('service', 'poor service of an office'), ('other', 'something else')], max_length=20), blank=True, default=list, help_text='“Yes” is suggested if it is about one of these.', size=None)),
                ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('unknown', 'I do not know'), ('official', 'an official or employee of an office'), ('executive', 'a director or higher official'), ('local', 'a head or member of a local administration'), ('politician', 'a minister, member of parliament, judge or member of an independent body')], max_length=20), blank=True, default=list, help_text='“Yes” is suggested if one of these is involved.', size=None)),
                ('identities', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('anonymous', 'anonymous'), ('confidential', 'confidential'), ('named', 'named')], max_length=12), blank=True, default=list, help_text='“Yes” is suggested if the citizen appears so.', size=None)),
                ('over_amount', models.DecimalField(blank=True, decimal_places=2, help_text='“Yes” is suggested if the public figure is above this many baht.', max_digits=20, null=True)),
                ('when_joined', models.BooleanField(default=False, help_text='“Yes” is suggested if the case is joined with another one.')),
                ('source', models.CharField(help_text='Law, page or document that says so.', max_length=500)),
                ('grade', models.CharField(choices=[('official', 'official page of the body'), ('law', 'text of the law, in a copy'), ('press', 'press or research'), ('unconfirmed', 'not confirmed by an official source')], help_text='How sure it is.', max_length=12)),
            ],
            options={
                'ordering': ['group', 'order', 'code'],
            },
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('filed', 'filed'), ('supplemented', 'something was added by the citizen'), ('withdrawn', 'withdrawn by the citizen'), ('moved', 'the case moved on'), ('routed', 'a body was chosen'), ('assigned', 'given to a member of staff'), ('asked', 'a message was sent to the citizen'), ('noted', 'a note was written'), ('opened', 'something sealed was opened'), ('examined', 'a file was examined'), ('ready', 'laid ready for the body to pick up'), ('delivered', 'delivered'), ('failed', 'an attempt to deliver failed'), ('exhausted', 'delivery was handed to a person'), ('acknowledged', 'acknowledged by the body'), ('refused', 'refused by the body'), ('resent', 'sent again by staff'), ('cancelled', 'delivery cancelled by staff'), ('prioritised', 'the priority was changed'), ('linked', 'joined with another case on the same matter'), ('unlinked', 'parted from another case'), ('redacted', 'passages were kept back from the body'), ('screened', 'the screening sheet was written'), ('signed', 'a second person signed the screening sheet'), ('blocked', 'kept from a member of staff'), ('requested', 'a custodian asked to learn who the citizen is'), ('decided', 'a second person decided on that'), ('exported', 'a list or a dossier was taken out'), ('reminded', 'a clock ran out'), ('held', 'a hold was set or lifted'), ('put_away', 'the closed case was put away'), ('removed', 'everything sealed was removed'), ('published', 'an opinion was published'), ('answered', "the agency's answer was published"), ('declined', 'an opinion was not published'), ('converted', 'an opinion became a complaint')], help_text='What happened.', max_length=16),
        ),
        migrations.CreateModel(
            name='ScreeningDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Short name of the decision.', max_length=30, unique=True)),
                ('order', models.PositiveSmallIntegerField(default=100, help_text='Place in lists, smallest first.')),
                ('name', models.CharField(help_text='The decision, in Thai.', max_length=300)),
                ('name_en', models.CharField(help_text='The decision, in English.', max_length=300)),
                ('needs_reason', models.BooleanField(default=False, help_text='Whether it must be given a reason.')),
                ('is_offered', models.BooleanField(default=True, help_text='Whether new sheets offer it.')),
                ('source', models.CharField(help_text='Law, page or document that says so.', max_length=500)),
                ('grade', models.CharField(choices=[('official', 'official page of the body'), ('law', 'text of the law, in a copy'), ('press', 'press or research'), ('unconfirmed', 'not confirmed by an official source')], help_text='How sure it is.', max_length=12)),
                ('desk', models.ForeignKey(blank=True, help_text='The body to which it leads; none where it leads to no other body.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.desk')),
            ],
            options={
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='ScreeningSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(help_text='1 for the first; a change makes another one.')),
                ('content', models.BinaryField(help_text='Questions, marks, remarks and the proposal, as they stood; sealed.')),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='When it was written.')),
                ('signed_at', models.DateTimeField(blank=True, help_text='When they agreed.', null=True)),
                ('complaint', models.ForeignKey(help_text='The complaint.', on_delete=django.db.models.deletion.CASCADE, related_name='screening_sheets', to='complaints.complaint')),
                ('signed_by', models.ForeignKey(blank=True, help_text='The second person, who agreed.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(help_text='Who wrote it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['complaint', 'version'],
                'constraints': [models.UniqueConstraint(fields=('complaint', 'version'), name='one_sheet_of_a_version'), models.CheckConstraint(condition=models.Q(('signed_by__isnull', True), models.Q(('signed_by', models.F('written_by')), _negated=True), _connector='OR'), name='nobody_signs_their_own_sheet'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', True), ('signed_by__isnull', True)), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='signed_sheet_has_person_and_time')],
            },
        ),
        migrations.RunSQL(WATCH, UNWATCH),
    ]
