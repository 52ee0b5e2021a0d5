"""What tests of reports start from: responses published, a consultation closed, a paragraph begun."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consulta.consultations.models import Question
from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.groups.models import Group
from consulta.meetings.models import Meeting
from consulta.reports import writing
from consulta.responses import publication
from consulta.responses.models import Response


@pytest.fixture
def publish(submission, officer):
    def _publish(text="We agree.", **more):
        sender = Sender("known@example.org", authenticated=True)
        given = journey.submission_arrives(submission(text, sender=sender, **more))
        response = Response.objects.get(number=given.number)
        publication.publish(response, by=officer)
        return response

    return _publish


@pytest.fixture
def closed(consultation, body):
    def _close():
        group = Group.objects.create(body=body, slug="sample-group", short_name="SWG")
        consultation.group = group
        consultation.group_meeting = Meeting.objects.create(
            group=group, kind="group", number=3, slug="swg-3", starts_on=date(2027, 3, 3)
        )
        consultation.closes_at = timezone.now() - timedelta(seconds=1)
        consultation.save()
        return consultation

    return _close


@pytest.fixture
def paragraph(consultation, officer):
    question = Question.objects.get(consultation=consultation, position=1)
    return writing.add_paragraph(consultation, question, language="en", by=officer)
