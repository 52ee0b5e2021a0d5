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
    pinning,
    placing,
    pressing,
    queries,
    received,
    summary,
    summary_queries,
)
from consulta.reports.contents import Laid
from consulta.reports.errors import ChangedMeanwhileError, EditedMeanwhileError, ReportError
from consulta.reports.models import Edition, Freezing
from consulta.reports.pinning import Pinned
from consulta.reports.renderers.apart import LayoutFailedError
from consulta.responses import erasing

ROOMS = {
    Edition.Kind.COMPILATION: compilation.draw_up,
    Edition.Kind.CONSOLIDATED: consolidated.draw_up,
    Edition.Kind.RECEIVED: received.draw_up,
    Edition.Kind.SUMMARY: summary.draw_up,
    Edition.Kind.AGREEMENT: agreement_record.draw_up,
}
#: Those that print responses whole: with the ones that were fixed when the officer pressed.
PRINTS_RESPONSES = {
    Edition.Kind.COMPILATION: compilation.draw_up,
    Edition.Kind.RECEIVED: received.draw_up,
}
ATTEMPTS = 3
log = logging.getLogger(__name__)


class GoneMeanwhileError(EditedMeanwhileError):
    """A response was taken away or down while the document was drawn up from it: draw it up again."""


def draw_up(
    consultation: Consultation,
    kind: str,
    *,
    language: str,
    at: datetime,
    pinned: Pinned | None = None,
) -> Paper:
    """The document as it would be now, in *language*; *pinned*: with these responses and no others."""
    with translation.override(django_code(language)):
        if pinned is not None and kind in PRINTS_RESPONSES:
            room = PRINTS_RESPONSES[Edition.Kind(kind)]
            return room(consultation, language=language, at=at, pinned=pinned)
        return ROOMS[Edition.Kind(kind)](consultation, language=language, at=at)


def freeze(
    consultation: Consultation, kind: str, *, language: str, by: User, errata: str = ""
) -> Edition:
    """Freeze the document and wait for the edition; the worker makes its files.

    Raises what :func:`consulta.reports.pressing.press` raises, EditedMeanwhileError when somebody saved
    while it was drawn up, ChangedMeanwhileError when responses were shown or taken down meanwhile.
    """
    freezing = pressing.press(consultation, kind, language=language, by=by, errata=errata)
    try:
        return draw(freezing)
    except Exception as error:
        pressing.refuse(freezing, error)
        raise


def freeze_waiting() -> int:
    """Draw up what officers had frozen; return how many editions there are now.

    None while another process does it: it finds them too.
    """
    tried: set[int] = set()
    made = 0
    with making.alone("freezing") as mine:
        while mine and (freezing := pressing.waiting().exclude(pk__in=tried).first()):
            tried.add(freezing.pk)
            made += _try(freezing)
    return made


def _try(freezing: Freezing) -> bool:
    """Draw *freezing* up; what stands against it is kept for the desk to see."""
    pressing.begin(freezing)
    try:
        draw(freezing)
    except ReportError as error:
        log.info("%s is not frozen: %r", freezing, error)
        pressing.refuse(freezing, error)
    except spool.SpoolFullError as error:
        log.exception("no room for %s", freezing)
        pressing.hold_back(freezing, error)
    except Exception as error:  # the edge of the worker: it is kept, and tried again
        log.exception("%s could not be drawn up", freezing)
        pressing.fail(freezing, error)
    else:
        return True
    return False


def draw(freezing: Freezing) -> Edition:
    """Make the edition that *freezing* asks for; twice is once. Raises as :func:`freeze`."""
    for _attempt in range(ATTEMPTS):
        try:
            return _drawn(freezing)
        except GoneMeanwhileError:
            log.info("a response was taken away while %s was drawn up", freezing)
    raise EditedMeanwhileError


def _drawn(freezing: Freezing) -> Edition:
    """Draw the document up and number it. Raises GoneMeanwhileError: draw it up again."""
    consultation, kind, language = freezing.consultation, freezing.kind, freezing.language
    gone = _gone(freezing)
    pinned = pinning.of(freezing, lambda drawn: pressing.tell(freezing, drawn))
    drawn = draw_up(consultation, kind, language=language, at=freezing.pressed_at, pinned=pinned)
    edition = Edition(
        consultation=consultation,
        kind=kind,
        language=language,
        errata=freezing.errata,
        frozen_at=freezing.pressed_at,
        frozen_by=freezing.pressed_by,
    )
    if kind == Edition.Kind.SUMMARY:
        edition.words_sha256 = summary_queries.words_sha256(consultation, language)
    return _number(freezing, edition, contents.lay(drawn), gone=gone)


def _gone(freezing: Freezing) -> tuple[dict[str, datetime], set[int]]:
    """What the law took away, when, by number; and the pinned responses that were taken down."""
    erased = erasing.erased_numbers(freezing.consultation_id)
    taken_down = pinning.taken_down(freezing)
    return {number: one.at for number, one in erased.items()}, taken_down


@transaction.atomic
def _number(
    freezing: Freezing,
    edition: Edition,
    laid: Laid,
    *,
    gone: tuple[dict[str, datetime], set[int]],
) -> Edition:
    """Give *edition* the next ordinal, the content that names it, and the sentences it keeps."""
    consultation = Consultation.objects.select_for_update().get(pk=edition.consultation_id)
    standing = Freezing.objects.select_for_update().get(pk=freezing.pk)
    if standing.edition is not None:
        return standing.edition  # another process was quicker
    if _gone(freezing) != gone:
        raise GoneMeanwhileError
    edition.ordinal = _next(consultation, edition.kind, edition.language)
    edition.document = placing.place(edition, by=edition.frozen_by)
    with translation.override(django_code(edition.language)):
        marked = frame.as_edition(laid.paper, edition)
    contents.fill(edition, marked, laid)
    edition.content_sha256 = hashlib.sha256(canonical(edition.content)).hexdigest()
    edition.save()
    if edition.kind == Edition.Kind.CONSOLIDATED:
        _keep_sentences(edition, freezing)
    commitments = {"content": edition.content_sha256}
    ledger.record("edition_frozen", edition, by=edition.frozen_by, commitments=commitments)
    Freezing.objects.filter(pk=freezing.pk).update(ended_at=timezone.now(), edition=edition)
    return edition


def _keep_sentences(edition: Edition, freezing: Freezing) -> None:
    """Keep what the report says. Raises ChangedMeanwhileError, EditedMeanwhileError: of another day."""
    now = pinning.pairs(edition.consultation, edition.kind)
    if [list(pair) for pair in now] != freezing.versions:
        raise ChangedMeanwhileError
    written = queries.paragraphs(edition.consultation, edition.language)
    frozen.keep(edition, written, drawn_from=pinning.stamp(freezing))


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
