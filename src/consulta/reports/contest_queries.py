"""What is asked about contests: those of a report by passage, the register with its sums, one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from consulta.consultations.models import Consultation
from consulta.reports import contest_clock
from consulta.reports.models import Contest, Edition
from consulta.responses.queries import CursorMistypedError

#: How many contests stand on a page of the register.
PAGE = 50
LONGEST_CURSOR = 10  # digits


@dataclass(frozen=True, slots=True)
class Counts:
    """What was received, and what became of it: received is the sum of the five that follow.

    *answered*: of all of them, how many were answered.
    """

    received: int
    waiting: int
    published: int
    declined: int
    withdrawn: int
    removed: int
    answered: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some contests, and the cursor of the next page (None: the last one)."""

    items: Sequence[Contest]
    next: str | None


def register(consultation: Consultation, *, after: str | None = None, size: int = PAGE) -> Page:
    """Every contest of a consultation's report from its arrival, in the order of their numbers.

    Raises CursorMistypedError.
    """
    rows = _whole(Contest.objects.filter(consultation=consultation)).order_by("serial")
    if after:
        if not (after.isascii() and after.isdecimal() and len(after) < LONGEST_CURSOR):
            raise CursorMistypedError(after)
        rows = rows.filter(serial__gt=int(after))
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], str(last.serial) if last else None)


def published(consultation: Consultation) -> Sequence[Contest]:
    """The contests that everyone may read, in the order of their numbers."""
    rows = Contest.objects.filter(consultation=consultation, state=Contest.State.PUBLISHED)
    return list(_whole(rows).order_by("serial"))


def of_edition(edition: Edition, *, most: int) -> tuple[dict[str, list[Contest]], dict[str, int]]:
    """The published contests of one edition by passage: the first *most* of each, and how many. Two
    queries, however many there are.
    """
    rows = Contest.objects.filter(edition=edition, state=Contest.State.PUBLISHED)
    every: dict[str, list[int]] = {}
    for passage, pk in rows.order_by("serial").values_list("passage", "pk"):
        every.setdefault(passage, []).append(pk)
    wanted = _whole(rows.filter(pk__in=[pk for pks in every.values() for pk in pks[:most]]))
    first: dict[str, list[Contest]] = {}
    for contest in wanted.order_by("serial"):
        first.setdefault(contest.passage, []).append(contest)
    return first, {passage: len(pks) for passage, pks in every.items()}


def answerable(consultation: Consultation) -> Sequence[Contest]:
    """The contests whose answers have a day, without their words. One query."""
    rows = Contest.objects.filter(consultation=consultation).exclude(state=Contest.State.DECLINED)
    rows = rows.select_related("consultation").defer("text", "quote", "answer")
    return list(rows.order_by("serial"))


def counts(consultation: Consultation) -> Counts:
    """The sums of the register. One query."""
    state, answered = Contest.State, Q(answered_at__isnull=False)
    summed = Contest.objects.filter(consultation=consultation).aggregate(
        received=Count("pk"),
        waiting=Count("pk", filter=Q(state=state.RECEIVED)),
        published=Count("pk", filter=Q(state=state.PUBLISHED)),
        declined=Count("pk", filter=Q(state=state.DECLINED)),
        withdrawn=Count("pk", filter=Q(state=state.WITHDRAWN)),
        removed=Count("pk", filter=Q(state=state.REMOVED)),
        answered=Count("pk", filter=answered),
    )
    return Counts(**summed)


def by_number(number: str) -> Contest:
    """One contest, whatever became of it. Raises Contest.DoesNotExist."""
    return _whole(Contest.objects.all()).get(number=number)


def at_desk(consultation: Consultation, pk: int) -> Contest:
    """One contest of *consultation*. Raises Contest.DoesNotExist."""
    return _whole(Contest.objects.filter(consultation=consultation)).get(pk=pk)


def waiting(consultations: Iterable[Consultation]) -> Sequence[Contest]:
    """The contests that wait for a decision or an answer, the first due first. One query."""
    rows = unanswered().filter(consultation__in=list(consultations))
    return list(_whole(rows).order_by("answer_due_on", "serial"))


def waiting_count(consultation: Consultation) -> int:
    """How many contests wait for a decision or an answer. One query."""
    return unanswered().filter(consultation=consultation).count()


def unanswered() -> QuerySet[Contest]:
    """The contests to which an answer is owed."""
    return Contest.objects.filter(answered_at__isnull=True, state__in=contest_clock.WAITING)


def _whole(rows: QuerySet[Contest]) -> QuerySet[Contest]:
    rows = rows.select_related("contester__stakeholder_group", "edition", "consultation")
    return rows.defer("edition__content").prefetch_related("marks")
