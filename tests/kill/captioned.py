"""In a folder of an instance: a sitting that has begun; prints its name and a captioner's secret."""

import json
import os
import sys

os.environ["CONSULTA_DATA"] = sys.argv[1]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consulta.config.settings")

import django

django.setup()

from consulta.accounts.models import User  # noqa: E402
from consulta.groups.models import Group  # noqa: E402
from consulta.meetings.models import Meeting  # noqa: E402
from tests.sittings import held  # noqa: E402

if __name__ == "__main__":
    by = User.objects.create_user("captions@example.org", is_administrator=True)
    meeting = Meeting.objects.create(group=Group.objects.first(), kind="open", slug="hall")
    sitting, _captioner, token = held(meeting, by)
    print(json.dumps({"slug": sitting.slug, "pk": sitting.pk, "token": token}))
