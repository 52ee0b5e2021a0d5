"""Assembly: a report is frozen as an Edition; its bytes are then made once and never again."""

import hashlib
import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone, translation

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.core.fingerprint import canonical
from consulta.core.languages import django_code
from consulta.core.paper import Paper, from_json, to_json
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import spool
from consulta.reports import compilation, consolidated, frame, queries, received
from consulta.reports.errors import NothingWrittenError, StillOpenError
from consulta.reports.models import Edition, EditionFile
from consulta.reports.renderers.render import Format, LayoutFailedError, RenderedFile, render

FORMATS: tuple[Format, ...] = ("html", "pdf", "docx")
ROOMS = {
    Edition.Kind.COMPILATION: compilation.draw_up,
    Edition.Kind.CONSOLIDATED: consolidated.draw_up,
    Edition.Kind.RECEIVED: received.draw_up,
}
ATTEMPTS = 3
FOLDER = "editions"
log = logging.getLogger(__name__)


def draw_up(consultation: Consultation, kind: str, *, language: str, at: datetime) -> Paper:
    """The document as it would be now, in *language*."""
    with translation.override(django_code(language)):
        return ROOMS[Edition.Kind(kind)](consultation, language=language, at=at)


def freeze(
    consultation: Consultation, kind: str, *, language: str, by: User, errata: str = ""
) -> Edition:
    """Freeze the document as the next edition of its kind and language; the worker makes its files.

    Raises StillOpenError before the close: until then responses can be changed; NothingWrittenError
    for a consolidated report without a sentence in *language*.
    """
    permissions.require(by, Act.EDIT_REPORT, consultation)
    now = timezone.now()
    if consultation.state(now) in (
        Consultation.State.DRAFT,
        Consultation.State.ANNOUNCED,
        Consultation.State.OPEN,
    ):
        raise StillOpenError(consultation.slug)
    if kind == Edition.Kind.CONSOLIDATED and not queries.is_written(consultation, language):
        raise NothingWrittenError(language)
    drawn = draw_up(consultation, kind, language=language, at=now)
    edition = Edition(
        consultation=consultation,
        kind=kind,
        language=language,
        errata=errata,
        frozen_at=now,
        frozen_by=by,
    )
    return _number(edition, drawn)


@transaction.atomic
def _number(edition: Edition, drawn: Paper) -> Edition:
    """Give *edition* the next ordinal and the content that names it."""
    consultation = Consultation.objects.select_for_update().get(pk=edition.consultation_id)
    edition.ordinal = _next(consultation, edition.kind, edition.language)
    with translation.override(django_code(edition.language)):
        marked = frame.as_edition(drawn, ordinal=edition.ordinal, errata=edition.errata)
    edition.content = to_json(marked)
    edition.content_sha256 = hashlib.sha256(canonical(edition.content)).hexdigest()
    edition.save()
    commitments = {"content": edition.content_sha256}
    ledger.record("edition_frozen", edition, by=edition.frozen_by, commitments=commitments)
    return edition


def try_again(edition: Edition, *, by: User) -> None:
    """Let the worker try an edition again whose files could not be made."""
    permissions.require(by, Act.EDIT_REPORT, edition.consultation)
    if edition.rendered_at is None:
        edition.attempts, edition.rendering_error = 0, ""
        edition.save(update_fields=["attempts", "rendering_error"])


def waiting() -> QuerySet[Edition]:
    """Frozen editions whose files are not made yet."""
    return Edition.objects.filter(rendered_at__isnull=True, attempts__lt=ATTEMPTS).order_by("pk")


def render_waiting() -> int:
    """Make the files of every frozen edition that has none; return how many editions."""
    editions = list(waiting())
    for edition in editions:
        render_edition(edition)
    return len(editions)


def render_edition(edition: Edition) -> None:
    """Make the files of *edition* from what was frozen. A failure is kept for the desk to see."""
    if edition.rendered_at is not None:
        return
    paper = from_json(edition.content)
    try:
        made = [(kind, file) for kind in FORMATS for file in render(paper, kind)]
    except LayoutFailedError as error:
        log.exception("edition %s could not be laid out", edition.pk)
        edition.attempts += 1
        edition.rendering_error = str(error)
        edition.save(update_fields=["attempts", "rendering_error"])
        return
    _keep(edition, made)


def _keep(edition: Edition, made: list[tuple[Format, RenderedFile]]) -> None:
    """On the disk first, then the rows that name the files."""
    kept = [(kind, file, spool.keep([file.data], folder=FOLDER)) for kind, file in made]
    volumes: dict[str, int] = {}
    with transaction.atomic():
        locked = Edition.objects.select_for_update().get(pk=edition.pk)
        if locked.rendered_at is not None:
            return
        for kind, file, spooled in kept:
            volumes[kind] = volumes.get(kind, 0) + 1
            EditionFile.objects.create(
                edition=locked,
                format=kind,
                volume=volumes[kind],
                name=file.name,
                path=spooled.path,
                sha256=spooled.sha256,
                size=spooled.size,
                media_type=file.media_type,
            )
        locked.rendered_at, locked.rendering_error = timezone.now(), ""
        locked.save()
    edition.refresh_from_db()


def _next(consultation: Consultation, kind: str, language: str) -> int:
    same = Edition.objects.filter(consultation=consultation, kind=kind, language=language)
    return (same.aggregate(last=Max("ordinal"))["last"] or 0) + 1
