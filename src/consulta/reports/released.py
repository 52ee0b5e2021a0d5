"""What readers ask of released editions: the latest ones, one file, the one to read on a page."""

from collections.abc import Sequence

from consulta.consultations.models import Consultation
from consulta.reports import redacting
from consulta.reports.models import Edition, EditionFile


def latest(*, limit: int) -> Sequence[Edition]:
    """Return the editions released last, of all consultations, with topics and without content."""
    shown = Edition.objects.filter(
        released_at__isnull=False, restricted_at__isnull=True, kind=Edition.Kind.CONSOLIDATED
    )
    shown = shown.select_related("consultation").prefetch_related("consultation__texts", "files")
    return list(shown.defer("content").order_by("-released_at")[:limit])


def file(edition: int, name: str) -> EditionFile:
    """Return the file called *name* of a released edition, or of the redacted one in its place.

    Raises EditionFile.DoesNotExist, also while the edition is restricted.
    """
    try:
        standing = redacting.in_its_place(edition)
    except Edition.DoesNotExist as error:
        raise EditionFile.DoesNotExist from error
    if standing is None or standing.released_at is None:
        raise EditionFile.DoesNotExist
    return EditionFile.objects.get(edition=standing, name=name)


def stored(consultation: Consultation, kind: str, language: str) -> Edition | None:
    """Return the newest edition of *kind* in *language* whose files are made, a released one first."""
    rows = Edition.objects.filter(
        consultation=consultation,
        kind=kind,
        language=language,
        rendered_at__isnull=False,
        restricted_at__isnull=True,
    )
    newest = rows.defer("content").order_by("-ordinal", "-redaction")
    return newest.filter(released_at__isnull=False).first() or newest.first()


def to_read(editions: Sequence[Edition], language: str) -> Edition | None:
    """Choose what to show on the page: the report in *language*, else in another, else nothing."""
    reports = [e for e in editions if e.kind == Edition.Kind.CONSOLIDATED]
    newest = sorted(reports, key=lambda e: (e.language != language, -e.ordinal))
    return newest[0] if newest else None
