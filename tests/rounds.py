"""A group that has decided to consult: its meetings, its decision, and a plan at the desk."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import convening, opening, queries
from consulta.consultations.convening import Plan
from consulta.consultations.models import Consultation
from consulta.groups import appointing
from consulta.groups.models import Body, Group, Role
from consulta.meetings.models import Decision, Meeting

ROLES = tuple(Role)


def today() -> date:
    """The day it is for the body of these tests, which may be another one in UTC."""
    return timezone.localdate(timezone=ZoneInfo("Europe/Zurich"))


def a_day(offset: int) -> date:
    """The day *offset* days from today, in the body's zone."""
    return today() + timedelta(days=offset)


@pytest.fixture
def group(body: Body) -> Group:
    return Group.objects.create(
        body=body, slug="sample-group", short_name="Sample Group", names={"en": "Sample Group"}
    )


@pytest.fixture
def people(officer: User, group: Group) -> dict[str, User]:
    """One account for each role in the group, and one without any."""
    found = {"administrator": officer, "nobody": User.objects.create_user("nobody@example.org")}
    for role in ROLES:
        appointment = appointing.appoint(
            f"{role}@sample.example.org", group=group, role=role, by=officer
        )
        found[role.value] = appointment.user
    return found


@pytest.fixture
def decided(group: Group) -> Decision:
    """The group met five days ago and decided to consult."""
    meeting = Meeting.objects.create(
        group=group,
        kind="group",
        number=1,
        slug="sample-group-1",
        starts_on=a_day(-6),
        ends_on=a_day(-5),
    )
    return Decision.objects.create(
        meeting=meeting,
        kind="consensus",
        opens_consultation=True,
        audience="public",
        texts={"en": {"text": "Consult on islands.", "status": "original"}},
    )


@pytest.fixture
def next_meeting(group: Group) -> Meeting:
    """A Wednesday at least 100 days ahead, provisional."""
    day = a_day(100)
    day += timedelta(days=(2 - day.weekday()) % 7)
    return Meeting.objects.create(
        group=group,
        kind="group",
        number=2,
        slug="sample-group-2",
        starts_on=day,
        ends_on=day + timedelta(days=1),
        is_provisional=True,
    )


@pytest.fixture
def plan(decided: Decision, next_meeting: Meeting) -> Plan:
    return Plan(
        procedure="itu-res-1336-2019",
        topics={"en": "Internet on islands", "ar": "الإنترنت في الجزر"},
        questions=(
            {"en": "What stands in the way?", "ar": "ما العقبات؟"},
            {"en": "What has helped?"},
        ),
        languages=("ar", "en"),
        original_language="en",
        decision=decided,
        group_meeting=next_meeting,
    )


@pytest.fixture
def open_call(body: Body) -> Plan:
    return Plan(
        procedure="open-call",
        topics={"en": "Anything to tell us?"},
        languages=("en",),
        original_language="en",
        opens_on=a_day(0),
        closes_on=a_day(30),
    )


@pytest.fixture
def draft(plan: Plan, officer: User) -> Consultation:
    return convening.convene(plan, by=officer)


@pytest.fixture
def running(draft: Consultation, officer: User) -> Consultation:
    """Announced and open, whole as pages see it."""
    opening.open_consultation(draft, by=officer)
    return queries.by_slug(draft.slug)


def without(plan: Plan, **changes: object) -> Plan:
    """*plan* with something else in it."""
    return replace(plan, **changes)  # type: ignore[arg-type]
