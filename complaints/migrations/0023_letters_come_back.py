"""Letters by e-mail that come back: what became of a delivery, and what happened, have a word for it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0022_handovers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='dispatch',
            name='state',
            field=models.CharField(choices=[('held', 'waits for staff'), ('pending', 'on its way'), ('ready', 'lies ready for the body to pick up'), ('delivered', 'delivered'), ('acknowledged', 'acknowledged by the body'), ('refused', 'refused by the body'), ('exhausted', 'could not be delivered: staff see to it'), ('bounced', 'sent back by the mail server: staff see to it'), ('cancelled', 'cancelled by staff')], default='pending', help_text='How far it has come.', max_length=12),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('filed', 'filed'), ('supplemented', 'something was added by the citizen'), ('withdrawn', 'withdrawn by the citizen'), ('raised', 'the citizen said more of who they are'), ('moved', 'the case moved on'), ('routed', 'a body was chosen'), ('assigned', 'given to a member of staff'), ('asked', 'a message was sent to the citizen'), ('noted', 'a note was written'), ('opened', 'something sealed was opened'), ('examined', 'a file was examined'), ('ready', 'laid ready for the body to pick up'), ('delivered', 'delivered'), ('failed', 'an attempt to deliver failed'), ('exhausted', 'delivery was handed to a person'), ('bounced', 'sent back by the mail server'), ('acknowledged', 'acknowledged by the body'), ('refused', 'refused by the body'), ('resent', 'sent again by staff'), ('cancelled', 'delivery cancelled by staff'), ('prioritised', 'the priority was changed'), ('planned', 'the next action was set or cleared'), ('tagged', 'a tag was put on or taken off'), ('linked', 'joined with another case on the same matter'), ('unlinked', 'parted from another case'), ('redacted', 'passages were kept back from the body'), ('blackened', 'parts of a file were blacked out for the body'), ('uncovered', 'black boxes on a file were taken back'), ('screened', 'the screening sheet was written'), ('signed', 'a second person signed the screening sheet'), ('blocked', 'kept from a member of staff'), ('requested', 'a custodian asked to learn who the citizen is'), ('decided', 'a second person decided on that'), ('exported', 'a list or a dossier was taken out'), ('reminded', 'a clock ran out'), ('held', 'a hold was set or lifted'), ('put_away', 'the closed case was put away'), ('removed', 'everything sealed was removed'), ('published', 'an opinion was published'), ('answered', "the agency's answer was published"), ('declined', 'an opinion was not published'), ('converted', 'an opinion became a complaint')], help_text='What happened.', max_length=16),
        ),
    ]
