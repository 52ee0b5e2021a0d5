"""What is asked about contests: those of a report by passage, the register with its sums, one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from consulta.consultations.models import Consultation
from consulta.reports.models import Contest, Edition


@dataclass(frozen=True, slots=True)
class Counts:
    """What was received, and what became of it: received = waiting + published + declined.

    *answered* of those that are published.
    """

    received: int
    waiting: int
    published: int
    declined: int
    answered: int


def register(consultation: Consultation) -> Sequence[Contest]:
    """Every contest of a consultation's report from its arrival, in the order of their numbers."""
    return list(_whole(Contest.objects.filter(consultation=consultation)).order_by("serial"))


def published(consultation: Consultation) -> Sequence[Contest]:
    """The contests that everyone may read, in the order of their numbers."""
    rows = Contest.objects.filter(consultation=consultation, state=Contest.State.PUBLISHED)
    return list(_whole(rows).order_by("serial"))


def of_edition(edition: Edition) -> Sequence[Contest]:
    """The published contests of one edition, in the order of their numbers."""
    rows = Contest.objects.filter(edition=edition, state=Contest.State.PUBLISHED)
    return list(_whole(rows).order_by("serial"))


def counts(consultation: Consultation) -> Counts:
    """The sums of the register. One query."""
    state, answered = Contest.State, Q(answered_at__isnull=False)
    summed = Contest.objects.filter(consultation=consultation).aggregate(
        received=Count("pk"),
        waiting=Count("pk", filter=Q(state=state.RECEIVED)),
        published=Count("pk", filter=Q(state=state.PUBLISHED)),
        declined=Count("pk", filter=Q(state=state.DECLINED)),
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
    rows = Contest.objects.filter(consultation__in=list(consultations), answered_at__isnull=True)
    rows = rows.exclude(state=Contest.State.DECLINED)
    return list(_whole(rows).order_by("answer_due_on", "serial"))


def _whole(rows: QuerySet[Contest]) -> QuerySet[Contest]:
    rows = rows.select_related("contester__stakeholder_group", "edition", "consultation")
    return rows.defer("edition__content")
