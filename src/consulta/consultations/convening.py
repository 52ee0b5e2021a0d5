"""Draw up a consultation: from the group's decision to a draft with its computed timetable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from consulta.accounts.models import User
from consulta.consultations import applied, clock, permissions, queries, texts, turn
from consulta.consultations.errors import AlreadyAnnouncedError
from consulta.consultations.models import Consultation
from consulta.consultations.options import Offer
from consulta.core import procedure as procedures
from consulta.core.timetable import Timetable
from consulta.groups.models import Body, Group, Issue
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import Decision, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the desk says about a consultation. Texts are by language; *questions* in their order.

    *opens_on*, *closes_on*: the days chosen; without them the rule's own proposals stand. An open
    call needs both, and no group, decision or meeting. *statuses*: what each language is worth,
    `official` unless said. *choices*: the option taken of each choice of the procedure; *offsets*:
    after how many of its units an optional milestone is due; *anchor_days*: the dates that the
    rule counts from and that are of no meeting here, e.g. a publication. *offers*: the options of a
    question, by its place in *questions* (from 0).
    """

    procedure: str
    topics: Mapping[str, str]
    questions: tuple[Mapping[str, str], ...] = ()
    offers: Mapping[int, Offer] = field(default_factory=dict)
    languages: tuple[str, ...]
    original_language: str
    backgrounds: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    group: Group | None = None
    decision: Decision | None = None
    deciding_meeting: Meeting | None = None
    open_meeting: Meeting | None = None
    group_meeting: Meeting | None = None
    issue: Issue | None = None
    follows: Consultation | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    offsets: Mapping[str, int] = field(default_factory=dict)
    anchor_days: Mapping[str, date] = field(default_factory=dict)
    slug: str = ""
    is_sample: bool = False


@transaction.atomic
def convene(plan: Plan, *, by: User) -> Consultation:
    """Make a draft of *plan* under the next free number, with its timetable computed.

    Raises NotAllowedError, UnknownProcedureError, UnknownChoiceError, UnknownMilestoneError,
    NoChoiceError, OutOfCalendarError, or ValidationError naming the field to mend.
    """
    consultation = Consultation(number=_take_number(), created_by=by)
    _put(plan, on=consultation)
    permissions.require(by, Act.CONVENE, consultation)
    _save(consultation, plan)
    ledger.record("consultation_drafted", consultation, by=by)
    return consultation


@transaction.atomic
def revise(consultation: Consultation, plan: Plan, *, by: User) -> None:
    """Draw a draft up anew from *plan*; its number stays. Raises AlreadyAnnouncedError."""
    turn.take(consultation)
    permissions.require(by, Act.CONVENE, consultation)
    if consultation.announced_at or consultation.is_record or consultation.cancelled_at:
        raise AlreadyAnnouncedError(consultation.slug)
    _put(plan, on=consultation)
    permissions.require(by, Act.CONVENE, consultation)
    _save(consultation, plan)
    ledger.record("consultation_drafted", consultation, by=by)


def preview(plan: Plan, *, now: datetime | None = None) -> Timetable:
    """Compute the timetable that *plan* would have, without writing anything."""
    consultation = Consultation()
    _put(plan, on=consultation)
    return clock.preview(consultation, now or timezone.now())


def is_open_call(procedure: str) -> bool:
    """Say whether *procedure* hangs on no meeting of a group: any body can run it."""
    return not _meetings_of(procedure)


def hangs_on_group(procedure: str) -> bool:
    """Say whether *procedure* counts from the meetings of the group to which it reports."""
    return "group_meeting" in _meetings_of(procedure)


def _meetings_of(procedure: str) -> set[str]:
    """Return which meetings of :data:`clock.MEETINGS` the procedure counts from."""
    anchors = applied.present(procedure).anchors
    return {anchor.name.partition(".")[0] for anchor in anchors} & set(clock.MEETINGS)


def _put(plan: Plan, *, on: Consultation) -> None:
    """Put what *plan* says on the row; texts and number are written apart."""
    rules = procedures.load(plan.procedure)
    procedures.choose(rules, options=plan.choices, offsets=plan.offsets)  # raises for a slip
    on.procedure = plan.procedure
    on.choices, on.offsets = dict(plan.choices), dict(plan.offsets)
    on.anchor_days = {name: day.isoformat() for name, day in plan.anchor_days.items()}
    on.decision, on.issue, on.follows = plan.decision, plan.issue, plan.follows
    meeting = plan.decision.meeting if plan.decision else None
    on.deciding_meeting = plan.deciding_meeting or meeting
    on.group = plan.group or (on.deciding_meeting.group if on.deciding_meeting else None)
    on.open_meeting, on.group_meeting = plan.open_meeting, plan.group_meeting
    on.languages, on.original_language = list(plan.languages), plan.original_language
    on.timezone = _zone(plan)
    on.is_sample = plan.is_sample
    on.opens_at = clock.start_of(plan.opens_on, on.timezone) if plan.opens_on else None
    on.closes_at = clock.end_of(plan.closes_on, on) if plan.closes_on else None
    if on.number and not on.slug:
        on.slug = plan.slug or _slug(plan, on.number)


def _save(consultation: Consultation, plan: Plan) -> None:
    if consultation.pk is None:
        consultation.full_clean(exclude=["timetable"])
        consultation.save()
    texts.write_topics(consultation, plan.topics, plan.backgrounds, plan.statuses)
    texts.write_questions(consultation, plan.questions, plan.statuses, offers=plan.offers)
    clock.judge_again(consultation, timezone.now())
    consultation.full_clean()
    consultation.save()


def _take_number() -> int:
    """Return the next free number; on PostgreSQL two acts at once wait for each other here."""
    list(Body.objects.select_for_update().order_by("pk")[:1])
    return queries.next_number()


def _zone(plan: Plan) -> str:
    """Return the zone of the deadlines: the rule's, or the institution's own where it has no rule."""
    rules = procedures.load(plan.procedure)
    if not rules.body and (body := Body.objects.order_by("pk").first()):
        return body.timezone
    return rules.zone


def _slug(plan: Plan, number: int) -> str:
    """Make an address from the English topic, else the original's, else the number."""
    topic = plan.topics.get("en") or plan.topics.get(plan.original_language, "")
    made = slugify(topic)[:60].strip("-") or f"consultation-{number}"
    return f"{made}-{number}" if Consultation.objects.filter(slug=made).exists() else made
