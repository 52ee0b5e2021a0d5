"""Threads: which post a letter answers, by its address, its headers, or its subject."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import QuerySet

from consulta.core.numbering import western
from consulta.core.plaintext import one_line
from consulta.reflector.models import List, Post, Space

#: How long after a thread's last post a subject alone still leads to it.
BY_SUBJECT = timedelta(days=90)
_ANSWER = re.compile(
    r"^\s*(?:(?:re|aw|antw|sv|vs|tr|rv|ref|rép|رد|رَد|отв|ответ|回复|答复|回覆)"
    r"(?:\s*\[\d+\]|\s*\(\d+\))?\s*[:：]\s*)",
    re.IGNORECASE,
)
_TAG = re.compile(r"^\s*\[[^\]]{1,60}\]\s*")
_FORWARDED = re.compile(r"^\s*(?:fwd?|wg|enc|转发|轉寄)\s*[:：]\s*", re.IGNORECASE)
_DISCUSSION = re.compile(r"\s*\[\s*discussion\s*\]", re.IGNORECASE)


def bare(subject: str) -> str:
    """*subject* without `Re:` in whatever language and without any tag in brackets before it."""
    return _without(one_line(subject), lambda words: _TAG.sub("", words))


def title(subject: str, *, own: str) -> str:
    """*subject* as it is shown: without `Re:`, our *own* tag and `[discussion]`; other tags stay."""
    ours = re.compile(rf"^\s*\[\s*(?:{re.escape(own)}|discussion)\s*\]\s*", re.IGNORECASE)
    return _without(one_line(subject), lambda words: ours.sub("", words))


def _without(subject: str, untagged: Callable[[str], str]) -> str:
    before = None
    while subject != before:
        before, subject = subject, _ANSWER.sub("", untagged(subject))
    return subject[:300]


def says_discussion(subject: str) -> bool:
    """Whether a subject begins with `[discussion]`, behind `Re:`, `Fwd:` and other tags."""
    before = None
    while subject != before and not _DISCUSSION.match(subject):
        before, subject = subject, _FORWARDED.sub("", _ANSWER.sub("", _TAG.sub("", subject)))
    return bool(_DISCUSSION.match(subject))


def is_answer(subject: str) -> bool:
    """Whether a subject begins with `Re:`, in whatever language, behind any tags."""
    without = subject
    while (shorter := _TAG.sub("", without)) != without:
        without = shorter
    return bool(_ANSWER.match(without))


def key(value: str) -> str:
    """What is stored of another server's message id or of a subject: a hash."""
    return sha256(value.casefold().encode()).hexdigest() if value else ""


def by_number(place: List | Space, typed: str) -> Post | None:
    """The post of this list with the id *typed*; None where there is none."""
    digits = western(typed)
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 18):
        return None
    return _of_list(place).filter(pk=int(digits)).first()


def by_message(place: List | Space, ids: Iterable[str]) -> Post | None:
    """The post that the first known of *ids* names: ours, or the one under which it came."""
    wanted = list(ids)
    ours = {p.message_id: p for p in _of_list(place).filter(message_id__in=wanted)}
    keys = {key(i): i for i in wanted}
    theirs = {keys[p.source_key]: p for p in _of_list(place).filter(source_key__in=keys)}
    known = theirs | ours
    return next((known[i] for i in wanted if i in known), None)


def by_subject(place: List | Space, subject: str, *, now: datetime) -> Post | None:
    """The thread of the same *subject* in this place, if `Re:` says that it is an answer."""
    words = bare(subject)
    if not words or not is_answer(subject):
        return None
    space = place if isinstance(place, Space) else None
    same = _of_list(place).filter(space=space, root__isnull=True, subject_key=key(words))
    return same.filter(active_at__gte=now - BY_SUBJECT).order_by("-active_at").first()


def _of_list(place: List | Space) -> QuerySet[Post]:
    home = place.list if isinstance(place, Space) else place
    return Post.objects.filter(list=home).select_related("space__consultation", "list", "root")
