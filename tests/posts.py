"""A post that waits in the space of a consultation, and somebody who gets the space."""

from dataclasses import dataclass

from django.utils import timezone

from consulta.consultations.models import Consultation
from consulta.core.submission import Sender
from consulta.mailroom import spool
from consulta.reflector import lists, posting, subscribing
from consulta.reflector.models import Post, PostFile, Subscription
from consulta.reflector.posting import Written
from consulta.reflector.subscribing import Wish

ANA = Sender("ana@example.org", "Ana Sample", authenticated=True)


@dataclass(frozen=True, slots=True)
class Posted:
    """The list's name, the ids of a post and a subscription."""

    slug: str
    post: int
    subscription: int


def with_file(post: Post) -> PostFile:
    """Put a file to *post* that was checked."""
    kept = spool.keep([b"An annex."], folder="files/posts")
    return PostFile.objects.create(
        post=post, position=1, name="annex.txt", path=kept.path, clean_path=kept.path, size=9,
        sha256=kept.sha256, clean_sha256=kept.sha256, clean_size=9, media_type="text/plain",
        safety="clean",
    )  # fmt: skip


def in_space(consultation: Consultation, *, shown: bool = False) -> Posted:
    """Post to the space of *consultation* for the first time, and subscribe to it."""
    now = timezone.now()
    space = lists.space(consultation, now=now)
    written = Written(space, ANA, "A matter", "A first word.", "en", now, key=f"{space.pk}:{shown}")
    post: Post = posting.discuss(written)
    if shown:
        posting.show(post, now=now, by="rules")
    with_file(post)
    subscription = subscribing.ask(space, Wish("bo@example.org", "en"), now=now)
    Subscription.objects.filter(pk=subscription.pk).update(confirmed_at=now)
    return Posted(space.list.slug, post.pk, subscription.pk)
