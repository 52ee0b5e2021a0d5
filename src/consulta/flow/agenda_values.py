"""What a matter is that must come back to a meeting of the group, and how its title is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Model
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consulta.core.languages import LANGUAGES, django_code
from consulta.meetings.models import AgendaItem, Document

#: Characters of somebody's words that stand in the title of an item.
LONGEST = 140
Purpose = AgendaItem.Purpose
Titles = dict[str, dict[str, str]]


class Kind(StrEnum):
    """Of what kind a matter is, in the usual order of an agenda."""

    OPENING = "opening"
    TOPIC = "topic"
    CONSULTATION = "consultation"
    FOLLOW_UP = "follow-up"
    POSITION = "position"
    REPORT = "report"
    CONTRIBUTION = "contribution"
    CLOSING = "closing"


ORDER = tuple(Kind)
NAMES: dict[Kind, Promise] = {
    Kind.OPENING: _("Standing items of the opening"),
    Kind.TOPIC: _("Topics that were deferred"),
    Kind.CONSULTATION: _("Open consultations"),
    Kind.FOLLOW_UP: _("Follow-ups"),
    Kind.POSITION: _("Positions that were asked for"),
    Kind.REPORT: _("Reports of the group"),
    Kind.CONTRIBUTION: _("Contributions without an item"),
    Kind.CLOSING: _("Standing items of the end"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One matter: why it comes back, in sentences of the language being spoken, and its *source*.

    *titles*: as those of an item; *is_public*: whether everyone may know of it; *clause*: the sentence of
    the rule that asks for it, where one does.
    """

    key: str
    kind: Kind
    titles: Titles
    why: Sequence[str]
    source: Model | None = None
    purpose: str = Purpose.DISCUSSION.value
    documents: Sequence[Document] = ()
    presenter: str = ""
    is_public: bool = False
    clause: str = ""


def titled(
    words: Callable[[str], str], statuses: Callable[[str], str] = lambda _code: ""
) -> Titles:
    """Write a title in every language in which *words*, asked with its code, gives one.

    It is worth what the words of the record in it are: *statuses*, asked with a code too; ours are
    written in each language alike.
    """
    found: Titles = {}
    for code in LANGUAGES:
        with translation.override(django_code(code)):
            if text := words(code).strip():
                found[code] = {"text": text, "status": statuses(code) or "original"}
    return found


def first_words(text: str) -> str:
    """Return the beginning of *text* on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    head, space, _tail = line[:LONGEST].rpartition(" ")
    return f"{head if space else line[:LONGEST]}…"


def day(on: date) -> str:
    """Write a day in the language being spoken."""
    return date_format(on, "DATE_FORMAT")
