"""An officer may let a name stand whole, where a rule took part of it for an address or a number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0002_member_states"),
    ]

    operations = [
        migrations.AddField(
            model_name="respondent",
            name="name_stands",
            field=models.BooleanField(default=False),
        ),
    ]
