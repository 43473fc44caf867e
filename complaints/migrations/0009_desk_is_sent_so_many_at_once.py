"""How many deliveries may be on their way to a desk at once, and which of them are just now."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0008_roles_of_staff'),
    ]

    operations = [
        migrations.AddField(
            model_name='desk',
            name='at_once',
            field=models.PositiveSmallIntegerField(default=2, help_text='How many deliveries may be on their way to it at the same moment; the rest waits, so that a body that does not answer leaves room for the others.'),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='leased_by',
            field=models.PositiveIntegerField(blank=True, help_text="While an attempt runs: number of the worker's connection to the database; when that is gone, so is the attempt.", null=True),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='leased_until',
            field=models.DateTimeField(blank=True, help_text='While an attempt runs: when it counts as lost.', null=True),
        ),
        migrations.AddIndex(
            model_name='dispatch',
            index=models.Index(condition=models.Q(('leased_until__isnull', False)), fields=['desk', 'leased_until'], name='dispatch_running'),
        ),
        migrations.AddConstraint(
            model_name='desk',
            constraint=models.CheckConstraint(condition=models.Q(('at_once__gte', 1)), name='desk_is_sent_one_at_least'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('leased_by__isnull', True), ('leased_until__isnull', True)), models.Q(('leased_by__isnull', False), ('leased_until__isnull', False)), _connector='OR'), name='running_attempt_has_worker_and_end'),
        ),
    ]
