"""Why an act on members was refused, in a sentence that says how to mend it."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from consulta.groups import membership, offices, terms
from consulta.groups.models import Membership
from consulta.groups.roster import LineSlip, RosterRefusedError, Slip
from consulta.stakeholders import states
from consulta.web.ui import delegations
from consulta.web.ui.languages import current
from consulta.web.ui.templatetags.ui import written


def refusal(act: Callable[[], object]) -> str:
    """Do *act*; return empty, or the sentence that says why it was refused and how to mend it."""
    try:
        act()
    except membership.AlreadyMemberError as error:
        return _(
            "%(member)s has a place in the group on some of these days already. Change the days."
        ) % {"member": membership.name(error.standing, current()).text}
    except membership.KindNotAllowedError as error:
        return _kind(error.kind)
    except states.NameDayError as error:
        return _("The name that stands begins on %(day)s. Choose a later day.") % {
            "day": written(error.first)
        }
    except tuple(_PLAIN) as error:
        return _PLAIN[type(error)]()
    except delegations.REFUSED as error:
        return delegations.sentence(error)
    return ""


def lines(error: RosterRefusedError) -> list[str]:
    """Say of each line that cannot be taken what is wrong with it."""
    return [
        _("Line %(number)s, “%(line)s”: %(why)s")
        % {"number": slip.number, "line": slip.line[:60], "why": _why(slip)}
        for slip in error.slips
    ]


def _why(slip: LineSlip) -> str:
    if slip.slip is Slip.KIND:
        return _kind(slip.part)
    return _SLIPS[slip.slip]() % {"part": slip.part[:40]}


def _kind(kind: str) -> str:
    named = dict(Membership.Kind.choices).get(kind, kind)
    return _(
        "This group has no members of the kind “%(kind)s”. Allow the kind under “Mandate and rules” first."
    ) % {"kind": named}


_SLIPS: dict[Slip, Callable[[], str]] = {
    Slip.UNKNOWN_CODE: lambda: _(
        "“%(part)s” is no code of a country in ISO 3166-1. Write two letters, such as CH."
    ),
    Slip.SAMPLE_CODE: lambda: _(
        "“%(part)s” is a code for sample states, which a real body has none of."
    ),
    Slip.TWICE: lambda: _("“%(part)s” stands in an earlier line too. Take one of them out."),
    Slip.MEMBER_ALREADY: lambda: _("“%(part)s” is a member already. Take the line out."),
    Slip.DAY: lambda: _("“%(part)s” is no day. Write it as 2019-03-01."),
    Slip.TOO_MUCH: lambda: _(
        "“%(part)s” is neither a kind (member, observer, sector-member) nor a day. Take it out."
    ),
}
_PLAIN: dict[type[Exception], Callable[[], str]] = {
    membership.DaysReversedError: lambda: _(
        "The last day lies before the first. Correct one of them."
    ),
    offices.OfficeEndedError: lambda: _("This term has ended on that day or earlier already."),
    terms.NoKindError: lambda: _("A group has members of at least one kind: choose one."),
}
