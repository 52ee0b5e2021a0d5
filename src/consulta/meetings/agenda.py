"""A meeting's agenda: items are drafted, published to members or to everyone, then changed on the record.

Before it is published an item is changed and struck out freely. Afterwards every change says why, and
what stood there before stays. Every act raises NotAllowedError for a person without the right.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.multilingual import choose
from consulta.core.numbering import western
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import AgendaChange, AgendaItem, Document, Meeting

_NUMBER = re.compile(r"[0-9A-Za-z]{1,4}(?:[.-][0-9A-Za-z]{1,4}){0,4}")
#: What is kept of an item when it is changed after the publication.
_KEPT = ("number", "titles", "purpose", "presenter", "minutes", "audience", "length")


class AgendaError(ValueError):
    """Something about an agenda that the record does not allow."""


class ItemNumberError(AgendaError):
    """A number of an item is such as 3 or 3.1."""


class ItemNumberTakenError(AgendaError):
    """Another item of the agenda has this number."""


class TitleMissingError(AgendaError):
    """An item has a title in one language at least."""


class ReasonForChangeError(AgendaError):
    """The agenda is published: say why it is changed."""


class ChangedMeanwhileError(AgendaError):
    """Somebody else changed the item since it was opened. *item*: as it stands now."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(str(item))
        self.item = item


class PublishedError(AgendaError):
    """The agenda is published: change its items one by one, each on the record."""


class NothingToPublishError(AgendaError):
    """An agenda without items is not published."""


def read_number(typed: str) -> str:
    """Return an item's number as it is kept. Raises ItemNumberError."""
    plain = western(unicodedata.normalize("NFKC", typed)).strip().rstrip(".")
    if not _NUMBER.fullmatch(plain):
        raise ItemNumberError(typed)
    return plain


@transaction.atomic
def add(
    item: AgendaItem, *, documents: Collection[Document] = (), reason: str = "", by: User | None
) -> AgendaItem:
    """Put a new *item* at the end of its meeting's agenda.

    Raises ItemNumberError, ItemNumberTakenError, TitleMissingError, ReasonForChangeError.
    """
    meeting = _in_turn(item.meeting, by)
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    item.position = (last or 0) + 1
    _check(item)
    item.full_clean()
    item.save()
    item.documents.set(documents)
    _record(meeting, [item], AgendaChange.Act.ADDED, {}, reason=reason, by=by)
    return item


@transaction.atomic
def change(
    item: AgendaItem,
    values: Mapping[str, Any],
    *,
    documents: Collection[Document],
    reason: str = "",
    by: User,
) -> AgendaItem:
    """Change *item*, as it was read with its revision, to *values*; nothing happens where all is as before.

    Raises ChangedMeanwhileError and what :func:`add` raises.
    """
    meeting = _in_turn(item.meeting, by)
    standing = AgendaItem.objects.get(pk=item.pk)
    if standing.revision != item.revision or standing.removed_at is not None:
        raise ChangedMeanwhileError(standing)
    before = _kept(standing)
    for name, value in values.items():
        setattr(standing, name, value)
    linked = {document.pk for document in documents}
    if _kept(standing) == before and linked == before["documents"]:
        return standing
    _check(standing)
    standing.revision += 1
    standing.full_clean()
    standing.save()
    standing.documents.set(documents)
    _record(meeting, [standing], AgendaChange.Act.CHANGED, before, reason=reason, by=by)
    return standing


@transaction.atomic
def put_in_order(
    meeting: Meeting, order: Sequence[int], *, reason: str = "", by: User
) -> list[AgendaItem]:
    """Put the items in the *order* of their ids; those it leaves out come last.

    Raises ReasonForChangeError.
    """
    _in_turn(meeting, by)
    standing = items(meeting)
    places = {pk: place for place, pk in enumerate(order)}
    wanted = sorted(standing, key=lambda item: places.get(item.pk, len(places)))
    moved = [item for item, other in zip(wanted, standing, strict=True) if item.pk != other.pk]
    if not moved:
        return standing
    before = {"order": [item.number for item in standing]}
    for place, item in enumerate(wanted, start=1):
        item.position = place
        item.save(update_fields=["position"])
    told = next((item for item in moved if not item.audience), moved[0])
    _record(meeting, [told], AgendaChange.Act.MOVED, before, reason=reason, by=by)
    return wanted


@transaction.atomic
def number_in_order(meeting: Meeting, *, by: User) -> None:
    """Number the items of a draft agenda as they stand: 1, 2, 3; 3.1 stays the first under its item.

    Raises PublishedError: numbers that readers know are not taken from their items.
    """
    if _in_turn(meeting, by).agenda_published_at is not None:
        raise PublishedError
    standing, whole = items(meeting), 0
    wanted: dict[int, str] = {}
    for item in standing:
        head, dot, rest = item.number.partition(".")
        whole += 0 if dot and whole and head.isdecimal() else 1
        wanted[item.pk] = f"{whole}{dot}{rest}"
    if len(set(wanted.values())) < len(wanted):  # two would be called the same: each is on its own
        wanted = {item.pk: str(place) for place, item in enumerate(standing, start=1)}
    for item in standing:
        item.number = f"_{item.pk}"
        item.save(update_fields=["number"])
    for item in standing:
        item.number = wanted[item.pk]
        item.save(update_fields=["number"])


@transaction.atomic
def remove(item: AgendaItem, *, reason: str = "", by: User) -> None:
    """Take *item* off the agenda; after the publication it stays on record. Raises ReasonForChangeError."""
    meeting = _in_turn(item.meeting, by)
    standing = AgendaItem.objects.get(pk=item.pk)
    before = _kept(standing)
    standing.removed_at = timezone.now()
    standing.save(update_fields=["removed_at"])
    _record(meeting, [standing], AgendaChange.Act.REMOVED, before, reason=reason, by=by)


@transaction.atomic
def publish(meeting: Meeting, *, to: str, by: User) -> Meeting:
    """Show the agenda to members, or to everyone. Raises NothingToPublishError."""
    standing = _in_turn(meeting, by)
    if not items(standing):
        raise NothingToPublishError
    was_shown = _shows(standing)
    standing.agenda_audience = Meeting.AgendaAudience(to).value
    standing.agenda_published_at = standing.agenda_published_at or timezone.now()
    standing.full_clean()
    standing.save()
    shows = "pages" if was_shown == "pages" else _shows(standing)
    ledger.record("agenda_published", standing, by=by, shows=shows)
    return standing


def next_number(meeting: Meeting) -> str:
    """Return the number after the last whole one."""
    numbers = [item.number.partition(".")[0] for item in items(meeting)]
    whole = [int(number) for number in numbers if number.isdecimal()]
    return str(max(whole, default=0) + 1)


def items(meeting: Meeting) -> list[AgendaItem]:
    """Return what stands on the agenda of *meeting* now, in its order, published or not."""
    standing = AgendaItem.objects.filter(meeting=meeting, removed_at__isnull=True)
    return list(standing.select_related("meeting__group__body"))


def _in_turn(meeting: Meeting, by: User | None) -> Meeting:
    """Two who edit one agenda wait for each other here. Raises NotAllowedError; None is the system."""
    if by is not None:
        permissions.require(by, Act.MOVE_MEETING, meeting.group)
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def _check(item: AgendaItem) -> None:
    item.number = read_number(item.number)
    if not choose(item.titles, "en").text.strip():
        raise TitleMissingError
    others = AgendaItem.objects.filter(meeting=item.meeting, removed_at__isnull=True)
    if others.filter(number__iexact=item.number).exclude(pk=item.pk).exists():
        raise ItemNumberTakenError(item.number)


def _kept(item: AgendaItem) -> dict[str, Any]:
    linked = set(item.documents.values_list("pk", flat=True))
    begins = item.begins_at.astimezone(UTC).isoformat() if item.begins_at else ""
    kept = {name: getattr(item, name) for name in _KEPT}
    return kept | {"documents": linked, "begins_at": begins}


def _record(
    meeting: Meeting,
    changed: Sequence[AgendaItem],
    act: AgendaChange.Act,
    before: Mapping[str, Any],
    *,
    reason: str,
    by: User | None,
) -> None:
    """Keep what stood there before, once the agenda is published. Raises ReasonForChangeError."""
    if meeting.agenda_published_at is None:
        return
    if not reason.strip():
        raise ReasonForChangeError
    told = {k: sorted(v) if isinstance(v, set) else v for k, v in before.items()}
    for item in changed:
        made = AgendaChange(meeting=meeting, item=item, act=act, before=told, changed_by=by)
        made.reason, made.changed_at = reason.strip(), timezone.now()
        made.language = by.language if by is not None else "en"
        made.full_clean()
        made.save()
        ledger.record("agenda_changed", made, by=by, shows=_shows_change(meeting, made))


def _shows_change(meeting: Meeting, made: AgendaChange) -> str:
    """A change of an item that only members have, before and after, changes nothing for the public."""
    is_hidden = bool(made.item.audience) and bool(made.before.get("audience", made.item.audience))
    return "none" if is_hidden else _shows(meeting)


def _shows(meeting: Meeting) -> str:
    """What an act on the agenda changes for the public: its pages only where everyone has it."""
    return "pages" if meeting.agenda_audience == Meeting.AgendaAudience.PUBLIC else "none"
