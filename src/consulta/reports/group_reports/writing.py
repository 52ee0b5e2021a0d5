"""Writing: a section is edited by one person at a time, and no save covers another's words unseen."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations.models import TextStatus
from consulta.core.plaintext import storable
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import Meeting
from consulta.reports import locking
from consulta.reports.errors import EditedMeanwhileError, NothingWrittenError
from consulta.reports.group_reports.errors import SectionLockedError
from consulta.reports.models.group_reports import (
    GroupParagraph,
    GroupReport,
    GroupReportHead,
    GroupReportLock,
    GroupText,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """The lines of a head as they were typed, of the whole report and of one language."""

    title: str
    summary: str
    action: str
    references: str
    number: str = ""
    agenda_item: str = ""


@transaction.atomic
def take(report: GroupReport, section: str, language: str, *, by: User) -> GroupReportLock:
    """Take a section to edit it, or renew what *by* holds. Raises SectionLockedError.

    A lock that ran out is taken from whoever held it; an officer who may release takes one before.
    """
    permissions.require(by, Act.EDIT_REPORT, report.group)
    GroupReport.objects.select_for_update().get(pk=report.pk)
    where = {"report": report, "section": section, "language": language}
    now = timezone.now()
    lock = GroupReportLock.objects.filter(**where).select_related("holder").first()
    if lock is None:
        return GroupReportLock.objects.create(**where, holder=by, renewed_at=now)
    if lock.holder_id != by.pk and now < lock.renewed_at + locking.LASTS:
        raise SectionLockedError(lock)
    lock.holder, lock.renewed_at = by, now
    lock.save(update_fields=["holder", "renewed_at"])
    return lock


@transaction.atomic
def take_over(report: GroupReport, section: str, language: str, *, by: User) -> None:
    """Take a section from whoever holds it: what an officer may do also before the lock runs out."""
    permissions.require(by, Act.RELEASE, report.group)
    GroupReport.objects.select_for_update().get(pk=report.pk)
    GroupReportLock.objects.filter(report=report, section=section, language=language).delete()
    take(report, section, language, by=by)
    ledger.record("group_report_lock_taken_over", report, by=by)


def let_go(report: GroupReport, section: str, language: str, *, by: User) -> None:
    """Let go of a section; somebody else's lock is left alone."""
    held = GroupReportLock.objects.filter(report=report, section=section, language=language)
    held.filter(holder=by).delete()


@transaction.atomic
def save(text: GroupText, typed: str, *, revision: int, by: User) -> GroupText:
    """Write *typed* into a paragraph whose *revision* the person saw.

    Raises SectionLockedError, and EditedMeanwhileError when somebody saved since: theirs stands.
    """
    paragraph = text.paragraph
    take(paragraph.report, paragraph.section, text.language, by=by)
    standing = GroupText.objects.select_for_update().get(pk=text.pk)
    if standing.revision != revision:
        raise EditedMeanwhileError
    words = storable(typed).strip()
    if words != standing.text:
        standing.text, standing.revision = words, revision + 1
        standing.said_in, standing.status = "", ""
        standing.written_at, standing.written_by = timezone.now(), by
        standing.save()
    return standing


@transaction.atomic
def choose(text: GroupText, *, takes_record: bool, revision: int, by: User) -> None:
    """Settle what waits: take what the record says now, or keep what a person wrote."""
    paragraph = text.paragraph
    take(paragraph.report, paragraph.section, text.language, by=by)
    standing = GroupText.objects.select_for_update().get(pk=text.pk)
    if standing.revision != revision or standing.incoming is None:
        raise EditedMeanwhileError
    if takes_record:
        standing.text = standing.incoming
        standing.written_at, standing.written_by = timezone.now(), by
    standing.base, standing.incoming = standing.incoming, None
    standing.revision += 1
    standing.save()


@transaction.atomic
def add(
    report: GroupReport, section: str, typed: str, *, language: str, after: int, by: User
) -> GroupParagraph:
    """Add a paragraph of one's own after the one with the id *after* (0: at the section's end).

    In the other languages it waits for its words. Raises SectionLockedError, NothingWrittenError.
    """
    take(report, section, language, by=by)
    words = storable(typed).strip()
    if not words:
        raise NothingWrittenError(language)
    rows = GroupParagraph.objects.filter(report=report, section=section)
    before = rows.filter(pk=after).first() or rows.order_by("position", "pk").last()
    position = before.position + 1 if before else 1
    _make_room(report, position)
    made = GroupParagraph.objects.create(
        report=report, section=section, position=position, depth=before.depth if before else 0
    )
    for code in report.languages:
        is_own = code == language
        GroupText.objects.create(
            paragraph=made,
            language=code,
            text=words,
            said_in="" if is_own else language,
            status=TextStatus.ORIGINAL if is_own else "",
            written_at=timezone.now(),
            written_by=by,
        )
    return made


def _make_room(report: GroupReport, position: int) -> None:
    """Move what persons added there one place on."""
    following = GroupParagraph.objects.filter(report=report, key="", position__gte=position)
    following.filter(position__lt=position + 500).update(position=F("position") + 1)


@transaction.atomic
def remove(text: GroupText, *, by: User) -> None:
    """Take a paragraph out, in every language; frozen editions keep it."""
    paragraph = text.paragraph
    take(paragraph.report, paragraph.section, text.language, by=by)
    paragraph.removed_at = timezone.now()
    paragraph.save(update_fields=["removed_at"])


@transaction.atomic
def write_head(head: GroupReportHead, typed: Typed, *, revision: int, by: User) -> None:
    """Write the head in one language, and what it says in all. Raises EditedMeanwhileError."""
    report = head.report
    permissions.require(by, Act.EDIT_REPORT, report.group)
    standing = GroupReportHead.objects.select_for_update().get(pk=head.pk)
    if standing.revision != revision:
        raise EditedMeanwhileError
    if not typed.title.strip():
        raise NothingWrittenError(head.language)
    for name in ("title", "summary", "action", "references"):
        setattr(standing, name, storable(getattr(typed, name)).strip())
    standing.revision += 1
    standing.full_clean()
    standing.save()
    report.number = " ".join(typed.number.split())
    report.agenda_item = " ".join(typed.agenda_item.split())
    report.full_clean()
    report.save(update_fields=["number", "agenda_item"])


@transaction.atomic
def send_to(report: GroupReport, meeting: Meeting | None, *, by: User) -> None:
    """Choose among which meeting's documents *report* is put; a number that was given there stays."""
    permissions.require(by, Act.EDIT_REPORT, report.group)
    if report.goes_to_id != (meeting.pk if meeting else None):
        report.goes_to, report.document = meeting, None
        report.full_clean()
        report.save(update_fields=["goes_to", "document"])
