"""What pages show of an agenda: plain values, whoever reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from consulta.core.multilingual import NOTHING, Text, choose
from consulta.meetings.agenda_queries import Listed
from consulta.meetings.models import AgendaChange, Document


@dataclass(frozen=True, slots=True)
class Before:
    """A document before the item; *href* empty where the reader has no file of it."""

    number: str
    title: str
    lang: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item as a reader sees it."""

    number: str
    title: Text
    purpose: str
    presenter: str
    documents: Sequence[Before]
    minutes: Text
    settled: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Change:
    """A change after the publication; no name, which the desk alone shows."""

    on: datetime
    what: str
    number: str
    reason: str
    language: str


def lines(
    listed: Sequence[Listed],
    language: str,
    *,
    address: Callable[[Document], str],
    settled: Mapping[int, Sequence[Text]],
    minutes: bool,
) -> list[Line]:
    """Show *listed* to a reader of *language*; *settled*: what was decided, by the item's id."""
    return [
        Line(
            row.item.number,
            choose(row.item.titles, language),
            str(row.item.get_purpose_display()),
            row.item.presenter,
            [_before(document, language, address(document)) for document in row.documents],
            choose(row.item.minutes, language) if minutes else NOTHING,
            settled.get(row.item.pk, ()),
        )
        for row in listed
    ]


def changed(changes: Sequence[AgendaChange]) -> list[Change]:
    """Show how a published agenda was changed."""
    return [
        Change(c.changed_at, str(c.get_act_display()), c.item.number, c.reason, c.language)
        for c in changes
    ]


def _before(document: Document, language: str, href: str) -> Before:
    title = choose(document.titles, language)
    return Before(document.number, title.text or document.number, title.language, href)
