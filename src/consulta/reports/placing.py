"""Placing: the number under which a document of the consultation stands before the group.

The documents of a consultation are numbered together, before the first of them is frozen, so that a
frozen edition carries its number and delivery only posts it. Once the document is posted with an
edition in a language, the next edition in that language is a revision of it.
"""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext

from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.core.languages import django_code
from consulta.meetings import documents, following
from consulta.meetings.models import Document, Meeting
from consulta.reports.models import Edition, ReportDocument

#: What goes before the group, in this order, and who may read it there.
DELIVERED: Mapping[Edition.Kind, Document.Audience] = {
    Edition.Kind.RECEIVED: Document.Audience.MEMBERS,
    Edition.Kind.COMPILATION: Document.Audience.PUBLIC,
    Edition.Kind.CONSOLIDATED: Document.Audience.PUBLIC,
}


def place(edition: Edition, *, by: User | None) -> Document | None:
    """Return the document under whose number *edition* is frozen, its number reserved.

    None where the consultation goes before no meeting, or the kind goes there another way. Call it
    while nobody else numbers editions of the consultation.
    """
    consultation = edition.consultation
    meeting = consultation.group_meeting
    if meeting is None or edition.kind not in DELIVERED:
        return None
    standing = current(consultation, edition.kind, meeting)
    if standing is None:
        _reserve_all(consultation, meeting, by=by)
        standing = current(consultation, edition.kind, meeting)
    elif standing.posted_at is not None and documents.had_language(standing, edition.language):
        return _reserve_revision(standing, edition, by=by)
    return standing


def current(consultation: Consultation, kind: str, meeting: Meeting) -> Document | None:
    """Return the document of this *kind* that counts now at *meeting*; None if it has no number yet."""
    rows = ReportDocument.objects.filter(
        consultation=consultation,
        kind=kind,
        document__meeting=meeting,
        document__withdrawn_at__isnull=True,
    )
    last = rows.select_related("document__meeting__group").order_by("pk").last()
    return last.document if last else None


def kinds(meeting: Meeting) -> dict[int, str]:
    """Return which documents of *meeting* hold which report on a consultation, by the document's id."""
    rows = ReportDocument.objects.filter(document__meeting=meeting)
    return dict(rows.values_list("document", "kind"))


def titles(consultation: Consultation, kind: str) -> dict[str, str]:
    """Return the title of a document in every language of the consultation."""
    found = {}
    for text in consultation.texts.all():
        with translation.override(django_code(text.language)):
            names = {
                Edition.Kind.RECEIVED: gettext("All responses received"),
                Edition.Kind.COMPILATION: gettext("Compilation of responses"),
                Edition.Kind.CONSOLIDATED: gettext("Consolidated report on the responses"),
            }
            found[text.language] = f"{names[Edition.Kind(kind)]}: {text.topic}"
    return found


def _reserve_all(consultation: Consultation, meeting: Meeting, *, by: User | None) -> None:
    for kind in DELIVERED:
        if current(consultation, kind, meeting) is None:
            made = _document(consultation, kind, meeting)
            documents.reserve(made, language=consultation.original_language, by=by)
            ReportDocument.objects.create(consultation=consultation, kind=kind, document=made)


def _reserve_revision(of: Document, edition: Edition, *, by: User | None) -> Document:
    made = _document(edition.consultation, edition.kind, of.meeting)
    revision = Document.Kind.REVISION
    following.reserve(made, of=of, kind=revision, language=edition.language, by=by)
    ReportDocument.objects.create(
        consultation=edition.consultation, kind=edition.kind, document=made
    )
    return made


def _document(consultation: Consultation, kind: str, meeting: Meeting) -> Document:
    return Document(
        meeting=meeting,
        titles=titles(consultation, kind),
        source="Secretariat",
        audience=DELIVERED[Edition.Kind(kind)],
    )
