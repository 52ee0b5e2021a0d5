"""Which questions of a consultation an item of an agenda deals with; the meeting itself knows none."""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction

from consulta.consultations.models import AgendaQuestion, Question, QuestionText
from consulta.meetings.models import AgendaItem, Meeting


@transaction.atomic
def link(item: AgendaItem, questions: Collection[Question]) -> None:
    """Say that *item* deals with *questions*, and with no other ones; part of an act on the agenda."""
    AgendaQuestion.objects.filter(item=item).exclude(question__in=questions).delete()
    there = set(AgendaQuestion.objects.filter(item=item).values_list("question", flat=True))
    AgendaQuestion.objects.bulk_create(
        AgendaQuestion(item=item, question=question)
        for question in questions
        if question.pk not in there
    )


def of_items(items: Iterable[AgendaItem]) -> dict[int, list[Question]]:
    """Return the questions of each of *items* with their texts, by the item's id. Three queries."""
    found: dict[int, list[Question]] = {item.pk: [] for item in items}
    rows = AgendaQuestion.objects.filter(item__in=found)
    rows = rows.select_related("question__consultation").order_by(
        "question__consultation__number", "question__position"
    )
    for row in rows.prefetch_related("question__texts"):
        found[row.item_id].append(row.question)
    return found


def asked_at(meeting: Meeting) -> set[int]:
    """Return the ids of the questions that some item of the agenda of *meeting* deals with."""
    rows = AgendaQuestion.objects.filter(item__meeting=meeting, item__removed_at__isnull=True)
    return set(rows.values_list("question", flat=True))


def texts(question: Question) -> Sequence[QuestionText]:
    """Return the question in every language in which it is written."""
    return list(question.texts.all())
