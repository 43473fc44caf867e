"""How a letter on paper went to its body, and who took it in; the database writes down what becomes of both."""

import complaints.models.tags
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import re
from django.db import migrations, models

TRIGGER = """
CREATE TRIGGER change_is_written_down AFTER UPDATE OF {columns} OR DELETE ON complaints_dispatch FOR EACH ROW
    EXECUTE FUNCTION complaints_write_change('attempts,next_attempt_at,last_error', '');
"""
DROP = "DROP TRIGGER change_is_written_down ON complaints_dispatch;"
BEFORE = "state, desk_id, version, receipt, register_number"
WATCH = f"""
{DROP}
{TRIGGER.format(columns=BEFORE + ", registered_on, taken_in_by")}
CREATE TRIGGER change_is_written_down AFTER INSERT OR UPDATE OR DELETE ON complaints_handover FOR EACH ROW
    EXECUTE FUNCTION complaints_write_change('', '');
"""
UNWATCH = f"""
DROP TRIGGER change_is_written_down ON complaints_handover;
{DROP}
{TRIGGER.format(columns=BEFORE)}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0021_tags'),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter_number', models.CharField(help_text='Number of the letter.', max_length=40, validators=[django.core.validators.RegexValidator(re.compile('(?=.*[0-9๐-๙])[\\w\\u0e00-\\u0e7f./() -]+'))])),
                ('letter_on', models.DateField(help_text='Day of the letter.')),
                ('way', models.CharField(choices=[('ems', 'express mail (EMS)'), ('registered', 'registered mail'), ('hand', 'by hand'), ('system', 'electronic correspondence system')], help_text='How it was sent.', max_length=10)),
                ('sent_on', models.DateField(help_text='Day on which it was sent, or handed over.')),
                ('unit', models.CharField(help_text='Unit of this office that sent it; no names.', max_length=100, validators=[complaints.models.tags.is_no_person])),
                ('parcel', models.CharField(blank=True, help_text='Number of the parcel, such as EX123456785TH; needed for EMS.', max_length=13)),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='When staff wrote it down.')),
            ],
        ),
        migrations.AddField(
            model_name='dispatch',
            name='registered_on',
            field=models.DateField(blank=True, help_text='Day on which the body took it in, as staff were told.', null=True),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='taken_in_by',
            field=models.CharField(blank=True, help_text='Unit or post at the body that took it in; no names.', max_length=100, validators=[complaints.models.tags.is_no_person]),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('registered_on__isnull', True), ('taken_in_by', '')), models.Q(('delivered_at__isnull', False), ('registered_on__isnull', False), models.Q(('taken_in_by', ''), _negated=True)), _connector='OR'), name='taken_in_has_day_and_unit'),
        ),
        migrations.AddField(
            model_name='handover',
            name='dispatch',
            field=models.OneToOneField(help_text='The delivery.', on_delete=django.db.models.deletion.PROTECT, related_name='handover', to='complaints.dispatch'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('parcel__regex', '^[A-Z]{2}[0-9]{9}[A-Z]{2}$'), models.Q(('parcel', ''), models.Q(('way', 'ems'), _negated=True)), _connector='OR'), name='express_letter_has_number_of_parcel'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('sent_on__gte', models.F('letter_on'))), name='letter_is_sent_after_it_is_dated'),
        ),
        migrations.RunSQL(WATCH, UNWATCH),
    ]
