"""An answer to one of our mails: it confirms its sender, or brings a new version of a response."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from consulta.core.submission import (
    Channel,
    RespondentClaim,
    RespondentKind,
    Sender,
    Submission,
    SubmittedAnswer,
    SubmittedFile,
)
from consulta.flow.letters import enclosed, headings, own_words
from consulta.flow.letters.enclosed import Enclosed
from consulta.flow.letters.opened import Opened, Outcome
from consulta.flow.letters.responding import BLANK, HIDDEN, UNLISTED, language
from consulta.mailroom import answersheet, quotes
from consulta.mailroom.models import OutgoingMail
from consulta.responses import (
    asking,
    choosing,
    confirmation,
    links,
    post,
    restating,
    revision,
    screening,
)
from consulta.responses.errors import ClosedError, LinkUnknownError
from consulta.responses.models import Response, ReturnLink, Version
from consulta.stakeholders.models import Respondent

#: An answer to the mail that asks to confirm says yes; one that says so much more is read by a person.
WORDS_OF_A_YES = 280
#: Why a person looks at a version whose words came as an answer: it may be no more than thanks.
ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class _Brought:
    """What an answer brings: words under headings, words to the whole, files; its questionnaire.

    *asked*: its questionnaire was asked for, as if it came with the first letter. *adds*: words to the
    whole stand beneath the earlier ones.
    """

    parts: tuple[SubmittedAnswer, ...]
    words: str
    files: tuple[SubmittedFile, ...]
    form: Enclosed | None = None
    asked: bool = False
    adds: bool = False

    @property
    def is_form(self) -> bool:
        """Whether it says by itself what it changes."""
        return bool(self.files or self.parts)

    @property
    def says_more(self) -> bool:
        """Whether the words beside what it changes are more than a note: a person reads them."""
        return self.is_form and not self.asked and len(self.words) > WORDS_OF_A_YES


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
    """What is new in an answer; what it quotes was ours."""
    text = own_words.marked(opened.letter.text, response)
    words = quotes.own(text)
    found = answersheet.parts(text, headings.of(response.consultation)) if words else []
    named = [SubmittedAnswer(each.question, each.text) for each in found if each.question]
    if named:
        words = next((each.text for each in found if each.question is None), "")
    form = opened.forms(response.consultation).filled
    files = enclosed.others(opened.files, form)
    asked = restating.awaited(response)
    changes = bool(named or form or files)
    if changes and words and (asked or len(words) > WORDS_OF_A_YES):
        named.append(SubmittedAnswer(None, words))
    offers = choosing.offers(response.consultation)
    parts = enclosed.answers(form, [choosing.read(each, offers) for each in named])
    adds = asked or form is None or not form.form.answers.get(0)
    return _Brought(parts, words, files, form, asked, adds)


def _revise(opened: Opened, response: Response, brought: _Brought) -> Outcome:
    latest = response.versions.latest("ordinal")
    made = _submission(opened, latest, brought)
    try:
        with transaction.atomic():
            if brought.asked and brought.form:
                restating.restate(response, made)
            version = revision.revise(response, made, beside=not brought.is_form)
    except ClosedError:
        return {"outcome": "closed", "number": response.number}
    _look(opened, version, brought)
    return {"outcome": "version", "number": response.number}


def _look(opened: Opened, version: Version, brought: _Brought) -> None:
    """Let the rules look at *version*, and a person where only a letter's reader can know why."""
    consultation = version.response.consultation
    now = timezone.now()
    if opened.forms(consultation).blank:
        screening.hold(version, BLANK, now=now)
    if brought.is_form:
        screening.screen_now(version.response)
    waits = version.screening == Version.Screening.WAITING and not version.hold_reasons
    odd = {
        ANSWERED: brought.says_more or (waits and not brought.is_form),
        UNLISTED: enclosed.names_the_unlisted(brought.form, consultation),
        HIDDEN: opened.letter.hidden,
    }
    for reason, holds in odd.items():
        if holds and reason not in version.hold_reasons:
            screening.hold(version, reason, now=now)


def _submission(opened: Opened, latest: Version, brought: _Brought) -> Submission:
    respondent, consultation = latest.response.respondent, latest.response.consultation
    claim, tongue = _claim(respondent), latest.language
    if brought.asked and brought.form:
        claim = enclosed.claim(brought.form, consultation, otherwise=claim)
        tongue = language(opened.letter, brought.words, brought.form) or tongue
    return Submission(
        channel=Channel.EMAIL,
        consultation=consultation.slug,
        sender=Sender(respondent.email, respondent.name),
        respondent=claim,
        language=tongue,
        answers=_answers(latest, brought),
        attachments=_files(latest, brought),
        arrived_at=opened.envelope.arrived_at,
        idempotency_key=f"mail:{opened.letter.key}",
        source_id=f"mailroom.incomingmail:{opened.mail.pk}",
    )


def _claim(respondent: Respondent) -> RespondentClaim:
    """Who responds as before."""
    group = respondent.stakeholder_group
    return RespondentClaim(
        kind=RespondentKind(respondent.kind),
        name=respondent.name,
        organisation=respondent.organisation_name,
        stakeholder_group=group.slug if group else "",
        country=respondent.country,
    )


def _answers(latest: Version, brought: _Brought) -> tuple[SubmittedAnswer, ...]:
    """The earlier answers, those replaced that came anew; a few words beside files or a form are a note."""
    said = {
        each.question: SubmittedAnswer(each.question, each.text, tuple(each.choices or ()))
        for each in latest.answers.all()
    }
    for part in brought.parts:
        before = said.get(part.question, part)
        text = part.text or before.text
        if part.question is None and brought.adds and before.text not in text:
            text = f"{before.text}\n\n{text}"
        said[part.question] = SubmittedAnswer(part.question, text, part.choices or before.choices)
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
        blank = enclosed.read(old, latest.response.consultation).blank
        old = [file for file in old if file not in blank]
    names = {file.name.casefold() for file in new}
    return (*(file for file in old if file.name.casefold() not in names), *new)
