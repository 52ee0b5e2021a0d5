"""An answer to one of our mails: it confirms its sender, or brings a new version of a response."""

from dataclasses import dataclass, replace

from django.utils import timezone

from consulta.core.submission import (
    Channel,
    RespondentClaim,
    Sender,
    Submission,
    SubmittedAnswer,
    SubmittedFile,
)
from consulta.flow.letters import enclosed, headings, own_words
from consulta.flow.letters.opened import Opened, Outcome
from consulta.flow.letters.responding import BLANK, HIDDEN
from consulta.mailroom import answersheet, quotes
from consulta.mailroom.models import OutgoingMail
from consulta.responses import asking, choosing, confirmation, links, post, revision, screening
from consulta.responses.errors import ClosedError, LinkUnknownError
from consulta.responses.models import Response, ReturnLink, Version

#: An answer to the mail that asks to confirm says yes; one that says so much more is read by a person.
WORDS_OF_A_YES = 280
#: Why a person looks at a version whose words came as an answer: it may be no more than thanks.
ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class _Brought:
    """What an answer brings: words under headings, words to the whole, files."""

    parts: tuple[SubmittedAnswer, ...]
    words: str
    files: tuple[SubmittedFile, ...]

    @property
    def is_form(self) -> bool:
        """Whether it says by itself what it changes."""
        return bool(self.files or self.parts)


def answer(opened: Opened, token: str) -> list[Outcome]:
    """The copy of a letter that came to the address of one answer."""
    try:
        response = confirmation.use_answer(token, sender=opened.letter.sender)
    except LinkUnknownError:
        return [_to_receipt(opened, token)]
    brought = _brought(opened, response)
    outcome: Outcome = {"outcome": "confirmed", "number": response.number}
    if brought.is_form:
        return [outcome, _revise(opened, response, brought)]
    return [outcome, {"outcome": "words"}] if len(brought.words) > WORDS_OF_A_YES else [outcome]


def enquiry(opened: Opened) -> Outcome:
    """A letter to the office; with the number of the response if it answers a mail about one."""
    answered = OutgoingMail.objects.defer("raw").filter(message_id__in=opened.letter.answers)
    mine = list(answered.filter(recipient__iexact=opened.letter.sender)[:5])
    number = next(iter(post.numbers(mine).values()), "")
    return {"outcome": "enquiry", "number": number} if number else {"outcome": "enquiry"}


def _to_receipt(opened: Opened, token: str) -> Outcome:
    try:
        link = links.find(token, ReturnLink.Purpose.ANSWER, now=timezone.now())
    except LinkUnknownError:
        return {"outcome": "answer"}
    response = link.response
    if opened.letter.sender.lower() != response.respondent.email.lower():
        return {"outcome": "answer"}
    brought = _brought(opened, response)
    if not brought.is_form and not brought.words:
        return {"outcome": "enquiry", "number": response.number}
    return _revise(opened, response, brought)


def _brought(opened: Opened, response: Response) -> _Brought:
    """What is new in an answer; what it quotes was ours. A questionnaire is read, not kept as a file."""
    text = own_words.marked(opened.letter.text, response)
    words = quotes.own(text)
    found = answersheet.parts(text, headings.of(response.consultation)) if words else []
    named = tuple(part for part in found if part.question is not None)
    form = enclosed.questionnaire(opened.files, response.consultation)
    offers = choosing.offers(response.consultation)
    answered = {each.question: each for each in enclosed.answers(form, ())}
    for part in named:
        said = choosing.read(SubmittedAnswer(part.question, part.text), offers)
        before = answered.get(part.question)
        if before and not said.choices:
            said = replace(said, choices=before.choices)
        answered[part.question] = said
    return _Brought(tuple(answered.values()), words, enclosed.others(opened.files, form))


def _revise(opened: Opened, response: Response, brought: _Brought) -> Outcome:
    latest = response.versions.latest("ordinal")
    made = _submission(opened, latest, brought)
    try:
        version = revision.revise(response, made, beside=not brought.is_form)
    except ClosedError:
        return {"outcome": "closed", "number": response.number}
    if enclosed.blank(brought.files, response.consultation):
        screening.hold(version, BLANK, now=timezone.now())
    if brought.is_form:
        screening.screen_now(version.response)
    elif version.screening == Version.Screening.WAITING and not version.hold_reasons:
        screening.hold(version, ANSWERED, now=timezone.now())
    if opened.letter.hidden and HIDDEN not in version.hold_reasons:
        screening.hold(version, HIDDEN, now=timezone.now())
    return {"outcome": "version", "number": response.number}


def _submission(opened: Opened, latest: Version, brought: _Brought) -> Submission:
    respondent = latest.response.respondent
    return Submission(
        channel=Channel.EMAIL,
        consultation=latest.response.consultation.slug,
        sender=Sender(respondent.email, respondent.name),
        respondent=RespondentClaim(country=respondent.country),
        language=latest.language,
        answers=_answers(latest, brought),
        attachments=_files(latest, brought),
        arrived_at=opened.envelope.arrived_at,
        idempotency_key=f"mail:{opened.letter.key}",
        source_id=f"mailroom.incomingmail:{opened.mail.pk}",
    )


def _answers(latest: Version, brought: _Brought) -> tuple[SubmittedAnswer, ...]:
    """The earlier answers, those replaced that came anew; words beside files or a form are a note."""
    said = {
        each.question: SubmittedAnswer(each.question, each.text, tuple(each.choices or ()))
        for each in latest.answers.all()
    }
    for part in brought.parts:
        before = said.get(part.question, part)
        said[part.question] = SubmittedAnswer(
            part.question, part.text or before.text, part.choices or before.choices
        )
    if not brought.is_form:
        said[None] = SubmittedAnswer(None, brought.words)
    return tuple(said.values())


def _files(latest: Version, brought: _Brought) -> tuple[SubmittedFile, ...]:
    """The earlier files, those replaced that came anew: one for the only one, else by their names.

    New files take the place of as many locked ones, for which the sender was asked again; answers and
    files that of a questionnaire without answers.
    """
    kept, new = list(latest.attachments.all()), brought.files
    if len(kept) == len(new) == 1:
        return new
    locked = asking.locked(kept)
    if len(new) >= len(locked):
        kept = [file for file in kept if file not in locked]
    old = [SubmittedFile(f.name, f.path, f.sha256, f.size) for f in kept]
    if BLANK in latest.hold_reasons and brought.is_form:
        old = [
            file for file in old if file not in enclosed.blank(old, latest.response.consultation)
        ]
    names = {file.name.casefold() for file in new}
    return (*(file for file in old if file.name.casefold() not in names), *new)
