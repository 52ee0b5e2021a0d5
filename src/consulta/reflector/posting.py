"""Posting: what somebody wrote to a list. A response is registered elsewhere; here it gets its thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string

from consulta.core.plaintext import one_line, storable
from consulta.core.submission import Channel, Sender, SubmittedFile
from consulta.core.tokens import hashed, new_token
from consulta.ledger import ledger
from consulta.mailroom import own_links
from consulta.mailroom.models import IncomingMail
from consulta.reflector import files, letters, names, threads
from consulta.reflector.errors import LinkUnknownError
from consulta.reflector.models import List, Mailing, Post, Space
from consulta.responses.models import Response

#: How long the button in the mail to an author works.
CONFIRM_WITHIN = timedelta(days=14)
#: More discussion than this from one address in an hour waits for a moderator.
AT_MOST, PER = 10, timedelta(hours=1)
LONGEST = 100_000  # characters of one post


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote. *key*: the same twice is one post. *source_id*: its mail's Message-ID.

    *files* are on the disk; *files_left_out*: how many more came. *needs_moderator*: its letter holds
    words that its reader may not see.
    """

    place: List | Space
    sender: Sender
    subject: str
    text: str
    language: str
    arrived_at: datetime
    key: str
    source_id: str = ""
    parent: Post | None = None
    mail: IncomingMail | None = None
    files: tuple[SubmittedFile, ...] = ()
    files_left_out: int = 0
    needs_moderator: bool = False


@transaction.atomic
def discuss(written: Written, *, by_mail: bool = True) -> Post:
    """Take in discussion. Sent twice, it is one post.

    Whoever the channel did not prove is asked by mail, later where it may not go now (*by_mail*); then
    a first post waits for a moderator.
    """
    earlier = Post.objects.filter(idempotency_key=written.key).first()
    if earlier is not None:
        return earlier
    post = _post(written)
    post.full_clean(exclude=["root", "parent"])
    post.save()
    files.attach(post, written.files)
    ledger.record("post_received", post, by="respondent")
    if written.sender.authenticated:
        _settle(post, now=written.arrived_at)
    elif by_mail:
        ask(post)
    return post


def owed(now: datetime) -> Sequence[Post]:
    """Posts whose authors have not been asked yet, because the address had its one mail of the hour."""
    waiting = Post.objects.filter(state=Post.State.UNCONFIRMED, token_hash="")
    return list(waiting.filter(arrived_at__gt=now - CONFIRM_WITHIN).order_by("pk")[:100])


def ask(post: Post) -> None:
    """Mail the author of *post* the button by which it is shown. Call it inside the act."""
    token = new_token()
    post.token_hash = hashed(token)
    post.save(update_fields=["token_hash"])
    letters.ask_author(post, token)


@transaction.atomic
def begin_with(response: Response, written: Written) -> Post:
    """Begin a thread with *response*, which was registered just now; its words stay in the register."""
    earlier = Post.objects.filter(response=response).first()
    if earlier is not None:
        return earlier
    post = _post(written)
    post.response, post.state = response, Post.State.RESPONSE
    post.subject = post.text = ""
    post.root = post.parent = None
    post.full_clean()
    post.save()
    return post


@transaction.atomic
def root_of(response: Response, space: Space, *, now: datetime) -> Post:
    """The thread beneath a published *response*, whatever its channel; begun where there is none.

    A response that did not come through the list is not mailed for it.
    """
    written = Written(
        place=space,
        sender=Sender(),
        subject="",
        text="",
        language=response.public_language,
        arrived_at=response.received_at,
        key=f"response:{response.pk}",
    )
    post = begin_with(response, written)
    if post.shown_at is None and response.channel != Channel.REFLECTOR:
        post.shown_at = now
        post.save(update_fields=["shown_at"])
    return post


def become(post: Post, response: Response) -> None:
    """What was discussion is *response* from now on; its words stay in the register. Call it in the act."""
    post.response, post.state = response, Post.State.RESPONSE
    post.subject = post.text = ""
    post.shown_at = None
    files.let_go(post)
    post.full_clean()
    post.save()


@transaction.atomic
def confirm(token: str, *, now: datetime, sender: str | None = None) -> Post:
    """The author pressed the button, or answered the mail from the same address (*sender*).

    Twice changes nothing. Raises LinkUnknownError.
    """
    post = find(token, now=now)
    if sender is not None and sender.strip().lower() != post.author_email:
        raise LinkUnknownError
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if post.state == Post.State.UNCONFIRMED:
        _settle(post, now=now)
    return post


def find(token: str, *, now: datetime) -> Post:
    """The post whose author was mailed *token*. Raises LinkUnknownError."""
    rows = Post.objects.select_related("list__group", "space__consultation")
    post = rows.filter(token_hash=hashed(token), arrived_at__gt=now - CONFIRM_WITHIN).first()
    if post is None or not token:
        raise LinkUnknownError
    return post


def show(post: Post, *, now: datetime, by: object) -> None:
    """Let everyone read *post*, and send it to who gets the list. Call it inside the act."""
    first = post.shown_at is None
    post.state, post.shown_at = Post.State.SHOWN, post.shown_at or now
    post.save()
    Post.objects.filter(pk=post.root_id or post.pk).update(active_at=now)
    ledger.record("post_shown", post, by=by)  # type: ignore[arg-type]
    if first:
        send(post, now=now)


def send(post: Post, *, now: datetime) -> None:
    """Have *post* mailed to everyone who gets it, once."""
    begins = {"made_at": now, "next_attempt_at": files.when_to_send(post, now=now)}
    Mailing.objects.get_or_create(post=post, defaults=begins)


def _settle(post: Post, *, now: datetime) -> None:
    """Show the post of a known author; the first one, a flood, and what may hide words wait."""
    if _is_known(post, now) and not post.needs_moderator:
        show(post, now=now, by="rules")
    else:
        post.state = Post.State.HELD
        post.save(update_fields=["state"])
        letters.tell_author(post, "held")
    files.tell(post)


def _is_known(post: Post, now: datetime) -> bool:
    mine = Post.objects.filter(list=post.list_id, author_email=post.author_email)
    lately = mine.filter(arrived_at__gt=now - PER).count()
    return mine.filter(state=Post.State.SHOWN).exists() and lately <= AT_MOST


def _post(written: Written) -> Post:
    place, parent = written.place, written.parent
    space = place if isinstance(place, Space) else None
    if parent is not None:
        space = parent.space
    home = place.list if isinstance(place, Space) else place
    return Post(
        list=home,
        space=space,
        root=(parent.root or parent) if parent else None,
        parent=parent,
        mail=written.mail,
        state=Post.State.UNCONFIRMED,
        language=written.language,
        subject=threads.title(own_links.left_out(written.subject), own=names.short(space or home)),
        text=own_links.left_out(storable(written.text).strip("\n"))[:LONGEST],
        files_left_out=written.files_left_out,
        needs_moderator=written.needs_moderator,
        author_name=one_line(written.sender.name)[:200],
        author_email=written.sender.address.strip().lower(),
        arrived_at=written.arrived_at,
        active_at=written.arrived_at,
        idempotency_key=written.key,
        message_id=f"<post.{get_random_string(20).lower()}@{settings.MAIL_DOMAIN}>",
        source_key=threads.key(written.source_id),
        subject_key=threads.key(threads.bare(written.subject)),
        is_sample=home.is_sample,
    )
