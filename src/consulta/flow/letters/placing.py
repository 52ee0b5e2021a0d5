"""Where a letter belongs: what becomes of the copy for each of its recipients."""

from collections.abc import Iterable
from functools import partial

from consulta.consultations import queries as consultations
from consulta.core.languages import LANGUAGES
from consulta.core.submission import Sender
from consulta.flow import reflecting
from consulta.flow.letters import answering, responding
from consulta.flow.letters.opened import Opened, Outcome
from consulta.flow.reflecting import Came
from consulta.mailroom import bounces, incoming, letterbox, notes
from consulta.mailroom.bounces import Bounce
from consulta.mailroom.models import IncomingMail

#: What kind of mail each outcome makes it; anything else is an enquiry.
KINDS = {
    "response": IncomingMail.Kind.RESPONSE,
    "version": IncomingMail.Kind.VERSION,
    "confirmed": IncomingMail.Kind.CONFIRMATION,
    "spam": IncomingMail.Kind.SPAM,
    "bounce": IncomingMail.Kind.ROBOT,
    "automatic": IncomingMail.Kind.ROBOT,
    "post": IncomingMail.Kind.POST,
    "subscription": IncomingMail.Kind.COMMAND,
    "left": IncomingMail.Kind.COMMAND,
    "command": IncomingMail.Kind.COMMAND,
    "suspended": IncomingMail.Kind.ROBOT,
    "notice": IncomingMail.Kind.ROBOT,
}
#: A letter to several addresses is the first of these that it was for anybody.
ORDER = (
    IncomingMail.Kind.RESPONSE,
    IncomingMail.Kind.VERSION,
    IncomingMail.Kind.CONFIRMATION,
    IncomingMail.Kind.POST,
    IncomingMail.Kind.COMMAND,
    IncomingMail.Kind.ENQUIRY,
    IncomingMail.Kind.SPAM,
    IncomingMail.Kind.ROBOT,
)
#: Outcomes that need nobody.
DONE = frozenset({"response", "confirmed", "version", "bounce", *reflecting.DONE})


def place(opened: Opened) -> None:
    """Do what *opened* asks for and write what became of it, in the caller's transaction."""
    bounce = _bounce(opened)
    outcomes = [
        {"to": letterbox.masked(to), **each}
        for to in opened.envelope.recipients
        for each in _deliver(opened, to=to, bounce=bounce)
    ]
    _tell_if_empty(opened, outcomes)
    done = all(each["outcome"] in DONE for each in outcomes)
    incoming.settle(
        opened.mail.pk,
        IncomingMail.State.PROCESSED if done else IncomingMail.State.SET_ASIDE,
        outcomes,
        kind=kind_of(each["outcome"] for each in outcomes),
        sender=opened.letter.sender,
        subject=opened.letter.subject[:500],
        trust=opened.trust.told() if opened.trust.domain else {},
        bounce_of=bounce.mail if bounce else None,
    )


def kind_of(outcomes: Iterable[str]) -> IncomingMail.Kind:
    """What a mail is, by what became of its copies."""
    kinds = {KINDS.get(outcome, IncomingMail.Kind.ENQUIRY) for outcome in outcomes}
    return next((kind for kind in ORDER if kind in kinds), IncomingMail.Kind.ENQUIRY)


def _tell_if_empty(opened: Opened, outcomes: Iterable[Outcome]) -> None:
    """Tell the sender of a letter without words and files, once: what was meant may be lost on its way."""
    empty = next((each for each in outcomes if each["outcome"] == "empty"), None)
    address = responding.mailable(opened.address)
    if empty is None or not address or not responding.answerable(opened, Sender(address)):
        return
    written = opened.letter.language
    language = written if written in LANGUAGES else empty["language"]
    notes.tell_empty(address, to=empty["to"], language=language, at=opened.envelope.arrived_at)


def _bounce(opened: Opened) -> Bounce | None:
    """Which of our mails came back, where a mail server or program wrote the letter."""
    reports = {"report", "x-failed-recipients"} & set(opened.letter.automatic)
    if not reports and opened.envelope.sender:
        return None
    if any(map(reflecting.is_for_a_list, opened.envelope.recipients)):
        return None  # a list knows whose copy came back
    return bounces.of(opened.raw, arrived_at=opened.envelope.arrived_at)


def _deliver(opened: Opened, *, to: str, bounce: Bounce | None) -> list[Outcome]:
    """What becomes of the copy for one recipient."""
    came = Came(
        opened.mail,
        opened.envelope,
        opened.letter,
        opened.files,
        trusted=opened.trust.proved,
        submission=partial(responding.submission, opened),
        reasons_to_look=partial(responding.reasons_to_look, opened),
    )
    if (reflected := reflecting.deliver(came, to=to)) is not None:
        return [reflected]
    if bounce is not None:
        return [_came_back(bounce)]
    if why := opened.automatic:
        return [{"outcome": "automatic", "why": why}]
    if token := letterbox.answer_token(to):
        return answering.answer(opened, token)
    if opened.letter.spam:
        return [{"outcome": "spam"}]
    number = letterbox.consultation_number(to)
    consultation = consultations.by_number(number) if number else None
    if consultation is None:
        return [answering.enquiry(opened)]
    return [responding.respond(opened, consultation)]


def _came_back(bounce: Bounce) -> Outcome:
    lasting = "yes" if bounce.lasting else "no"
    return {"outcome": "bounce", "lasting": lasting, "why": bounce.why}
