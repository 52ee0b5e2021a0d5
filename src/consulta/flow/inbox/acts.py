"""Acts on lines of the inbox: each line's own act, one by one, exactly as on its own page."""

from collections.abc import Callable
from typing import Any

from consulta.accounts.models import User
from consulta.flow import deciding
from consulta.flow.inbox import sources
from consulta.flow.inbox.listing import Line
from consulta.flow.letters import sorting
from consulta.mailroom import books
from consulta.mailroom.models import IncomingMail
from consulta.reflector import moderation as posts
from consulta.responses import waiting
from consulta.responses.models import Response
from consulta.responses.moderation import Because

Act = Callable[[Any, Because, User], object]


class NotFittingError(Exception):
    """This act is not one for a line of this kind."""


def _decide(act: str) -> Act:
    return lambda response, because, by: deciding.decide(response, act, because, by=by)


def _version(act: str) -> Act:
    def do(response: Response, because: Because, by: User) -> None:
        newest = waiting.new_versions().filter(response=response).order_by("ordinal").last()
        ordinal = newest.ordinal if newest else 0
        deciding.decide_version(response, ordinal, act, because, by=by)

    return do


def _sort(to: str) -> Act:
    return lambda mail, _because, by: sorting.sort(mail, to=to, by=by)


def _show(response: Response, _because: Because, by: User) -> None:
    deciding.show(response, by=by)


_UNDECIDED = (sources.HELD, sources.RECEIVED, sources.ACCEPTED)
#: By the act's name: how it is done to a line of each kind that it fits.
ACTS: dict[str, dict[str, Act]] = {
    "accept": dict.fromkeys((sources.HELD, sources.RECEIVED), _decide("accept"))
    | {
        sources.VERSIONS: _version("accept"),
        sources.POSTS: lambda post, _because, by: posts.accept(post, by=by),
    },
    "publish": dict.fromkeys(_UNDECIDED, _show) | {sources.VERSIONS: _version("publish")},
    "hold": dict.fromkeys((sources.RECEIVED, sources.ACCEPTED), _decide("hold")),
    "decline": dict.fromkeys(_UNDECIDED, _decide("decline"))
    | {
        sources.VERSIONS: _version("decline"),
        sources.POSTS: lambda post, because, by: posts.decline(post, reason=because.reason, by=by),
    },
    "settle": {
        sources.LETTERS: lambda mail, _because, by: sorting.taken_care_of(mail, by=by),
    },
    "enquiry": {sources.LETTERS: _sort(IncomingMail.Kind.ENQUIRY)},
    "spam": {sources.LETTERS: _sort(IncomingMail.Kind.SPAM)},
    "robot": {sources.LETTERS: _sort(IncomingMail.Kind.ROBOT)},
    "again": {sources.FAILED: lambda mail, _because, by: _again(mail.pk, by=by)},
}


class NothingToSendError(Exception):
    """The mail went out meanwhile, or its message was wiped."""


def _again(pk: int, *, by: User) -> None:
    if not books.try_now(pk, by=by):
        raise NothingToSendError


def do(act: str, line: Line, because: Because, *, by: User) -> None:
    """Do the act called *act* to one line. Raises NotFittingError, KeyError for no such act, and
    what the act itself raises."""
    fitting = ACTS[act].get(line.kind)
    if fitting is None:
        raise NotFittingError(act)
    fitting(line.row, because, by)
