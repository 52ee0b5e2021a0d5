"""Delivery: every response and one compilation go to the group's next meeting (resolves 4).

Each stands there under the number that was reserved before it was frozen. What is released later
joins: another language beside the first ones, a later edition as a revision.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions, turn
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings import documents
from consulta.meetings.models import Document, Meeting
from consulta.reports import placing, pressing
from consulta.reports.errors import (
    NothingToDeliverError,
    NotRenderedError,
    NumberedElsewhereError,
    NumberTakenError,
)
from consulta.reports.models import Delivery, Edition, EditionFile


def prepare(consultation: Consultation, *, language: str, by: User) -> None:
    """Have all responses with their grounds frozen for the group, unless that was done.

    Raises BeingFrozenError while it is being done, StillOpenError.
    """
    permissions.require(by, Act.DELIVER, consultation)
    if not _editions(consultation, Edition.Kind.RECEIVED):
        pressing.press(consultation, Edition.Kind.RECEIVED, language=language, by=by)


@transaction.atomic
def deliver(consultation: Consultation, *, by: User) -> Delivery:
    """Put responses, compilation and report among the documents of the group's next meeting.

    Once only: a second call gives the first delivery. Raises NothingToDeliverError without a meeting
    or a released compilation and report, NotRenderedError while files are being made,
    NumberedElsewhereError for an edition that carries the number of another meeting.
    """
    permissions.require(by, Act.DELIVER, consultation)
    turn.take(consultation)
    earlier = Delivery.objects.filter(consultation=consultation).first()
    if earlier is not None:
        return earlier
    meeting = consultation.group_meeting
    if meeting is None:
        raise NothingToDeliverError
    posted = [_post(consultation, meeting, kind, by=by) for kind in placing.DELIVERED]
    delivery = Delivery.objects.create(
        consultation=consultation, delivered_at=timezone.now(), delivered_by=by
    )
    delivery.documents.set(posted)
    ledger.record("report_delivered", delivery, by=by)
    return delivery


@transaction.atomic
def join(edition: Edition, *, by: User) -> Document | None:
    """Put an edition released after the delivery before the group; None where nothing was delivered.

    Another language stands beside those that are there, a later edition is a revision. Raises
    NumberTakenError for one that was frozen before the delivery under a number that another text
    has there now: its bytes say the number, so it is frozen again and gets that of the revision.
    """
    delivery = Delivery.objects.filter(consultation=edition.consultation).first()
    document = edition.document
    if delivery is None or document is None or edition.kind not in placing.DELIVERED:
        return None
    document.refresh_from_db()
    files = _files([edition])
    if document.posted_at is None:
        joined = documents.post_reserved(document, files, by=by)
    elif not documents.had_language(document, edition.language):
        joined = documents.add_language(document, files, language=edition.language, by=by)
    else:
        raise NumberTakenError
    delivery.documents.add(joined)
    return joined


def _post(
    consultation: Consultation, meeting: Meeting, kind: Edition.Kind, *, by: User
) -> Document:
    editions = _editions(consultation, kind)
    if not editions:
        raise NothingToDeliverError
    if any(edition.rendered_at is None for edition in editions):
        raise NotRenderedError
    if any(e.document is not None and e.document.meeting_id != meeting.pk for e in editions):
        raise NumberedElsewhereError
    document = _reserved(editions, by=by)
    document.titles = placing.titles(consultation, kind)
    return documents.post_reserved(document, _files(editions), by=by)


def _reserved(editions: Sequence[Edition], *, by: User) -> Document:
    """The document whose number the editions carry; frozen before there was a meeting, they get one."""
    numbered = next((edition.document for edition in editions if edition.document), None)
    if numbered is not None:
        return numbered
    first = editions[0]
    placed = placing.place(first, by=by)
    if placed is None:
        raise NothingToDeliverError
    return placed


def _editions(consultation: Consultation, kind: Edition.Kind) -> list[Edition]:
    """The newest edition of each language; of the public kinds only released ones."""
    rows = Edition.objects.filter(consultation=consultation, kind=kind, restricted_at__isnull=True)
    rows = rows.defer("content")
    rows = rows.select_related("document__meeting__group").prefetch_related("files")
    if kind != Edition.Kind.RECEIVED:
        rows = rows.filter(released_at__isnull=False)
    newest: dict[str, Edition] = {}
    for edition in rows.order_by("language", "-ordinal"):
        newest.setdefault(edition.language, edition)
    return sorted(newest.values(), key=lambda edition: edition.frozen_at)


def _files(editions: Sequence[Edition]) -> list[dict[str, Any]]:
    return [carried(edition, file) for edition in editions for file in edition.files.all()]


def carried(edition: Edition, file: EditionFile) -> dict[str, Any]:
    """A file of *edition* as documents and records carry it."""
    return {
        "name": file.name,
        "path": file.path,
        "sha256": file.sha256,
        "size": file.size,
        "media_type": file.media_type,
        "language": edition.language,
    }
