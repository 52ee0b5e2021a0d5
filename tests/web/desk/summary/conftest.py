"""What tests of the brief summary and of contests at the desk start from."""

import pytest

from consulta.accounts.models import User
from consulta.groups.models import Appointment
from tests.reports import summaries


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DEMO = True  # the demo asks for none


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def met(consultation, body):
    return summaries.meet(consultation, body)


@pytest.fixture
def appointed(db, officer):
    """Sign in as somebody with one role in the whole body."""

    def _appoint(client, role):
        person = User.objects.create_user(f"{role}-at-desk@example.org", name=str(role))
        Appointment.objects.create(user=person, group=None, role=role, appointed_by=officer)
        client.force_login(person)
        return client

    return _appoint
