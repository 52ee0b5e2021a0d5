"""Audience: who is told of a notice. Whoever follows twice, or follows and responded, is told once."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from consulta.core.lifecycle import State
from consulta.notices import citing
from consulta.notices.models import Follow, Notice, Reminder
from consulta.notices.telling import Kind
from consulta.responses.models import Response

#: News to followers alone: of an opening, and of a deadline that is no longer theirs to meet.
NOT_TO_RESPONDENTS = frozenset(
    {Kind.ANNOUNCED, Kind.OPENED, Kind.WEEK_LEFT, Kind.DAYS_LEFT, Kind.CONTEST_ANSWERED}
)
#: What asks for a response: who has responded needs it no more.
ASKS_TO_RESPOND = frozenset({Kind.WEEK_LEFT, Kind.DAYS_LEFT})


def follows(notice: Notice) -> QuerySet[Follow]:
    """Return the follows to be told next, one of each address, in the order of their ids."""
    rows = followers(notice)
    earlier = rows.filter(email=OuterRef("email"), pk__lt=OuterRef("pk"))
    due = rows.filter(~Exists(earlier), pk__gt=notice.last_follow)
    if notice.milestone and notice.due_on:
        due = due.filter(~Exists(_reminders(notice, notice.due_on)))
    if notice.kind == Kind.REPORT:  # told where they are cited instead
        cited = citing.told_of_reports(notice.consultation_id)
        due = due.filter(~Exists(cited.filter(respondent__email=OuterRef("email"))))
    if notice.kind in ASKS_TO_RESPOND:
        due = due.filter(~Exists(_stands(notice).filter(respondent__email=OuterRef("email"))))
    return due.select_related("consultation", "group").order_by("pk")


def followers(notice: Notice) -> QuerySet[Follow]:
    """Return who followed the consultation, its group or everything before the notice, and still does."""
    consultation = notice.consultation
    wide = Q(consultation__isnull=True, group__isnull=True)
    if consultation.group_id is not None:
        wide |= Q(group=consultation.group_id)
    rows = Follow.objects.filter(Q(consultation=consultation) | wide)
    rows = rows.filter(ended_at__isnull=True, confirmed_at__lte=notice.at)
    if not _is_a_further_report(notice):
        return rows
    return rows.filter(language=notice.parameters["language"])


def responses(notice: Notice) -> QuerySet[Response]:
    """Return responses with a confirmed address, one of each, that no follow told already."""
    if notice.kind in NOT_TO_RESPONDENTS:
        return Response.objects.none()
    rows = Response.objects.filter(
        consultation=notice.consultation_id,
        received_at__lte=notice.at,
        respondent__confirmed_at__isnull=False,
    ).exclude(respondent__email="")
    if notice.kind == Kind.REPORT:  # told where they are cited instead; or they took it back
        rows = rows.exclude(state__in=[State.PUBLISHED, State.WITHDRAWN, State.REMOVED])
    if _is_a_further_report(notice):
        rows = rows.filter(respondent__language=notice.parameters["language"])
    same = OuterRef("respondent__email")
    earlier = rows.filter(respondent__email=same, pk__lt=OuterRef("pk"))
    told = followers(notice).filter(email=same)
    ended = Follow.objects.filter(
        consultation=notice.consultation_id, email=same, ended_at__isnull=False
    )
    fresh = rows.filter(~Exists(earlier), ~Exists(told), ~Exists(ended))
    return fresh.filter(pk__gt=notice.last_respondent).select_related("respondent").order_by("pk")


def _stands(notice: Notice) -> QuerySet[Response]:
    """Responses that a confirmed sender has not withdrawn: a stranger's keeps nobody from a reminder."""
    sent = Response.objects.filter(
        consultation=notice.consultation_id, respondent__confirmed_at__isnull=False
    )
    return sent.exclude(state__in=[State.WITHDRAWN, State.SET_ASIDE])


def _reminders(notice: Notice, due_on: date) -> QuerySet[Reminder]:
    return Reminder.objects.filter(
        follow=OuterRef("pk"),
        consultation=notice.consultation_id,
        milestone=notice.milestone,
        due_on=due_on,
        kind=notice.kind,
    )


def _is_a_further_report(notice: Notice) -> bool:
    """Say whether a report was out before this one: then it is news to those who read its language."""
    if notice.kind != Kind.REPORT or not notice.parameters.get("language"):
        return False
    before = Notice.objects.filter(consultation=notice.consultation_id, kind=Kind.REPORT)
    return before.filter(pk__lt=notice.pk).exists()
