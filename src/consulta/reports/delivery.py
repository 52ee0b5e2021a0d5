"""Delivery: every response and one compilation go to the group's next meeting (resolves 4)."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.core.languages import django_code
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings import documents
from consulta.meetings.models import Document, Meeting
from consulta.reports import assembly
from consulta.reports.errors import NothingToDeliverError, NotRenderedError
from consulta.reports.models import Delivery, Edition

#: What is delivered, in this order, and who may read it there.
DELIVERED: tuple[tuple[Edition.Kind, Document.Audience], ...] = (
    (Edition.Kind.RECEIVED, Document.Audience.MEMBERS),
    (Edition.Kind.COMPILATION, Document.Audience.PUBLIC),
    (Edition.Kind.CONSOLIDATED, Document.Audience.PUBLIC),
)


def prepare(consultation: Consultation, *, language: str, by: User) -> Edition:
    """Freeze all responses with their grounds for the group, unless that was done."""
    permissions.require(by, Act.DELIVER, consultation)
    frozen = _editions(consultation, Edition.Kind.RECEIVED)
    if frozen:
        return frozen[0]
    return assembly.freeze(consultation, Edition.Kind.RECEIVED, language=language, by=by)


@transaction.atomic
def deliver(consultation: Consultation, *, by: User) -> Delivery:
    """Put responses, compilation and report among the documents of the group's next meeting.

    Once only: a second call gives the first delivery. Raises NothingToDeliverError without a meeting
    or a released compilation and report, NotRenderedError while files are being made.
    """
    permissions.require(by, Act.DELIVER, consultation)
    earlier = Delivery.objects.filter(consultation=consultation).first()
    if earlier is not None:
        return earlier
    meeting = consultation.group_meeting
    if meeting is None:
        raise NothingToDeliverError
    posted = [_post(consultation, meeting, kind, audience, by) for kind, audience in DELIVERED]
    delivery = Delivery.objects.create(
        consultation=consultation, delivered_at=timezone.now(), delivered_by=by
    )
    delivery.documents.set(posted)
    ledger.record("report_delivered", delivery, by=by)
    return delivery


def _post(
    consultation: Consultation,
    meeting: Meeting,
    kind: Edition.Kind,
    audience: Document.Audience,
    by: User,
) -> Document:
    editions = _editions(consultation, kind)
    if not editions:
        raise NothingToDeliverError
    if any(edition.rendered_at is None for edition in editions):
        raise NotRenderedError
    document = Document(
        meeting=meeting,
        titles=_titles(consultation, kind),
        source="Secretariat",
        audience=audience,
        files=[_file(edition, file) for edition in editions for file in edition.files.all()],
    )
    return documents.post(document, language=editions[0].language, by=by)


def _editions(consultation: Consultation, kind: Edition.Kind) -> list[Edition]:
    """The newest edition of each language; of the public kinds only released ones."""
    rows = Edition.objects.filter(consultation=consultation, kind=kind).prefetch_related("files")
    if kind != Edition.Kind.RECEIVED:
        rows = rows.filter(released_at__isnull=False)
    newest: dict[str, Edition] = {}
    for edition in rows.order_by("language", "-ordinal"):
        newest.setdefault(edition.language, edition)
    return sorted(newest.values(), key=lambda edition: edition.frozen_at)


def _titles(consultation: Consultation, kind: Edition.Kind) -> dict[str, str]:
    titles = {}
    for text in consultation.texts.all():
        with translation.override(django_code(text.language)):
            names = {
                Edition.Kind.RECEIVED: gettext("All responses received"),
                Edition.Kind.COMPILATION: gettext("Compilation of responses"),
                Edition.Kind.CONSOLIDATED: gettext("Consolidated report on the responses"),
            }
            titles[text.language] = f"{names[kind]}: {text.topic}"
    return titles


def _file(edition: Edition, file: Any) -> dict[str, Any]:
    return {
        "name": file.name,
        "path": file.path,
        "sha256": file.sha256,
        "size": file.size,
        "media_type": file.media_type,
        "language": edition.language,
    }
