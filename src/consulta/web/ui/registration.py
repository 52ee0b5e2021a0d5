"""The fields of a registration, the same for the public, delegations and the desk; and its refusals."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consulta.core.languages import LANGUAGES
from consulta.core.plaintext import one_line, says_something, storable
from consulta.live.models import Mode, RegistrationTerms
from consulta.live.needs import Needs
from consulta.live.registration_errors import (
    AlreadyRegisteredError,
    ClosesBeforeItOpensError,
    Door,
    KindNotRegisteredError,
    ListTooOpenError,
    ModeNotOfferedError,
    NoModeOfferedError,
    NotMeetingDayError,
    NotStandingError,
    RegistrationClosedError,
    UnlistedNotAllowedError,
)
from consulta.mailroom.outbox import NotMailableError
from consulta.web.ui.templatetags.ui import language_name

Choices = Sequence[tuple[str, Any]]
NEEDS = ("captions", "sign_language", "wheelchair", "large_print", "other")


class Line(forms.CharField):
    """A name or another text of one line, without signs that turn or hide what stands beside them."""

    def to_python(self, value: Any) -> str:
        """The text in one line."""
        return one_line(str(value or ""))

    def validate(self, value: str) -> None:
        """Blanks and signs that nobody sees are no name."""
        super().validate(value if says_something(value) else "")


def name() -> Line:
    """The field of the name."""
    return Line(
        label=_("Name, as it is listed"),
        max_length=200,
        error_messages={"required": _("Give the name under which you are listed.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )


def organisation() -> Line:
    """The field of the organisation."""
    return Line(
        label=_("Organisation"),
        required=False,
        max_length=300,
        help_text=_("For which you come. Leave it empty if you come for yourself."),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )


def mode(terms: RegistrationTerms | None, *, room_is_full: bool = False) -> forms.ChoiceField:
    """How one takes part, of what the terms offer; the desk (None) is offered both."""
    offered: list[tuple[str, str]] = []
    if terms is None or terms.takes_in_person:
        full = _("In the room: all places are taken, you go on the waiting list")
        offered.append((Mode.IN_PERSON, full if room_is_full else _("In the room")))
    if terms is None or terms.takes_remote:
        offered.append((Mode.REMOTE, _("Remotely")))
    return forms.ChoiceField(
        label=_("How do you take part?"),
        choices=offered,
        widget=forms.RadioSelect,
        initial=offered[0][0] if len(offered) == 1 else None,
        error_messages={"required": _("Choose how you take part.")},
    )


def unlisted() -> forms.BooleanField:
    """The wish not to be named."""
    return forms.BooleanField(label=_("Do not name me in the list"), required=False)


def add_needs(form: forms.Form, spoken: Sequence[str]) -> None:
    """Put what a person may need on *form*; captions come in the languages *spoken*."""
    codes = list(spoken) or list(LANGUAGES)
    form.fields["captions"] = forms.ChoiceField(
        label=_("Captions in"),
        required=False,
        choices=[("", _("I need none")), *((c, language_name(c, own=True)) for c in codes)],
    )
    form.fields["sign_language"] = Line(
        label=_("Sign language"),
        required=False,
        max_length=60,
        help_text=_("Which one you need, such as International Sign."),
    )
    form.fields["wheelchair"] = forms.BooleanField(
        label=_("I come with a wheelchair, or cannot take steps"), required=False
    )
    form.fields["large_print"] = forms.BooleanField(
        label=_("I need documents in large print"), required=False
    )
    form.fields["other"] = forms.CharField(
        label=_("Anything else that you need to take part"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


def needs_of(told: dict[str, Any]) -> Needs:
    """What somebody needs, from the checked values of a form."""
    return Needs(
        captions=told.get("captions", ""),
        sign_language=told.get("sign_language", ""),
        wheelchair=bool(told.get("wheelchair")),
        large_print=bool(told.get("large_print")),
        other=storable(told.get("other", "")).strip(),
    )


def needs_typed(needs: Needs | None) -> dict[str, Any]:
    """What a form shows of *needs*."""
    return {name: getattr(needs, name) for name in NEEDS} if needs else {}


def needs_lines(needs: Needs) -> list[tuple[str, str]]:
    """*needs* as pairs of a name and a value, in words."""
    lines = [
        (_("Captions in"), language_name(needs.captions) if needs.captions else ""),
        (_("Sign language"), needs.sign_language),
        (_("Wheelchair"), _("yes") if needs.wheelchair else ""),
        (_("Documents in large print"), _("yes") if needs.large_print else ""),
        (_("Anything else"), needs.other),
    ]
    return [(label, value) for label, value in lines if value]


def bare_address(value: str) -> str:
    """An address without blanks around it. Raises ValidationError for one that holds a line break."""
    if any(sign in value for sign in "\r\n\0"):
        raise ValidationError(
            _("This is not a whole e-mail address. Write it like name@example.org.")
        )
    return value.strip()


_PLAIN: dict[type[Exception], Callable[[], str]] = {
    ModeNotOfferedError: lambda: _("One cannot take part in this way. Choose another one."),
    UnlistedNotAllowedError: lambda: _("Everybody who comes to this meeting is named in its list."),
    AlreadyRegisteredError: lambda: _("Somebody is registered under this name already."),
    KindNotRegisteredError: lambda: _("Members of this kind do not register for this meeting."),
    NotStandingError: lambda: _("This registration was cancelled, or the meeting is over."),
    NotMeetingDayError: lambda: _("The meeting is not held today, so nobody can be there yet."),
    ClosesBeforeItOpensError: lambda: _(
        "Registration closes after it opens. Correct one of the two."
    ),
    NoModeOfferedError: lambda: _("Choose at least one way in which one can take part."),
    ListTooOpenError: lambda: _("The list of a meeting of the group cannot be for everyone."),
    NotMailableError: lambda: _(
        "No mail can be sent to this address. Use Latin letters before the @ sign."
    ),
}
_DOORS: dict[Door, Callable[[], str]] = {
    Door.OPEN: lambda: "",
    Door.NONE: lambda: _("Nobody can register for this meeting yet."),
    Door.EARLY: lambda: _("Registration has not opened yet."),
    Door.CLOSED: lambda: _("Registration is closed."),
    Door.CANCELLED: lambda: _("The meeting was cancelled."),
}
REFUSED: tuple[type[Exception], ...] = (*_PLAIN, RegistrationClosedError)


def refusal(error: Exception) -> str:
    """Say why a registration was refused, and how to mend it."""
    if isinstance(error, RegistrationClosedError):
        return closed(error.door)
    return _PLAIN[type(error)]()


def closed(door: Door) -> str:
    """Say why a meeting takes no registrations now; empty where it does."""
    return _DOORS[door]()
