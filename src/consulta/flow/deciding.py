"""What the desk decides about one response: each act on the row as it is now, so that a double click
or two persons at once do it once."""

from collections.abc import Callable, Mapping
from functools import partial

from django.db import transaction

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.core.lifecycle import State, StepNotAllowedError
from consulta.flow import journey
from consulta.groups.permissions import Act
from consulta.responses import lateness, moderation, publication, turn, whole, withdrawal
from consulta.responses.errors import ReasonMissingError
from consulta.responses.models import Redaction, Response, Version
from consulta.responses.moderation import Because


class RedactedAlreadyError(ValueError):
    """The passage is left out of what readers see already."""


Decision = Callable[[Response, Because, User], None]


def _restore(response: Response, because: Because, by: User) -> None:
    moderation.restore(response, by=by, reason=because.reason)


def _withdraw(response: Response, because: Because, by: User) -> None:
    """The respondent asked for it on paper or by telephone; the reason says how."""
    permissions.require(by, Act.ENTER_RESPONSE, response.consultation)
    if not because.reason.strip():
        raise ReasonMissingError
    withdrawal.withdraw(response, reason=because.reason, by=by)


def _on_ground(act: Callable[..., None], response: Response, because: Because, by: User) -> None:
    act(response, because, by=by)


#: The acts by the names that addresses and forms use.
ACTS: dict[str, Decision] = {
    "accept": lambda response, because, by: moderation.accept(
        response, by=by, reason=because.reason
    ),
    "accept-and-publish": lambda response, _because, by: journey.accept_and_publish(
        response, by=by
    ),
    "publish": lambda response, _because, by: publication.publish(response, by=by),
    "hold": partial(_on_ground, moderation.hold),
    "decline": partial(_on_ground, moderation.decline),
    "remove": partial(_on_ground, moderation.remove),
    "restore": _restore,
    "admit": lambda response, because, by: lateness.admit(response, by=by, reason=because.reason),
    "withdraw": _withdraw,
}


#: What was declined is accepted again only when an appeal is upheld (:mod:`responses.appeals`).
_ACCEPTING = frozenset({"accept", "accept-and-publish"})


def _refuse_without_appeal(response: Response) -> None:
    if response.state == State.DECLINED:
        raise StepNotAllowedError(State.DECLINED, State.ACCEPTED)


@transaction.atomic
def decide(response: Response, act: str, because: Because, *, by: User) -> Response:
    """Do the act called *act*; return the response as it stands then.

    Raises KeyError for an act that there is none, and what the room's act raises.
    """
    current = turn.take(response)
    if act in _ACCEPTING:
        _refuse_without_appeal(current)
    ACTS[act](current, because, by)
    return current


@transaction.atomic
def show(response: Response, *, by: User) -> None:
    """Publish *response*, accepting it first where it is not accepted yet."""
    current = turn.take(response)
    if current.state == State.ACCEPTED:
        publication.publish(current, by=by)
        return
    _refuse_without_appeal(current)
    journey.accept_and_publish(current, by=by)


@transaction.atomic
def decide_marks(
    response: Response, chosen: Mapping[int, bool], because: Because | None, *, by: User
) -> int:
    """Redact (True) or let stand (False) passages that the rules marked, by their ids; how many.

    What was decided meanwhile is left as it is. *because* is needed to redact.
    """
    current = turn.take(response)
    count = 0
    for pk, redacted in chosen.items():
        mark = whole.mark(current, pk)
        if mark.state not in Redaction.UNDECIDED:
            continue
        if redacted:
            moderation.apply_mark(mark, because or Because("", ""), by=by)
        else:
            moderation.dismiss_mark(mark, by=by)
        count += 1
    return count


@transaction.atomic
def redact(
    response: Response, answer_pk: int, span: tuple[int, int], because: Because, *, by: User
) -> None:
    """Leave a passage out of what readers see, once. Raises RedactedAlreadyError."""
    current = turn.take(response)
    answer = whole.answer(current, answer_pk)
    applied = answer.redactions.filter(state=Redaction.State.APPLIED)
    if applied.filter(start__lte=span[0], end__gte=span[1]).exists():
        raise RedactedAlreadyError(answer_pk)
    moderation.redact(answer, span, because, by=by)


@transaction.atomic
def decide_version(
    response: Response, ordinal: int, act: str, because: Because, *, by: User
) -> None:
    """Accept, publish or decline a new version of a published response, as it is now.

    Raises StepNotAllowedError for a version that does not wait any more, KeyError for no such act.
    """
    current = turn.take(response)
    version = whole.version(current, ordinal)
    if version.screening not in (Version.Screening.WAITING, Version.Screening.ACCEPTED):
        raise StepNotAllowedError(State(current.state), State(current.state))
    VERSION_ACTS[act](version, because, by)


def _show_version(version: Version, _because: Because, by: User) -> None:
    if version.screening == Version.Screening.WAITING:
        moderation.accept_version(version, by=by)
    publication.publish_version(version, by=by)


VERSION_ACTS: dict[str, Callable[[Version, Because, User], None]] = {
    "accept": lambda version, _because, by: moderation.accept_version(version, by=by),
    "publish": _show_version,
    "decline": lambda version, because, by: moderation.decline_version(version, because, by=by),
}
