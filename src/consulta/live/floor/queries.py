"""What pages ask about the floor: who waits in which order, who speaks, what was said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from consulta.core import floor as rules
from consulta.live.models import Floor, FloorRequest, Intervention, Sitting


@dataclass(frozen=True, slots=True)
class Standing:
    """How the floor of a sitting stands. *queue*: who waits, in the order of the rule."""

    floor: Floor | None
    rule: rules.FloorRule | None
    speaking: Intervention | None
    queue: list[FloorRequest]
    turns: dict[int, int]


def standing(sitting: Sitting) -> Standing:
    """How the floor of *sitting* stands now. Three queries."""
    floor = Floor.objects.filter(sitting=sitting).select_related("item").first()
    if floor is None:
        return Standing(None, None, None, [], {})
    rule = rules.load(floor.rule)
    spoken = [m for m in interventions(sitting) if m.kind == Intervention.Kind.SPOKEN]
    current = next((m for m in spoken if m.ended_at is None and sitting.ended_at is None), None)
    rows = FloorRequest.objects.filter(sitting=sitting, state=FloorRequest.State.WAITING)
    waiting = list(rows.select_related("item", "stakeholder_group"))
    turns = _turns(waiting, spoken, floor)
    return Standing(floor, rule, current, _ordered(rule, waiting, turns, spoken), turns)


def interventions(sitting: Sitting) -> list[Intervention]:
    """All interventions of *sitting* in the order of their numbers; those kept back too. One query."""
    rows = Intervention.objects.filter(sitting=sitting)
    return list(rows.select_related("item", "request", "stakeholder_group").order_by("ordinal"))


def shown(sitting: Sitting) -> list[Intervention]:
    """The interventions of *sitting* that its audience sees: spoken, or handed in and shown."""
    return [
        made
        for made in interventions(sitting)
        if made.kind == Intervention.Kind.SPOKEN or made.shown_at is not None
    ]


def ended_requests(sitting: Sitting) -> list[FloorRequest]:
    """Those who asked and neither wait nor speak, the latest first."""
    over = FloorRequest.objects.filter(sitting=sitting).exclude(
        state__in=(FloorRequest.State.WAITING, FloorRequest.State.GIVEN)
    )
    return list(over.order_by("-ended_at", "-pk"))


def _turns(
    waiting: Sequence[FloorRequest], spoken: Sequence[Intervention], floor: Floor
) -> dict[int, int]:
    """How often each of *waiting* has spoken on the item, by the request's id."""
    counted = Counter(_speaker(made) for made in spoken if made.item_id == floor.item_id)
    return {request.pk: counted[_speaker(request)] for request in waiting}


def _speaker(row: FloorRequest | Intervention) -> tuple[object, ...]:
    """Who it is: the registration, else the organisation, else the name."""
    if row.organisation_name:
        return ("organisation", row.organisation_name.casefold())
    return ("registration", row.registration_id) if row.registration_id else ("name", row.name)


def _ordered(
    rule: rules.FloorRule,
    waiting: Sequence[FloorRequest],
    turns: dict[int, int],
    spoken: Sequence[Intervention],
) -> list[FloorRequest]:
    statements = [
        m for m in spoken if m.request is None or m.request.ask != rules.Ask.POINT_OF_ORDER
    ]
    last = rules.From(statements[-1].mode) if statements else None
    asked = [
        rules.Asked(
            key=request.pk,
            at=request.asked_at,
            role=request.role,
            where=rules.From(request.mode),
            ask=rules.Ask(request.ask),
            turns=turns[request.pk],
        )
        for request in waiting
    ]
    rows = {request.pk: request for request in waiting}
    return [rows[one.key] for one in rule.queue(asked, last=last)]
