"""Lists of addressees and outputs that tests send."""

from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.tokens import hashed, new_token
from consulta.groups.models import Appointment, Delegate, Group
from consulta.mailroom import spool
from consulta.meetings import documents
from consulta.meetings.models import Decision, Document, Meeting, PositionRequest, Proposal
from consulta.notices import addressing, disseminating, document_choices, outputs
from consulta.notices.addressing import Entered
from consulta.notices.models import AddresseeList
from tests import settled


def a_list(group: Group, by: User, sort: str = "stakeholders", **more) -> AddresseeList:
    """A list called by its sort."""
    made = AddresseeList(group=group, sort=sort, names={"en": f"List of {sort}"}, **more)
    return addressing.make(made, by=by)


def entered(kept: AddresseeList, email: str, by: User, **more):
    """An institutional address on the list."""
    return addressing.enter(kept, Entered(email=email, **more), by=by)


def decided(meeting: Meeting, audience: str = "public", words: str = "It is so.") -> Decision:
    """A decision of *meeting* for readers of *audience*."""
    position = Decision.objects.filter(meeting=meeting).count() + 60
    return Decision.objects.create(
        meeting=meeting, kind="consensus", position=position, audience=audience,
        texts=settled.words(words),
    )  # fmt: skip


def posted(meeting: Meeting, audience: str = "members", title: str = "A title") -> Document:
    """A document posted now."""
    kept = spool.keep([b"words"], folder="editions")
    file = {"name": "a.txt", "path": kept.path, "sha256": kept.sha256, "size": kept.size}
    made = Document(meeting=meeting, titles={"en": title}, source="Secretariat", audience=audience,
                    sort="liaison",
                    files=[file | {"media_type": "text/plain", "language": "en"}])  # fmt: skip
    return documents.post(made, language="en", by=None)


def at_desk(meeting: Meeting, by: User) -> dict[str, list[object]]:
    """What the addresses of outputs, positions and extra meetings at the desk take, by their names."""
    kept = a_list(meeting.group, by)
    entry = entered(kept, "listed@example.org", by)
    output = outputs.of(decided(meeting))
    sent = disseminating.send(meeting.group, output, [kept], notes={}, now=timezone.now(), by=by)
    asked = PositionRequest.objects.create(
        group=meeting.group,
        issue=settled.issue(meeting.group),
        words="Why?",
        asked_at=sent.begun_at,
    )
    one = {"output_sent": sent.pk, "output_again": sent.pk, "position_request": asked.pk}
    one |= dict.fromkeys(("addressee_list", "addressee_list_close"), kept.pk)
    one |= dict.fromkeys(("addressee_strike", "addressee_ask"), entry.pk)
    found: dict[str, list[object]] = {name: [pk] for name, pk in one.items()}
    return found | {name: [] for name in DESK_LISTS}


#: The addresses of the desk that take nothing.
DESK_LISTS = (
    *("outputs", "output_send", "addressee_list_new", "positions", "position_ask"),
    *("extra_meetings", "extra_meeting_new", "standing_duty_new"),
)
#: What officers of a group read, and the acts, which are never done by reading.
READ = (
    *("outputs", "output_send", "output_sent", "addressee_list_new", "addressee_list"),
    *("positions", "position_ask", "position_request", "extra_meetings", "extra_meeting_new"),
)
POSTS = (
    *("output_again", "addressee_list_close", "addressee_strike", "addressee_ask"),
    *("delegate_factor", "officer_factor"),
)


def links(group: Group, by: User, member: User) -> dict[str, str]:
    """The private links that are mailed: one that confirms an address, and those that end mails."""
    kept = a_list(group, by)
    asked = entered(kept, "asked@example.org", by, basis="confirmed")
    token = new_token()
    asked.token_hash = hashed(token)
    asked.save()
    ends = addressing.end_token(entered(kept, "ends@example.org", by))
    documents_end = document_choices.end_token(member, group)
    return {"addressee_confirm": token, "addressee_end": ends, "documents_end": documents_end}


def values(meeting: Meeting, place: Delegate, by: User) -> dict[str, dict[str, object]]:
    """What the addresses of outputs, topics and their links take, by their names."""
    tokens = links(meeting.group, by, place.user)
    topic = Proposal.objects.create(
        meeting=meeting, topics=settled.words("A topic"), is_by_chair=True
    )
    own = Proposal.objects.create(
        meeting=meeting, topics=settled.words("Our topic"), membership=place.membership
    )
    member = {"membership": place.membership_id}
    appointed = Appointment.objects.filter(group=meeting.group).order_by("pk")[0]
    taken = {
        f"desk:{name}": {"pk": taken[0]} for name, taken in at_desk(meeting, by).items() if taken
    }
    factor = member | {"slug": meeting.group.slug, "pk": place.pk}
    return {
        **taken,
        **{f"public:{name}": {"token": token} for name, token in tokens.items()},
        "public:outputs": {"slug": meeting.group.slug},
        "members:topic_new": member,
        "members:topic_support": member | {"pk": topic.pk},
        "members:topic_withdraw": member | {"pk": own.pk},
        "desk:delegate_factor": factor,
        "desk:officer_factor": {"pk": appointed.pk},
    }
