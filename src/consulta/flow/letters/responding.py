"""A letter to a consultation becomes a response: whose it is, in which language, to which questions."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from consulta.accounts import sparing
from consulta.consultations.models import Consultation
from consulta.core.languages import LANGUAGES
from consulta.core.submission import (
    Channel,
    RespondentClaim,
    RespondentKind,
    Sender,
    Submission,
    SubmittedAnswer,
)
from consulta.flow import journey
from consulta.flow.letters import enclosed, headings
from consulta.flow.letters.enclosed import Enclosed
from consulta.flow.letters.opened import Opened, Outcome
from consulta.mailroom import answersheet, outbox, tongue
from consulta.mailroom.outbox import NotMailableError
from consulta.mailroom.post import Letter
from consulta.responses import asking_answers, choosing, screening
from consulta.responses.errors import ResponseError
from consulta.responses.models import Response
from consulta.stakeholders import known
from consulta.stakeholders.models import Respondent

#: Copies an hour to an address that proved itself: more is two programs writing to each other.
COPIES = 10
#: Why a person looks at what was sent to many.
BULK = "bulk"
#: Why a person looks at a questionnaire: its country or group is none of those that we know.
UNLISTED = "unlisted"
#: Why a person looks at a letter with a questionnaire in which nobody answered: asked for once more.
BLANK = asking_answers.BLANK
#: Why a person looks at a letter without words and files: the subject may be all, or the rest is lost.
SUBJECT_ALONE = "subject_alone"
#: Why a person looks at a letter with words that its reader may not see: none is lost, none shown unasked.
HIDDEN = "hidden_words"


def respond(opened: Opened, consultation: Consultation) -> Outcome:
    """Register the letter, and mail its receipt unless it was sent to many."""
    if opened.letter.is_empty:
        return {"outcome": "empty", "language": consultation.original_language}
    made = submission(opened, consultation)
    reasons = reasons_to_look(opened, consultation)
    by_mail = answerable(opened, made.sender)
    asks = by_mail and BLANK in reasons and _is_strange_and_in_time(made, consultation)
    try:
        given = journey.submission_arrives(made, by_mail=by_mail and not asks)
    except ResponseError as error:
        return {"outcome": "not-taken", "why": type(error).__name__.removesuffix("Error")}
    hold(given.number, reasons)
    if asks:
        asking_answers.ask_to_confirm(Response.objects.get(number=given.number), now=timezone.now())
    return {"outcome": "response", "number": given.number}


def _is_strange_and_in_time(made: Submission, consultation: Consultation) -> bool:
    """Whether one mail may ask to confirm and for the answers: a stranger gets no two in an hour."""
    closes_at = consultation.closes_at
    return not made.sender.authenticated and (closes_at is None or made.arrived_at <= closes_at)


def reasons_to_look(opened: Opened, consultation: Consultation) -> tuple[str, ...]:
    """Why a person should look at the response that *opened* becomes, whatever its address."""
    letter, forms = opened.letter, opened.forms(consultation)
    found = {
        BULK: letter.bulk,
        BLANK: bool(forms.blank),
        UNLISTED: enclosed.names_the_unlisted(forms.filled, consultation),
        SUBJECT_ALONE: not (letter.text or letter.enclosures),
        HIDDEN: letter.hidden,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def hold(number: str, reasons: Iterable[str]) -> None:
    """It may be a response all the same, or say more than was understood: a person looks at it."""
    for reason in reasons:
        response = Response.objects.get(number=number)
        screening.hold(response.versions.latest("ordinal"), reason, now=timezone.now())


def submission(opened: Opened, consultation: Consultation) -> Submission:
    """What the letter says, as every channel says it."""
    letter = opened.letter
    text = letter.text or ("" if opened.files else letter.subject)
    address = mailable(opened.address)
    who = known.respondent(address) if opened.trust.proved and address else None
    form = opened.forms(consultation).filled
    claim = _claim(who, letter.sender_name)
    parts = answersheet.parts(text, headings.of(consultation), whole=True)
    offers = choosing.offers(consultation)
    said = (choosing.read(SubmittedAnswer(p.question, p.text), offers) for p in parts)
    return Submission(
        channel=Channel.EMAIL,
        consultation=consultation.slug,
        sender=Sender(address, letter.sender_name, authenticated=who is not None),
        respondent=claim if who else enclosed.claim(form, consultation, otherwise=claim),
        language=language(letter, text, form) or consultation.original_language,
        answers=enclosed.answers(form, said),
        attachments=enclosed.others(opened.files, form),
        arrived_at=opened.envelope.arrived_at,
        idempotency_key=f"mail:{letter.key}",
        source_id=f"mailroom.incomingmail:{opened.mail.pk}",
    )


def answerable(opened: Opened, sender: Sender) -> bool:
    """Whether a mail may go to the sender now (RFC 3834): one an hour until the address is proved."""
    if opened.letter.bulk or opened.letter.spam or opened.automatic:
        return False
    return sparing.may_mail(sender.address, limit=COPIES if sender.authenticated else 1)


def mailable(address: str) -> str:
    """*address* if it can be written to, else nothing: the response counts all the same."""
    try:
        validate_email(address)
        return outbox.mailable(address)
    except (ValidationError, NotMailableError):
        return ""


def _claim(who: Respondent | None, name: str) -> RespondentClaim:
    """For whom a proved and known sender speaks: as before; a stranger speaks for himself."""
    if who is None:
        return RespondentClaim(name=name)
    return RespondentClaim(
        kind=RespondentKind(who.kind),
        name=name or who.name,
        organisation=who.organisation_name,
        stakeholder_group=who.stakeholder_group.slug if who.stakeholder_group else "",
        country=who.country,
        withhold_name=who.withhold_name,
        withhold_country=who.withhold_country,
    )


def language(letter: Letter, text: str, found: Enclosed | None) -> str:
    """In which language it answers: by its form, by what the letter says, by its words; "" if by none."""
    form = found.form if found else None
    if form is not None and form.particulars.get("language") is None and form.language in LANGUAGES:
        return tongue.likely(" ".join(form.answers.values()), LANGUAGES) or form.language
    if letter.language in LANGUAGES:
        return letter.language
    return tongue.likely(text, LANGUAGES) or tongue.likely(letter.subject, LANGUAGES)
