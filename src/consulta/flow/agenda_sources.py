"""Where matters come from: standing items, deferred topics, follow-ups, positions, contributions."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consulta.core.languages import public_code
from consulta.core.multilingual import Texts, text_in
from consulta.flow.agenda_values import Kind, Matter, Purpose, Titles, day, first_words, titled
from consulta.meetings import followup_queries, matters, wording
from consulta.meetings.models import (
    AgendaItem,
    Decision,
    Document,
    FollowUp,
    Meeting,
    PositionRequest,
    Proposal,
    StandingItem,
)

_PUBLIC = Document.Audience.PUBLIC
_DESK = Document.Audience.DESK


def of_standing(meeting: Meeting) -> Iterator[Matter]:
    """Yield what every meeting of the group has; the usual items where the group laid none down."""
    said = matters.standing(meeting.group)
    if not said:
        yield from _usual()
    for item in said:
        opening = item.place == StandingItem.Place.OPENING
        yield Matter(
            key=f"standing:{item.pk}",
            kind=Kind.OPENING if opening else Kind.CLOSING,
            titles=item.titles,
            why=[_("Every meeting of the group has this item.")],
            purpose=item.purpose,
            is_public=True,
        )


def of_topics(before: Sequence[Meeting]) -> Iterator[Matter]:
    """Yield what was sent to the next meeting or left open: decisions, topics proposed.

    *before*: the earlier meetings of the group, the latest first. What a later decision settled does
    not come back.
    """
    last = before[:1]
    sent = Decision.objects.filter(meeting__in=last, goes_to=Decision.GoesTo.NEXT_MEETING)
    settled = Decision.objects.filter(amends__in=sent).values("amends")
    rows = sent.exclude(pk__in=settled).exclude(audience=_DESK).select_related("meeting__group")
    for decision in rows.order_by("position"):
        yield _deferred(decision)
    open_ones = Proposal.objects.filter(meeting__in=before, state=Proposal.State.OPEN)
    open_ones = open_ones.exclude(audience=_DESK).select_related("meeting__group")
    for proposal in open_ones.order_by("-meeting__starts_on", "position"):
        yield _proposed(proposal)


def of_follow_ups(meeting: Meeting, by: date) -> Iterator[Matter]:
    """Yield the follow-ups of the group that are due by the day *by*, or with the next report.

    An invitation is never due, and a standing duty has no end.
    """
    rows = FollowUp.objects.filter(
        decision__meeting__group=meeting.group,
        decision__meeting__starts_on__lt=by,
        is_standing=False,
        status__in=followup_queries.UNFINISHED,
    ).exclude(force=FollowUp.Force.INVITE)
    rows = rows.exclude(audience=_DESK).exclude(decision__audience=_DESK)
    rows = rows.select_related("decision__meeting__group")
    for one in rows.order_by("due_on", "decision", "position"):
        if one.is_due_with_report or (one.due_on is not None and one.due_on <= by):
            yield _due(one, by)


def of_positions(meeting: Meeting, before: Sequence[Meeting]) -> Iterator[Matter]:
    """Yield the issues on which members were asked for positions since the meeting before."""
    rows = PositionRequest.objects.filter(group=meeting.group).select_related("issue", "decision")
    since = before[0].starts_on if before else None
    asked = rows.filter(asked_at__date__gte=since) if since else rows
    latest = {one.issue_id: one for one in asked.order_by("asked_at", "pk")}
    for one in latest.values():
        why = [_("Members were asked on %(day)s for their positions.") % {"day": day(one.asked_at)}]
        if one.due_on is not None:
            why.append(_("They are asked for by %(day)s.") % {"day": day(one.due_on)})
        yield Matter(
            key=f"position-request:{one.pk}",
            kind=Kind.POSITION,
            titles=_named(lambda: _("Positions of members on: %(words)s"), one.issue.names),
            why=why,
            source=one,
        )


def of_contributions(meeting: Meeting) -> Iterator[Matter]:
    """Yield the contributions before the meeting that stand under no item of its agenda."""
    standing = AgendaItem.objects.filter(meeting=meeting, removed_at__isnull=True)
    linked = AgendaItem.documents.through.objects.filter(agendaitem__in=standing)
    rows = Document.objects.filter(
        meeting=meeting,
        sort=Document.Sort.CONTRIBUTION,
        kind=Document.Kind.ORIGINAL,
        posted_at__isnull=False,
        withdrawn_at__isnull=True,
    ).exclude(pk__in=linked.values("document"))
    for document in rows.exclude(audience=_DESK).order_by("sequence"):
        yield Matter(
            key=f"document:{document.pk}",
            kind=Kind.CONTRIBUTION,
            titles=_of_document(document),
            why=[_("A member submitted it, and it stands under no item of this agenda.")],
            source=document,
            documents=[document],
            presenter=document.source,
            is_public=document.audience in (_PUBLIC, Document.Audience.LISTED),
        )


def _usual() -> Iterator[Matter]:
    said = (
        ("adoption", Kind.OPENING, Purpose.DECISION, lambda _code: _("Adoption of the agenda")),
        ("next", Kind.CLOSING, Purpose.DECISION, lambda _code: _("Date of the next meeting")),
        ("other", Kind.CLOSING, Purpose.DISCUSSION, lambda _code: _("Any other business")),
    )
    for name, kind, purpose, words in said:
        yield Matter(
            key=f"usual:{name}",
            kind=kind,
            titles=titled(words),
            why=[_("A usual item: the group has laid down none of its own.")],
            purpose=purpose.value,
            is_public=True,
        )


def _deferred(decision: Decision) -> Matter:
    said = {"meeting": _called(decision.meeting)}
    if decision.kind == Decision.Kind.NO_CONSENSUS:
        why = _("There was no consensus at %(meeting)s, and it was sent to the next meeting.")
    else:
        why = _("It was sent to the next meeting at %(meeting)s.")
    return Matter(
        key=f"decision:{decision.pk}",
        kind=Kind.TOPIC,
        titles=_named(lambda: _("Deferred: %(words)s"), decision.texts),
        why=[why % said],
        source=decision,
        purpose=Purpose.DECISION.value,
        is_public=decision.audience == _PUBLIC,
    )


def _proposed(proposal: Proposal) -> Matter:
    told = {"meeting": _called(proposal.meeting)}
    return Matter(
        key=f"proposal:{proposal.pk}",
        kind=Kind.TOPIC,
        titles=_named(lambda: _("Topic proposed: %(words)s"), proposal.topics),
        why=[_("It was proposed at %(meeting)s and neither chosen nor put aside.") % told],
        source=proposal,
        purpose=Purpose.DECISION.value,
        is_public=proposal.audience == _PUBLIC,
    )


def _due(one: FollowUp, by: date) -> Matter:
    asked = _("It was asked at %(meeting)s: %(force)s.")
    said = {"meeting": _called(one.decision.meeting), "force": str(one.get_force_display())}
    when = _("It is due with the next report.")
    if one.due_on is not None and one.due_on < by:
        when = _("It was due on %(day)s and is not done.") % {"day": day(one.due_on)}
    elif one.due_on is not None:
        when = _("It is due on %(day)s.") % {"day": day(one.due_on)}
    return Matter(
        key=f"follow-up:{one.pk}",
        kind=Kind.FOLLOW_UP,
        titles=_named(lambda: _("Follow-up: %(words)s"), one.texts or one.decision.texts),
        why=[asked % said, when],
        source=one,
        purpose=Purpose.INFORMATION.value,
        is_public=_PUBLIC == one.audience == one.decision.audience,
    )


def _named(sentence: Callable[[], str], texts: Texts) -> Titles:
    """A title of ours around the record's words, in the languages in which these are written."""

    def words(code: str) -> str:
        said = first_words(text_in(texts, code).text)
        return sentence() % {"words": said} if said else ""

    return titled(words, lambda code: text_in(texts, code).status)


def _of_document(document: Document) -> Titles:
    return titled(lambda code: first_words(text_in(document.titles, code).text))


def _called(meeting: Meeting | None) -> str:
    """The meeting's name in the language being spoken."""
    return wording.name(meeting, public_code(get_language() or "en")).text if meeting else ""
