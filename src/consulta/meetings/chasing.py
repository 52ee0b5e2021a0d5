"""Remind offices of what they were asked: two weeks before it is due, and on the day. Once each.

What is due is found by asking which reminder is missing. An invitation is never due, so nobody is
reminded of one; nor of a standing duty, of what is done, or of what is not for the office's eyes yet.
"""

from datetime import date, datetime, timedelta

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consulta.core.languages import django_code
from consulta.groups import queries as groups
from consulta.mailroom import outbox
from consulta.meetings import followup_queries
from consulta.meetings.models import Document, FollowUp, FollowUpReminder, Office

#: How long before it is due an office is reminded first.
BEFORE = timedelta(days=14)
#: For how long after the day a reminder that was missed is still sent.
LATE = timedelta(days=7)
_KIND = FollowUpReminder.Kind


def remind_due(now: datetime) -> int:
    """Mail every reminder that is due at *now* and was not sent; return how many."""
    today = groups.today(now)
    sent = 0
    for follow_up in followup_queries.due(until=today + BEFORE):
        for office in follow_up.offices.all():
            if office.email and follow_up.audience != Document.Audience.DESK:
                sent += _remind(follow_up, office, today, now)
    return sent


def _remind(follow_up: FollowUp, office: Office, today: date, now: datetime) -> int:
    due_on = follow_up.due_on
    if due_on is None or today > due_on + LATE:
        return 0
    kind = _KIND.DUE if today >= due_on else _KIND.BEFORE
    row = FollowUpReminder(follow_up=follow_up, office=office, kind=kind, due_on=due_on)
    row.reminded_at = now
    known = FollowUpReminder.objects.filter(
        follow_up=follow_up, office=office, kind=kind, due_on=due_on
    )
    if known.exists():
        return 0
    try:
        with transaction.atomic():
            row.save()
            outbox.send(_letter(follow_up, office, kind), subject=follow_up)
    except IntegrityError:  # another worker was first
        return 0
    return 1


def _letter(follow_up: FollowUp, office: Office, kind: str) -> EmailMessage:
    language = office.language
    with translation.override(django_code(language)):
        told = {
            "reference": followup_queries.reference(follow_up),
            "on": date_format(follow_up.due_on) if follow_up.due_on else "",
        }
        is_due = kind == _KIND.DUE
        subject = (
            _("Follow-up %(reference)s is due") % told
            if is_due
            else _("Follow-up %(reference)s is due on %(on)s") % told
        )
        opening = _("You were asked to act on the following. It is due on %(on)s.") % told
        close = _("Please tell the secretariat of the group what was done.")
        words = followup_queries.text(follow_up, language).text
    body = f"{opening}\n\n{words}\n\n{close}\n"
    return EmailMessage(subject, body, to=[office.email])
