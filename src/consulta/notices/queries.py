"""What was told to everyone: for pages, feeds and mails."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from consulta.consultations.models import Consultation
from consulta.groups.models import Group
from consulta.notices.models import Follow, Notice
from consulta.notices.telling import REMINDERS, Kind

LATEST = 50


def latest(
    limit: int = LATEST, *, group: Group | None = None, language: str = ""
) -> Sequence[Notice]:
    """Return the latest news about all consultations, or those of *group*, the newest first.

    Reminders of dates are mailed and are no news. For readers of *language*: of a report that came
    out in several, the first one and theirs.
    """
    shown = _news(language).select_related("consultation__group")
    if group is not None:
        shown = shown.filter(consultation__group=group)
    return list(shown.prefetch_related("consultation__texts")[:limit])


def of_consultation(
    consultation: Consultation, limit: int = LATEST, *, language: str = ""
) -> Sequence[Notice]:
    """Return the news about one consultation, the newest first; *language* as in :func:`latest`."""
    return list(_news(language).filter(consultation=consultation)[:limit])


def followers(consultation: Consultation) -> Sequence[Follow]:
    """Return the addresses that asked to be told of *consultation*, and confirmed it."""
    asked = Follow.objects.filter(consultation=consultation, ended_at__isnull=True)
    return list(asked.filter(confirmed_at__isnull=False))


def _news(language: str) -> QuerySet[Notice]:
    news = Notice.objects.exclude(kind__in=REMINDERS)
    if not language:
        return news
    reports = Notice.objects.filter(kind=Kind.REPORT, consultation=OuterRef("consultation"))
    is_first = ~Exists(reports.filter(pk__lt=OuterRef("pk")))
    return news.filter(~Q(kind=Kind.REPORT) | Q(parameters__language=language) | is_first)
