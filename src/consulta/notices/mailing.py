"""Mailing: a notice goes to who follows and to who responded, each address once.

Some at a time, so that nobody else waits: the row of the notice says how far it is, in the transaction
that puts the mails into the outbox.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from consulta.core import addresses
from consulta.mailroom import outbox
from consulta.mailroom.outbox import NotMailableError
from consulta.notices import audience, following, letter
from consulta.notices.letter import To
from consulta.notices.models import Follow, Notice, Reminder
from consulta.responses.models import Response

#: Mails put into the outbox in one transaction.
BATCH = 100

_log = logging.getLogger(__name__)


def mail_due(now: datetime) -> int:
    """Take every notice that is not mailed yet one batch further; return how many were told."""
    waiting = Notice.objects.filter(mailed_at__isnull=True).order_by("at", "pk")
    return sum(_further(notice.pk, now) for notice in waiting[:20])


@transaction.atomic
def _further(pk: int, now: datetime) -> int:
    notice = Notice.objects.select_for_update().get(pk=pk)
    if notice.mailed_at is not None:
        return 0
    follows = list(audience.follows(notice)[:BATCH])
    responses = list(audience.responses(notice)[: BATCH - len(follows)])
    _tell_followers(notice, follows, now)
    _tell_respondents(notice, responses)
    if follows:
        notice.last_follow = follows[-1].pk
    if responses:
        notice.last_respondent = responses[-1].pk
    if len(follows) + len(responses) < BATCH:
        notice.mailed_at = now
    notice.save()
    return len(follows) + len(responses)


def _tell_followers(notice: Notice, follows: Sequence[Follow], now: datetime) -> None:
    if notice.milestone and notice.due_on:
        Reminder.objects.bulk_create(
            Reminder(
                follow=follow,
                consultation_id=notice.consultation_id,
                milestone=notice.milestone,
                due_on=notice.due_on,
                kind=notice.kind,
                queued_at=now,
            )
            for follow in follows
        )
    for follow in follows:
        token = following.end_token(follow)
        why = letter.why_followed(follow)
        _send(notice, To(follow.email, follow.language, why, token))


def _tell_respondents(notice: Notice, responses: Iterable[Response]) -> None:
    for response in responses:
        who, token = response.respondent, following.end_token_of_response(response)
        _send(notice, To(who.email, who.language, letter.Why.RESPONDED, token))


def _send(notice: Notice, to: To) -> None:
    """Put one mail into the outbox. An address that no mail can be sent to keeps nobody else waiting."""
    end = addresses.end_of_mails(to.end_token, language=to.language)
    try:
        outbox.send(letter.write(notice, to, end=end), subject=notice, secrets=[to.end_token])
    except NotMailableError:
        _log.warning("notice %s: one address cannot be mailed and was left out", notice.pk)
