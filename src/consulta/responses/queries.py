"""What pages ask about responses. Nothing here counts the register; lists are walked by cursor."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Prefetch, Q, QuerySet

from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import BALANCE_LINE, State
from consulta.responses import facets, signatories_shown
from consulta.responses.models import (
    Answer,
    Appeal,
    Attachment,
    ModerationStep,
    Response,
    Version,
)
from consulta.stakeholders.models import StakeholderGroup

PAGE = 50
T = TypeVar("T")
M = TypeVar("M", Response, Answer)


class CursorMistypedError(ValueError):
    """The cursor is none that a page gave out: start again without one."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which published responses: values of their public columns, empty for all."""

    group: str = ""
    country: str = ""
    language: str = ""


#: No filter at all.
EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows and the cursor of the next page, None on the last one."""

    items: list[T]
    next: str | None


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One number of the register: what everyone may know of it from its arrival."""

    number: str
    received_at: datetime
    channel: str
    state: str
    line: str
    ground: str
    late: bool
    within_grace: bool
    hold_reasons: tuple[str, ...]


def published(
    consultation: Consultation,
    *,
    filters: Filters = EVERYTHING,
    after: str | None = None,
    size: int = PAGE,
    translated: bool = True,
    without: QuerySet[Any] | None = None,
) -> Page[Response]:
    """Published responses in the order of publication, with answers and files. Five queries.

    *translated*: with the answers' translations; false where they are not shown saves a query.
    *without*: a subquery of the responses that are left out, e.g. where campaigns are folded.
    """
    rows = Response.objects.filter(consultation=consultation, state=State.PUBLISHED)
    rows = _filtered(rows, filters).order_by("published_at", "number")
    if without is not None:
        rows = rows.exclude(pk__in=without)
    if after:
        instant, number = _read(after)
        rows = rows.filter(
            Q(published_at__gte=instant) & (Q(published_at__gt=instant) | Q(number__gt=number))
        )
    page = Response.objects.filter(pk__in=rows.values("pk")[: size + 1])  # found by an index alone
    beside = ("redactions", "translations") if translated else ("redactions",)
    found = list(_whole(page, beside=beside).order_by("published_at", "number"))
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], _write(last.published_at, last.number) if last else None)


def by_number(number: str) -> Response | None:
    """The response with this number, whatever its state, with what its page shows."""
    return _whole(Response.objects.filter(number=number)).first()


def by_numbers(numbers: list[str]) -> dict[str, Response]:
    """Responses by their numbers, in two queries."""
    return {
        response.number: response
        for response in _whole(Response.objects.filter(number__in=numbers))
    }


def answers_to(
    consultation: Consultation,
    question: int | None,
    *,
    filters: Filters = EVERYTHING,
    after: str | None = None,
    size: int = PAGE,
) -> Page[Answer]:
    """Published answers to one question (None: to the whole), in the order of publication.

    One that nobody answered is known without looking through the register.
    """
    if not facets.is_answered(consultation, question):
        return Page([], None)
    rows = _filtered(_answers(consultation, question), filters, "version__response__")
    if after:
        instant, number = _read(after)
        later = Q(version__response__published_at__gt=instant)
        rows = rows.filter(
            Q(version__response__published_at__gte=instant)
            & (later | Q(version__response__number__gt=number))
        )
    found = list(rows[: size + 1])
    last = found[size - 1].version.response if len(found) > size else None
    return Page(found[:size], _write(last.published_at, last.number) if last else None)


def _answers(consultation: Consultation, question: int | None) -> QuerySet[Answer]:
    rows = Answer.objects.filter(
        question=question,
        version__screening=Version.Screening.PUBLISHED,
        version__response__consultation=consultation,
        version__response__state=State.PUBLISHED,
    )
    return (
        rows.order_by("version__response__published_at", "version__response__number")
        .select_related("version__response__public_group", "version__response__respondent")
        .prefetch_related("redactions", "translations")
    )


def register(
    consultation: Consultation, *, after: str | None = None, size: int = 100
) -> Page[RegisterLine]:
    """The register in the order of arrival: one line per number. One query."""
    rows = Response.objects.filter(consultation=consultation).order_by("serial")
    if after:
        rows = rows.filter(serial__gt=_read_serial(after))
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page([line(row) for row in found[:size]], str(last.serial) if last else None)


def line(response: Response) -> RegisterLine:
    """The line of the register of one response."""
    return RegisterLine(
        number=response.number,
        received_at=response.received_at,
        channel=response.channel,
        state=response.state,
        line=BALANCE_LINE[State(response.state)],
        ground=response.ground if response.state in (State.DECLINED, State.REMOVED) else "",
        late=response.late,
        within_grace=response.within_grace,
        hold_reasons=tuple(response.hold_reasons) if response.state == State.HELD else (),
    )


def desk_queue(
    consultation: Consultation, *, state: str = "", page: int = 1, size: int = PAGE
) -> tuple[list[Response], bool]:
    """Responses for the desk, the oldest first; whether there are more."""
    rows = Response.objects.filter(consultation=consultation)
    if state:
        rows = rows.filter(state=state)
    start = (page - 1) * size
    found = list(_whole(rows.order_by("serial"))[start : start + size + 1])
    return found[:size], len(found) > size


def waiting_versions(consultation: Consultation) -> QuerySet[Version]:
    """New versions of published responses that are not shown yet."""
    return (
        Version.objects.filter(
            response__consultation=consultation,
            response__state=State.PUBLISHED,
            screening__in=[Version.Screening.WAITING, Version.Screening.ACCEPTED],
        )
        .select_related("response__respondent")
        .order_by("received_at")
    )


def undecided(consultation: Consultation) -> QuerySet[Response]:
    """Responses that are held, received or accepted: a report is not released over their heads."""
    return Response.objects.filter(
        consultation=consultation, state__in=[State.RECEIVED, State.HELD, State.ACCEPTED]
    ).order_by("serial")


def open_appeals(consultation: Consultation) -> QuerySet[Appeal]:
    """Appeals that wait for a second person."""
    return Appeal.objects.filter(
        response__consultation=consultation, decided_at__isnull=True
    ).select_related("response")


def steps(response: Response) -> list[ModerationStep]:
    """What was decided about *response*, in order."""
    return list(response.moderation.select_related("by", "version"))


def every_for_report(consultation: Consultation) -> QuerySet[Response]:
    """All published responses in the order of their numbers, whole."""
    rows = Response.objects.filter(consultation=consultation, state=State.PUBLISHED)
    return _whole(rows.order_by("serial")).prefetch_related(_signed())


def every_for_group(consultation: Consultation) -> QuerySet[Response]:
    """All responses in the order of their numbers, whatever became of them, with all versions."""
    answers = Answer.objects.order_by("question").prefetch_related("redactions", "translations")
    files = Attachment.objects.order_by("position").defer("text")
    return _whole(
        Response.objects.filter(consultation=consultation).order_by("serial")
    ).prefetch_related(
        Prefetch("versions__attachments", queryset=files),
        Prefetch("versions__answers", queryset=answers),
        _signed(),
    )


def of_account(user: User) -> QuerySet[Response]:
    """The responses of a signed-in respondent."""
    return (
        Response.objects.filter(respondent__account=user)
        .select_related("consultation", "respondent")
        .prefetch_related("consultation__texts")
        .order_by("-received_at")
    )


def with_versions(response: Response) -> list[Version]:
    """Every version of *response* with its answers and files, in order. Three queries."""
    return list(response.versions.prefetch_related("answers", "attachments").order_by("ordinal"))


def appeal_of(response: Response) -> Appeal | None:
    """The appeal made about *response*, None if there is none."""
    return Appeal.objects.filter(response=response).first()


def _filtered(rows: QuerySet[M], filters: Filters, prefix: str = "") -> QuerySet[M]:
    wanted = {
        f"{prefix}public_country": filters.country,
        f"{prefix}public_language": filters.language,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if not filters.group:
        return rows
    group = StakeholderGroup.objects.filter(slug=filters.group).values("pk")[:1]
    return rows.filter(**{f"{prefix}public_group": group})  # one key, for the index


def _whole(
    rows: QuerySet[Response], *, beside: tuple[str, ...] = ("redactions", "translations")
) -> QuerySet[Response]:
    """With everything that pages show; *beside*: what comes with each answer."""
    answers = Answer.objects.order_by("question").prefetch_related(*beside)
    return rows.select_related(
        "consultation", "public_group", "respondent__stakeholder_group", "published_version"
    ).prefetch_related(
        Prefetch("published_version__answers", queryset=answers),
        Prefetch(
            "published_version__attachments",
            queryset=Attachment.objects.order_by("position").defer("text"),
        ),
    )


def _signed() -> Prefetch[str]:
    """Who signs with the sender."""
    return Prefetch("signatories", queryset=signatories_shown.counted())


def _write(instant: datetime | None, number: str) -> str:
    text = json.dumps([instant.isoformat() if instant else "", number])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, str]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        instant, number = json.loads(text)
        return datetime.fromisoformat(instant), str(number)
    except (ValueError, TypeError, binascii.Error, UnicodeError) as error:
        raise CursorMistypedError(cursor) from error


def _read_serial(cursor: str) -> int:
    if not cursor.isdecimal() or len(cursor) > 9:
        raise CursorMistypedError(cursor)
    return int(cursor)
