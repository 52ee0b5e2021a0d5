"""What readers ask of released editions: the latest ones, one file, the one to read on a page."""

from collections.abc import Sequence

from consulta.reports.models import Edition, EditionFile


def latest(*, limit: int) -> Sequence[Edition]:
    """Return the editions released last, of all consultations, with topics and without content."""
    shown = Edition.objects.filter(released_at__isnull=False, kind=Edition.Kind.CONSOLIDATED)
    shown = shown.select_related("consultation").prefetch_related("consultation__texts", "files")
    return list(shown.defer("content").order_by("-released_at")[:limit])


def file(edition: int, name: str) -> EditionFile:
    """Return the file called *name* of a released edition. Raises EditionFile.DoesNotExist."""
    shown = EditionFile.objects.filter(edition__released_at__isnull=False)
    return shown.get(edition=edition, name=name)


def to_read(editions: Sequence[Edition], language: str) -> Edition | None:
    """Choose what to show on the page: the report in *language*, else in another, else nothing."""
    reports = [e for e in editions if e.kind == Edition.Kind.CONSOLIDATED]
    newest = sorted(reports, key=lambda e: (e.language != language, -e.ordinal))
    return newest[0] if newest else None
