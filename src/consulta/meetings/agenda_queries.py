"""What is asked about agendas: items as a reader may see them, and how a published one was changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consulta.core.multilingual import Text, choose
from consulta.core.numbering import western
from consulta.groups import members
from consulta.groups.permissions import AnyUser
from consulta.meetings import agenda
from consulta.meetings.models import AgendaChange, AgendaItem, Document, Meeting

_SEPARATORS = re.compile("[,،;؛、，]")


@dataclass(frozen=True, slots=True)
class Listed:
    """An item with those of its documents whose titles the reader may see."""

    item: AgendaItem
    documents: Sequence[Document]


def may_see(meeting: Meeting, user: AnyUser) -> bool:
    """Say whether *user* has the agenda of *meeting*: it is published, and to them."""
    if not meeting.agenda_audience:
        return False
    if meeting.agenda_audience == Meeting.AgendaAudience.PUBLIC:
        return True
    return members.sees(user, meeting.group)


def is_published(meeting: Meeting) -> bool:
    """Say whether members have the agenda of *meeting*."""
    return bool(meeting.agenda_audience)


def shown(meeting: Meeting, documents: Sequence[Document], *, member: bool) -> list[Listed]:
    """Return the items of *meeting*, each with what it has of *documents*: those the reader may see.

    *member*: whether the reader is one, or works at the desk; everyone else is shown no item that is
    for members. Two queries for a whole agenda.
    """
    known = {document.pk: document for document in documents}
    items = [item for item in agenda.items(meeting) if member or not item.audience]
    links = AgendaItem.documents.through.objects.filter(agendaitem__in=items)
    linked: dict[int, list[Document]] = {item.pk: [] for item in items}
    for item, document in links.order_by("pk").values_list("agendaitem", "document"):
        if document in known:
            linked[item].append(known[document])
    return [Listed(item, linked[item.pk]) for item in items]


def item(meeting: Meeting, pk: int) -> AgendaItem:
    """Return an item that stands on the agenda of *meeting*. Raises AgendaItem.DoesNotExist."""
    found = AgendaItem.objects.select_related("meeting__group__body")
    return found.get(meeting=meeting, pk=pk, removed_at__isnull=True)


def changes(meeting: Meeting, *, member: bool) -> list[AgendaChange]:
    """Return how the agenda was changed since it was published, the latest first.

    Without *member*, nothing of an item that is for members, or was at the time.
    """
    rows = AgendaChange.objects.filter(meeting=meeting)
    rows = rows.select_related("item", "changed_by", "meeting__group__body")
    return [
        change
        for change in rows.order_by("-changed_at", "-pk")
        if member or not (change.item.audience or change.before.get("audience"))
    ]


def hidden(meeting: Meeting) -> list[AgendaItem]:
    """Return the items that only members have although everyone has the agenda."""
    if meeting.agenda_audience != Meeting.AgendaAudience.PUBLIC:
        return []
    return [item for item in agenda.items(meeting) if item.audience]


def is_public(item: AgendaItem) -> bool:
    """Say whether everyone may see *item*, whose meeting came with it."""
    everyone = item.meeting.agenda_audience == Meeting.AgendaAudience.PUBLIC
    return everyone and not item.audience and item.removed_at is None


def title(item: AgendaItem, language: str) -> Text:
    """Return an item's title for a reader of *language*."""
    return choose(item.titles, language)


def minutes(item: AgendaItem, language: str) -> Text:
    """Return what the minutes say of an item, for a reader of *language*."""
    return choose(item.minutes, language)


def documents_named(meeting: Meeting, typed: str) -> tuple[list[Document], list[str]]:
    """Return the documents of *meeting* that *typed* names, and the words that name none.

    A document is named by its number, in any language or without, or by its place in the series.
    """
    known: dict[str, Document] = {}
    rows = Document.objects.filter(meeting=meeting, withdrawn_at__isnull=True)
    for document in rows.select_related("meeting__group"):
        for name in (document.number, document.base_number):
            known[_plain(name)] = document
        if document.kind == Document.Kind.ORIGINAL and not document.series:
            known[str(document.sequence)] = document
        for file in document.files:
            known[_plain(str(file.get("number", "")))] = document
    words = _SEPARATORS.sub(" ", typed).split()
    found = {known[_plain(w)].pk: known[_plain(w)] for w in words if _plain(w) in known}
    return list(found.values()), [word for word in words if _plain(word) not in known]


def _plain(number: str) -> str:
    return "".join(western(number).split()).casefold()
