"""Agreement: the text is fixed, put to those present, and what they said is recorded with its hash."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import clock, permissions
from consulta.consultations.models import Consultation, TextStatus
from consulta.core.plaintext import one_line, storable
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports import assembly, summarising, summary_queries
from consulta.reports.errors import NotRenderedError
from consulta.reports.models import Agreement, BriefSummary, Edition, SummaryTranslation
from consulta.reports.summary_errors import (
    AgreedAlreadyError,
    AgreementIncompleteError,
    CarriedError,
    EditedSinceError,
    FixedLaterError,
    NotAgreedYetError,
    SameLanguageError,
)

#: Forms tell an instant by the minute.
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What those present said, as an officer records it: when, how, by whom it was put, who agreed.

    *views*: where they did not agree, the views set out; *language*: in which all this is written.
    """

    outcome: str
    how: str
    put_by: str
    at: datetime
    language: str
    procedure: str = ""
    agreed_by: str = ""
    reservations: str = ""
    views: str = ""


def fix(consultation: Consultation, *, language: str, by: User) -> Edition:
    """Fix the draft in *language* as an edition that can be put to those present.

    Raises as `assembly.freeze`, and CarriedError.
    """
    if summary_queries.is_settled(summary_queries.of(consultation), language):
        raise CarriedError
    return assembly.freeze(consultation, Edition.Kind.SUMMARY, language=language, by=by)


@transaction.atomic
def record(edition: Edition, said: Said, *, by: User) -> Agreement:
    """Record what those present said to *edition*, show it to everyone, and draw up the record.

    An earlier agreement on another edition is void from then on. Raises NotRenderedError,
    CarriedError, AgreedAlreadyError, EditedSinceError, FixedLaterError, AgreementIncompleteError.
    """
    consultation = edition.consultation
    permissions.require(by, Act.RECORD_AGREEMENT, consultation)
    summary = summarising.begin(consultation, by=by)
    said = _cleaned(said)
    _check(edition, summary, said)
    now = timezone.now()
    _void_earlier(consultation, at=now, by=by)
    made = Agreement(
        summary=summary,
        edition=edition,
        content_sha256=edition.content_sha256,
        recorded_at=now,
        recorded_by=by,
        **_fields(said),
    )
    made.full_clean()
    made.save()
    _show(edition, at=now, by=by)
    commitments = {"content": edition.content_sha256}
    ledger.record("agreement_recorded", made, by=by, commitments=commitments)
    _draw_up(made, by=by)
    return made


def _draw_up(made: Agreement, *, by: User) -> None:
    """Freeze the record of what was said, in the language of the text that was put."""
    edition = made.edition
    kind, language = Edition.Kind.AGREEMENT, edition.language
    made.record = assembly.freeze(edition.consultation, kind, language=language, by=by)
    made.save(update_fields=["record"])


@transaction.atomic
def release_translation(edition: Edition, *, status: TextStatus, by: User) -> SummaryTranslation:
    """Show *edition* as a translation of what was put to those present, with what it is worth.

    It must have been fixed after that was recorded, since it names the text that it translates.
    Raises NotAgreedYetError, SameLanguageError, NotRenderedError, EditedSinceError, and CarriedError
    where another text in this language lies before the group.
    """
    consultation = edition.consultation
    permissions.require(by, Act.RELEASE, consultation)
    agreed = summary_queries.standing(consultation)
    if agreed is None:
        raise NotAgreedYetError
    if status == TextStatus.ORIGINAL:
        raise SameLanguageError
    _must_translate(edition, agreed)
    standing = SummaryTranslation.objects.filter(edition=edition).first()
    if standing is not None:
        return standing
    if summary_queries.is_settled(agreed.summary, edition.language):
        raise CarriedError
    made, is_new = SummaryTranslation.objects.get_or_create(
        edition=edition, defaults={"agreement": agreed, "status": status}
    )
    if is_new:
        _show(edition, at=timezone.now(), by=by)
        commitments = {"content": edition.content_sha256}
        ledger.record("summary_translated", made, by=by, commitments=commitments)
    return made


def _must_translate(edition: Edition, agreed: Agreement) -> None:
    """Raise where *edition* is no finished translation, fixed after *agreed* was recorded."""
    if edition.language == agreed.edition.language:
        raise SameLanguageError
    if edition.kind != Edition.Kind.SUMMARY or edition.frozen_at < agreed.recorded_at:
        raise EditedSinceError
    if edition.rendered_at is None:
        raise NotRenderedError


def _check(edition: Edition, summary: BriefSummary, said: Said) -> None:
    consultation = edition.consultation
    if summary.carried_at is not None:
        raise CarriedError
    if edition.kind != Edition.Kind.SUMMARY or _is_older(edition):
        raise EditedSinceError
    if edition.rendered_at is None:
        raise NotRenderedError
    if Agreement.objects.filter(edition=edition).exists():
        raise AgreedAlreadyError
    meeting = consultation.open_meeting
    began = meeting.starts_on if meeting else None
    if began is None or clock.local_day(consultation, said.at) < began:
        raise FixedLaterError
    if said.at > timezone.now() or said.at + MINUTE <= edition.frozen_at:
        raise FixedLaterError
    _check_whole(said)


def _is_older(edition: Edition) -> bool:
    """Say whether the text was fixed again since, or the draft says something else by now."""
    consultation, language = edition.consultation, edition.language
    newest = summary_queries.newest(consultation, language)
    is_newest = newest is not None and newest.pk == edition.pk
    same = edition.words_sha256 == summary_queries.words_sha256(consultation, language)
    return not (is_newest and same)


def _check_whole(said: Said) -> None:
    needed = {
        "put_by": True,
        "procedure": said.how == Agreement.How.PROCEDURE,
        "agreed_by": said.outcome != Agreement.Outcome.NOT_AGREED,
        "reservations": said.outcome == Agreement.Outcome.RESERVATIONS,
        "views": said.outcome == Agreement.Outcome.NOT_AGREED,
    }
    for field, wanted in needed.items():
        if wanted and not getattr(said, field):
            raise AgreementIncompleteError(field)


def _cleaned(said: Said) -> Said:
    return replace(
        said,
        put_by=one_line(said.put_by).strip(),
        procedure=storable(said.procedure).strip(),
        agreed_by=storable(said.agreed_by).strip(),
        reservations=storable(said.reservations).strip(),
        views=storable(said.views).strip(),
    )


def _fields(said: Said) -> dict[str, object]:
    return {name: getattr(said, name) for name in Said.__dataclass_fields__}


def _void_earlier(consultation: Consultation, *, at: datetime, by: User) -> None:
    earlier = summary_queries.standing(consultation)
    if earlier is not None:
        earlier.voided_at, earlier.voided_by = at, by
        earlier.save(update_fields=["voided_at", "voided_by"])
        commitments = {"content": earlier.content_sha256}
        ledger.record("agreement_voided", earlier, by=by, commitments=commitments)


def _show(edition: Edition, *, at: datetime, by: User) -> None:
    edition.released_at, edition.released_by = at, by
    edition.save(update_fields=["released_at", "released_by"])
