"""Letters: what came by mail becomes a response, a confirmation, or a matter for a person."""

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from consulta.accounts import ratelimit
from consulta.accounts.ratelimit import TooOftenError
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core.languages import LANGUAGES
from consulta.core.submission import (
    Channel,
    RespondentClaim,
    Sender,
    Submission,
    SubmittedAnswer,
    SubmittedFile,
)
from consulta.flow import addresses, journey, reflecting
from consulta.flow.reflecting import Came
from consulta.mailroom import incoming, letterbox, outbox, post, spool, tongue
from consulta.mailroom.letterbox import Envelope, NotALetterError
from consulta.mailroom.models import IncomingMail
from consulta.mailroom.outbox import NotMailableError
from consulta.mailroom.post import Enclosure, Letter
from consulta.mailroom.spool import SpoolFullError
from consulta.responses import confirmation
from consulta.responses.errors import LinkUnknownError, ResponseError

log = logging.getLogger(__name__)
FOLDER = "files/mail"
#: Letters taken in and opened in one round.
ROUND = 100
HOUR = timedelta(hours=1)
Outcome = dict[str, str]
#: Outcomes that need nobody.
DONE = frozenset({"response", "confirmed", *reflecting.DONE})


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter in hand: its row, its envelope, what it says, and its files once they are on disk."""

    mail: IncomingMail
    envelope: Envelope
    letter: Letter
    files: tuple[SubmittedFile, ...] = ()


def letters_arrive() -> int:
    """Take in and open the letters that came; how many were opened. May be cut off anywhere.

    The worker does it all the time; doing it twice is doing it once.
    """
    addresses.keep()
    for path in letterbox.new(ROUND):
        _take_in(path)
    return sum(1 for pk in incoming.waiting(timezone.now()) if _open(pk))


def _take_in(path: str) -> None:
    try:
        incoming.enter(path)
    except FileNotFoundError:
        log.info("letter %s was taken in by another process", path)
    except NotALetterError:
        log.error("%s is no letter: look at it, and take it out of that folder", path)
    except OSError as error:  # it stays where it is, and is tried again
        log.error("letter %s could not be taken in: %s", path, error)


def _open(pk: int) -> bool:
    """Open one letter; a failure is noted, and the letter tried again later."""
    mail = incoming.claim(pk)
    if mail is None:
        return False
    try:
        _deal_with(mail)
    except SpoolFullError:
        log.error("letter %s waits: the disk is full; free some space", pk)
        incoming.postpone(pk)
        return False
    except Exception as error:  # the edge of the mailroom: no letter may stop the others
        log.exception("letter %s could not be dealt with; it is kept and tried again", pk)
        incoming.fail(pk, f"{type(error).__name__}: {error}")
        return False
    return True


def _deal_with(mail: IncomingMail) -> None:
    envelope, raw = letterbox.read(mail.path)
    opened = _with_files(Opened(mail, envelope, post.open_letter(raw)))
    with transaction.atomic():
        row = IncomingMail.objects.select_for_update().get(pk=mail.pk)
        if row.state != IncomingMail.State.WAITING:
            return
        outcomes = [
            {"to": letterbox.masked(to), **_deliver(opened, to=to)} for to in envelope.recipients
        ]
        done = all(each["outcome"] in DONE for each in outcomes)
        state = IncomingMail.State.PROCESSED if done else IncomingMail.State.SET_ASIDE
        incoming.settle(mail.pk, state, outcomes)


def _with_files(opened: Opened) -> Opened:
    """Put the files of a letter that will be a response on disk, before any row names them."""
    wanted = any(
        letterbox.consultation_number(to) or reflecting.is_for_a_list(to)
        for to in opened.envelope.recipients
    )
    if not wanted or _automatic(opened):
        return opened
    files = [
        _keep(each, name=f"{opened.mail.pk}-{position}")
        for position, each in enumerate(opened.letter.enclosures, start=1)
    ]
    return replace(opened, files=tuple(files))


def _keep(enclosure: Enclosure, *, name: str) -> SubmittedFile:
    """Keep a file under a name that a second try finds again."""
    digest, size = sha256(enclosure.data).hexdigest(), len(enclosure.data)
    name = f"{name}-{digest[:16]}"
    with suppress(FileExistsError):
        spool.keep([enclosure.data], folder=FOLDER, name=name)
    return SubmittedFile(enclosure.name, f"{FOLDER}/{name}", digest, size)


def _deliver(opened: Opened, *, to: str) -> Outcome:
    """What becomes of the copy for one recipient."""
    came = Came(opened.mail, opened.envelope, opened.letter, opened.files)
    if (reflected := reflecting.deliver(came, to=to)) is not None:
        return reflected
    if why := _automatic(opened):
        return {"outcome": "automatic", "why": why}
    if token := letterbox.answer_token(to):
        return _confirm(opened, token)
    number = letterbox.consultation_number(to)
    consultation = consultations.by_number(number) if number else None
    if consultation is None:
        return {"outcome": "enquiry"}
    return _respond(opened, consultation)


def _automatic(opened: Opened) -> str:
    """Why nobody wrote this letter: such letters are never answered, and confirm nothing."""
    if not opened.envelope.sender:
        return "null-sender"
    if letterbox.takes(opened.letter.sender):
        return "own"
    bulk = ("precedence",) if opened.letter.bulk else ()
    return ", ".join((*opened.letter.automatic, *bulk))


def _confirm(opened: Opened, token: str) -> Outcome:
    """The mail that asks to confirm was answered from the address to which it went."""
    try:
        response = confirmation.use_answer(token, sender=opened.letter.sender)
    except LinkUnknownError:
        return {"outcome": "answer", "why": "unknown, expired, or from another address"}
    return {"outcome": "confirmed", "number": response.number}


def _respond(opened: Opened, consultation: Consultation) -> Outcome:
    submission = _submission(opened, consultation)
    try:
        given = journey.submission_arrives(submission, by_mail=_may_mail(submission.sender.address))
    except ResponseError as error:
        return {"outcome": "not-taken", "why": type(error).__name__.removesuffix("Error")}
    return {"outcome": "response", "number": given.number}


def _submission(opened: Opened, consultation: Consultation) -> Submission:
    letter = opened.letter
    text = letter.text or ("" if opened.files else letter.subject)
    return Submission(
        channel=Channel.EMAIL,
        consultation=consultation.slug,
        sender=Sender(_mailable(letter.sender or opened.envelope.sender), letter.sender_name),
        respondent=RespondentClaim(name=letter.sender_name),
        language=_language(letter, text) or consultation.original_language,
        answers=(SubmittedAnswer(None, text),),
        attachments=opened.files,
        arrived_at=opened.envelope.arrived_at,
        idempotency_key=f"mail:{letter.key}",
        source_id=f"mailroom.incomingmail:{opened.mail.pk}",
    )


def _language(letter: Letter, text: str) -> str:
    if letter.language in LANGUAGES:
        return letter.language
    return tongue.likely(text, LANGUAGES) or tongue.likely(letter.subject, LANGUAGES)


def _mailable(address: str) -> str:
    """*address* if it can be written to, else nothing: the response counts all the same."""
    try:
        validate_email(address)
        return outbox.mailable(address)
    except (ValidationError, NotMailableError):
        return ""


def _may_mail(address: str) -> bool:
    """At most one mail an hour to an address that nobody has proved yet."""
    who = sha256(address.lower().encode()).hexdigest()[:32]
    try:
        ratelimit.count(f"letter:{who}", limit=1, per=HOUR)
    except TooOftenError:
        return False
    return True
