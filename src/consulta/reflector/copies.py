"""Copies: a post as it goes to one subscriber. Sender rewritten to the list, signed, one press to end it.

What is the same for everyone who reads one language is made once (a Frame); a copy adds what is
personal and signs the whole. No copy holds an author's address.
"""

import quopri
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header as Encoded
from email.utils import format_datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from consulta.core import bidi
from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.mailroom import signing
from consulta.mailroom.signing import Header
from consulta.reflector import addresses, files, links, names, withheld, words
from consulta.reflector.addresses import Verb
from consulta.reflector.headed import Headed
from consulta.reflector.models import Digest, List, Post, PostFile, Space, Subscription
from consulta.responses import attachments

LONGEST = 20_000  # characters of a post in a mail; the rest stands in the archive
EXCERPT = 1_500  # in a digest
#: What the signature covers. List-Unsubscribe and its Post must be in it (RFC 8058, section 4).
SIGNED = (
    b"from", b"to", b"reply-to", b"subject", b"date", b"message-id", b"in-reply-to", b"references",
    b"mime-version", b"content-type", b"content-transfer-encoding", b"list-id", b"list-post",
    b"list-archive", b"list-subscribe", b"list-help", b"list-unsubscribe", b"list-unsubscribe-post",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """What all copies in one language share: headers, and the body up to the personal link."""

    headers: tuple[Header, ...]
    body: bytes


def of_post(post: Post, language: str) -> Frame:
    """The frame of *post*, which came from :func:`consulta.reflector.queries.whole`."""
    place: List | Space = post.space or post.list
    with translation.override(django_code(language)):
        said = Headed(language).whole(post)
        told = {
            "post": post,
            "response": post.response,
            "author": words.author(post),
            "text": _cut(said, LONGEST),
            "is_cut": len(said) > LONGEST,
            "files": _files(post, language),
            "post_address": links.whole(links.post(post, language=language)),
        }
        body = render_to_string("reflector/copy.txt", told)
        title = f"[{names.short(place)}] {subject(post)}"
        title = f"Re: {title}" if post.parent_id else title
        common = _headers(place, language, sender=words.author(post), subject=title)
    own = [
        ("Reply-To", addresses.reply_to(post)),
        ("Message-ID", post.message_id),
        ("Date", format_datetime(post.arrived_at)),
        ("Content-Language", post.language),
        ("Archived-At", f"<{links.whole(links.post(post, language=language))}>"),
        *_ancestors(post),
    ]
    return _frame([*common, *own], body)


def of_digest(digest: Digest, posts: Sequence[Post], language: str) -> Frame:
    """The frame of a digest with *posts*."""
    place: List | Space = digest.space or digest.list
    headed = Headed(language)
    with translation.override(django_code(language)):
        told = [
            {
                "subject": subject(post),
                "author": words.author(post),
                "text": _cut(words.own(headed.whole(post)), EXCERPT),
                "address": links.whole(links.post(post, language=language)),
                "files": _files(post, language),
            }
            for post in posts
        ]
        title = _("Posts of %(day)s") % {"day": digest.until.date().isoformat()}
        body = render_to_string("reflector/digest.txt", {"posts": told})
        title = f"[{names.short(place)}] {title}"
        common = _headers(place, language, sender="", subject=title)
    own = [
        ("Reply-To", addresses.of(place, Verb.DISCUSS)),
        ("Message-ID", f"<digest.{digest.pk}@{settings.MAIL_DOMAIN}>"),
        ("Date", format_datetime(digest.until)),
        ("Content-Language", language),
        ("Auto-Submitted", "auto-generated"),
    ]
    return _frame([*common, *own], body)


def copy(frame: Frame, subscription: Subscription, *, at: datetime) -> bytes:
    """The bytes of one subscriber's copy, signed at *at*."""
    leave, link = addresses.leave(subscription), links.whole(links.manage(subscription))
    personal: list[Header] = [
        (
            b"List-Unsubscribe",
            f"<{link}end/>,\r\n <mailto:{leave}>".encode(),
        ),
        (b"List-Unsubscribe-Post", b"List-Unsubscribe=One-Click"),
    ]
    headers = (*frame.headers, *personal)
    body = frame.body + quopri.encodestring(f"{link}\n".encode()).replace(b"\n", b"\r\n")
    signature = signing.sign(headers, body, names=SIGNED, at=at)
    head = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    return signature + head + b"\r\n" + body


def subject(post: Post) -> str:
    """The title of a post: of a response its number, of discussion its subject; in the active language."""
    if post.response is not None:
        return _("Response %(number)s") % {"number": post.response.number}
    if post.subject:
        return words.masked(post.subject)
    first = post.root
    return subject(first) if first is not None else _("Without a subject")


def _headers(
    place: List | Space, language: str, *, sender: str, subject: str
) -> list[tuple[str, str]]:
    short, address = names.short(place), addresses.of(place)
    told = {"name": sender or _("A participant"), "list": short}
    via = _("%(name)s via %(list)s") % told if sender else short
    title = one_line(names.name(place, language).text)[:120]
    archive = links.whole(links.archive(place, language=language))
    subscribe = links.whole(links.subscribe(place, language=language))
    return [
        ("From", _mailbox(via, address)),
        ("To", _mailbox(short, address)),
        ("Subject", _encoded(bidi.codes(subject))),
        ("List-Id", _mailbox(title, f"{addresses.local(place)}.{settings.MAIL_DOMAIN}")),
        ("List-Post", f"<mailto:{address}>"),
        ("List-Archive", f"<{archive}>"),
        ("List-Subscribe", f"<{subscribe}>, <mailto:{addresses.of(place, Verb.SUBSCRIBE)}>"),
        ("List-Help", f"<mailto:{addresses.of(place, Verb.HELP)}>"),
        ("List-Owner", f"<mailto:{addresses.of(place, Verb.OWNER)}>"),
        ("Precedence", "list"),
        ("X-Loop", address),
    ]


def _frame(headers: Sequence[tuple[str, str]], body: str) -> Frame:
    fixed = [
        ("MIME-Version", "1.0"),
        ("Content-Type", 'text/plain; charset="utf-8"'),
        ("Content-Transfer-Encoding", "quoted-printable"),
    ]
    told = tuple((name.encode(), value.encode("ascii")) for name, value in (*headers, *fixed))
    coded = quopri.encodestring(bidi.codes(body.strip("\n")).encode() + b"\n")
    return Frame(told, coded.replace(b"\n", b"\r\n"))


def _ancestors(post: Post) -> list[tuple[str, str]]:
    """In-Reply-To and References, so that mail programs keep the thread together."""
    if post.parent is None:
        return []
    chain = [post.root.message_id] if post.root and post.root_id != post.parent_id else []
    chain.append(post.parent.message_id)
    return [("In-Reply-To", post.parent.message_id), ("References", "\r\n ".join(chain))]


@dataclass(frozen=True, slots=True)
class Linked:
    """A file as a copy names it: its bytes stay in the archive. *why*: it cannot be read, and why not."""

    name: str
    size: int | None
    address: str
    why: str = ""


def _files(post: Post, language: str) -> list[Linked]:
    """The files of a post that is shown, each with its address; of discussion those withheld too."""
    if not words.is_shown(post):
        return []
    if post.response is None:
        return [_linked(file, post, language) for file in post.files.all()]
    version, number = post.response.published_version, post.response.number
    found = version.attachments.all() if version else ()
    shown = [file for file in found if attachments.public_file(file)]
    return [
        Linked(
            attachments.download_name(file),
            file.clean_size,
            links.whole(links.file_of_response(number, file.pk, language=language)),
        )
        for file in shown
    ]


def _linked(file: PostFile, post: Post, language: str) -> Linked:
    address = links.whole(links.file(post, file.position, language=language))
    if files.is_readable(file):
        return Linked(files.name(file), file.clean_size, address)
    return Linked(files.name(file), file.size, "", withheld.why(file))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest].rstrip() + " …"


def _mailbox(name: str, address: str) -> str:
    """A mailbox; a name that is not plain is encoded word by word."""
    name = one_line(name)[:120]
    if name.isascii():
        quoted = name.replace("\\", "").replace('"', "'")
        return f'"{quoted}" <{address}>'
    return f"{_encoded(name)} <{address}>"


def _encoded(words_of: str) -> str:
    """A header's words, encoded and folded where they are not plain (RFC 2047)."""
    plain = one_line(words_of)[:400]
    charset = "us-ascii" if plain.isascii() else "utf-8"
    return Encoded(plain, charset, maxlinelen=70).encode(linesep="\r\n")
