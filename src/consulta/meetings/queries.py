"""What is asked about meetings, their decisions, follow-ups and documents."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q

from consulta.accounts.models import User
from consulta.core.multilingual import Text, choose
from consulta.groups import members, permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act, AnyUser
from consulta.meetings.models import Decision, Document, FollowUp, Meeting, MeetingMove


def of_group(group: Group) -> Sequence[Meeting]:
    """Return all meetings of *group*, open ones included, the latest first."""
    held = Meeting.objects.filter(group=group).select_related("group")
    return list(held.order_by("-starts_on", "slug"))


def every() -> Sequence[Meeting]:
    """Return all meetings with their groups, the latest first; those without a date come last."""
    latest = F("starts_on").desc(nulls_last=True)
    return list(Meeting.objects.select_related("group").order_by(latest, "slug"))


def by_slug(slug: str) -> Meeting:
    """Return the meeting called *slug*, with its group and body. Raises Meeting.DoesNotExist."""
    return Meeting.objects.select_related("group__body").get(slug=slug)


def coming(group: Group | None, *, on: date) -> Sequence[Meeting]:
    """Return the meetings of *group* that begin on the day *on* or later, the next first.

    What was cancelled does not come.
    """
    meetings = Meeting.objects.filter(starts_on__gte=on, cancelled_at__isnull=True)
    return list(meetings.filter(group=group).order_by("starts_on"))


def coming_to_all(*, on: date, limit: int) -> Sequence[Meeting]:
    """Return at most *limit* meetings of whatever group that have not ended before the day *on*."""
    ahead = Meeting.objects.filter(Q(ends_on__gte=on) | Q(ends_on__isnull=True, starts_on__gte=on))
    ahead = ahead.filter(cancelled_at__isnull=True)
    return list(ahead.select_related("group").order_by("starts_on", "slug")[:limit])


def held(group: Group, *, on: date) -> Sequence[Meeting]:
    """Return the group's own meetings that began on the day *on* or before, the latest first."""
    own = Meeting.objects.filter(group=group, kind=Meeting.Kind.GROUP, starts_on__lte=on)
    return list(own.select_related("group").order_by("-starts_on", "slug"))


def same_meeting(meeting: Meeting) -> Meeting | None:
    """Return the meeting on record that a *meeting* not saved yet is: same number, same days."""
    told = {"kind": meeting.kind, "number": meeting.number, "starts_on": meeting.starts_on}
    ends_on = meeting.ends_on or meeting.starts_on
    return Meeting.objects.filter(group=meeting.group, ends_on=ends_on, **told).first()


def clashing(meeting: Meeting) -> Meeting | None:
    """Return another meeting of the group that has the number or one of the days of *meeting*."""
    last = meeting.ends_on or meeting.starts_on
    days = Q(starts_on__lte=last, ends_on__gte=meeting.starts_on)
    numbered = Q(number=meeting.number, number__isnull=False)
    others = Meeting.objects.filter(days | numbered, group=meeting.group, kind=meeting.kind)
    return others.select_related("group").first() if same_meeting(meeting) is None else None


def same_decision(decision: Decision) -> Decision | None:
    """Return what stands on record at the same meeting, word for word; None if nothing does."""
    said = {
        "kind": decision.kind,
        "taken_by": decision.taken_by,
        "opens_consultation": decision.opens_consultation,
        "source": decision.source,
    }
    alike = Decision.objects.filter(meeting=decision.meeting, **said)
    return next((found for found in alike if found.texts == decision.texts), None)


def next_group_meeting(group: Group, *, after: date) -> Meeting | None:
    """Return the group's next own meeting that begins after the day *after*; None if none is set."""
    own = Meeting.objects.filter(group=group, kind=Meeting.Kind.GROUP, starts_on__gt=after)
    own = own.filter(cancelled_at__isnull=True)
    return own.order_by("starts_on").first()


def decisions_of(meetings: Sequence[Meeting]) -> dict[int, list[Decision]]:
    """Return what each of *meetings* settled, as far as everyone may read it: one query for a page."""
    found: dict[int, list[Decision]] = {meeting.pk: [] for meeting in meetings}
    shown = Decision.objects.filter(meeting__in=meetings, audience=Document.Audience.PUBLIC)
    for decision in shown.order_by("meeting", "position"):
        found[decision.meeting_id or 0].append(decision)
    return found


def decision(pk: int) -> Decision:
    """Return the decision with this id, with its meeting and group. Raises Decision.DoesNotExist."""
    return Decision.objects.select_related("meeting__group__body").get(pk=pk)


def decisions_to_consult(groups: Sequence[Group]) -> Sequence[Decision]:
    """Return the decisions of *groups* to hold a consultation, the latest first."""
    decided = Decision.objects.filter(opens_consultation=True, meeting__group__in=groups)
    return list(
        decided.select_related("meeting__group").order_by("-meeting__starts_on", "position")
    )


def decision_text(decision: Decision, language: str) -> Text:
    """Return the words of a decision for a reader of *language*."""
    return choose(decision.texts, language)


def follow_ups_of(decisions: Sequence[Decision]) -> dict[int, list[FollowUp]]:
    """Return what offices were asked, as far as everyone may read it, by the decision's id: one query."""
    found: dict[int, list[FollowUp]] = {decision.pk: [] for decision in decisions}
    shown = FollowUp.objects.filter(decision__in=decisions, audience=Document.Audience.PUBLIC)
    for follow_up in shown.order_by("pk"):
        found[follow_up.decision_id].append(follow_up)
    return found


def addressee(follow_up: FollowUp, language: str) -> Text:
    """Return who was asked to act, for a reader of *language*."""
    return choose(follow_up.addressee, language)


def documents(meeting: Meeting, user: AnyUser) -> Sequence[Document]:
    """Return the documents of *meeting* whose titles *user* may read, in the order of their numbers."""
    audiences = _titles_shown_to(user, meeting.group)
    posted = Document.objects.filter(meeting=meeting, posted_at__isnull=False)
    return list(posted.filter(audience__in=audiences).select_related("meeting__group"))


def for_members(meeting: Meeting) -> Sequence[Document]:
    """Return what members of the group have of *meeting*: all documents but those of the desk."""
    shown = Document.objects.filter(meeting=meeting, posted_at__isnull=False)
    shown = shown.exclude(audience=Document.Audience.DESK)
    return list(shown.select_related("meeting__group"))


def may_read(document: Document, user: AnyUser) -> bool:
    """Say whether *user* may have the files of *document*."""
    if document.audience == Document.Audience.PUBLIC:
        return True
    if document.audience == Document.Audience.DESK:
        return permissions.may(user, Act.SEE_RESTRICTED, document.meeting.group)
    return members.sees(user, document.meeting.group)


def readable(meeting: Meeting, documents: Sequence[Document], user: AnyUser) -> set[int]:
    """Return the ids of those of *documents*, all of *meeting*, whose files *user* may have.

    As :func:`may_read`, but asked once for a whole page.
    """
    audiences = _files_shown_to(user, meeting.group)
    return {document.pk for document in documents if document.audience in audiences}


def document(pk: int) -> Document:
    """Return the document with this id. Raises Document.DoesNotExist."""
    return Document.objects.select_related("meeting__group").get(pk=pk)


def moves(meeting: Meeting) -> Sequence[MeetingMove]:
    """Return how often *meeting* was moved, from when, and why."""
    return list(meeting.moves.all())


def document_by_number(number: str) -> Document:
    """Return the document with this number, in whatever language. Raises Document.DoesNotExist."""
    base = number.rpartition("-")[0] or number
    found = Document.objects.select_related("meeting__group").filter(
        Q(number=number) | Q(base_number=number) | Q(base_number=base)
    )
    if (document := found.first()) is None:
        raise Document.DoesNotExist(number)
    return document


def numbered(meeting: Meeting) -> Sequence[Document]:
    """Return every number given at *meeting*, reserved ones too, for the desk; with what each follows."""
    rows = Document.objects.filter(meeting=meeting).select_related("meeting__group", "of")
    return list(rows)


def document_at_desk(meeting: Meeting, pk: int) -> Document:
    """Return a document of *meeting*, reserved or posted. Raises Document.DoesNotExist."""
    return Document.objects.select_related("meeting__group", "of").get(meeting=meeting, pk=pk)


def followers_of(documents: Sequence[Document]) -> dict[int, list[Document]]:
    """Return what was posted after each of *documents*, by its id. One query for a page."""
    found: dict[int, list[Document]] = {document.pk: [] for document in documents}
    rows = Document.objects.filter(of__in=documents, posted_at__isnull=False)
    for row in rows.order_by("posted_at", "pk"):
        found[row.of_id or 0].append(row)
    return found


def title(document: Document, language: str) -> Text:
    """Return a document's title for a reader of *language*."""
    return choose(document.titles, language)


def note(meeting: Meeting, language: str) -> Text:
    """Return what is known of a meeting beside its dates, for a reader of *language*."""
    return choose(meeting.note, language)


def _titles_shown_to(user: AnyUser, group: Group | None) -> list[str]:
    shown = {Document.Audience.PUBLIC.value, Document.Audience.LISTED.value}
    return sorted(shown | _files_shown_to(user, group))


def _files_shown_to(user: AnyUser, group: Group | None) -> set[str]:
    every = {audience.value for audience in Document.Audience}
    if not isinstance(user, User):
        return {Document.Audience.PUBLIC.value}
    if permissions.may(user, Act.SEE_RESTRICTED, group):
        return every
    if members.sees(user, group):
        return every - {Document.Audience.DESK.value}
    return {Document.Audience.PUBLIC.value}
