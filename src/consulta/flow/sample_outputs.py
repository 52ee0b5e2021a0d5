"""What the sample group puts out, asks of its members and holds at another event; samples all of it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.flow import extra_meetings, sample_accounts
from consulta.flow import sample_texts as files
from consulta.flow.sample_texts import Table
from consulta.groups.models import Delegate, Group, Issue
from consulta.meetings import asking_positions, deciding
from consulta.meetings.models import Decision, ExtraMeeting, Meeting, PositionRequest, Proposal
from consulta.notices import addressing, disseminating, outputs
from consulta.notices.addressing import Entered
from consulta.notices.models import AddresseeList

FILE = "sample-outputs.toml"


@transaction.atomic
def load(consultation: Consultation, today: date) -> None:
    """Give the sample group issues, lists, an output sent, a request, a topic and an extra meeting.

    What is there stays.
    """
    group, told = consultation.group, files.read(FILE)
    if group is None or AddresseeList.objects.filter(group=group).exists():
        return
    officer = sample_accounts.user(sample_accounts.OFFICER)
    for position, issue in enumerate(told["issues"], start=1):
        _issue(group, issue, position)
    decision = _extra_meeting(consultation, told["extra"], today, officer)
    _ask(group, told["asked"], today, officer)
    _propose(consultation, told["topic"])
    _send(group, told, decision, officer)


def _issue(group: Group, told: Table, position: int) -> None:
    made = Issue(body=group.body, slug=told["slug"], position=position)
    made.names = files.words(told["name"])
    made.full_clean()
    made.save()


def _extra_meeting(consultation: Consultation, told: Table, today: date, by: User) -> Decision:
    """Decide an extra open meeting at the meeting that decided the consultation, and join it."""
    decision = Decision(
        meeting=consultation.deciding_meeting,
        kind=Decision.Kind.CONSENSUS,
        texts=told["decision"],
        audience="public",
    )
    deciding.decide(decision, by=by)
    day = today + timedelta(days=told["days"])
    meeting = Meeting(titles=told["title"], starts_on=day, ends_on=day, is_provisional=True)
    meeting.mode = Meeting.Mode.HYBRID
    extra = ExtraMeeting(decision=decision, **{name: told[name] for name in _SAID})
    extra_meetings.decide(extra, meeting, to=consultation, by=by)
    return decision


_SAID = ("event", "host", "rules")


def _ask(group: Group, told: Table, today: date, by: User) -> None:
    issue = Issue.objects.get(slug=told["issue"])
    request = PositionRequest(group=group, issue=issue, words=told["words"])
    request.due_on = today + timedelta(days=told["days"])
    asking_positions.ask(request, by=by)


def _propose(consultation: Consultation, topics: Table) -> None:
    """Let the first sample state propose a topic off the list to the next meeting."""
    meeting = consultation.group_meeting
    place = Delegate.objects.get(user__email=sample_accounts.DELEGATE_OF_A)
    if meeting is not None:
        proposal = Proposal(meeting=meeting, topics=topics, audience="members")
        deciding.propose_as_member(place.membership, proposal, by=place.user)


def _send(group: Group, told: Table, decision: Decision, by: User) -> None:
    """Make the lists, and send the decision to the stakeholders."""
    made = {name: _list(group, one, by) for name, one in told["lists"].items()}
    for one in told["addresses"]:
        addressing.enter(made["stakeholders"], Entered(**one), by=by)
    output, lists, now = outputs.of(decision), [made["stakeholders"]], timezone.now()
    disseminating.send(group, output, lists, notes=told["note"], now=now, by=by)
    disseminating.send_due(now)


def _list(group: Group, told: Table, by: User) -> AddresseeList:
    made = AddresseeList(group=group, sort=told["sort"], names=files.words(told["name"]))
    made.has_delegates = told["sort"] == AddresseeList.Sort.MEMBERS
    return addressing.make(made, by=by)
