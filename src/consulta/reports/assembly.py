"""Assembly: a report is frozen as an Edition; its bytes are then made once and never again."""

import hashlib
import logging
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone, translation

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.core.fingerprint import canonical
from consulta.core.languages import django_code
from consulta.core.paper import Paper
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import spool
from consulta.reports import (
    agreement_record,
    compilation,
    consolidated,
    contents,
    frame,
    frozen,
    making,
    placing,
    queries,
    received,
    summary,
    summary_queries,
)
from consulta.reports.contents import Laid
from consulta.reports.errors import (
    EditedMeanwhileError,
    ErrataMissingError,
    NothingWrittenError,
    StillOpenError,
)
from consulta.reports.models import Edition
from consulta.reports.renderers.apart import LayoutFailedError
from consulta.responses import erasing

ROOMS = {
    Edition.Kind.COMPILATION: compilation.draw_up,
    Edition.Kind.CONSOLIDATED: consolidated.draw_up,
    Edition.Kind.RECEIVED: received.draw_up,
    Edition.Kind.SUMMARY: summary.draw_up,
    Edition.Kind.AGREEMENT: agreement_record.draw_up,
}
#: Documents whose later editions say what changed.
SAYS_WHAT_CHANGED = (Edition.Kind.COMPILATION, Edition.Kind.CONSOLIDATED)
ATTEMPTS = 3
log = logging.getLogger(__name__)


class ErasedMeanwhileError(EditedMeanwhileError):
    """The law took a response away while the document was drawn up from it: draw it up again."""


def draw_up(consultation: Consultation, kind: str, *, language: str, at: datetime) -> Paper:
    """The document as it would be now, in *language*."""
    with translation.override(django_code(language)):
        return ROOMS[Edition.Kind(kind)](consultation, language=language, at=at)


def freeze(
    consultation: Consultation, kind: str, *, language: str, by: User, errata: str = ""
) -> Edition:
    """Freeze the document as the next edition of its kind and language; the worker makes its files.

    Raises StillOpenError before the close: until then responses can be changed; NothingWrittenError
    for a consolidated report or a summary without a sentence in *language*, MeetingNotHeldError for a
    summary before the open meeting, ErrataMissingError for a later edition that does not say what
    changed, EditedMeanwhileError when somebody saved while it was drawn up.
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
    if kind == Edition.Kind.SUMMARY:
        summary_queries.check_fixable(consultation, language, now)
    for _attempt in range(ATTEMPTS):
        try:
            return _drawn(consultation, kind, language=language, by=by, errata=errata, at=now)
        except ErasedMeanwhileError:
            log.info("a response was erased while %s %s was drawn up", kind, language)
    raise EditedMeanwhileError


def _drawn(
    consultation: Consultation, kind: str, *, language: str, by: User, errata: str, at: datetime
) -> Edition:
    """Draw the document up and number it. Raises ErasedMeanwhileError: draw it up again."""
    gone = _erased(consultation)
    drawn_from = frozen.stamp(queries.paragraphs(consultation, language))
    drawn = draw_up(consultation, kind, language=language, at=at)
    edition = Edition(
        consultation=consultation,
        kind=kind,
        language=language,
        errata=errata,
        frozen_at=at,
        frozen_by=by,
    )
    if kind == Edition.Kind.SUMMARY:
        edition.words_sha256 = summary_queries.words_sha256(consultation, language)
    return _number(edition, contents.lay(drawn), drawn_from=drawn_from, gone=gone)


def _erased(consultation: Consultation) -> dict[str, datetime]:
    """When the law took away which response, by number."""
    return {number: one.at for number, one in erasing.erased_numbers(consultation.pk).items()}


@transaction.atomic
def _number(
    edition: Edition, laid: Laid, *, drawn_from: frozen.Stamp, gone: Mapping[str, datetime]
) -> Edition:
    """Give *edition* the next ordinal, the content that names it, and the sentences it keeps."""
    consultation = Consultation.objects.select_for_update().get(pk=edition.consultation_id)
    if _erased(consultation) != gone:
        raise ErasedMeanwhileError
    edition.ordinal = _next(consultation, edition.kind, edition.language)
    if edition.ordinal > 1 and edition.kind in SAYS_WHAT_CHANGED and not edition.errata.strip():
        raise ErrataMissingError
    edition.document = placing.place(edition, by=edition.frozen_by)
    with translation.override(django_code(edition.language)):
        marked = frame.as_edition(laid.paper, edition)
    contents.fill(edition, marked, laid)
    edition.content_sha256 = hashlib.sha256(canonical(edition.content)).hexdigest()
    edition.save()
    if edition.kind == Edition.Kind.CONSOLIDATED:
        written = queries.paragraphs(consultation, edition.language)
        frozen.keep(edition, written, drawn_from=drawn_from)
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
    due = Edition.objects.filter(rendered_at__isnull=True, attempts__lt=ATTEMPTS)
    return due.defer("content").order_by("pk")


def render_waiting() -> int:
    """Make the files of every frozen edition that has none; return how many editions.

    None while another process does it: it finds them too.
    """
    tried: set[int] = set()
    with making.alone() as mine:
        while mine and (edition := waiting().exclude(pk__in=tried).first()):
            tried.add(edition.pk)
            _render(edition)
    return len(tried)


def render_edition(edition: Edition) -> None:
    """Make the files of *edition* from what was frozen. A failure is kept for the desk to see."""
    with making.alone() as mine:
        if mine and edition.rendered_at is None:
            _render(edition)


def _render(edition: Edition) -> None:
    try:
        making.make(edition)
    except LayoutFailedError as error:
        log.exception("edition %s could not be laid out", edition.pk)
        _note(edition, str(error), attempts=edition.attempts + 1)
    except spool.SpoolFullError as error:
        log.exception("no room for the files of edition %s", edition.pk)
        _note(edition, str(error), attempts=edition.attempts)
    else:
        edition.refresh_from_db()


def _note(edition: Edition, error: str, *, attempts: int) -> None:
    edition.attempts, edition.rendering_error = attempts, error
    edition.save(update_fields=["attempts", "rendering_error"])


def _next(consultation: Consultation, kind: str, language: str) -> int:
    same = Edition.objects.filter(consultation=consultation, kind=kind, language=language)
    return (same.aggregate(last=Max("ordinal"))["last"] or 0) + 1
