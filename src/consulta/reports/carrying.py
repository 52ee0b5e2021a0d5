"""Carrying: the summary goes without edits to the group's next meeting; later, what the group did."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from consulta.accounts.models import User
from consulta.consultations import clock, permissions
from consulta.consultations.models import Consultation
from consulta.core.languages import django_code
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings import documents
from consulta.meetings.models import Document, Meeting
from consulta.reports import discussing, redacting, summarising, summary_queries
from consulta.reports.errors import NothingToDeliverError, NotRenderedError
from consulta.reports.models import (
    Agreement,
    BriefSummary,
    Edition,
    GroupDiscussion,
    SummaryTranslation,
)
from consulta.reports.summary_errors import (
    BeforeCarriedError,
    EditedSinceError,
    NotAgreedYetError,
    NotCarriedError,
)


@transaction.atomic
def carry(consultation: Consultation, *, by: User) -> BriefSummary:
    """Put the text those present were asked about, the same bytes, before the group's next meeting.

    The record of what they said goes beside it; where they did not agree, title and record say so.
    Once only: a second call gives the first. Raises NotAgreedYetError, EditedSinceError,
    NotRenderedError, NothingToDeliverError without a meeting of the group.
    """
    permissions.require(by, Act.DELIVER, consultation)
    summary = summarising.begin(consultation, by=by)
    if summary.carried_at is not None:
        return summary
    agreed, meeting = summary_queries.standing(consultation), consultation.group_meeting
    if agreed is None or agreed.record_id is None:
        raise NotAgreedYetError
    if meeting is None:
        raise NothingToDeliverError
    record = _check(agreed)
    put = [agreed.edition, *(t.edition for t in summary_queries.translations(agreed))]
    summary.document = _post(meeting, put, titles=_titles(agreed), by=by)
    summary.record = _post(meeting, [record], titles=_record_titles(consultation), by=by)
    summary.carried_at, summary.carried_by = timezone.now(), by
    summary.full_clean()
    summary.save()
    _show_record(record, by=by)
    commitments = {"content": agreed.content_sha256}
    ledger.record("summary_carried", summary, by=by, commitments=commitments)
    return summary


@transaction.atomic
def lay_translation(made: SummaryTranslation, *, by: User) -> None:
    """Put a translation beside the text that lies before the group; nothing before it was carried.

    A document has one version in a language: a later translation stays on the summary's page.
    """
    document = made.agreement.summary.document
    if document is None or made.edition.language in documents.languages(document):
        return
    files = [file(made.edition, kept) for kept in made.edition.files.all()]
    documents.add_language(document, files, language=made.edition.language, by=by)


@transaction.atomic
def discussed(discussion: GroupDiscussion, *, by: User) -> GroupDiscussion:
    """Record that the group discussed the summary, in part, or not: when and under which item.

    *discussion* is new and names its summary. Raises NotAllowedError, NotCarriedError,
    BeforeCarriedError, and ValidationError naming the field to mend.
    """
    summary, now = discussion.summary, timezone.now()
    if summary is None or summary.carried_at is None:
        raise NotCarriedError
    consultation = summary.consultation
    begins = discussion.meeting.starts_on
    today = clock.local_day(consultation, now)
    if begins is None or not begins <= discussion.on <= today:
        raise BeforeCarriedError
    discussion.consultation = consultation
    return discussing.mark(discussion, by=by)


def titles(agreed: Agreement) -> dict[str, str]:
    """The kind of document by language of the consultation: its title says what those present said."""
    consultation = agreed.edition.consultation
    found = {}
    for text in consultation.texts.all():
        with translation.override(django_code(text.language)):
            found[text.language] = title(agreed.outcome)
    return found


def title(outcome: str) -> str:
    """The title of a summary in the language being spoken."""
    return {
        Agreement.Outcome.AGREED: gettext(
            "Brief summary of the responses and the discussion, agreed by the stakeholders present"
        ),
        Agreement.Outcome.RESERVATIONS: gettext(
            "Brief summary of the responses and the discussion, agreed by the stakeholders present"
            " with reservations"
        ),
        Agreement.Outcome.NOT_AGREED: gettext(
            "Brief summary of the responses and the discussion, not agreed by the stakeholders"
            " present"
        ),
    }[Agreement.Outcome(outcome)]


def file(edition: Edition, kept: Any) -> dict[str, Any]:
    """One stored file of *edition* as a document names it: the same bytes under the same hash."""
    return {
        "name": kept.name,
        "path": kept.path,
        "sha256": kept.sha256,
        "size": kept.size,
        "media_type": kept.media_type,
        "language": edition.language,
    }


def _check(agreed: Agreement) -> Edition:
    """The record that goes along: redacted, where the law took names out of it."""
    consultation, put = agreed.edition.consultation, agreed.edition
    if put.words_sha256 != summary_queries.words_sha256(consultation, put.language):
        raise EditedSinceError
    record = redacting.in_its_place(agreed.record_id) if agreed.record_id else None
    if record is None or record.rendered_at is None:
        raise NotRenderedError
    return record


def _post(
    meeting: Meeting, editions: list[Edition], *, titles: dict[str, str], by: User
) -> Document:
    document = Document(
        meeting=meeting,
        titles=titles,
        source="Secretariat",
        audience=Document.Audience.PUBLIC,
        files=[file(edition, kept) for edition in editions for kept in edition.files.all()],
    )
    return documents.post(document, language=editions[0].language, by=by)


def _titles(agreed: Agreement) -> dict[str, str]:
    topics = {text.language: text.topic for text in agreed.edition.consultation.texts.all()}
    return {code: f"{said}: {topics[code]}" for code, said in titles(agreed).items()}


def _record_titles(consultation: Consultation) -> dict[str, str]:
    found = {}
    for text in consultation.texts.all():
        with translation.override(django_code(text.language)):
            said = gettext("Record of agreement on the brief summary")
            found[text.language] = f"{said}: {text.topic}"
    return found


def _show_record(edition: Edition, *, by: User) -> None:
    edition.released_at, edition.released_by = timezone.now(), by
    edition.save(update_fields=["released_at", "released_by"])
