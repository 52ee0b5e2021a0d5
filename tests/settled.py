"""Decisions, follow-ups and what belongs to them that tests work with."""

from django.utils import timezone

from consulta.groups.models import Delegate, Group, Issue
from consulta.meetings import positions as stating
from consulta.meetings.models import Advice, Decision, FollowUp, Meeting, Office, Proposal


def words(text: str) -> dict[str, dict[str, str]]:
    """*text* as the English original."""
    return {"en": {"text": text, "status": "original"}}


def at(meeting: Meeting, audience: str = "members") -> FollowUp:
    """A decision of *meeting* that asks an office, for readers of *audience*."""
    decision = Decision.objects.create(
        meeting=meeting,
        kind="record",
        position=90,
        texts=words("The office is asked."),
        audience=audience,
    )
    made = FollowUp.objects.create(
        decision=decision, force="request", addressee=words("An office"), audience=audience
    )
    made.offices.add(office(meeting))
    return made


def office(meeting: Meeting) -> Office:
    """An office of the body of the meeting's group."""
    body = meeting.group.body
    return Office.objects.get_or_create(body=body, slug="office", defaults={"names": {"en": "O"}})[
        0
    ]


def proposal(meeting: Meeting) -> Proposal:
    """A topic that the chair proposed to *meeting*."""
    return Proposal.objects.create(meeting=meeting, topics=words("A topic"), is_by_chair=True)


def advice(meeting: Meeting) -> Advice:
    """An input to the activities of an office."""
    made = Advice.objects.create(
        group=meeting.group,
        meeting=meeting,
        kind="input",
        texts=words("An input."),
        recorded_at=timezone.now(),
    )
    made.offices.add(office(meeting))
    return made


def issue(group: Group) -> Issue:
    """An issue of the standing list of the group's body."""
    return Issue.objects.get_or_create(
        body=group.body, slug="an-issue", defaults={"names": {"en": "An issue"}}
    )[0]


def at_desk(meeting: Meeting) -> dict[str, list[int]]:
    """What the addresses of the desk take, by their names."""
    asked, topic, said = at(meeting), proposal(meeting), advice(meeting)
    return {
        **{key: [asked.decision_id] for key in ("decision", "decision_change", "follow_up_new")},
        "follow_up": [asked.pk],
        "proposal_withdraw": [topic.pk],
        "advice_carry": [said.pk],
        **{name: [] for name in LISTS},
    }


#: The addresses of the desk that take nothing.
LISTS = (
    *("decisions", "proposals", "follow_ups", "follow_ups_csv"),
    *("report_points", "offices", "advice"),
)
#: The acts, which are never done by reading.
POSTS = ("proposal_withdraw", "advice_carry")
#: Everything an officer of the group may ask for.
OFFICERS_READ = (
    *("decisions", "proposals", "follow_ups", "follow_ups_csv", "report_points", "advice"),
    *("decision", "decision_change", "follow_up", "follow_up_new"),
)


def in_public(meeting: Meeting) -> dict[str, dict[str, int]]:
    """What the addresses of public and members' pages take, by their names."""
    shown = at(meeting, "public")
    taken = {"decision": {"pk": shown.decision_id}, "follow_up": {"pk": shown.pk}}
    return {f"{side}:{name}": pk for side in ("public", "members") for name, pk in taken.items()}


def positions(place: Delegate) -> dict[str, dict[str, object]]:
    """A position that the delegate gave to members, and where it is written."""
    member, about = place.membership, issue(place.membership.group)
    stating.draft(member, about, words("We hold this."), by=place.user)
    given = stating.give(member, about, audience="members", by=place.user)
    own = {"membership": member.pk, "issue": about.slug}
    return {"members:position": {"pk": given.pk}, "members:position_write": own}
