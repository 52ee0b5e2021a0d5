"""Mails about a list to one person: buttons, decisions, a suspension. Each an outbox row in the act."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.mailroom import outbox
from consulta.mailroom.outbox import NotMailableError
from consulta.reflector import addresses, links, names, withheld
from consulta.reflector.addresses import Verb
from consulta.reflector.models import List, Post, PostFile, Space, Subscription


def ask_subscriber(subscription: Subscription, token: str) -> None:
    """Mail the button that begins *subscription*. Raises NotMailableError."""
    path = links.confirm_subscription(token, language=subscription.language)
    context = {
        "confirm_address": links.whole(path),
        "served": subscription.confirmed_at is not None and subscription.ended_at is None,
    }
    _write("subscribe", subscription, context=context, secrets=[token], token=token)


def send_manage_link(subscription: Subscription) -> None:
    """Mail the link that changes or ends *subscription*, to its own address. Raises NotMailableError."""
    leave = addresses.leave(subscription)
    secret = addresses.seal(links.MANAGE, subscription.pk)
    context = {"manage_address": links.whole(links.manage(subscription))}
    message = _message("manage", subscription, context=context)
    message.reply_to = [leave]
    outbox.send(message, subject=subscription, secrets=[secret, leave])


def tell_suspended(subscription: Subscription) -> None:
    """Say that copies came back, that no more are sent, and how they begin again."""
    secret = addresses.seal(links.MANAGE, subscription.pk)
    context = {
        "manage_address": links.whole(links.manage(subscription)),
        "reason": subscription.bounce_reason,
    }
    _write("suspended", subscription, context=context, secrets=[secret])


def ask_author(post: Post, token: str) -> None:
    """Mail the button by which an author stands by *post*; nothing where no mail can go.

    Without a word of the post: somebody may have written it in another's name.
    """
    path = links.confirm_post(token, language=post.language)
    context = {"confirm_address": links.whole(path)}
    _to_author(post, "confirm", context, secrets=[token], token=token)


def tell_author(post: Post, letter: str) -> None:
    """Tell an author what became of *post*: held, shown, declined or removed."""
    path = links.post(post, language=post.language)
    _to_author(post, letter, {"post_address": links.whole(path), "reason": post.reason})


def tell_files(post: Post, files: Sequence[PostFile]) -> None:
    """Tell an author which *files* of *post* are not shown, and how many were not taken."""
    path = links.post(post, language=post.language)
    with translation.override(django_code(post.language)):
        told = [(one_line(file.name), withheld.why(file)) for file in files]
    _to_author(post, "files", {"post_address": links.whole(path), "withheld": told})


def send_help(place: List | Space, *, email: str, language: str) -> None:
    """Mail how the list is used. Raises NotMailableError."""
    commands = {verb.value: addresses.of(place, verb) for verb in (Verb.SUBSCRIBE, Verb.DIGEST,
        Verb.UNSUBSCRIBE, Verb.DISCUSS)}  # fmt: skip
    context = {"commands": commands, "is_space": isinstance(place, Space)}
    holder = Subscription(email=email, language=language)
    _fill(holder, place)
    outbox.send(_message("help", holder, context=context))


def _to_author(
    post: Post,
    letter: str,
    context: dict[str, Any],
    *,
    secrets: Sequence[str] = (),
    token: str = "",
) -> None:
    if not post.author_email:
        return
    holder = Subscription(email=post.author_email, language=post.language)
    _fill(holder, post.space or post.list)
    try:
        _write(
            f"post_{letter}",
            holder,
            context={"post": post, **context},
            secrets=secrets,
            token=token,
            about=post,
        )
    except NotMailableError:
        return  # the post is kept all the same; a person decides


def _fill(holder: Subscription, place: List | Space) -> None:
    holder.space = place if isinstance(place, Space) else None
    holder.list = place.list if isinstance(place, Space) else place


def _write(
    letter: str,
    subscription: Subscription,
    *,
    context: dict[str, Any],
    secrets: Sequence[str] = (),
    token: str = "",
    about: Post | None = None,
) -> None:
    message = _message(letter, subscription, context=context)
    if token:
        message.reply_to = [addresses.of(subscription.list, Verb.CONFIRM, token)]
    known = subscription if subscription.pk else None
    outbox.send(message, secrets=secrets, subject=about or known)


def _message(letter: str, subscription: Subscription, *, context: dict[str, Any]) -> EmailMessage:
    place: List | Space = subscription.space or subscription.list
    language = subscription.language
    told = {
        "name": names.name(place, language).text,
        "place_address": addresses.of(place),
        "archive_address": links.whole(links.archive(place, language=language)),
        "is_space": isinstance(place, Space),
    }
    with translation.override(django_code(language)):
        text = render_to_string(f"reflector/{letter}.txt", told | context)
    subject, _line, body = text.strip().partition("\n")
    return EmailMessage(
        subject=one_line(subject)[:200],
        body=body.strip("\n"),
        to=[subscription.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
