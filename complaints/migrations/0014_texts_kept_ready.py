"""Texts that staff keep ready for citizens; the database writes down what becomes of each."""

from django.db import migrations, models

WATCH = """
CREATE TRIGGER change_is_written_down AFTER INSERT OR UPDATE OR DELETE ON complaints_replytemplate FOR EACH ROW
    EXECUTE FUNCTION complaints_write_change('', '');
"""
UNWATCH = "DROP TRIGGER change_is_written_down ON complaints_replytemplate;"


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0013_identity_is_said_later'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReplyTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('use', models.CharField(choices=[('question', 'question to the citizen'), ('closing', 'closing of the case')], help_text='For what it is offered.', max_length=8)),
                ('outcome', models.CharField(blank=True, choices=[('substantiated', 'what was reported was found to be so'), ('no_grounds', 'no grounds were found'), ('out_of_scope', 'no body that we know is competent'), ('duplicate', 'the same matter is followed in another case'), ('insufficient', 'there was not enough to go on'), ('withdrawn', 'withdrawn by whoever reported it'), ('spam', 'not a complaint')], help_text='Of a closing: the outcome that is chosen along with it.', max_length=20)),
                ('order', models.PositiveSmallIntegerField(default=100, help_text='Place in lists, smallest first.')),
                ('is_offered', models.BooleanField(default=True, help_text='Whether staff may choose it.')),
                ('title', models.CharField(help_text='What staff know it by, in Thai.', max_length=120)),
                ('title_en', models.CharField(help_text='What staff know it by, in English.', max_length=120)),
                ('text', models.TextField(help_text='What the citizen reads, in Thai. Nothing of any case stands in it.', max_length=4000)),
                ('text_en', models.TextField(help_text='What the citizen reads, in English. Nothing of any case stands in it.', max_length=4000)),
            ],
            options={
                'ordering': ['-use', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('use', 'title'), name='one_template_of_a_title'), models.CheckConstraint(condition=models.Q(('use', 'closing'), ('outcome', ''), _connector='OR'), name='only_a_closing_template_has_an_outcome')],
            },
        ),
        migrations.RunSQL(WATCH, UNWATCH),
    ]
