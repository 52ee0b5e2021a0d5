"""Search in what the members of a group have: meetings, documents, agendas, decisions, follow-ups, positions.

Deny by default: each kind names the rows that its reader may see before any word is looked at.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from consulta.core import finding
from consulta.core.multilingual import Text, choose, text_in
from consulta.groups import members
from consulta.groups.members import MemberAct
from consulta.groups.models import Group, Membership
from consulta.groups.permissions import AnyUser
from consulta.meetings.models import (
    Advice,
    AgendaItem,
    Contribution,
    Decision,
    Document,
    FollowUp,
    Meeting,
    PositionVersion,
    Proposal,
)

MEMBERS = ("public", "listed", "members")


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: its words for the reader, its number if it has one, its meeting."""

    kind: str
    row: Model
    title: Text
    number: str = ""
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True)
class _Reader:
    """For whom is searched: the groups whose members' matter they see, the delegations they are of."""

    groups: Sequence[Group]
    delegations: Sequence[Membership]
    language: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """What one kind of thing is called, which rows a reader may see, and which of its words count."""

    name: Any
    rows: Callable[[_Reader], "QuerySet[Any]"]
    texts: Callable[[Any], Iterable[object]]  # multilingual mappings or plain words
    number: Callable[[Any], str] = lambda _row: ""


def search(
    words: str, user: AnyUser, *, language: str, limit: int
) -> list[tuple[str, list[Found]]]:
    """Return what *user* may see that has every one of *words*: by kind, at most *limit* of each."""
    able = members.memberships(user, MemberAct.SUBMIT_CONTRIBUTION)
    reader = _Reader(members.groups_of(user), able, language)
    looked_for = finding.terms(words)
    found = (
        (str(kind.name), list(islice(_of(kind, reader, looked_for), limit))) for kind in _KINDS
    )
    return [(name, rows) for name, rows in found if rows]


def _of(kind: _Kind, reader: _Reader, looked_for: tuple[str, ...]) -> Iterator[Found]:
    for row in kind.rows(reader):
        texts = [*kind.texts(row), kind.number(row)]
        if finding.found(looked_for, _words(texts)):
            titles = next((t for t in texts if isinstance(t, dict) and t), {})
            meeting = row if isinstance(row, Meeting) else getattr(row, "meeting", None)
            yield Found(
                str(kind.name), row, choose(titles, reader.language), kind.number(row), meeting
            )


def _words(texts: Iterable[object]) -> Iterator[str]:
    for text in texts:
        if isinstance(text, dict):
            yield from (text_in(text, language).text for language in text)
        else:
            yield str(text)


def _meetings(reader: _Reader) -> "QuerySet[Meeting]":
    return (
        Meeting.objects.filter(group__in=reader.groups)
        .select_related("group")
        .order_by("-starts_on", "slug")
    )


def _documents(reader: _Reader) -> "QuerySet[Document]":
    posted = Document.objects.filter(
        meeting__group__in=reader.groups, posted_at__isnull=False, audience__in=MEMBERS
    )
    written = Contribution.objects.filter(document=OuterRef("pk"))
    posted = posted.annotate(
        abstract=Subquery(written.values("abstract")[:1]), text=Subquery(written.values("text")[:1])
    )
    return posted.select_related("meeting__group").order_by("-posted_at", "-pk")


def _drafts(reader: _Reader) -> "QuerySet[Contribution]":
    own = Contribution.objects.filter(
        membership__in=reader.delegations, submitted_at__isnull=True, discarded_at__isnull=True
    )
    return own.select_related("meeting__group")


def _items(reader: _Reader) -> "QuerySet[AgendaItem]":
    published = Meeting.objects.filter(group__in=reader.groups).exclude(agenda_audience="")
    standing = AgendaItem.objects.filter(meeting__in=published, removed_at__isnull=True)
    return standing.select_related("meeting__group").order_by("-meeting__starts_on", "position")


def _at_meetings(model: Any) -> Callable[[_Reader], "QuerySet[Any]"]:
    def rows(reader: _Reader) -> "QuerySet[Any]":
        seen: QuerySet[Any] = model.objects.filter(
            meeting__group__in=reader.groups, audience__in=MEMBERS
        )
        return seen.select_related("meeting__group").order_by("-meeting__starts_on", "pk")

    return rows


def _follow_ups(reader: _Reader) -> "QuerySet[FollowUp]":
    asked = FollowUp.objects.filter(
        decision__meeting__group__in=reader.groups, audience__in=MEMBERS
    )
    return asked.select_related("decision__meeting").order_by("-decision__meeting__starts_on")


def _positions(reader: _Reader) -> "QuerySet[PositionVersion]":
    given = Q(given_at__isnull=False, position__membership__group__in=reader.groups)
    own = Q(position__membership__in=reader.delegations)
    versions = PositionVersion.objects.filter(given | own, audience__in=MEMBERS)
    return versions.select_related("position__issue").order_by("position", "-ordinal")


_KINDS = (
    _Kind(_("Meetings"), _meetings, lambda m: (m.titles, m.place, m.slug)),
    _Kind(
        _("Documents"),
        _documents,
        lambda d: (d.titles, d.source, d.abstract or "", d.text or ""),
        lambda d: d.number,
    ),
    _Kind(_("Drafts of your delegation"), _drafts, lambda c: (c.titles, c.abstract, c.text)),
    _Kind(_("Agenda items"), _items, lambda i: (i.titles, i.presenter), lambda i: i.number),
    _Kind(_("Topics proposed"), _at_meetings(Proposal), lambda p: (p.topics,)),
    _Kind(_("Decisions"), _at_meetings(Decision), lambda d: (d.texts,)),
    _Kind(
        _("Follow-ups"),
        _follow_ups,
        lambda f: (f.texts or f.decision.texts, f.addressee, f.paragraph),
    ),
    _Kind(_("Comments and inputs"), _at_meetings(Advice), lambda a: (a.texts,)),
    _Kind(_("Positions"), _positions, lambda v: (v.texts, v.position.issue.names)),
)
