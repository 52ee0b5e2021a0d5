"""A delegation on a page, at the desk and on the members' side: its rows, its forms, its refusals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.groups import delegating, member_queries, members
from consulta.groups.models import Body, Delegate, Membership
from consulta.mailroom.outbox import NotMailableError
from consulta.web.ui import languages
from consulta.web.ui.days import day
from consulta.web.ui.templatetags.ui import language_name

#: What each role is for; shown beside the choice.
ROLES = {
    Delegate.Role.HEAD: gettext_lazy("speaks for the member first"),
    Delegate.Role.DELEGATE: gettext_lazy("reads, submits contributions, states positions"),
    Delegate.Role.ADMINISTRATOR: gettext_lazy("does the same, and manages the delegation"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One place in the delegation: whether it *runs* today, and until which day (None: no day is set)."""

    delegate: Delegate
    runs: bool
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A delegation: who acts for the member now, and who did."""

    running: Sequence[Row]
    past: Sequence[Row]

    @property
    def administrators(self) -> int:
        """How many manage the delegation today."""
        return sum(row.delegate.role == Delegate.Role.ADMINISTRATOR for row in self.running)


class Invite(forms.Form):
    """Whom to invite, as what, until when, in which language the letter is."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), widget=forms.RadioSelect, initial=Delegate.Role.DELEGATE
    )
    until_on = day(
        gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: as long as the membership and the mandate of the group."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"),
        help_text=gettext_lazy(
            "Whoever has an account already is written to in their own language."
        ),
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = body.languages or list(languages.names())
        offered = [(code, language_name(code)) for code in languages.names() if code in spoken]
        self.fields["role"].choices = _roles()  # type: ignore[attr-defined]
        self.fields["language"].choices = offered  # type: ignore[attr-defined]
        self.fields["language"].initial = languages.current()

    def invitation(self) -> delegating.Invitation:
        """What was typed, for the act."""
        return delegating.Invitation(**self.cleaned_data)


class Change(forms.Form):
    """Another role or another last day."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.RadioSelect)
    until_on = day(
        gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: as long as the membership and the mandate of the group."),
    )

    def __init__(self, *args: Any, delegate: Delegate, **kwargs: Any) -> None:
        kwargs["initial"] = {"role": delegate.role, "until_on": delegate.until_on}
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _roles()  # type: ignore[attr-defined]


def shown(membership: Membership) -> Shown:
    """Return the delegation of *membership*, those who act today first. One query."""
    today = members.today(membership.group.body)
    rows = [
        Row(delegate, delegate.runs(today), _ends_on(delegate))
        for delegate in member_queries.delegates(membership)
    ]
    return Shown([row for row in rows if row.runs], [row for row in rows if not row.runs])


def act(name: str, delegate: Delegate, form: Change, *, by: Any, knowing: bool) -> str:
    """Change or end a place, as the button says; return the sentence that says what was done."""
    if name == "end":
        delegating.end(delegate, by=by, knowing=knowing)
        return _(
            "The place has ended, and the person was written to. What they did stays on record."
        )
    told = form.cleaned_data
    delegating.change(
        delegate, role=told["role"], until_on=told["until_on"], by=by, knowing=knowing
    )
    return _("Role and last day are as you set them.")


def refusal(done: Callable[[], object]) -> str:
    """Do it; return empty, or the sentence that says why it was refused and how to mend it."""
    try:
        done()
    except REFUSED as error:
        return sentence(error)
    return ""


def sentence(error: Exception) -> str:
    """Say what *error* means for whoever manages a delegation."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return SENTENCES[type(error)]()


def _roles() -> list[tuple[str, str]]:
    return [
        (role.value, _("%(role)s: %(does)s") % {"role": role.label, "does": does})
        for role, does in ROLES.items()
    ]


def _ends_on(delegate: Delegate) -> date | None:
    """The last day that counts: of the place, the membership or the mandate, whichever comes first."""
    membership = delegate.membership
    days = (delegate.until_on, membership.until_on, membership.group.mandate_ends_on)
    return min((one for one in days if one is not None), default=None)


SENTENCES: dict[type[Exception], Callable[[], str]] = {
    delegating.MembershipEndedError: lambda: _(
        "The membership, or the mandate of the group, does not run today, so nobody can be invited."
        " Ask the secretariat to check its days."
    ),
    delegating.DelegateAlreadyError: lambda: _(
        "This address belongs to the delegation already. Change its role or its last day instead."
    ),
    delegating.WorksForBodyError: lambda: _(
        "This address works for the secretariat, so it cannot speak for a member. Give another"
        " address, or ask the secretariat."
    ),
    delegating.AccountBlockedError: lambda: _(
        "The account with this address may not sign in. Give another address, or ask the secretariat."
    ),
    delegating.DayPastError: lambda: _(
        "This day is past. Choose a day to come, or leave it empty; to end the place now, use the"
        " button below."
    ),
    delegating.LastAdministratorError: lambda: _(
        "Nobody else manages this delegation. Make somebody else its administrator first, or tick"
        " that you know it: only the secretariat can then appoint one."
    ),
    delegating.EndedAlreadyError: lambda: _(
        "This place has ended already, a moment ago or by somebody else. Invite the person again if"
        " they shall act for the member."
    ),
    NotMailableError: lambda: _("Mail cannot be sent to this address; check how it is written."),
}
REFUSED: tuple[type[Exception], ...] = (ValidationError, *SENTENCES)
