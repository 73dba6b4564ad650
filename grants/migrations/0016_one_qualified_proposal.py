from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0015_settlement'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_one_submitted',
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('submitted_at__isnull', False), models.Q(('state', 'withdrawn'), _negated=True)), fields=('call', 'organisation', 'created_by'), name='proposal_one_of_a_person', violation_error_message='この団体の企画提案は、もう提出しています。'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['adopted', 'not_adopted', 'qualified', 'reserve', 'scored'])), fields=('call', 'organisation'), name='proposal_one_qualified', violation_error_message='この団体の企画提案は、もう一つが資格ありになっています。'),
        ),
    ]
