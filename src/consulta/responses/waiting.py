"""What waits for a person in the register: counted for the desk, listed, and which one comes next."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Left

from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.responses.models import (
    Answer,
    Appeal,
    Attachment,
    BalanceLine,
    Redaction,
    Response,
    Version,
)

PAGE = 50
EXCERPT = 240  # characters of an answer in a list
#: Lists of the desk that are no state of a response.
VERSIONS, MARKS, FILES, APPEALS = "versions", "marks", "files", "appeals"
_FOR_A_PERSON = (State.HELD, State.ACCEPTED)
_STANDING = (State.RECEIVED, State.HELD, State.ACCEPTED, State.PUBLISHED)
_LIVE = (Version.Screening.WAITING, Version.Screening.ACCEPTED, Version.Screening.PUBLISHED)
_UNSAFE = (Attachment.Safety.UNSAFE, Attachment.Safety.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many responses of one consultation stand in each state, and wait for what."""

    states: dict[str, int]
    versions: int = 0
    marks: int = 0
    files: int = 0
    appeals: int = 0

    @property
    def undecided(self) -> int:
        """Responses that wait for a decision or for publication."""
        return sum(self.states.get(state, 0) for state in _FOR_A_PERSON)

    @property
    def received(self) -> int:
        """Every number of the register."""
        return sum(self.states.values())

    @property
    def anything(self) -> bool:
        """Whether a person is asked to do something."""
        return bool(self.undecided or self.versions or self.marks or self.files or self.appeals)

    def of(self, kind: str) -> int:
        """The count of one list: a state, or one of the lists that are no state; all without one."""
        lists = {VERSIONS: self.versions, MARKS: self.marks, FILES: self.files}
        lists |= {APPEALS: self.appeals, "": self.received}
        return lists.get(kind, self.states.get(kind, 0))


def counted(consultations: Iterable[Consultation]) -> dict[int, Waiting]:
    """What waits in each of *consultations*, by id: five queries for a whole page."""
    wanted = list(consultations)
    states: dict[int, dict[str, int]] = {consultation.pk: {} for consultation in wanted}
    lines = BalanceLine.objects.filter(consultation__in=wanted).order_by()
    for pk, state, count in lines.values_list("consultation", "state").annotate(Sum("count")):
        states[pk][state] = count
    special = {
        kind: _by_consultation(rows(kind), wanted) for kind in (VERSIONS, MARKS, FILES, APPEALS)
    }
    return {
        pk: Waiting(found, **{kind: counts.get(pk, 0) for kind, counts in special.items()})
        for pk, found in states.items()
    }


def rows(kind: str) -> QuerySet[Response]:
    """The responses of one list of the desk: a state, one of the other lists, or all."""
    match kind:
        case "":
            return Response.objects.all()
        case "versions":
            return Response.objects.filter(_has(new_versions()))
        case "marks":
            return Response.objects.filter(_has(_marked(), "answer__version__response"))
        case "files":
            return Response.objects.filter(_has(_unsafe(), "version__response"))
        case "appeals":
            return Response.objects.filter(_has(Appeal.objects.filter(decided_at__isnull=True)))
    return Response.objects.filter(state=kind)


def page(
    consultation: Consultation, kind: str, *, after: int = 0, size: int = PAGE
) -> tuple[list[Response], int | None]:
    """Responses of one list in the order of arrival, as a list shows them, and where the next page begins.

    Five queries, whatever the size. Each has `marks`, `unsafe` and `new_version` as facts.
    """
    found = list(
        _listed(rows(kind).filter(consultation=consultation, serial__gt=after))[: size + 1]
    )
    return found[:size], found[size - 1].serial if len(found) > size else None


def next_after(response: Response) -> Response | None:
    """The next response that waits for a person: the following number, else from the first again."""
    waiting = Response.objects.filter(
        consultation=response.consultation, state__in=_FOR_A_PERSON
    ).exclude(pk=response.pk)
    following = waiting.filter(serial__gt=response.serial).order_by("serial").first()
    return following or waiting.order_by("serial").first()


def new_versions() -> QuerySet[Version]:
    """New versions of published responses that are not shown yet."""
    return Version.objects.filter(
        response__state=State.PUBLISHED,
        screening__in=[Version.Screening.WAITING, Version.Screening.ACCEPTED],
    )


def _marked() -> QuerySet[Redaction]:
    """Passages that the rules marked and nobody decided on."""
    return Redaction.objects.filter(
        state__in=Redaction.UNDECIDED,
        answer__version__screening__in=_LIVE,
        answer__version__response__state__in=_STANDING,
    )


def _unsafe() -> QuerySet[Attachment]:
    """Files without a clean copy, with what is still to be decided."""
    undecided = Q(version__response__state__in=[State.RECEIVED, *_FOR_A_PERSON])
    new = Q(version__response__state=State.PUBLISHED) & ~Q(
        version__screening=Version.Screening.PUBLISHED
    )
    return Attachment.objects.filter(
        undecided | new, safety__in=_UNSAFE, version__screening__in=_LIVE
    )


def _has(things: QuerySet, path: str = "response") -> Exists:  # type: ignore[type-arg]
    return Exists(things.filter(**{path: OuterRef("pk")}))


def _by_consultation(
    responses: QuerySet[Response], consultations: list[Consultation]
) -> dict[int, int]:
    counted = responses.filter(consultation__in=consultations).order_by()
    return dict(counted.values_list("consultation").annotate(Count("pk")))


def _listed(responses: QuerySet[Response]) -> QuerySet[Response]:
    answers = Answer.objects.annotate(excerpt=Left("text", EXCERPT)).defer("text")
    versions = Version.objects.order_by("-ordinal").prefetch_related(
        Prefetch("answers", queryset=answers.order_by(F("question").asc(nulls_last=True))),
        Prefetch("attachments", queryset=Attachment.objects.defer("text")),
    )
    return (
        responses.select_related("respondent__stakeholder_group")
        .prefetch_related(Prefetch("versions", queryset=versions))
        .annotate(
            marks=_has(_marked(), "answer__version__response"),
            unsafe=_has(_unsafe(), "version__response"),
            new_version=_has(new_versions()),
        )
        .order_by("serial")
    )
