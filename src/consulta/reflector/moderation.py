"""Moderation of discussion: a person shows, declines with a reason, removes, brings back.

Responses are not moderated here: they have numbers, grounds and an appeal of their own.
"""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reflector import files, letters, posting
from consulta.reflector.errors import NotWaitingError, ReasonMissingError
from consulta.reflector.models import Mailing, Post


@transaction.atomic
def accept(post: Post, *, by: User) -> None:
    """Show a post that waits. Raises NotWaitingError, NotAllowedError."""
    post = _turn(post, by=by, states=[Post.State.HELD, Post.State.UNCONFIRMED])
    was_told = post.state == Post.State.HELD
    post.decided_at = timezone.now()
    posting.show(post, now=post.decided_at, by=by)
    letters.tell_author(post, "shown")
    if not was_told:
        files.tell(post)


@transaction.atomic
def decline(post: Post, *, reason: str, by: User) -> None:
    """Do not show a post that waits; its author is told why.

    Raises ReasonMissingError, NotWaitingError, NotAllowedError.
    """
    post = _turn(post, by=by, states=[Post.State.HELD, Post.State.UNCONFIRMED])
    _refuse(post, Post.State.DECLINED, reason=reason)
    ledger.record("post_declined", post, by=by)


@transaction.atomic
def remove(post: Post, *, reason: str, by: User) -> None:
    """Show a post no more, and stop its mails; its author is told why.

    Raises ReasonMissingError, NotWaitingError, NotAllowedError.
    """
    post = _turn(post, by=by, states=[Post.State.SHOWN])
    _refuse(post, Post.State.REMOVED, reason=reason)
    Mailing.objects.filter(post=post, finished_at__isnull=True).update(finished_at=timezone.now())
    ledger.record("post_removed", post, by=by)


@transaction.atomic
def restore(post: Post, *, by: User) -> None:
    """Show again what was declined or removed; nothing is mailed twice.

    Raises NotWaitingError, NotAllowedError.
    """
    post = _turn(post, by=by, states=[Post.State.DECLINED, Post.State.REMOVED])
    if post.erased_at is not None:
        raise NotWaitingError
    post.reason, post.decided_at = "", timezone.now()
    posting.show(post, now=post.decided_at, by=by)
    letters.tell_author(post, "shown")


def _turn(post: Post, *, by: User, states: list[Post.State]) -> Post:
    """The post as it is now, kept for this act."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("list__group", "space")
    post = rows.get(pk=post.pk)
    permissions.require(by, Act.MODERATE, post.list.group)
    if post.state not in states:
        raise NotWaitingError
    return post


def _refuse(post: Post, state: Post.State, *, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissingError
    post.state, post.reason, post.decided_at = state, reason.strip(), timezone.now()
    post.save()
    letters.tell_author(post, state)
