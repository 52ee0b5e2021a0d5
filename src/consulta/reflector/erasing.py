"""Erasing on lists: what the law takes away of a response or a post, and of an address.

Every column that holds words or addresses is named here; a test fails for one in neither list.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, Model, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import erasing as mailroom
from consulta.reflector import files, letters
from consulta.reflector.errors import ReasonMissingError
from consulta.reflector.models import (
    Deferral,
    Digest,
    List,
    Mailing,
    Post,
    PostFile,
    Space,
    Subscription,
)
from consulta.responses.models import Attachment, Response

_NOBODY = Concat(Value("erased-"), Cast("pk", CharField()), Value("@erased.invalid"))
#: What stands in the columns of a post afterwards; its number, its state and its thread stay.
POST: Mapping[str, Any] = {
    "subject": "",
    "text": "",
    "author_name": "",
    "author_email": "",
    "source_key": "",
    "subject_key": "",
    "token_hash": "",
}
#: And in those of its files; their bytes go with it.
POST_FILE: Mapping[str, Any] = {
    "name": "",
    "path": "",
    "clean_path": "",
    "findings": [],
    "safety": Attachment.Safety.UNREADABLE,
}
#: By model: columns that say nothing of what was written, or go with their row.
KEPT: Mapping[type[Model], frozenset[str]] = {
    Post: frozenset(["state", "language", "reason", "idempotency_key", "message_id"]),
    PostFile: frozenset(["sha256", "media_type", "clean_sha256"]),
    List: frozenset({"slug"}),
    Space: frozenset(),
    Digest: frozenset(),
    Mailing: frozenset({"lease", "last_error"}),
    Deferral: frozenset({"last_error"}),
    Subscription: frozenset(["email", "language", "mode", "token_hash", "bounce_reason"]),
}


@transaction.atomic
def erase(post: Post, *, reason: str, by: User) -> Post:
    """Take a post of discussion away by law: its words, its author, its files. Its place stays.

    Its author is told why before the address goes; the answers to it stay. Twice is once. Raises
    ReasonMissingError, NotAllowedError.
    """
    rows = Post.objects.select_for_update(of=("self",)).select_related("list__group", "space")
    post = rows.get(pk=post.pk, response__isnull=True)
    permissions.require(by, Act.ERASE, post.list.group)
    if post.erased_at is not None:
        return post
    if not reason.strip():
        raise ReasonMissingError
    began = timezone.now()
    was_shown = post.state in (Post.State.SHOWN, Post.State.REMOVED)
    post.state = Post.State.REMOVED if was_shown else Post.State.DECLINED
    post.reason, post.decided_at, post.erased_at = reason.strip(), began, began
    post.save()
    letters.tell_author(post, post.state)
    _empty(post, began=began)
    ledger.record("post_erased", post, by=by)
    post.refresh_from_db()
    return post


def forget_address(address: str, *, now: datetime) -> int:
    """End and empty the subscriptions of *address*, and the mails about them. Call it inside the act."""
    rows = Subscription.objects.filter(email__iexact=address.strip())
    Deferral.objects.filter(subscription__in=rows.values("pk")).delete()
    mailroom.forget_address(address.strip(), about=Subscription._meta.label_lower)
    return rows.update(
        email=_NOBODY, token_hash="", bounce_reason="", ended_at=Coalesce("ended_at", Value(now))
    )


def finish() -> int:
    """Empty the mails that told authors of an erasure, once they are handed over; how many."""
    rows = Post.objects.filter(erased_at__isnull=False).values_list("pk", flat=True)
    return mailroom.finish([f"{Post._meta.label_lower}:{pk}" for pk in rows])


def _empty(post: Post, *, began: datetime) -> None:
    paths = [path for f in post.files.all() for path in (f.path, f.clean_path) if path]
    post.files.update(**POST_FILE)
    Post.objects.filter(pk=post.pk).update(**POST)
    mailings = Mailing.objects.filter(post=post)
    mailings.update(last_error="")
    mailings.filter(finished_at__isnull=True).update(finished_at=began)
    Deferral.objects.filter(mailing__post=post).delete()
    mailroom.forget([ledger.subject_of(post)], before=began)
    transaction.on_commit(lambda: files.drop(paths))


def forget(response: Response) -> None:
    """Leave no name and no address in the post by which *response* came. Call it inside the act."""
    Post.objects.filter(response=response).update(**POST)
    Mailing.objects.filter(post__response=response).update(last_error="")
    Deferral.objects.filter(mailing__post__response=response).delete()
