"""Mailing: a notice goes to who follows the consultation and to who responded to it, each once.

Some at a time, so that nobody else waits: the row of the notice says how far it is, in the transaction
that puts the mails into the outbox.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from consulta.consultations import queries as consultation_queries
from consulta.core import addresses
from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.mailroom import outbox
from consulta.notices import following, wording
from consulta.notices.models import Follow, Notice
from consulta.notices.telling import Kind
from consulta.responses.models import Response

#: Mails put into the outbox in one transaction.
BATCH = 100
#: What those who responded are told; the opening is news to followers alone.
TOLD_TO_RESPONDENTS = frozenset(Kind) - {Kind.OPENED}


def mail_due(now: datetime) -> int:
    """Take every notice that is not mailed yet one batch further; return how many mails were queued."""
    waiting = Notice.objects.filter(mailed_at__isnull=True).order_by("at", "pk")
    return sum(_further(notice.pk, now) for notice in waiting[:20])


@transaction.atomic
def _further(pk: int, now: datetime) -> int:
    notice = Notice.objects.select_for_update().get(pk=pk)
    if notice.mailed_at is not None:
        return 0
    follows = list(_follows(notice)[:BATCH])
    responses = list(_responses(notice)[: BATCH - len(follows)])
    _send(notice, follows, responses)
    if follows:
        notice.last_follow = follows[-1].pk
    if responses:
        notice.last_respondent = responses[-1].pk
    if len(follows) + len(responses) < BATCH:
        notice.mailed_at = now
    notice.save()
    return len(follows) + len(responses)


def _follows(notice: Notice) -> QuerySet[Follow]:
    rows = _followers(notice).filter(pk__gt=notice.last_follow)
    return rows.select_related("consultation").order_by("pk")


def _followers(notice: Notice) -> QuerySet[Follow]:
    """Who followed before the notice and still does."""
    return Follow.objects.filter(
        consultation=notice.consultation_id, ended_at__isnull=True, confirmed_at__lte=notice.at
    )


def _responses(notice: Notice) -> QuerySet[Response]:
    """Responses with a confirmed address, one of each, that no follow told already."""
    if notice.kind not in TOLD_TO_RESPONDENTS:
        return Response.objects.none()
    rows = Response.objects.filter(
        consultation=notice.consultation_id,
        received_at__lte=notice.at,
        respondent__confirmed_at__isnull=False,
    ).exclude(respondent__email="")
    same = OuterRef("respondent__email")
    earlier = rows.filter(respondent__email=same, pk__lt=OuterRef("pk"))
    told = _followers(notice).filter(email=same)
    fresh = rows.filter(~Exists(earlier), ~Exists(told), pk__gt=notice.last_respondent)
    return fresh.select_related("respondent").order_by("pk")


def _send(notice: Notice, follows: Sequence[Follow], responses: Iterable[Response]) -> None:
    for follow in follows:
        end = settings.BASE_URL + following.end_path(follow)
        message = _message(notice, follow.email, language=follow.language, end=end)
        message.extra_headers = {
            "List-Unsubscribe": f"<{end}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        outbox.send(message, subject=notice, secrets=[following.end_token(follow)])
    for response in responses:
        respondent = response.respondent
        message = _message(notice, respondent.email, language=respondent.language, end="")
        outbox.send(message, subject=notice)


def _message(notice: Notice, email: str, *, language: str, end: str) -> EmailMessage:
    consultation = notice.consultation
    path = addresses.consultation(consultation.slug, language=language)
    with translation.override(django_code(language)):
        topic = consultation_queries.topic(consultation, language).text
        context = {
            "sentence": wording.sentence(notice),
            "reason": wording.reason(notice).text,
            "address": settings.BASE_URL + path,
            "end_address": end,
        }
        subject = wording.title(notice, topic)
        body = render_to_string("notices/notice.txt", context)
    return EmailMessage(subject=one_line(subject)[:200], body=body.strip(), to=[email])
