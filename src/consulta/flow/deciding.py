"""What the desk decides about one response: each act on the row as it is now, so that a double click
or two persons at once do it once."""

from collections.abc import Callable
from functools import partial

from django.db import transaction

from consulta.accounts.models import User
from consulta.core.lifecycle import State
from consulta.flow import journey
from consulta.responses import moderation, publication, turn
from consulta.responses.models import Response
from consulta.responses.moderation import Because

Decision = Callable[[Response, Because, User], None]


def _restore(response: Response, because: Because, by: User) -> None:
    moderation.restore(response, by=by, reason=because.reason)


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
}


@transaction.atomic
def decide(response: Response, act: str, because: Because, *, by: User) -> Response:
    """Do the act called *act*; return the response as it stands then.

    Raises KeyError for an act that there is none, and what the room's act raises.
    """
    current = turn.take(response)
    ACTS[act](current, because, by)
    return current


@transaction.atomic
def show(response: Response, *, by: User) -> None:
    """Publish *response*, accepting it first where it is not accepted yet."""
    current = turn.take(response)
    if current.state == State.ACCEPTED:
        publication.publish(current, by=by)
    else:
        journey.accept_and_publish(current, by=by)
