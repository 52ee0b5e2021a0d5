"""By which deadlines the documents of a group's meetings are taken, and who posts contributions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from consulta.accounts.models import User
from consulta.core import deadlines
from consulta.core.deadlines import Deadlines
from consulta.groups import members, permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import Document, Meeting, PostingRule


@dataclass(frozen=True, slots=True)
class Due:
    """The days of a meeting's documents by the rule of its group."""

    rule: Deadlines
    on: date
    posted_by: date


def of(group: Group | None) -> PostingRule:
    """Return how documents of *group* are taken; not saved where nothing was laid down."""
    found = PostingRule.objects.filter(group=group).first() if group is not None else None
    return found or PostingRule(group=group)


def due(meeting: Meeting) -> Due | None:
    """Return the days by which documents of *meeting* are there; None without rule or date."""
    slug = of(meeting.group).deadlines
    if not slug or meeting.starts_on is None:
        return None
    rule = deadlines.load(slug)
    return Due(rule, rule.due_on(meeting.starts_on), rule.posted_by(meeting.starts_on))


def days_late(meeting: Meeting, *, what: str = "") -> tuple[date | None, int]:
    """Return the last day in time and by how many days *what*, handed in now, is late."""
    found = due(meeting)
    if found is None or meeting.starts_on is None or meeting.group is None:
        return None, 0
    today = members.today(meeting.group.body)
    return found.on, found.rule.days_late(today, meeting.starts_on, what=what)


def posted_late(
    meeting: Meeting, documents: Iterable[Document], kinds: Mapping[int, str]
) -> dict[int, int]:
    """Return by how many days each of *documents* was posted after the day for all, by its id.

    Left out: those in time, and those that the day does not bind (:func:`_is_bound`). *kinds*: which of
    them are a compilation or another report on a consultation, by id. One query.
    """
    found = due(meeting)
    if found is None or meeting.group is None:
        return {}
    body, days = meeting.group.body, {}
    for document in documents:
        if _is_bound(document) and kinds.get(document.pk, "") not in found.rule.exempt:
            days[document.pk] = (members.today(body, now=document.posted_at) - found.posted_by).days
    last = ((meeting.ends_on or meeting.starts_on or found.posted_by) - found.posted_by).days
    return {pk: late for pk, late in days.items() if 0 < late <= last}


def _is_bound(document: Document) -> bool:
    """Neither what follows another, nor what a meeting draws up itself, has to be there before it."""
    is_own = document.sort == Document.Sort.TEMPORARY
    return document.posted_at is not None and document.kind == Document.Kind.ORIGINAL and not is_own


@transaction.atomic
def lay_down(rule: PostingRule, *, by: User) -> PostingRule:
    """Lay down how documents of a group are taken from now on.

    Raises NotAllowedError, UnknownRuleError.
    """
    permissions.require(by, Act.MOVE_MEETING, rule.group)
    if rule.deadlines:
        deadlines.load(rule.deadlines)
    standing = PostingRule.objects.filter(group=rule.group).first()
    rule.pk = standing.pk if standing else None
    rule.full_clean()
    rule.save()
    ledger.record("posting_rule_set", rule, by=by)
    return rule
