"""Intake: giving what arrived a place and a number. All channels meet here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import terms
from consulta.consultations.models import Consultation
from consulta.core import redaction
from consulta.core.fingerprint import fingerprint, new_salt
from consulta.core.lifecycle import State
from consulta.core.numbering import response_number
from consulta.core.plaintext import one_line, says_something, storable
from consulta.core.regime import Late
from consulta.core.submission import RespondentKind, Submission
from consulta.ledger import ledger
from consulta.mailroom import own_links
from consulta.responses import balance, choosing, confidentiality, content
from consulta.responses.choosing import Offered
from consulta.responses.errors import CancelledError, NotYetOpenError, UnknownConsultationError
from consulta.responses.models import Answer, Attachment, Redaction, Response, Version
from consulta.stakeholders import known
from consulta.stakeholders.models import Respondent, StakeholderGroup

#: Drafts saved before the close may be sent for so long after it.
GRACE = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Registered:
    """The response, whether this submission made it (False: it was here already), and its words then."""

    response: Response
    is_new: bool
    version: Version | None = None


@transaction.atomic
def register(submission: Submission) -> Registered:
    """Record *submission* under the next number of its consultation.

    The same idempotency key twice is one response. Late ones are registered too, and marked.
    Raises UnknownConsultationError, NotYetOpenError, CancelledError: the caller keeps what arrived.
    """
    consultation = _consultation(submission)
    earlier = Response.objects.filter(
        consultation=consultation, idempotency_key=submission.idempotency_key
    ).first()
    if earlier:
        return Registered(earlier, is_new=False)
    _must_take(consultation, submission)
    response = _response(consultation, submission)
    balance.move(response, old=None, new=State.RECEIVED)
    version = add_version(response, submission, ordinal=1)
    ledger.record(
        "response_received",
        response,
        by="respondent",
        commitments={"private": version.private_fingerprint},
    )
    return Registered(response, is_new=True, version=version)


def add_version(response: Response, submission: Submission, *, ordinal: int) -> Version:
    """Keep the words and files of *submission* as a version of *response*."""
    version, answers, files, marks = worded(response, submission, ordinal=ordinal)
    version.save()
    Answer.objects.bulk_create(answers)
    Attachment.objects.bulk_create(files)
    Redaction.objects.bulk_create(marks)
    return version


def worded(
    response: Response,
    submission: Submission,
    *,
    ordinal: int,
    offers: Mapping[int | None, Offered] | None = None,
) -> tuple[Version, list[Answer], list[Attachment], list[Redaction]]:
    """Draw up the words and files of *submission* as a version of *response*, with its fingerprint.

    Nothing is saved: version first, then the others. *offers*: what the questions offer to choose
    from, where the caller has it at hand.
    """
    version = Version(
        response=response,
        ordinal=ordinal,
        language=submission.language,
        received_at=submission.arrived_at,
        idempotency_key=submission.idempotency_key,
        private_salt=new_salt().hex(),
        public_salt=new_salt().hex(),
    )
    if offers is None:
        offers = choosing.offers(response.consultation)
    answers, files = _answers(version, submission, offers), _attachments(version, submission)
    version.private_fingerprint = fingerprint(
        content.private(version, answers=answers, files=files), bytes.fromhex(version.private_salt)
    )
    kept = confidentiality.marked(response.consultation, answers, at=submission.arrived_at)
    return version, answers, files, _marks(answers, kept, country=submission.respondent.country)


def _consultation(submission: Submission) -> Consultation:
    try:
        return Consultation.objects.select_for_update().get(slug=submission.consultation or "")
    except Consultation.DoesNotExist as error:
        raise UnknownConsultationError(submission.consultation) from error


def _must_take(consultation: Consultation, submission: Submission) -> None:
    match consultation.state(submission.arrived_at):
        case Consultation.State.CANCELLED:
            raise CancelledError(consultation.slug)
        case Consultation.State.DRAFT | Consultation.State.ANNOUNCED:
            raise NotYetOpenError(consultation.slug)


def next_serial(consultation: Consultation) -> int:
    """Return the serial of the next response; call it with the consultation's row locked."""
    last = Response.objects.filter(consultation=consultation).aggregate(last=Max("serial"))["last"]
    return (last or 0) + 1


def _response(consultation: Consultation, submission: Submission) -> Response:
    group = StakeholderGroup.objects.filter(slug=submission.respondent.stakeholder_group).first()
    respondent = claimed(submission, group=group, is_sample=consultation.is_sample)
    respondent.save()
    response = numbered(
        consultation, submission, serial=next_serial(consultation), respondent=respondent
    )
    response.entered_by = _entered_by(submission)
    response.save()
    return response


def numbered(
    consultation: Consultation, submission: Submission, *, serial: int, respondent: Respondent
) -> Response:
    """Draw up the response that *submission* makes under *serial*; it is not saved."""
    late = consultation.closes_at is not None and submission.arrived_at > consultation.closes_at
    return Response(
        consultation=consultation,
        serial=serial,
        number=response_number(consultation.number, serial),
        channel=submission.channel,
        respondent=respondent,
        received_at=submission.arrived_at,
        late=late,
        within_grace=late and in_grace(consultation, submission),
        idempotency_key=submission.idempotency_key,
        source_id=one_line(submission.source_id),
        terms=submission.terms,
        is_sample=consultation.is_sample,
    )


def in_grace(consultation: Consultation, submission: Submission) -> bool:
    """Whether a draft saved before the close was sent within :data:`GRACE` after it.

    There is no grace where the rule refuses what is late.
    """
    closes_at, saved_at = consultation.closes_at, submission.draft_saved_at
    if closes_at is None or saved_at is None or not has_grace(consultation):
        return False
    return saved_at <= closes_at and submission.arrived_at <= closes_at + GRACE


def has_grace(consultation: Consultation) -> bool:
    """Whether a draft saved before the close may be sent for a while after it."""
    return terms.late_policy(consultation) is not Late.REFUSE


def _entered_by(submission: Submission) -> User | None:
    """The officer who entered it at the desk; None for every other channel."""
    return User.objects.get(uid=submission.entered_by) if submission.entered_by else None


def claimed(
    submission: Submission, *, group: StakeholderGroup | None, is_sample: bool
) -> Respondent:
    """Draw up the respondent that *submission* claims to be from; it is not saved."""
    claim, sender = submission.respondent, submission.sender
    individual = claim.kind == RespondentKind.INDIVIDUAL
    confirmed = sender.authenticated and bool(sender.address)
    how = Respondent.Confirmation.CHANNEL
    if sender.account is not None:
        how = Respondent.Confirmation.ACCOUNT
    return Respondent(
        kind=claim.kind,
        name=one_line(claim.name or sender.name)[:200],
        organisation_name="" if individual else one_line(claim.organisation)[:300],
        stakeholder_group=group,
        country=claim.country,
        email=sender.address.lower(),
        language=submission.language,
        withhold_name=individual and claim.withhold_name,
        withhold_country=individual and claim.withhold_country,
        confirmed_at=timezone.now() if confirmed else None,
        confirmed_how=how if confirmed else "",
        account_id=sender.account,
        organisation=known.organisation(sender.address) if confirmed else None,
        is_sample=is_sample,
    )


def _answers(
    version: Version, submission: Submission, offers: Mapping[int | None, Offered]
) -> list[Answer]:
    """The words as they came, but for our own private links: they work for whoever reads them.

    An answer may be a choice alone. Raises UnknownOptionError, OneOptionError.
    """
    made = []
    for given in submission.answers:
        text = storable(given.text).strip("\n")
        choices = choosing.checked(given, offers)
        said = says_something(text)
        if said or choices:
            words = own_links.left_out(text) if said else ""
            answer = Answer(version=version, question=given.question, text=words, choices=choices)
            made.append(answer)
    return made


def _attachments(version: Version, submission: Submission) -> list[Attachment]:
    return [
        Attachment(
            version=version,
            position=position,
            name=one_line(file.name)[:255],
            path=file.path,
            sha256=file.sha256,
            size=file.size,
        )
        for position, file in enumerate(submission.attachments, start=1)
    ]


def _marks(answers: list[Answer], kept: list[Redaction], *, country: str) -> list[Redaction]:
    """*kept*, and what a public text should perhaps not show: proposed, for a person to decide."""
    return kept + [
        Redaction(answer=answer, start=p.start, end=p.end, kind=p.kind)
        for answer in answers
        for p in confidentiality.outside(
            redaction.find(answer.text, country=country),
            [mark for mark in kept if mark.answer is answer],
        )
    ]
