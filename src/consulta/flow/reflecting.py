"""Reflecting: a letter to a list becomes a response, discussion, a subscription, or a bounce that counts.

A new thread in the space of a consultation is a response, by the rule (Resolution 1336, resolves 4: all
stakeholders may post their replies), unless its sender says that it is discussion.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from consulta.accounts import ratelimit, sparing
from consulta.accounts.models import User
from consulta.accounts.ratelimit import TooOftenError
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
from consulta.flow import journey
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.mailroom import letterbox, outbox, post
from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.models import IncomingMail
from consulta.mailroom.outbox import NotMailableError
from consulta.mailroom.post import Letter
from consulta.reflector import (
    addresses,
    bouncing,
    files,
    letters,
    lists,
    posting,
    queries,
    subscribing,
    threads,
    words,
)
from consulta.reflector.addresses import Asked, Verb
from consulta.reflector.errors import LinkUnknownError
from consulta.reflector.models import List, Post, Space, Subscription
from consulta.reflector.posting import Written
from consulta.reflector.subscribing import Wish
from consulta.responses import screening
from consulta.responses.errors import ResponseError
from consulta.responses.models import Response
from consulta.responses.receipt import Receipt

HOUR = timedelta(hours=1)
#: Commands from one address answered in an hour, in all places together.
COMMANDS = 6
#: Why a person looks at what was sent to many (as letters to a consultation are held).
BULK = "bulk"
#: A header by which a sender can say that a new thread is discussion.
HEADER = "X-Consulta-Kind"
Outcome = dict[str, str]
#: Outcomes that need nobody.
DONE = frozenset({"post", "subscription", "left", "command", "bounce", "suspended", "notice"})


class NoSpaceError(ValueError):
    """Only the first post of a thread in a consultation's space can be a response."""


@dataclass(frozen=True, slots=True)
class Came:
    """A letter to a list, opened. *trusted*: what came with it proves the address in From.

    *submission* makes of it what a letter to a consultation is: who responds, to which questions;
    *reasons_to_look*: why a person should look at that response.
    """

    mail: IncomingMail
    envelope: Envelope
    letter: Letter
    files: tuple[SubmittedFile, ...] = ()
    trusted: bool = False
    submission: Callable[[Consultation], Submission] | None = None
    reasons_to_look: Callable[[Consultation], tuple[str, ...]] | None = None


def is_for_a_list(address: str) -> bool:
    """Whether *address* is that of a list or of a space."""
    return place(address) is not None


def place(address: str) -> tuple[List | Space, Asked] | None:
    """The list or space at *address*, and what is asked of it; None where there is none."""
    asked = addresses.read(address)
    home = queries.find(asked.list) if asked else None
    if asked is None or home is None:
        return None
    if asked.number is None:
        return home, asked
    try:
        return queries.space(home, asked.number), asked
    except Space.DoesNotExist:
        return None


def keep(now: datetime) -> list[str]:
    """Give every announced consultation its space; the names before the @ of all lists and spaces."""
    lists.keep(now)
    return addresses.taken(*queries.all_places())


def deliver(came: Came, *, to: str) -> Outcome | None:
    """What becomes of the copy that came to the address *to*; None where that is no list's."""
    found = place(to)
    if found is None:
        return None
    where, asked = found
    if asked.verb is Verb.BOUNCE:
        return _bounced(came, asked.word)
    if why := _automatic(came, may_respond=asked.verb is Verb.POST and isinstance(where, Space)):
        return {"outcome": "automatic", "why": why}
    match asked.verb:
        case Verb.CONFIRM:
            return _confirmed(came, asked.word)
        case Verb.LEAVE:
            return _left(came, asked.word)
        case Verb.SUBSCRIBE | Verb.DIGEST | Verb.UNSUBSCRIBE | Verb.HELP:
            return _answered(came, where, asked.verb)
        case Verb.OWNER:
            return {"outcome": "enquiry"}
    return _posted(came, where, asked)


@transaction.atomic
def responds(submission: Submission, where: Space, *, by_mail: bool = True) -> Receipt:
    """A response through the list: registered like any other, and the beginning of a thread.

    Raises what :func:`consulta.responses.intake.register` raises.
    """
    given = journey.submission_arrives(submission, by_mail=by_mail)
    response = Response.objects.get(number=given.number)
    begun = Written(where, submission.sender, "", "", submission.language, submission.arrived_at,
                    key=f"response:{response.pk}")  # fmt: skip
    posting.begin_with(response, begun)
    return given


@transaction.atomic
def take_as_response(post: Post, *, by: User) -> Receipt:
    """What came as discussion is a response after all: it counts from its arrival, with a number.

    Raises NoSpaceError for an answer or a post outside of a space, NotAllowedError, ResponseError.
    """
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    permissions.require(by, Act.ENTER_RESPONSE, post.list.group)
    if post.space is None or post.root_id or post.response_id or not post.text.strip():
        raise NoSpaceError
    confirmed = post.state != Post.State.UNCONFIRMED
    given = journey.submission_arrives(
        Submission(
            channel=Channel.REFLECTOR,
            consultation=post.space.consultation.slug,
            sender=Sender(post.author_email, post.author_name, authenticated=confirmed),
            respondent=RespondentClaim(name=post.author_name),
            language=post.language,
            answers=(SubmittedAnswer(None, post.text),),
            attachments=files.submitted(post),
            arrived_at=post.arrived_at,
            idempotency_key=f"post:{post.pk}",
            source_id=f"reflector.post:{post.pk}",
        )
    )
    posting.become(post, Response.objects.get(number=given.number))
    return given


def may_mail(address: str, *, about: str = "") -> bool:
    """At most one mail an hour *about* the same to an address that nobody has proved."""
    who = sha256(f"{about} {address.lower()}".encode()).hexdigest()[:32]
    try:
        ratelimit.count(f"list:{who}", limit=1, per=HOUR)
        ratelimit.count(f"list-all:{address.lower()}", limit=COMMANDS, per=HOUR)
    except TooOftenError:
        return False
    return True


def _posted(came: Came, where: List | Space, asked: Asked) -> Outcome:
    standing = Post.objects.filter(idempotency_key=f"mail:{came.letter.key}").first()
    if standing is not None:  # the same letter to two of our addresses
        return {"outcome": "post", "number": str(standing.pk)}
    if came.letter.is_empty:
        return {"outcome": "empty", "language": _original(where)}
    parent = _parent(came, where, asked)
    if parent is None and isinstance(where, Space) and not _says_discussion(came, asked):
        return _respond(came, where)
    if came.letter.bulk:
        return {"outcome": "automatic", "why": "precedence"}
    sender = _sender(came)
    if not sender.address:
        return {"outcome": "enquiry"}  # nobody could be asked whether it is theirs
    by_mail = sender.authenticated or sparing.may_mail(sender.address)
    written = _written(came, where, sender, parent)
    return {"outcome": "post", "number": str(posting.discuss(written, by_mail=by_mail).pk)}


def _written(came: Came, where: List | Space, sender: Sender, parent: Post | None) -> Written:
    """What a letter says as discussion, with as many of its files as a post takes."""
    taken = files.fitting(came.files, sender=sender)
    _drop_others(came.files, taken)
    return Written(
        place=where,
        sender=sender,
        subject=came.letter.subject,
        text=came.letter.text,
        language=_language(came, _original(where)),
        arrived_at=came.envelope.arrived_at,
        key=f"mail:{came.letter.key}",
        source_id=came.letter.message_id,
        parent=parent,
        mail=came.mail,
        files=taken,
        files_left_out=len(came.letter.enclosures) - len(taken),
        needs_moderator=came.letter.hidden,
    )


def _drop_others(came: tuple[SubmittedFile, ...], taken: tuple[SubmittedFile, ...]) -> None:
    """What no post took goes from the disk after the commit; it is still in the letter."""
    others = [file.path for file in came if file not in taken]
    transaction.on_commit(lambda: files.drop(others))


def _parent(came: Came, where: List | Space, asked: Asked) -> Post | None:
    """The post that a letter answers: as any of its addresses says, its headers, or its subject."""
    read = [asked, *filter(None, map(addresses.read, came.envelope.recipients))]
    named = [a.word for a in read if a.verb is Verb.REPLY and a.list == asked.list]
    for word in named:
        if found := threads.by_number(where, word):
            return found
    if found := threads.by_message(where, came.letter.answers):
        return found
    if isinstance(where, Space) and asked.verb is Verb.POST:
        return None  # a subject alone never keeps a response from being one
    return threads.by_subject(where, came.letter.subject, now=came.envelope.arrived_at)


def _says_discussion(came: Came, asked: Asked) -> bool:
    if asked.verb in (Verb.DISCUSS, Verb.REPLY) or threads.says_discussion(came.letter.subject):
        return True
    head = post.headers_of(letterbox.read(came.mail.path)[1])
    return str(head.get(HEADER, "")).strip().lower() == "discussion"


def _respond(came: Came, where: Space) -> Outcome:
    made = came.submission or (lambda consultation: _submission(came, consultation))
    submission = replace(made(where.consultation), channel=Channel.REFLECTOR)
    letter = came.letter
    by_mail = not letter.bulk and sparing.may_mail(submission.sender.address)
    try:
        given = journey.submission_arrives(submission, by_mail=by_mail)
    except ResponseError as error:
        return {"outcome": "not-taken", "why": type(error).__name__.removesuffix("Error")}
    begun = Written(where, submission.sender, letter.subject, "", submission.language,
                    submission.arrived_at, key=f"mail:{letter.key}", source_id=letter.message_id,
                    mail=came.mail)  # fmt: skip
    response = Response.objects.get(number=given.number)
    posting.begin_with(response, begun)
    odd = came.reasons_to_look or (lambda _consultation: (BULK,) if letter.bulk else ())
    for reason in odd(where.consultation):
        screening.hold(response.versions.latest("ordinal"), reason, now=submission.arrived_at)
    return {"outcome": "response", "number": given.number}


def _submission(came: Came, consultation: Consultation) -> Submission:
    letter = came.letter
    text = letter.text or ("" if came.files else letter.subject)
    return Submission(
        channel=Channel.REFLECTOR,
        consultation=consultation.slug,
        sender=_sender(came),
        respondent=RespondentClaim(name=letter.sender_name),
        language=_language(came, consultation.original_language),
        answers=(SubmittedAnswer(None, text),),
        attachments=came.files,
        arrived_at=came.envelope.arrived_at,
        idempotency_key=f"mail:{letter.key}",
        source_id=f"mailroom.incomingmail:{came.mail.pk}",
    )


def _bounced(came: Came, word: str) -> Outcome:
    raw = letterbox.read(came.mail.path)[1]
    try:
        return {"outcome": bouncing.came_back(word, raw, now=came.envelope.arrived_at)}
    except LinkUnknownError:
        return {"outcome": "automatic", "why": "bounce"}


def _confirmed(came: Came, token: str) -> Outcome:
    now, sender = came.envelope.arrived_at, came.letter.sender
    try:
        subscribing.confirm(token, now=now, sender=sender)
        return {"outcome": "subscription"}
    except LinkUnknownError:
        pass
    try:
        return {"outcome": "post", "number": str(posting.confirm(token, now=now, sender=sender).pk)}
    except LinkUnknownError:
        return {"outcome": "answer", "why": "unknown, expired, or from another address"}


def _left(came: Came, word: str) -> Outcome:
    try:
        subscribing.end(subscribing.find_to_leave(word), now=came.envelope.arrived_at)
    except LinkUnknownError:
        return {"outcome": "answer", "why": "unknown"}
    return {"outcome": "left"}


def _answered(came: Came, where: List | Space, verb: Verb) -> Outcome:
    """A command: answered by mail, to each sender once an hour in each place, never to a program."""
    address = _sender(came).address
    about = f"{verb.value} {type(where).__name__} {where.pk}"
    if not address or not may_mail(address, about=about):
        return {
            "outcome": "command",
            "why": "not answered: no address, or answered within the hour",
        }
    language = _language(came, _original(where))
    match verb:
        case Verb.HELP:
            letters.send_help(where, email=address, language=language)
        case Verb.UNSUBSCRIBE:
            for subscription in subscribing.standing(where, address):
                letters.send_manage_link(subscription)
        case _wish:
            mode = Subscription.Mode.DIGEST if verb is Verb.DIGEST else Subscription.Mode.EACH
            wish = Wish(address, language, mode)
            subscribing.ask(where, wish, now=came.envelope.arrived_at)
    return {"outcome": "command", "why": verb.value}


def _automatic(came: Came, *, may_respond: bool) -> str:
    """Why nobody wrote this letter: it is not posted, answers nothing, and is never answered.

    What went to many may all the same be a response (*may_respond*): a person looks at it.
    """
    if not came.envelope.sender:
        return "null-sender"
    if letterbox.takes(came.letter.sender):
        return "own"
    more = {"precedence": came.letter.bulk and not may_respond, "spam": came.letter.spam}
    return ", ".join((*came.letter.automatic, *(name for name, holds in more.items() if holds)))


def _sender(came: Came) -> Sender:
    address = came.letter.sender
    try:
        validate_email(address)
        address = outbox.mailable(address)
    except (ValidationError, NotMailableError):
        address = ""
    return Sender(address, came.letter.sender_name, authenticated=came.trusted and bool(address))


def _language(came: Came, otherwise: str) -> str:
    if came.letter.language in LANGUAGES:
        return came.letter.language
    return words.language(came.letter.text or came.letter.subject, otherwise=otherwise)


def _original(where: List | Space) -> str:
    return where.consultation.original_language if isinstance(where, Space) else "en"
