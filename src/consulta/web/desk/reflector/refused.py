"""Why an act on a list was refused, in a sentence that says how to mend it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consulta.flow.reflecting import NoSpaceError
from consulta.reflector import errors
from consulta.responses.errors import ResponseError

SENTENCES: dict[type[Exception], Callable[[], str]] = {
    errors.NotWaitingError: lambda: _(
        "Nothing changed: this was done already, a moment ago or by somebody else."
    ),
    errors.ReasonMissingError: lambda: _("Write a short reason: the author reads it."),
    errors.NotSubscribedError: lambda: _(
        "This subscription was ended by its owner, or never confirmed: only its owner can begin it."
    ),
    NoSpaceError: lambda: _(
        "Only a post in the space of a consultation can be taken as a response, and none that"
        " answers another."
    ),
    ResponseError: lambda: _("The consultation takes no responses now."),
}


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str) -> bool:
    """Do *act* and say *done*; say what stands in the way where it is refused."""
    try:
        act()
    except tuple(SENTENCES) as error:
        kind = next(known for known in SENTENCES if isinstance(error, known))
        messages.error(request, SENTENCES[kind]())
        return False
    messages.success(request, done)
    return True
