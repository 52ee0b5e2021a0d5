"""What is asked about decisions, views and proposals: each reader gets what is meant for them."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Prefetch

from consulta.core.multilingual import Text, choose
from consulta.core.numbering import western
from consulta.groups import members, permissions
from consulta.groups.models import Group, Membership
from consulta.groups.permissions import Act, AnyUser
from consulta.meetings.models import (
    AgendaItem,
    Decision,
    Document,
    Meeting,
    Proposal,
    ProposalSupport,
    StatedView,
)

PUBLIC = frozenset({Document.Audience.PUBLIC.value})
MEMBERS = PUBLIC | {Document.Audience.LISTED.value, Document.Audience.MEMBERS.value}
DESK = MEMBERS | {Document.Audience.DESK.value}


def audiences(user: AnyUser, group: Group | None) -> frozenset[str]:
    """Return what *user* reads of *group*: public matter, members' with it, the desk's with it."""
    if permissions.may(user, Act.SEE_RESTRICTED, group):
        return DESK
    return MEMBERS if members.sees(user, group) else PUBLIC


def of_meetings(
    meetings: Sequence[Meeting], shown: Collection[str] = PUBLIC
) -> dict[int, list[Decision]]:
    """Return what each of *meetings* settled, for readers of *shown*, by the meeting's id. Two queries."""
    found: dict[int, list[Decision]] = {meeting.pk: [] for meeting in meetings}
    rows = Decision.objects.filter(meeting__in=meetings, audience__in=shown)
    rows = rows.select_related("meeting__group", "item", "opens_after", "issue", "amends")
    for row in rows.prefetch_related("views").order_by("meeting", "position"):
        found[row.meeting_id or 0].append(row)
    return found


def one(pk: int) -> Decision:
    """Return a decision with its meeting and group, to be asked for by whom it is shown to."""
    rows = Decision.objects.select_related("meeting__group__body", "item", "opens_after", "issue")
    return rows.select_related("amends__meeting").prefetch_related("views").get(pk=pk)


def of_group(group: Group, shown: Collection[str]) -> list[Decision]:
    """Return what *group* settled, the latest meeting first. Two queries."""
    rows = Decision.objects.filter(meeting__group=group, audience__in=shown)
    rows = rows.select_related("meeting__group", "item").prefetch_related("views")
    return list(rows.order_by("-meeting__starts_on", "-meeting", "position"))


def later_of(decisions: Sequence[Decision], shown: Collection[str]) -> dict[int, Decision]:
    """Return which later decision changed each of *decisions*, by the earlier one's id."""
    rows = Decision.objects.filter(amends__in=decisions, audience__in=shown)
    return {row.amends_id or 0: row for row in rows.select_related("meeting__group")}


def standing(group: Group) -> list[Decision]:
    """Return the decisions of *group* that no later one changed: those that can be changed."""
    changed = Decision.objects.filter(amends__isnull=False).values("amends")
    rows = Decision.objects.filter(meeting__group=group).exclude(pk__in=changed)
    return list(rows.select_related("meeting").order_by("-meeting__starts_on", "position"))


def text(decision: Decision, language: str) -> Text:
    """Return the words of a decision for a reader of *language*."""
    return choose(decision.texts, language)


def view_text(view: StatedView, language: str) -> Text:
    """Return the words of a view for a reader of *language*."""
    return choose(view.texts, language)


def proposals(meeting: Meeting, shown: Collection[str]) -> list[Proposal]:
    """Return the topics proposed to *meeting*, with what became of each. Two queries."""
    rows = Proposal.objects.filter(meeting=meeting, audience__in=shown).select_related(
        "meeting__group", "issue", "membership__state", "membership__organisation", "decision"
    )
    return list(rows.prefetch_related("documents"))


def open_proposals(group: Group, shown: Collection[str] = DESK) -> list[Proposal]:
    """Return the topics proposed to *group* that nothing settled yet, with what supports them.

    Five queries, however many there are.
    """
    rows = Proposal.objects.filter(meeting__group=group, state=Proposal.State.OPEN)
    rows = rows.filter(audience__in=shown).select_related("meeting__group", "issue")
    rows = rows.select_related("membership__state", "membership__organisation")
    supports = ProposalSupport.objects.select_related(
        "document__meeting", "membership__state", "membership__organisation"
    )
    rows = rows.prefetch_related("documents__meeting", Prefetch("supports", supports))
    rows = rows.prefetch_related("membership__state__entered_names")
    return list(rows.order_by("meeting__starts_on", "position"))


def brought(proposal: Proposal, shown: Collection[str]) -> list[tuple[Membership | None, Document]]:
    """Return the contributions behind a proposed topic, for readers of *shown*: whose, and which.

    None: brought with the proposal itself. No query after :func:`open_proposals`.
    """
    rows: list[tuple[Membership | None, Document]] = [(None, d) for d in proposal.documents.all()]
    rows += [(each.membership, each.document) for each in proposal.supports.all()]
    seen = {*shown, Document.Audience.LISTED.value}
    return [(who, document) for who, document in rows if document.audience in seen]


def proposal(pk: int) -> Proposal:
    """Return a proposal with its meeting and group. Raises Proposal.DoesNotExist."""
    return Proposal.objects.select_related("meeting__group__body", "issue").get(pk=pk)


def chosen_by(decisions: Sequence[Decision], shown: Collection[str]) -> dict[int, list[Proposal]]:
    """Return the proposals that each of *decisions* settled, by the decision's id."""
    found: dict[int, list[Proposal]] = defaultdict(list)
    for row in Proposal.objects.filter(decision__in=decisions, audience__in=shown):
        found[row.decision_id or 0].append(row)
    return found


def item_numbered(meeting: Meeting, number: str) -> AgendaItem | None:
    """Return the item of this number on the agenda of *meeting*; None if there is none."""
    rows = AgendaItem.objects.filter(meeting=meeting, removed_at__isnull=True)
    return rows.filter(number=western(number).strip().rstrip(".")).first()


def topic(proposal: Proposal, language: str) -> Text:
    """Return a proposed topic for a reader of *language*."""
    return choose(proposal.topics, language)
