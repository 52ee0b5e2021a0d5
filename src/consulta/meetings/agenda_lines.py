"""What pages show of an agenda: plain values, whoever reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from consulta.core.multilingual import NOTHING, Text, choose
from consulta.meetings import slots
from consulta.meetings.agenda_queries import Listed
from consulta.meetings.models import AgendaChange, AgendaItem, Document


@dataclass(frozen=True, slots=True)
class Before:
    """A document before the item; *href* empty where the reader has no file of it."""

    number: str
    title: str
    lang: str
    href: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the item deals with: where its responses are read, and how many there are.

    *text*: the whole question where the item's title has only its beginning. *groups*: how many
    responded, by stakeholder group, as words; *report_href* empty: no report is out.
    """

    text: Text
    number: int
    responses: int
    groups: Sequence[tuple[str, int]]
    href: str
    report_href: str = ""
    presenting: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Back:
    """Why something comes back to the group, and where that is read; *href* empty: nowhere."""

    why: Sequence[str]
    href: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the items of an agenda, by the item's id."""

    asked: Mapping[int, Sequence[Asked]] = field(default_factory=dict)
    back: Mapping[int, Sequence[Back]] = field(default_factory=dict)
    tables: Mapping[int, str] = field(default_factory=dict)  # where all lies on the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item as a reader sees it. *begins_at* is an instant, to be shown by the clocks of *zone*."""

    number: str
    anchor: str
    title: Text
    purpose: str
    presenter: str
    documents: Sequence[Before]
    minutes: Text
    settled: Sequence[Text]
    begins_at: datetime | None = None
    length: int | None = None
    zone: str = ""
    for_members: bool = False
    asked: Sequence[Asked] = ()
    back: Sequence[Back] = ()
    table: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that a change altered: what it was before, as words or as an instant."""

    name: str
    words: Text = NOTHING
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change after the publication; no name, which the desk alone shows."""

    on: datetime
    what: str
    number: str
    reason: str
    language: str
    zone: str = ""
    parts: Sequence[Changed] = ()


def lines(
    listed: Sequence[Listed],
    language: str,
    *,
    address: Callable[[Document], str],
    settled: Mapping[int, Sequence[Text]],
    minutes: bool,
    beside: Beside | None = None,
) -> list[Line]:
    """Show *listed* to a reader of *language*; *settled*: what was decided, by the item's id."""
    shown = beside or Beside()
    return [
        _line(
            row,
            language,
            documents=[_before(one, language, address(one)) for one in row.documents],
            minutes=choose(row.item.minutes, language) if minutes else NOTHING,
            settled=settled.get(row.item.pk, ()),
            beside=shown,
        )
        for row in listed
    ]


def _line(
    row: Listed,
    language: str,
    *,
    documents: Sequence[Before],
    minutes: Text,
    settled: Sequence[Text],
    beside: Beside,
) -> Line:
    item = row.item
    return Line(
        number=item.number,
        anchor=f"item-{item.pk}",
        title=choose(item.titles, language),
        purpose=str(item.get_purpose_display()),
        presenter=item.presenter,
        documents=documents,
        minutes=minutes,
        settled=settled,
        begins_at=item.begins_at,
        length=item.length,
        zone=slots.zone(item.meeting),
        for_members=bool(item.audience),
        asked=beside.asked.get(item.pk, ()),
        back=beside.back.get(item.pk, ()),
        table=beside.tables.get(item.pk, ""),
    )


def changed(
    changes: Sequence[AgendaChange], language: str = "en", *, minutes: bool = True
) -> list[Change]:
    """Show how a published agenda was changed, the latest first, as *changes* come.

    Each says what it altered, and what that was before; *minutes*: whether the reader has those.
    """
    after: dict[int, Mapping[str, object]] = {}
    shown = []
    for change in changes:
        was = change.before
        now = after.get(change.item_id) or _now(change.item)
        parts = _parts(was, now, language, minutes=minutes) if change.act == "changed" else []
        if "titles" in was:
            after[change.item_id] = was
        shown.append(
            Change(
                change.changed_at,
                str(change.get_act_display()),
                change.item.number,
                change.reason,
                change.language,
                slots.zone(change.meeting),
                parts,
            )
        )
    return shown


def _before(document: Document, language: str, href: str) -> Before:
    title = choose(document.titles, language)
    return Before(document.number, title.text or document.number, title.language, href)


def _now(item: AgendaItem) -> Mapping[str, object]:
    """What stands now, under the names under which a change keeps what stood before."""
    names = ("number", "titles", "purpose", "presenter", "minutes", "audience", "length")
    begins = item.begins_at.isoformat() if item.begins_at else ""
    return {name: getattr(item, name) for name in names} | {"begins_at": begins}


def _parts(
    was: Mapping[str, object], now: Mapping[str, object], language: str, *, minutes: bool
) -> list[Changed]:
    """What was altered: names, with what stood there before where that is short to say."""
    differ = {name for name in now if name in was and not _same(name, was, now)}
    found = []
    if "titles" in differ:
        titles = was["titles"]
        found.append(
            Changed(_("title"), choose(titles if isinstance(titles, dict) else {}, language))
        )
    if "number" in differ:
        found.append(Changed(_("number"), Text(str(was["number"]), "")))
    if differ & {"begins_at", "length"}:
        found.append(Changed(_("time"), at=_instant(was.get("begins_at"))))
    plain = {
        "purpose": _("what it is for"),
        "presenter": _("presented by"),
        "audience": _("who has it"),
    }
    found += [Changed(label) for name, label in plain.items() if name in differ]
    if "minutes" in differ and minutes:
        found.append(Changed(_("minutes of the meeting")))
    return found or [Changed(_("documents"))]


def _same(name: str, was: Mapping[str, object], now: Mapping[str, object]) -> bool:
    if name == "begins_at":
        return _instant(was[name]) == _instant(now[name])
    return was[name] == now[name]


def _instant(kept: object) -> datetime | None:
    return datetime.fromisoformat(kept) if isinstance(kept, str) and kept else None
