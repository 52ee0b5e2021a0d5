"""Keeping: what was typed into a group's report and not saved stays, whatever happens to the session."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.plaintext import storable
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.reports.models.group_reports import GroupReport, GroupReportUnsaved, GroupText


@transaction.atomic
def keep(text: GroupText, typed: str, more: str, *, revision: int, by: User) -> None:
    """Keep what *by*, who saw *revision*, typed into *text*, and *more*: a paragraph to be added.

    What stands already is not worth keeping: then the earlier typing goes.
    """
    permissions.require(by, Act.EDIT_REPORT, text.paragraph.report.group)
    words, added = storable(typed).strip(), storable(more).strip()
    if words == text.text and not added:
        discard(text, by=by)
        return
    now = timezone.now()
    told = {"words": words, "more": added, "text_seen": revision, "kept_at": now}
    GroupReportUnsaved.objects.update_or_create(text=text, by=by, defaults=told)


def discard(text: GroupText, *, by: User) -> None:
    """Throw away what *by* typed into *text* and did not save."""
    GroupReportUnsaved.objects.filter(text=text, by=by).delete()


def kept(text: GroupText, *, by: User) -> GroupReportUnsaved | None:
    """What *by* typed into *text* and did not save, or None."""
    return GroupReportUnsaved.objects.filter(text=text, by=by).first()


def paragraphs(report: GroupReport, language: str, *, by: User) -> set[int]:
    """The ids of the paragraphs into which *by* typed in *language* without saving. One query."""
    rows = GroupReportUnsaved.objects.filter(text__paragraph__report=report, by=by)
    return set(rows.filter(text__language=language).values_list("text__paragraph", flat=True))
