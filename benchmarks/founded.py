"""What every measured instance begins with: a body, a group, and one open consultation."""

from datetime import date, timedelta

from django.utils import timezone

from benchmarks.instance import SLUG
from consulta.consultations import convening, opening
from consulta.consultations.convening import Plan
from consulta.consultations.models import Consultation
from consulta.flow import founding
from consulta.flow.founding import Foundation
from consulta.groups.models import Group
from consulta.meetings.models import Decision, Meeting

LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh")
ADMINISTRATOR = "administrator@example.org"


def found() -> Consultation:
    """Put a body, its administrator, a group and an open consultation in six languages on record."""
    founding.found(
        Foundation(
            names={"en": "Sample Body"},
            short_name="Sample Body",
            languages=LANGUAGES,
            timezone="Europe/Zurich",
            administrator=ADMINISTRATOR,
            groups=("Sample Group",),
        )
    )
    officer = founding.account_of(ADMINISTRATOR)
    consultation = convening.convene(_plan(timezone.localdate()), by=officer)
    opening.open_consultation(consultation, by=officer)
    Consultation.objects.filter(pk=consultation.pk).update(slug=SLUG)
    return Consultation.objects.get(pk=consultation.pk)


def _plan(today: date) -> Plan:
    before = _meeting(1, starts_on=today - timedelta(days=6))
    after = _meeting(2, starts_on=today + timedelta(days=100))
    decision = Decision.objects.create(
        meeting=before,
        kind="consensus",
        opens_consultation=True,
        texts={"en": {"text": "Consult on access.", "status": "original"}},
    )
    return Plan(
        procedure="itu-res-1336-2019",
        topics=dict.fromkeys(LANGUAGES, "Access to the network on islands"),
        questions=tuple(
            dict.fromkeys(LANGUAGES, f"Question {n}: what stands in the way, and what has helped?")
            for n in range(1, 6)
        ),
        languages=LANGUAGES,
        original_language="en",
        decision=decision,
        group_meeting=after,
    )


def _meeting(number: int, *, starts_on: date) -> Meeting:
    return Meeting.objects.create(
        group=Group.objects.get(),
        kind="group",
        number=number,
        slug=f"sample-group-{number}",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=1),
    )
