"""Taking off a second factor that somebody lost, from whichever page of the desk."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consulta.accounts.models import User
from consulta.groups import second_factor
from consulta.web.desk.access import person

_PLAIN: dict[type[Exception], Callable[[], str]] = {
    second_factor.OwnFactorError: lambda: _(
        "Your own second factor is taken off by another officer, or changed in your account."
    ),
    second_factor.NoFactorError: lambda: _("The account has no second factor."),
}


def take_off(request: HttpRequest, user: User) -> None:
    """Take it off if the officer is sure who asks; say what was done, or why it was not.

    Raises NotAllowedError.
    """
    if request.POST.get("sure") != "1":
        messages.error(request, _("Tick that you know who asks: nothing was changed."))
        return
    try:
        second_factor.take_off(user, by=person(request))
    except tuple(_PLAIN) as error:
        messages.error(request, _PLAIN[type(error)]())
    else:
        messages.success(request, _("The second factor is off. The person was written to."))
