"""A citizen may say more of who they are, later; the database lets nobody make it less."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION complaints_refuse_less_identity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    modes CONSTANT text[] := ARRAY['anonymous', 'confidential', 'named'];
BEGIN
    IF coalesce(array_position(modes, NEW.identity::text), 0) < array_position(modes, OLD.identity::text) THEN
        RAISE EXCEPTION 'what a citizen chose to say of themselves is never made less'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_is_never_made_less BEFORE UPDATE OF identity ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION complaints_refuse_less_identity();
"""
UNGUARD = """
DROP TRIGGER identity_is_never_made_less ON complaints_complaint;
DROP FUNCTION complaints_refuse_less_identity();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0012_parts_of_files_are_blacked_out'),
    ]

    operations = [
        migrations.AddField(
            model_name='reporter',
            name='later',
            field=models.BinaryField(help_text='The same, as they gave it when they chose to be named later, sealed.', null=True),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('filed', 'filed'), ('supplemented', 'something was added by the citizen'), ('withdrawn', 'withdrawn by the citizen'), ('raised', 'the citizen said more of who they are'), ('moved', 'the case moved on'), ('routed', 'a body was chosen'), ('assigned', 'given to a member of staff'), ('asked', 'a message was sent to the citizen'), ('noted', 'a note was written'), ('opened', 'something sealed was opened'), ('examined', 'a file was examined'), ('ready', 'laid ready for the body to pick up'), ('delivered', 'delivered'), ('failed', 'an attempt to deliver failed'), ('exhausted', 'delivery was handed to a person'), ('acknowledged', 'acknowledged by the body'), ('refused', 'refused by the body'), ('resent', 'sent again by staff'), ('cancelled', 'delivery cancelled by staff'), ('prioritised', 'the priority was changed'), ('linked', 'joined with another case on the same matter'), ('unlinked', 'parted from another case'), ('redacted', 'passages were kept back from the body'), ('blackened', 'parts of a file were blacked out for the body'), ('uncovered', 'black boxes on a file were taken back'), ('screened', 'the screening sheet was written'), ('signed', 'a second person signed the screening sheet'), ('blocked', 'kept from a member of staff'), ('requested', 'a custodian asked to learn who the citizen is'), ('decided', 'a second person decided on that'), ('exported', 'a list or a dossier was taken out'), ('reminded', 'a clock ran out'), ('held', 'a hold was set or lifted'), ('put_away', 'the closed case was put away'), ('removed', 'everything sealed was removed'), ('published', 'an opinion was published'), ('answered', "the agency's answer was published"), ('declined', 'an opinion was not published'), ('converted', 'an opinion became a complaint')], help_text='What happened.', max_length=16),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
