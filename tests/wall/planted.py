"""Words that only some may read, planted in every kind of matter a group has; each word stands once."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.groups.models import Issue, Membership
from consulta.mailroom import spool
from consulta.meetings import asking_positions, deciding, documents
from consulta.meetings.models import (
    Advice,
    AgendaChange,
    AgendaItem,
    AgendaMatter,
    Contribution,
    Decision,
    Document,
    FollowUp,
    Meeting,
    Position,
    PositionRequest,
    PositionVersion,
    Proposal,
    StatedView,
    StatusChange,
)
from consulta.notices import addressing, disseminating, outputs
from consulta.notices import documents as documents_told
from consulta.notices.models import AddresseeList
from consulta.reports.models import GroupDiscussion
from tests.wall import planted_registrations, planted_reports
from tests.web.record import WHO

EVERYONE = frozenset(WHO)
AT_DESK = frozenset({"reader", "editor", "moderator", "officer", "administrator"})
OFFICERS = frozenset({"officer", "administrator"})
OF_A = frozenset({"delegate of A", "administrator of A"})
MEMBERS = AT_DESK | OF_A | {"delegate of B", "observer", "chair"}
AT = datetime(2026, 1, 15, 9, tzinfo=UTC)

#: Each word, and who may meet it anywhere.
WORDS: dict[str, frozenset[str]] = {
    "zq-document-for-all": EVERYONE,
    "zq-listed-title": EVERYONE,
    "zq-listed-file": MEMBERS,
    "zq-listed-bytes": MEMBERS,
    "zq-members-title": MEMBERS,
    "zq-members-file": MEMBERS,
    "zq-members-bytes": MEMBERS,
    "zq-desk-title": AT_DESK,
    "zq-desk-file": AT_DESK,
    "zq-draft-of-a": OF_A,
    "zq-abstract-of-a": OF_A,
    "zq-position-draft-of-a": OF_A,
    "zq-position-for-members": MEMBERS,
    "zq-position-for-all": EVERYONE,
    "zq-registered-for-members": MEMBERS,
    "zq-registered-organisation": MEMBERS,
    "zq-need-for-officers": frozenset({"officer", "administrator"}),
    "zq-agenda-item": MEMBERS,
    "zq-minutes": MEMBERS,
    "zq-item-for-members": MEMBERS,
    "zq-why-it-moved": MEMBERS,
    "zq-item-for-all": EVERYONE,
    "zq-left-out-title": MEMBERS,
    "zq-left-out-because": MEMBERS,
    "zq-mark-for-members": MEMBERS,
    "zq-conference": MEMBERS,
    "zq-decision-for-members": MEMBERS,
    "zq-view-for-members": MEMBERS,
    "zq-decision-for-desk": frozenset({"officer", "administrator"}),
    "zq-decision-of-a-public-follow-up": MEMBERS,
    "zq-follow-up-for-members": MEMBERS,
    "zq-follow-up-note": MEMBERS,
    "zq-advice-for-members": MEMBERS,
    "zq-proposal-for-members": MEMBERS,
    "zq-topic-of-a-member": MEMBERS,
    "zq-request-to-a-alone": OF_A | OFFICERS,
    "zq-address-on-a-list": OFFICERS,
    planted_reports.RELEASED: MEMBERS,
    planted_reports.DRAFTED: OFFICERS | {"editor"},
    planted_reports.KEPT: frozenset({"officer"}),
    planted_reports.HANDED_IN: OF_A | OFFICERS,
}


def plant(meeting: Meeting, a: Membership, officer: User, delegate: User) -> None:
    """Put every word of WORDS into the record of *meeting*; *a* is the delegation of *delegate*."""
    _documents(meeting)
    planted_registrations.plant(meeting, officer)
    _agenda(meeting)
    consultation = Consultation.objects.get(group_meeting=meeting)
    _open_agenda(consultation.open_meeting)
    _left_out(meeting)
    _mark(consultation, officer)
    _delegation(meeting, a, delegate)
    _decisions(meeting)
    _asked_and_sent(meeting, a, officer, delegate)
    planted_reports.plant(meeting, officer, delegate)


def _asked_and_sent(meeting: Meeting, a: Membership, officer: User, delegate: User) -> None:
    """A request to A alone, a topic of A, an output for members sent; every mail is written."""
    issue = Issue.objects.get(slug="matter-1")
    request = PositionRequest(group=meeting.group, issue=issue, words="zq-request-to-a-alone")
    asking_positions.ask(request, of=[a], by=officer)
    topic = Proposal(meeting=meeting, topics=_text("zq-topic-of-a-member"), audience="members")
    deciding.propose_as_member(a, topic, by=delegate)
    told = {"sort": "members", "names": {"en": "Members"}, "has_delegates": True}
    kept = addressing.make(AddresseeList(group=meeting.group, **told), by=officer)
    address = addressing.Entered(email="zq-address-on-a-list@example.org", membership=a)
    addressing.enter(kept, address, by=officer)
    output = outputs.of(Decision.objects.get(position=91, meeting=meeting))
    now = timezone.now()
    disseminating.send(meeting.group, output, [kept], notes={}, now=now, by=officer)
    disseminating.send_due(now)
    while documents_told.tell_due(now):
        continue


def _text(words: str) -> dict[str, object]:
    return {"en": {"text": words, "status": "original"}}


def _posted(meeting: Meeting, audience: str, title: str, name: str, data: str) -> Document:
    kept = spool.keep([data.encode()], folder="editions")
    file = {"name": f"{name}.txt", "path": kept.path, "sha256": kept.sha256, "size": kept.size}
    made = Document(
        meeting=meeting,
        titles={"en": title},
        source="Secretariat",
        audience=audience,
        files=[file | {"media_type": "text/plain", "language": "en"}],
    )
    return documents.post(made, language="en", by=None)


def _documents(meeting: Meeting) -> None:
    _posted(meeting, "public", "zq-document-for-all", "for-all", "for all")
    _posted(meeting, "listed", "zq-listed-title", "zq-listed-file", "zq-listed-bytes")
    _posted(meeting, "members", "zq-members-title", "zq-members-file", "zq-members-bytes")
    _posted(meeting, "desk", "zq-desk-title", "zq-desk-file", "for the desk")


def _agenda(meeting: Meeting) -> None:
    """An agenda for members, and a conference address; the public page of the meeting stays."""
    item = AgendaItem.objects.create(
        meeting=meeting, number="9.1", position=90, titles=_text("zq-agenda-item"),
        purpose="discussion", minutes={"en": "zq-minutes"},
    )  # fmt: skip
    item.documents.set(Document.objects.filter(titles__en="zq-members-title"))
    Meeting.objects.filter(pk=meeting.pk).update(
        agenda_audience="members", agenda_published_at=AT,
        conference_url="https://example.org/zq-conference",
    )  # fmt: skip


def _open_agenda(meeting: Meeting) -> None:
    """On an agenda that everyone has: an item for members, and its change."""
    told = {"meeting": meeting, "purpose": "discussion"}
    shown = AgendaItem.objects.create(number="1", titles=_text("zq-item-for-all"), **told)
    hidden = AgendaItem.objects.create(
        number="2", position=2, titles=_text("zq-item-for-members"), audience="members",
        begins_at=AT, length=20, **told,
    )  # fmt: skip
    for item in (shown, hidden):
        AgendaChange.objects.create(
            meeting=meeting, item=item, act="changed", changed_at=AT,
            before={"titles": _text("zq-item-for-members" if item is hidden else "Before")},
            reason="zq-why-it-moved" if item is hidden else "Plain.",
        )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(agenda_audience="public", agenda_published_at=AT)


def _left_out(meeting: Meeting) -> None:
    """What the meeting before sent on for members alone, and why it was left out here."""
    left = Decision.objects.create(
        meeting=_before(meeting), kind="no-consensus", goes_to="next-meeting", position=95,
        texts=_text("zq-left-out-title"), audience="members",
    )  # fmt: skip
    AgendaMatter.objects.create(
        meeting=meeting, key=f"decision:{left.pk}", reason="zq-left-out-because", settled_at=AT
    )


def _before(meeting: Meeting) -> Meeting:
    return Meeting.objects.filter(
        group=meeting.group, kind="group", starts_on__lt=meeting.starts_on
    ).latest("starts_on")


def _mark(consultation: Consultation, officer: User) -> None:
    """That the group discussed a consultation, for members alone."""
    GroupDiscussion.objects.create(
        consultation=consultation, meeting=consultation.group_meeting, status="discussed",
        audience="members", on=AT.date(), note="zq-mark-for-members", language="en",
        recorded_at=AT, recorded_by=officer,
    )  # fmt: skip


def _delegation(meeting: Meeting, a: Membership, delegate: User) -> None:
    Contribution.objects.create(
        meeting=meeting, membership=a, purpose="action", language="en", audience="public",
        titles={"en": "zq-draft-of-a"}, abstract="zq-abstract-of-a", begun_at=AT,
        begun_by=delegate, saved_at=AT, saved_by=delegate,
    )  # fmt: skip
    first, second, third = (
        Issue.objects.create(
            body=meeting.group.body, slug=f"matter-{n}", names={"en": f"Matter {n}"}
        )
        for n in range(3)
    )
    _position(first, a, delegate, "zq-position-draft-of-a", "public", None)
    _position(second, a, delegate, "zq-position-for-members", "members", AT)
    _position(third, a, delegate, "zq-position-for-all", "public", AT)


def _position(
    issue: Issue, a: Membership, by: User, words: str, audience: str, at: datetime | None
) -> None:
    position = Position.objects.create(issue=issue, membership=a)
    PositionVersion.objects.create(
        position=position, ordinal=1, texts=_text(words), audience=audience, written_at=AT,
        written_by=by, given_at=at, given_by=by if at else None,
    )  # fmt: skip


def _decisions(meeting: Meeting) -> None:
    for_members = _decision(meeting, 91, "zq-decision-for-members", "members")
    StatedView.objects.create(decision=for_members, texts=_text("zq-view-for-members"))
    _decision(meeting, 92, "zq-decision-for-desk", "desk")
    _asked(for_members, "members", _text("zq-follow-up-for-members"))
    silent = _decision(meeting, 93, "zq-decision-of-a-public-follow-up", "members")
    _asked(silent, "public", {})  # its words would be those of the decision
    advice = Advice.objects.create(
        group=meeting.group, meeting=meeting, kind="input", texts=_text("zq-advice-for-members"),
        audience="members", recorded_at=AT,
    )  # fmt: skip
    advice.offices.set([])
    Proposal.objects.create(
        meeting=meeting, position=91, topics=_text("zq-proposal-for-members"), is_by_chair=True,
        audience="members",
    )  # fmt: skip


def _decision(meeting: Meeting, position: int, words: str, audience: str) -> Decision:
    return Decision.objects.create(
        meeting=meeting, position=position, kind="consensus", texts=_text(words), audience=audience
    )


def _asked(decision: Decision, audience: str, texts: dict[str, object]) -> None:
    asked = FollowUp.objects.create(
        decision=decision, force="request", addressee={"en": "Secretariat"}, texts=texts,
        audience=audience,
    )  # fmt: skip
    if texts:
        StatusChange.objects.create(
            follow_up=asked, status="in-progress", note="zq-follow-up-note", recorded_at=AT
        )


def met(who: str, page: str) -> list[str]:
    """The words that *who* met on *page* and may not."""
    return [word for word, may in WORDS.items() if who not in may and word in page]


def readable(who: str) -> Iterable[str]:
    """The words that *who* may meet."""
    return [word for word, may in WORDS.items() if who in may]
