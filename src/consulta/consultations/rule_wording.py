"""The words of a procedure: how a rule binds, who may respond, what becomes of a response.

Each function gives one whole phrase or sentence in the reader's language.
"""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consulta.consultations import wording
from consulta.core.calendar import Roll, RollOff, Unit
from consulta.core.instruments import Stale, Status
from consulta.core.regime import Access, Content, Contest, Extending, Late, PaperCounts, Publish
from consulta.core.rules import Bound, MilestoneKind, MilestoneRule

BOUNDS: dict[Bound, Promise] = {
    Bound.AT_LATEST: gettext_lazy("At the latest then"),
    Bound.AT_EARLIEST: gettext_lazy("Not before then"),
    Bound.EXACTLY: gettext_lazy("On that day"),
    Bound.WINDOW: gettext_lazy("Between the two days, both included"),
    Bound.MINIMUM: gettext_lazy("At least so long; longer is allowed, shorter is not"),
    Bound.PREFERENCE: gettext_lazy("Normally then; another day is no breach"),
}
KINDS: dict[MilestoneKind, Promise] = {
    MilestoneKind.ACT: gettext_lazy("Something is done on a day"),
    MilestoneKind.DEADLINE: gettext_lazy("A deadline"),
    MilestoneKind.EVENT: gettext_lazy("A meeting or another event"),
    MilestoneKind.OUTPUT: gettext_lazy("A document is due"),
}
HOLIDAY_ROLLS: dict[Roll, Promise] = {
    Roll.EXACT: gettext_lazy("A date on a weekend or a public holiday stays where it is."),
    Roll.BACK: gettext_lazy(
        "A date on a weekend or a public holiday moves back to the working day before."
    ),
    Roll.FORWARD: gettext_lazy(
        "A date on a weekend or a public holiday moves forward to the working day after."
    ),
}
ACCESS: dict[Access, Promise] = {
    Access.OPEN: gettext_lazy("May respond without being on any list."),
    Access.LISTED: gettext_lazy("Must be on a list of those who may respond."),
    Access.AFTER_CLEARING: gettext_lazy("May respond; what they send is shown after clearing."),
}
CONTENTS: dict[Content, Promise] = {
    Content.RESPONSES: gettext_lazy("Responses are taken."),
    Content.REPLIES: gettext_lazy("Replies to what others sent are taken."),
    Content.VOTES: gettext_lazy("Votes are taken."),
}
PUBLISH: dict[Publish, Promise] = {
    Publish.AT_ONCE: gettext_lazy("As soon as it is accepted."),
    Publish.AT_CLOSE: gettext_lazy("After the close, all together."),
    Publish.AFTER_CLEARING: gettext_lazy("When a person has cleared it."),
}
LATE: dict[Late, Promise] = {
    Late.REFUSE: gettext_lazy("Refused: it is not taken into account, and stays on the register."),
    Late.ACCEPT_AND_MARK: gettext_lazy("Taken, and marked as late."),
}
PAPER: dict[PaperCounts, Promise] = {
    PaperCounts.ARRIVAL: gettext_lazy("The day on which it arrives counts."),
    PaperCounts.POSTMARK: gettext_lazy("The day of the postmark counts."),
}
EXTENDING: dict[Extending, Promise] = {
    Extending.RECORDED_DECISION: gettext_lazy("By a decision that is recorded and published."),
    Extending.PUBLISHED_NOTICE: gettext_lazy("By a further published notice."),
    Extending.NOT_PROVIDED: gettext_lazy(
        "Not provided for. Where it is done all the same, it stands on record as a deviation."
    ),
}
NORMS: dict[Status, Promise] = {
    Status.IN_FORCE: gettext_lazy("In force"),
    Status.ABROGATED: gettext_lazy("Abrogated"),
    Status.SUPERSEDED: gettext_lazy("Superseded by a later edition"),
    Status.NOT_KNOWN: gettext_lazy("Not known"),
}
STALE: dict[Stale, Promise] = {
    Stale.ABROGATED: gettext_lazy("It was abrogated."),
    Stale.SUPERSEDED: gettext_lazy("There is a later edition."),
}


def distance(rule: MilestoneRule) -> str:
    """Say how far from its anchor a rule lies: `40 calendar days after`, or from one to another."""
    first, last, unit = rule.offset.first, rule.offset.last, rule.offset.unit
    if first is not None and last is not None and first != last:
        return _("From %(first)s to %(last)s") % {
            "first": _away(first, unit),
            "last": _away(last, unit),
        }
    return _away(next((n for n in (last, first) if n is not None), 0), unit)


def _away(amount: int, unit: Unit) -> str:
    if amount == 0:
        return _("the same day")
    side = BEFORE if amount < 0 else AFTER
    return side[unit](abs(amount)) % {"count": abs(amount)}


Counted = Callable[[int], str]
BEFORE: dict[Unit, Counted] = {
    Unit.DAYS: lambda n: ngettext(
        "%(count)d calendar day before", "%(count)d calendar days before", n
    ),
    Unit.WEEKS: lambda n: ngettext("%(count)d week before", "%(count)d weeks before", n),
    Unit.MONTHS: lambda n: ngettext("%(count)d month before", "%(count)d months before", n),
    Unit.WORKING_DAYS: lambda n: ngettext(
        "%(count)d working day before", "%(count)d working days before", n
    ),
}
AFTER: dict[Unit, Counted] = {
    Unit.DAYS: lambda n: ngettext(
        "%(count)d calendar day after", "%(count)d calendar days after", n
    ),
    Unit.WEEKS: lambda n: ngettext("%(count)d week after", "%(count)d weeks after", n),
    Unit.MONTHS: lambda n: ngettext("%(count)d month after", "%(count)d months after", n),
    Unit.WORKING_DAYS: lambda n: ngettext(
        "%(count)d working day after", "%(count)d working days after", n
    ),
}


def unit_name(unit: Unit) -> str:
    """Name what is counted, for a field in which a number is chosen."""
    return str(UNITS[unit])


UNITS: dict[Unit, Promise] = {
    Unit.DAYS: gettext_lazy("calendar days"),
    Unit.WEEKS: gettext_lazy("weeks"),
    Unit.MONTHS: gettext_lazy("months"),
    Unit.WORKING_DAYS: gettext_lazy("working days"),
}


def rolling(rule: MilestoneRule) -> str:
    """Say what a rule's date does on a weekend, or on a public holiday of the seat too."""
    words = HOLIDAY_ROLLS if rule.roll_off is RollOff.HOLIDAY else wording.ROLLS
    return str(words[rule.roll])


def whose_roll(rule: MilestoneRule) -> str:
    """Say whether the text itself moves a date or the institution does; empty where none moves."""
    if rule.roll is Roll.EXACT:
        return ""
    return (
        _("The text itself says so.")
        if rule.roll_in_rule
        else _("This is a choice of the institution, not of the text.")
    )


def contest(right: Contest) -> str:
    """Say the right to contest the summary in one sentence."""
    return _(
        "The summary can be contested within %(days)d days of its publication; the answer is due"
        " within %(answer)d days."
    ) % {"days": right.days, "answer": right.answer_days}
