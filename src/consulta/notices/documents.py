"""Members are told of each new document of their group: at once, or once a day, as each of them chose.

What is due is found by a query, some at a time. Who may read a document is asked when the mail is
written: nothing of the desk's is told, and what is for members is named only where the group allows it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consulta.accounts.models import User
from consulta.core import addresses
from consulta.core.languages import django_code
from consulta.core.multilingual import choose
from consulta.core.plaintext import one_line
from consulta.groups import members
from consulta.groups import queries as groups
from consulta.groups.models import Group
from consulta.mailroom import outbox
from consulta.mailroom.outbox import NotMailableError
from consulta.meetings.models import Document
from consulta.notices import document_choices, recipients
from consulta.notices.models import DocumentTold, MemberNotice

#: What was posted longer ago is no news: a record that was taken over, or a worker that stood still.
NEWS = timedelta(days=7)
BATCH = 100
#: The hour of the body's day after which the daily mails go.
DAILY_HOUR = 7
AUDIENCES = ("public", "listed", "members")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """A document as a mail names it."""

    number: str
    title: str
    address: str


def tell_due(now: datetime) -> int:
    """Tell of what was posted, one batch for each document, and write the daily mails; how many mails."""
    count = 0
    for document in _untold(now)[:20]:
        count += _further(document, now)
    for row in _daily(now):
        count += _digest(row.pk, now)
    return count


def _untold(now: datetime) -> QuerySet[Document]:
    told = DocumentTold.objects.filter(document=OuterRef("pk"), told_at__isnull=False)
    rows = Document.objects.filter(
        posted_at__gt=now - NEWS,
        posted_at__lte=now,
        withdrawn_at__isnull=True,
        audience__in=AUDIENCES,
        meeting__group__isnull=False,
    )
    return rows.filter(~Exists(told)).select_related("meeting__group__body").order_by("posted_at")


@transaction.atomic
def _further(document: Document, now: datetime) -> int:
    """Tell the next members of one document."""
    DocumentTold.objects.get_or_create(document=document, defaults={"found_at": now})
    row = DocumentTold.objects.select_for_update().get(document=document)
    group = document.meeting.group
    if row.told_at is not None or group is None:
        return 0
    people = [user for user in members.people_of(group, now=now) if user.pk > row.last_user]
    batch = people[:BATCH]
    wanted = _chose(batch, group)
    count = sum(_mail(user, group, [document]) for user in batch if user.pk in wanted)
    row.last_user = batch[-1].pk if batch else row.last_user
    if len(batch) < BATCH:
        row.told_at = now
    row.save(update_fields=["last_user", "told_at"])
    return count


def _chose(people: Sequence[User], group: Group) -> set[int]:
    """The ids of those of *people* who want a mail on each document."""
    otherwise = MemberNotice.objects.filter(group=group, user__in=people)
    otherwise = otherwise.exclude(choice=MemberNotice.Choice.EACH)
    return {user.pk for user in people} - set(otherwise.values_list("user", flat=True))


def _daily(now: datetime) -> list[MemberNotice]:
    """The daily mails that are due: the hour has come, and the last one was not of this day."""
    rows = MemberNotice.objects.filter(choice=MemberNotice.Choice.DAILY)
    rows = rows.filter(told_until__lt=now - timedelta(hours=1)).select_related("group__body")
    return [row for row in rows if _is_due(row, now)]


def _is_due(row: MemberNotice, now: datetime) -> bool:
    zone = ZoneInfo(row.group.body.timezone)
    here = now.astimezone(zone)
    return here.hour >= DAILY_HOUR and row.told_until.astimezone(zone).date() < here.date()


@transaction.atomic
def _digest(pk: int, now: datetime) -> int:
    rows = MemberNotice.objects.select_for_update(of=("self",)).select_related(
        "group__body", "user"
    )
    row = rows.get(pk=pk)
    if row.choice != MemberNotice.Choice.DAILY or not _is_due(row, now):
        return 0
    new = Document.objects.filter(
        meeting__group=row.group,
        audience__in=AUDIENCES,
        withdrawn_at__isnull=True,
        posted_at__gt=max(row.told_until, now - NEWS),
        posted_at__lte=now,
    )
    documents = list(new.select_related("meeting__group__body").order_by("posted_at", "pk"))
    row.told_until = now
    row.save(update_fields=["told_until"])
    is_member = row.user in members.people_of(row.group, now=now)
    return _mail(row.user, row.group, documents) if documents and is_member else 0


def _mail(user: User, group: Group, documents: Sequence[Document]) -> int:
    """Put one mail into the outbox; 0 where no mail can be sent to the address."""
    secret = document_choices.end_token(user, group)
    try:
        outbox.send(_letter(user, group, documents, secret), secrets=[secret], subject=group)
    except NotMailableError:
        _log.warning("account %s: no mail can be sent to its address", user.pk)
        return 0
    return 1


def _letter(user: User, group: Group, documents: Sequence[Document], secret: str) -> EmailMessage:
    language = recipients.of_user(user, group.body).language
    names = document_choices.names_members_documents(group)
    end = settings.BASE_URL + addresses.end_of_documents(secret, language=language)
    with translation.override(django_code(language)):
        lines = [_line(document, language, names=names) for document in documents]
        body = render_to_string(
            "notices/documents.txt",
            {
                "group": groups.name(group, language).text,
                "lines": lines,
                "settings_address": f"{settings.BASE_URL}/{language}/members/notices/",
                "end_address": end,
            },
        )
        told = {"group": group.short_name, "count": len(lines), "number": lines[0].number}
        one, several = _("%(group)s: new document %(number)s"), ""
        several = ngettext(
            "%(group)s: %(count)d new document", "%(group)s: %(count)d new documents", len(lines)
        )
        subject = (one if len(lines) == 1 else several) % told
    mail = EmailMessage(one_line(subject)[:200], body.strip() + "\n", to=[user.email])
    mail.extra_headers = {
        "List-Id": f"<{group.slug}.documents.{settings.MAIL_DOMAIN}>",
        "List-Unsubscribe": f"<{end}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }
    return mail


def _line(document: Document, language: str, *, names: bool) -> Line:
    is_named = names or document.audience != Document.Audience.MEMBERS
    title = one_line(choose(document.titles, language).text) if is_named else ""
    page = addresses.document(document.meeting.slug, document.pk, language=language, members=True)
    return Line(document.base_number, title, settings.BASE_URL + page)
