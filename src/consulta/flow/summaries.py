"""The brief summary before everyone: agreed or not, carried to the group, in the archive, and told."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from consulta.accounts.models import User
from consulta.consultations.models import Consultation, TextStatus
from consulta.core.languages import django_code
from consulta.groups import queries as group_queries
from consulta.meetings import documents
from consulta.notices import telling
from consulta.notices.telling import Kind
from consulta.reports import agreement, agreement_erasing, carrying, redacting, summary_queries
from consulta.reports.agreement import Said
from consulta.reports.models import Agreement, BriefSummary, Edition, SummaryTranslation
from consulta.reports.redacting import Order
from consulta.repository import deposit
from consulta.repository.models import Record
from consulta.responses.moderation import Because


@transaction.atomic
def agree(edition: Edition, said: Said, *, by: User) -> Agreement:
    """Record what those present said, deposit the text as it was put to them, and tell everyone.

    Raises as `agreement.record`.
    """
    made = agreement.record(edition, said, by=by)
    deposit.deposit(_record(edition, carrying.titles(made)), by=by)
    agreed = made.outcome != Agreement.Outcome.NOT_AGREED
    kind = Kind.SUMMARY_AGREED if agreed else Kind.SUMMARY_NOT_AGREED
    telling.tell(edition.consultation, kind, at=made.recorded_at)
    return made


@transaction.atomic
def release_translation(edition: Edition, *, status: TextStatus, by: User) -> SummaryTranslation:
    """Show a translation, deposit it, and lay it before the group where the text lies already.

    Raises as `agreement.release_translation`.
    """
    made = agreement.release_translation(edition, status=status, by=by)
    deposit.deposit(_record(edition, carrying.titles(made.agreement)), by=by)
    carrying.lay_translation(made, by=by)
    return made


@transaction.atomic
def carry(consultation: Consultation, *, by: User) -> BriefSummary:
    """Carry the summary to the group's next meeting; deposit the record; everyone is told, once.

    Raises as `carrying.carry`.
    """
    earlier = summary_queries.of(consultation)
    if earlier is not None and earlier.carried_at is not None:
        return earlier
    summary = carrying.carry(consultation, by=by)
    agreed = summary_queries.standing(consultation)
    if agreed is not None and agreed.record is not None:
        deposit.deposit(_record(agreed.record, _record_titles(consultation)), by=by)
    meeting = consultation.group_meeting
    telling.tell(
        consultation,
        Kind.SUMMARY_CARRIED,
        at=summary.carried_at or timezone.now(),
        meeting=meeting.slug if meeting else "",
    )
    return summary


@transaction.atomic
def erase_names(agreed: Agreement, because: Because, *, by: User) -> Agreement:
    """Take away by law who agreed; the record is served to nobody until it is redacted.

    Raises NotAllowedError, GroundMissingError, ReasonMissingError.
    """
    redacting.take_turn(agreed.edition.consultation_id)
    editions = agreement_erasing.erase(agreed, because, by=by)
    if editions and agreed.erased_at is not None:
        order = Order((), because.ground, agreed.erased_because, agreed.erased_at)
        paths = redacting.withhold(editions, order, by=by)
        documents.withhold(paths, at=agreed.erased_at)
        deposit.withhold(paths, at=agreed.erased_at)
    return agreed


def _record(edition: Edition, titles: dict[str, str]) -> Record:
    consultation = edition.consultation
    texts = {text.language: text for text in consultation.texts.all()}
    return Record(
        slug=f"{consultation.slug}-{edition.kind}-{edition.language}-{edition.ordinal}"[-120:],
        kind=edition.kind,
        titles={
            code: {"text": f"{said}: {texts[code].topic}", "status": texts[code].status}
            for code, said in titles.items()
        },
        language=edition.language,
        dated_on=group_queries.today(),
        source="Secretariat",
        files=[carrying.file(edition, kept) for kept in edition.files.all()],
        consultation=consultation,
        is_sample=consultation.is_sample,
    )


def _record_titles(consultation: Consultation) -> dict[str, str]:
    titles = {}
    for text in consultation.texts.all():
        with translation.override(django_code(text.language)):
            titles[text.language] = gettext("Record of agreement on the brief summary")
    return titles
