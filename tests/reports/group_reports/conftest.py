"""A group with two meetings, what they settled, and a report on its four years."""

from datetime import date

import pytest

from consulta.groups.models import Group
from consulta.meetings.models import Decision, Document, FollowUp, Meeting
from consulta.reports.group_reports import asking, beginning

PUBLIC, MEMBERS = Document.Audience.PUBLIC, Document.Audience.MEMBERS


def settled(meeting, position, text, audience=PUBLIC, **more) -> Decision:
    texts = {"en": {"text": text, "status": "original"}}
    return Decision.objects.create(
        meeting=meeting, position=position, kind="record", texts=texts, audience=audience, **more
    )


@pytest.fixture
def sample(body) -> Group:
    return Group.objects.create(
        body=body, slug="sample-group", short_name="SG", names={"en": "Sample Group"}
    )


@pytest.fixture
def meetings(sample) -> list[Meeting]:
    made = [
        Meeting.objects.create(
            group=sample,
            kind="group",
            number=number,
            slug=f"sample-{number}",
            starts_on=date(2022 + number, 3, 4),
            ends_on=date(2022 + number, 3, 5),
        )
        for number in (1, 2)
    ]
    first = settled(made[0], 1, "The office keeps a list.")
    FollowUp.objects.create(
        decision=first, force="request", addressee={"en": "the office"}, audience=PUBLIC
    )
    settled(made[0], 2, "Known to members alone.", MEMBERS)
    settled(made[1], 1, "The list is good.")
    return made


@pytest.fixture
def report(sample, meetings, officer):
    asked = asking.on_years(sample, "four-year", (2023, 2026))
    return beginning.begin(asked, ["en", "fr"], by=officer)
