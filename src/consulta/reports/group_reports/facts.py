"""Facts: what the record holds for a report of a group, in a fixed number of queries.

A report for everyone is drafted from what everyone may see; one for members from what members see.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import translation
from django.utils.functional import Promise

from consulta.core.group_report import (
    DecisionFact,
    DocumentFact,
    Facts,
    FollowUpFact,
    ItemFact,
    Kind,
    MeetingFact,
)
from consulta.core.languages import LANGUAGES, django_code
from consulta.core.multilingual import Texts
from consulta.groups.models import Group, Officeholder
from consulta.live import participation
from consulta.meetings.models import (
    AgendaItem,
    Decision,
    Document,
    FollowUp,
    Meeting,
    MeetingPart,
)
from consulta.reports.group_reports import consulted, norms, phrases
from consulta.stakeholders import states

_PUBLIC = Document.Audience.PUBLIC
_LISTED = (Document.Audience.PUBLIC, Document.Audience.LISTED)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report is asked for. *is_public*: drafted from what everyone may see."""

    kind: Kind
    group: Group
    first_on: date
    last_on: date
    meeting: Meeting | None = None
    is_public: bool = False


def of(asked: Asked) -> Facts:
    """Return the facts of the report that is *asked* for. Raises NoPeriodError."""
    rows = [asked.meeting] if asked.meeting else _held(asked)
    meetings = _meetings(rows, asked)
    based, others, ended = norms.of(asked.group, first=asked.first_on, last=asked.last_on)
    held = consulted.of(asked.group, asked.first_on, asked.last_on, is_public=asked.is_public)
    modalities = norms.modalities(held)
    if not based and modalities is not None:
        based = (modalities,)
        others = tuple(norm for norm in others if norm.row != modalities.row)
    return Facts(
        kind=asked.kind,
        body=asked.group.body.names,
        group=asked.group.names,
        short=asked.group.short_name,
        row=row(asked.group),
        first_on=asked.first_on,
        last_on=asked.last_on,
        mandate=asked.group.mandates,
        chairs=_chairs(asked),
        norms=based,
        others=others,
        ended=ended,
        modalities=modalities,
        meetings=meetings,
        consultations=tuple(fact for _consultation, fact in held),
        next_meeting=_next(asked),
    )


def row(thing: Model) -> str:
    """Name a row of the record: ``meetings.Decision-12``."""
    return f"{thing._meta.label}-{thing.pk}"


def in_every_language(words: str | Promise) -> Texts:
    """Return lazily translated *words* in every language."""
    found = {}
    for code in LANGUAGES:
        with translation.override(django_code(code)):
            found[code] = str(words)
    return found


# ---- meetings


def _held(asked: Asked) -> Sequence[Meeting]:
    """The group's own meetings of the period, the first one first."""
    own = Meeting.objects.filter(
        group=asked.group,
        kind=Meeting.Kind.GROUP,
        starts_on__range=(asked.first_on, asked.last_on),
    )
    return list(own.order_by("starts_on", "pk"))


def _meetings(rows: Sequence[Meeting], asked: Asked) -> tuple[MeetingFact, ...]:
    decisions, parts = _decisions(rows, asked), _by_meeting(MeetingPart.objects, rows)
    in_full = rows if asked.kind == Kind.OUTCOME else []
    items = _by_meeting(_items(asked), in_full)
    documents = _by_meeting(_documents(asked), in_full)
    present = participation.present(in_full)
    return tuple(
        MeetingFact(
            row=row(meeting),
            slug=meeting.slug,
            number=meeting.number,
            titles=meeting.titles,
            starts_on=meeting.starts_on,
            ends_on=meeting.ends_on,
            place=meeting.place,
            mode=meeting.mode,
            cancelled=meeting.cancellation_reason if meeting.cancelled_at else None,
            decisions=tuple(decisions.get(meeting.pk, ())),
            items=tuple(_item(item) for item in items.get(meeting.pk, ())),
            documents=tuple(_document(one) for one in documents.get(meeting.pk, ())),
            participants=present.get(meeting.pk) or None,
            parts=tuple((part.starts_on, part.ends_on) for part in parts.get(meeting.pk, ())),
        )
        for meeting in rows
    )


def _by_meeting(rows: Any, meetings: Sequence[Meeting]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for one in rows.filter(meeting__in=meetings) if meetings else ():
        found.setdefault(one.meeting_id, []).append(one)
    return found


def _documents(asked: Asked) -> Any:
    posted = Document.objects.filter(posted_at__isnull=False, withdrawn_at__isnull=True)
    if asked.is_public:
        return posted.filter(audience__in=_LISTED)
    return posted.exclude(audience=Document.Audience.DESK)


def _items(asked: Asked) -> Any:
    standing = AgendaItem.objects.filter(removed_at__isnull=True)
    return standing.filter(audience="") if asked.is_public else standing


def _document(document: Document) -> DocumentFact:
    return DocumentFact(row(document), document.number, document.titles)


def _item(item: AgendaItem) -> ItemFact:
    return ItemFact(row(item), item.number, item.titles, item.minutes)


def _next(asked: Asked) -> MeetingFact | None:
    after = asked.meeting.starts_on if asked.meeting else asked.last_on
    if asked.kind != Kind.OUTCOME or after is None:
        return None
    coming = Meeting.objects.filter(
        group=asked.group, kind=Meeting.Kind.GROUP, starts_on__gt=after, cancelled_at__isnull=True
    )
    found = coming.order_by("starts_on").first()
    return _meetings([found], _bare(asked))[0] if found else None


def _bare(asked: Asked) -> Asked:
    return Asked(Kind.ANNUAL, asked.group, asked.first_on, asked.last_on, None, asked.is_public)


# ---- what was settled, and what was asked of whom


def _decisions(rows: Sequence[Meeting], asked: Asked) -> dict[int, list[DecisionFact]]:
    """What each meeting settled, by the meeting's id: three queries for a whole report."""
    own = _seen(Decision.objects.filter(meeting__in=rows), asked).order_by("meeting", "position")
    settled = list(own)
    follow_ups = _follow_ups(settled, asked)
    later = _seen(Decision.objects.filter(amends__in=settled), asked).select_related("meeting")
    instead = {one.amends_id: one for one in later}
    found: dict[int, list[DecisionFact]] = {}
    for one in settled:
        replaced = instead.get(one.pk)
        fact = DecisionFact(
            row=row(one),
            texts=one.texts,
            follow_ups=tuple(follow_ups.get(one.pk, ())),
            replaced_by=replaced.texts if replaced else None,
            item=f"{AgendaItem._meta.label}-{one.item_id}" if one.item_id else "",
        )
        found.setdefault(one.meeting_id or 0, []).append(fact)
    return found


def _follow_ups(settled: Sequence[Decision], asked: Asked) -> dict[int, list[FollowUpFact]]:
    texts = {one.pk: one.texts for one in settled}
    rows = _seen(FollowUp.objects.filter(decision__in=settled), asked)
    found: dict[int, list[FollowUpFact]] = {}
    for one in rows.order_by("decision", "position", "pk"):
        fact = FollowUpFact(
            row=row(one),
            force=one.force,
            addressee=one.addressee,
            texts=one.texts or texts[one.decision_id],
            due_on=one.due_on,
            states=_state(one) if asked.kind == Kind.ANNUAL else None,
        )
        found.setdefault(one.decision_id, []).append(fact)
    return found


def _state(follow_up: FollowUp) -> Texts:
    labels: Mapping[str, str | Promise] = dict(FollowUp.Status.choices)
    return in_every_language(labels[follow_up.status])


def _seen(rows: Any, asked: Asked) -> Any:
    """What readers of the report may see of *rows* that are classified."""
    if asked.is_public:
        return rows.filter(audience=_PUBLIC)
    return rows.exclude(audience=Document.Audience.DESK)


# ---- the chair


def _chairs(asked: Asked) -> Texts:
    """Who chaired the group in the period, by language; what was noted before there were terms."""
    holders = Officeholder.objects.filter(
        group=asked.group, office=Officeholder.Office.CHAIR
    ).select_related("state")
    terms = [one for one in holders if _within(one, asked)]
    if not terms:
        return dict.fromkeys(LANGUAGES, asked.group.chair) if asked.group.chair else {}
    return {code: "; ".join(_named(terms, code)) for code in LANGUAGES}


def _within(holder: Officeholder, asked: Asked) -> bool:
    began = holder.since_on is None or holder.since_on <= asked.last_on
    return began and (holder.until_on is None or holder.until_on >= asked.first_on)


def _named(holders: Iterable[Officeholder], code: str) -> list[str]:
    say = phrases.of(code)
    return [
        say.say("holder", name=one.name, state=states.name(one.state, code).text)
        if one.state
        else one.name
        for one in holders
    ]
