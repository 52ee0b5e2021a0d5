"""What is asked about consultations. Texts, questions and clock come with a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils import timezone

from consulta.consultations import clock, options
from consulta.consultations.clock import Clock
from consulta.consultations.models import (
    Consultation,
    ConsultationText,
    OptionText,
    Question,
    QuestionText,
)
from consulta.core import bidi
from consulta.core.multilingual import NOTHING, Text, Texts, choose, missing
from consulta.groups.models import Group
from consulta.meetings.models import Decision, Meeting

#: For how many days ahead the end of every day is a boundary while something may be overdue.
HORIZON = timedelta(days=400)


def visible(now: datetime) -> QuerySet[Consultation]:
    """Return what everyone may see, the latest number first: all but drafts, with texts and group."""
    announced = Q(announced_at__isnull=False, announced_at__lte=now) | Q(is_record=True)
    return _with_texts(Consultation.objects.filter(announced))


def by_slug(slug: str, now: datetime | None = None) -> Consultation:
    """Return a consultation that everyone may see, whole. Raises Consultation.DoesNotExist."""
    return _whole(visible(now or timezone.now())).get(slug=slug)


def at_desk(slug: str) -> Consultation:
    """Return any consultation, drafts included, whole. Raises Consultation.DoesNotExist."""
    return _whole(_with_texts(Consultation.objects.all())).get(slug=slug)


def by_id(typed: str) -> Consultation | None:
    """Return the consultation with this slug or number, drafts included; None if there is none."""
    which = Q(number=int(typed)) if typed.isdecimal() else Q(slug=typed)
    return Consultation.objects.filter(which).first()


def for_desk(groups: Iterable[Group], *, open_calls: bool = False) -> Sequence[Consultation]:
    """Return all consultations of *groups*, drafts included; *open_calls*: those of no group too."""
    where = Q(group__in=list(groups)) | (Q(group__isnull=True) if open_calls else Q(pk__in=[]))
    return list(_with_texts(Consultation.objects.filter(where)))


def running_at_desk(groups: Iterable[Group], *, open_calls: bool = False) -> Sequence[Consultation]:
    """Return those of :func:`for_desk` that are not over, whole: with all that clocks need."""
    where = Q(group__in=list(groups)) | (Q(group__isnull=True) if open_calls else Q(pk__in=[]))
    running = Consultation.objects.filter(where, is_record=False, cancelled_at__isnull=True)
    return list(_whole(_with_texts(running.filter(delivered_at__isnull=True))))


def overview(now: datetime, *, group: Group | None = None) -> Sequence[Consultation]:
    """Return what everyone may see, of *group* if one is named, whole: with all that clocks need."""
    shown = visible(now)
    return list(_whole(shown if group is None else shown.filter(group=group)))


def for_clocks(now: datetime) -> Sequence[Consultation]:
    """Return what everyone may see with topics and all that clocks need, without questions."""
    return list(_with_clock(visible(now)))


def latest(now: datetime, *, before: int | None = None, size: int) -> Sequence[Consultation]:
    """Return at most *size* visible consultations whole, the latest number first, below *before*."""
    shown = visible(now) if before is None else visible(now).filter(number__lt=before)
    return list(_whole(shown)[:size])


def mail_numbers() -> Sequence[int]:
    """Return the numbers of the consultations to which responses may be mailed. One query."""
    announced = Consultation.objects.filter(announced_at__isnull=False, is_record=False)
    return list(announced.order_by("number").values_list("number", flat=True))


def by_number(number: int) -> Consultation | None:
    """Return the announced consultation with this number; None if there is none."""
    announced = Consultation.objects.filter(announced_at__isnull=False, is_record=False)
    return announced.filter(number=number).first()


def search(words: str, now: datetime, *, limit: int) -> Sequence[Consultation]:
    """Return at most *limit* visible consultations whose topic or background has *words*."""
    written = ConsultationText.objects.filter(
        Q(topic__icontains=words) | Q(background__icontains=words)
    )
    return list(visible(now).filter(pk__in=written.values("consultation"))[:limit])


def response_address(consultation: Consultation) -> str:
    """Return the e-mail address that takes responses to *consultation*."""
    return f"consultation-{consultation.number}@{settings.MAIL_DOMAIN}"


def of_group(group: Group, now: datetime) -> Sequence[Consultation]:
    """Return the consultations of *group* that everyone may see, the latest first."""
    return list(visible(now).filter(group=group))


def of_meetings(meetings: Iterable[Meeting], now: datetime) -> Sequence[Consultation]:
    """Return the visible consultations that hang on any of *meetings*."""
    wanted = list(meetings)
    hang = Q(deciding_meeting__in=wanted) | Q(open_meeting__in=wanted) | Q(group_meeting__in=wanted)
    return list(visible(now).filter(hang))


def drawn_up_from(decisions: Iterable[Decision]) -> dict[int, list[Consultation]]:
    """Return the consultations, drafts included, that each of *decisions* led to, by its id."""
    found: dict[int, list[Consultation]] = {decision.pk: [] for decision in decisions}
    for made in _with_texts(Consultation.objects.filter(decision__in=found)):
        found[made.decision_id or 0].append(made)
    return found


def hanging_on(meeting: Meeting) -> Sequence[Consultation]:
    """Return every consultation, drafts included, whose timetable hangs on *meeting*."""
    hang = Q(deciding_meeting=meeting) | Q(open_meeting=meeting) | Q(group_meeting=meeting)
    running = Consultation.objects.filter(hang, cancelled_at__isnull=True, is_record=False)
    return list(running)


def open_for_responses(now: datetime) -> Sequence[Consultation]:
    """Return the consultations that take responses at the instant *now*, the next close first."""
    running = visible(now).filter(opens_at__lte=now, closes_at__gte=now)
    running = running.filter(cancelled_at__isnull=True, is_record=False)
    return list(running.order_by("closes_at"))


def next_number() -> int:
    """Return the next free number of a consultation."""
    return (Consultation.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def clock_view(consultation: Consultation, now: datetime) -> Clock:
    """Return the milestones with source sentence, dates and verdicts as of the instant *now*."""
    return clock.view(consultation, now)


def topic(consultation: Consultation, language: str) -> Text:
    """Return the topic for a reader of *language*, else in the original, else in any language.

    It turns nothing around it: a control of direction is shown as a sign, or left out.
    """
    texts = {t.language: t.topic for t in consultation.texts.all()}
    found = _shown(consultation, texts, language)
    return replace(found, text=bidi.bare(bidi.seen(found.text)))


def background(consultation: Consultation, language: str) -> Text:
    """Return the background for a reader of *language*; empty where none is written."""
    texts = {t.language: t.background for t in consultation.texts.all()}
    return _shown(consultation, texts, language)


def question_text(question: Question, language: str) -> Text:
    """Return a question for a reader of *language*, else in the original, else in any language."""
    texts = {t.language: {"text": t.text, "status": t.status} for t in question.texts.all()}
    return choose(texts, language, original=question.consultation.original_language)


def topics(consultation: Consultation) -> dict[str, str]:
    """Return the topic in every language in which it is written."""
    return {text.language: text.topic for text in consultation.texts.all()}


def questions(consultation: Consultation) -> Sequence[Question]:
    """Return the questions in their order; their texts came with the consultation."""
    return list(consultation.questions.all())


def question_texts(question: Question) -> dict[str, str]:
    """Return a question in every language in which it is written."""
    return {text.language: text.text for text in question.texts.all()}


def missing_languages(consultation: Consultation) -> list[str]:
    """Return the consultation's languages in which topic or a question is not written yet."""
    everything: list[Texts] = [topics(consultation)]
    everything += [question_texts(question) for question in questions(consultation)]
    everything += [
        options.by_language(option)
        for question in questions(consultation)
        for option in options.offered(question)
    ]
    lacking = {code for texts in everything for code in missing(texts, consultation.languages)}
    return [code for code in consultation.languages if code in lacking]


def boundaries(now: datetime | None = None) -> list[datetime]:
    """Return, sorted, the instants at which what pages say changes without any act.

    Openings, closes (open until the close itself, closed just after), and the midnights at which
    a verdict can turn; a page kept under "how many have passed" is then never too old.
    """
    now = now or timezone.now()
    public = Consultation.objects.filter(announced_at__isnull=False, cancelled_at__isnull=True)
    found: set[datetime] = set()
    for consultation in public:
        found.update(_boundaries(consultation, now))
    return sorted(found)


def _boundaries(consultation: Consultation, now: datetime) -> Iterable[datetime]:
    if consultation.opens_at:
        yield consultation.opens_at
    if consultation.closes_at:
        yield consultation.closes_at + timedelta(microseconds=1)
    days = sorted(clock.turning_days(consultation))
    yield from (_midnight(day, consultation) for day in days)
    if days and consultation.delivered_at is None:
        last = max(days[-1], clock.local_day(consultation, now)) + HORIZON
        length = (last - days[0]).days
        yield from (_midnight(days[0] + timedelta(days=n), consultation) for n in range(length))


def _midnight(day: date, consultation: Consultation) -> datetime:
    return clock.start_of(day, consultation.timezone).astimezone(UTC)


def _shown(consultation: Consultation, words: Texts, language: str) -> Text:
    found = choose(words, language, original=consultation.original_language)
    status = {text.language: text.status for text in consultation.texts.all()}
    return Text(found.text, found.language, status[found.language]) if found.text else NOTHING


def _with_texts(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    texts = ConsultationText.objects.order_by("language")
    return consultations.select_related("group__body").prefetch_related(Prefetch("texts", texts))


def _whole(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Add questions, corrections, meetings with their moves, and everything the clock needs."""
    written = Prefetch("questions__texts", QuestionText.objects.order_by("language"))
    named = Prefetch("questions__options__texts", OptionText.objects.order_by("language"))
    return (
        _with_clock(consultations)
        .select_related("decision", "issue", "follows")
        .prefetch_related("questions", written, "questions__options", named, "corrigenda")
    )


def _with_clock(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Add meetings with their moves, and everything else the clock needs."""
    meetings = (*clock.MEETINGS, "restating_meeting")
    return consultations.select_related(*meetings).prefetch_related(
        "extensions",
        "deviations",
        "facts",
        *(f"{name}__moves" for name in clock.MEETINGS),
    )
