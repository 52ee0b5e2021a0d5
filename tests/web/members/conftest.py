"""A meeting with documents for everyone, for members and for the desk alone."""

from datetime import date

import pytest

from consulta.accounts.models import User
from consulta.groups.models import Appointment, Group, Role
from consulta.mailroom import spool
from consulta.meetings import documents
from consulta.meetings.models import Document, Meeting


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """As in the demo: what demands one is tested where it stands."""
    settings.DEMO = True


@pytest.fixture
def group(body):
    return Group.objects.create(body=body, slug="sample-group", short_name="SWG")


@pytest.fixture
def meeting(group):
    return Meeting.objects.create(
        group=group, kind="group", number=3, slug="swg-3", starts_on=date(2027, 3, 3)
    )


@pytest.fixture
def posted(meeting):
    """Post one document for *audience* with a file of this name."""

    def _post(audience, *, name="report.pdf", data=b"%PDF-1.7 sample"):
        kept = spool.keep([data], folder="editions")
        file = {"name": name, "path": kept.path, "sha256": kept.sha256, "size": kept.size}
        document = Document(
            meeting=meeting,
            titles={"en": f"For {audience}"},
            source="Secretariat",
            audience=audience,
            files=[file | {"media_type": "application/pdf", "language": "en"}],
        )
        return documents.post(document, language="en", by=None)

    return _post


@pytest.fixture
def member(client, group):
    """Sign in somebody who belongs to the group."""
    person = User.objects.create_user("member@example.org", name="Member")
    Appointment.objects.create(user=person, group=group, role=Role.READER)
    client.force_login(person)
    return client
