"""What readers see of a post: its words without addresses, its author without one."""

from collections.abc import Sequence

from consulta.core import bidi, redaction
from consulta.core.languages import LANGUAGES
from consulta.core.lifecycle import State
from consulta.core.plaintext import one_line
from consulta.mailroom import own_links, quotes, tongue
from consulta.reflector.models import Post
from consulta.responses.content import public_text

#: What is left out of discussion by itself; a person removes the rest.
_MASKED = frozenset({"email", "telephone"})


def author(post: Post) -> str:
    """Under which name *post* is shown; empty where there is none. Never an address."""
    if post.response is not None:
        return post.response.public_name if is_shown(post) else ""
    return display(post.author_name)


def display(name: str) -> str:
    """*name* as everyone may read it: one line, empty where it holds an address."""
    name = one_line(name).strip("'\" ")[:100]
    return "" if "@" in name else name


def is_shown(post: Post) -> bool:
    """Whether everyone may read *post* now; nothing is shown that is not said to be."""
    if post.state == Post.State.RESPONSE:
        return post.response is not None and post.response.state == State.PUBLISHED
    return post.state == Post.State.SHOWN


def public(post: Post) -> str:
    """The words of *post* for everyone: a response as it is published, discussion without addresses.

    Empty where it is not shown. A response must come with its published version and answers.
    """
    if not is_shown(post):
        return ""
    if post.response is None:
        return masked(post.text)
    return "\n\n".join(text for _number, text, _chosen in answers(post))


def answers(post: Post) -> list[tuple[int | None, str, Sequence[str] | None]]:
    """The answers of the response *post* as it is published: question, words, options chosen."""
    version = post.response.published_version if post.response else None
    found = sorted(version.answers.all(), key=lambda a: a.question or 0) if version else []
    return [(each.question, bidi.seen(public_text(each)), each.choices) for each in found]


def masked(text: str) -> str:
    """*text* without our own private links, e-mail addresses and telephone numbers."""
    text = bidi.seen(own_links.left_out(text))
    spans = [(p.start, p.end) for p in redaction.find(text) if p.kind in _MASKED]
    return redaction.apply(text, spans)


def own(text: str) -> str:
    """The author's own words alone, for excerpts; all of it where everything is quoted."""
    return quotes.own(text) or text


def language(text: str, *, otherwise: str) -> str:
    """In which language *text* is likely written."""
    return tongue.likely(own(text), LANGUAGES) or otherwise
