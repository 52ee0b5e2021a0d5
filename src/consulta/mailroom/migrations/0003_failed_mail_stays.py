"""A mail that failed can be sent again: its message stays until it is sent, or a month is over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mailroom", "0002_sorted_mail")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="again_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RemoveConstraint(model_name="outgoingmail", name="mail_kept_only_while_queued"),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                name="mail_kept_until_sent",
                condition=models.Q(state="queued", raw__isnull=False)
                | models.Q(state="sent", raw__isnull=True)
                | models.Q(state="failed"),
            ),
        ),
    ]
