"""The words of the clock: verdicts, conflicts and dates as whole sentences in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from consulta.consultations import known_then_wording
from consulta.core import calendar
from consulta.core.calendar import Roll, Weekday
from consulta.core.conflicts import Code, Finding
from consulta.core.languages import public_code
from consulta.core.milestones import Milestone
from consulta.core.multilingual import choose
from consulta.core.regime import Texts
from consulta.core.rules import Bound, MilestoneRule, Modality, Procedure
from consulta.core.verdicts import Side, Status, Verdict

MILESTONES = {
    "opening": gettext_lazy("Opening of the consultation"),
    "responses_due": gettext_lazy("Responses due"),
    "report_published": gettext_lazy("Consolidated report published"),
    "open_meeting": gettext_lazy("Open meeting"),
    "replies_due": gettext_lazy("Replies to the comments due"),
}
ANCHORS = {
    "deciding_meeting.end": gettext_lazy("last day of the meeting that decided the topic"),
    "group_meeting.start": gettext_lazy("first day of the group's next meeting"),
    "open_meeting.start": gettext_lazy("first day of the open meeting"),
    "opening.date": gettext_lazy("day announced for the opening"),
    "responses_due.date": gettext_lazy("day announced for the close"),
    "opening": gettext_lazy("day on which the consultation opens"),
    "responses_due": gettext_lazy("day on which responses are due"),
    "publication.date": gettext_lazy("day of publication"),
}
STATUSES = {
    Status.KEPT: gettext_lazy("kept"),
    Status.KEPT_WITH_TOLERANCE: gettext_lazy("kept with tolerance"),
    Status.MISSED: gettext_lazy("missed"),
    Status.OVERDUE: gettext_lazy("overdue"),
    Status.NOT_DUE: gettext_lazy("not due yet"),
    Status.UNKNOWN: gettext_lazy("not known"),
}
MODALITIES = {
    Modality.SHALL: gettext_lazy("The text says “shall”: it is an obligation."),
    Modality.SHOULD: gettext_lazy("The text says “should”: it is a recommendation."),
    Modality.MAY: gettext_lazy("The text says “may”: it is allowed, and never overdue."),
}
ROLLS = {
    Roll.EXACT: gettext_lazy("A date on a weekend stays where it is."),
    Roll.BACK: gettext_lazy("A date on a weekend moves back to the Friday before."),
    Roll.FORWARD: gettext_lazy("A date on a weekend moves forward to the Monday after."),
}


def day(value: date) -> str:
    """Write a day with its weekday, as the language writes it."""
    return _("%(weekday)s, %(date)s") % {
        "weekday": _in_a_sentence(str(WEEKDAYS[value.weekday()])),
        "date": date_format(value, "DATE_FORMAT"),
    }


def weekday(value: Weekday) -> str:
    """Name a weekday."""
    return _in_a_sentence(str(WEEKDAYS[tuple(Weekday).index(value)]))


def _in_a_sentence(name: str) -> str:
    """Write the name of a weekday as it stands in a sentence: small in Russian."""
    return name.lower() if get_language() == "ru" else name


def milestone_name(milestone: MilestoneRule | str) -> str:
    """Name a milestone for people: as its procedure labels it, else in the usual words.

    A name without its rule has only the usual words; where there are none, it stands as it is.
    """
    if isinstance(milestone, str):
        return str(MILESTONES.get(milestone, milestone.replace("_", " ").capitalize()))
    return _label(milestone.label) or milestone_name(milestone.name)


def anchor_name(name: str, rules: Procedure | None = None) -> str:
    """Say what an anchor is: as its procedure labels it, else in the usual words.

    A rule may also count from another milestone of *rules*: then from the day of that one.
    """
    own = {anchor.name: _label(anchor.label) for anchor in rules.anchors} if rules else {}
    if label := own.get(name):
        return label
    if rules and (milestone := named(name, rules)) and _label(milestone.label):
        return _("day of this: %(milestone)s") % {"milestone": milestone_name(milestone)}
    return str(ANCHORS.get(name, name))


def named(name: str, rules: Procedure) -> MilestoneRule | None:
    """Return the rule of the milestone called *name*; None where *rules* have no such one."""
    return rules.rule(name) if name in {rule.name for rule in rules.rules} else None


def _label(label: Texts) -> str:
    """Return a label of the file in the reader's language; empty where the file has none."""
    return choose(label, public_code(get_language() or "en"), original="en").text


def status(value: Status) -> str:
    """Name the status of a verdict in a word or two, for a badge."""
    return str(STATUSES[value])


def modality(value: Modality) -> str:
    """Say how strongly the text of the rule obliges."""
    return str(MODALITIES[value])


def verdict(found: Verdict) -> str:
    """Say a verdict in one sentence."""
    match found.status, found.side:
        case Status.KEPT, _side:
            return _("Kept.")
        case Status.KEPT_WITH_TOLERANCE, _side:
            return _("Kept, with the tolerance that the rule allows.")
        case Status.NOT_DUE, _side:
            return _("Not due yet.")
        case Status.UNKNOWN, _side:
            return _("Cannot be known from the dates on record.")
        case Status.OVERDUE, _side:
            text = ngettext("Overdue by %(days)d day.", "Overdue by %(days)d days.", _days(found))
        case _status, Side.EARLY:
            text = ngettext(
                "Missed by %(days)d day: it was too early.",
                "Missed by %(days)d days: it was too early.",
                _days(found),
            )
        case _:
            text = ngettext("Missed by %(days)d day.", "Missed by %(days)d days.", _days(found))
    return text % {"days": _days(found)}


def verdict_as_known_then(found: Verdict) -> str:
    """Say, in one sentence, the verdict by the dates that were known on the day, or earlier."""
    if found.by_earlier_dates:
        return known_then_wording.by_earlier_dates(found)
    match found.status:
        case Status.KEPT:
            return _("By the meeting date known on the day: kept.")
        case Status.KEPT_WITH_TOLERANCE:
            return _("By the meeting date known on the day: kept, with tolerance.")
        case Status.NOT_DUE:
            return _("By the meeting date known on the day: not due yet.")
        case Status.UNKNOWN:
            return _("By the meeting date known on the day: cannot be known.")
        case Status.OVERDUE:
            text = ngettext(
                "By the meeting date known on the day: overdue by %(days)d day.",
                "By the meeting date known on the day: overdue by %(days)d days.",
                _days(found),
            )
        case Status.MISSED:
            text = ngettext(
                "By the meeting date known on the day: missed by %(days)d day.",
                "By the meeting date known on the day: missed by %(days)d days.",
                _days(found),
            )
    return text % {"days": _days(found)}


def preference(milestone: Milestone) -> str:
    """Say whether the preferred day or weekday is met; empty where none is preferred or known."""
    if milestone.preference_met is None:
        return ""
    if milestone.rule.preference is None:
        return (
            _("The preferred day is met.")
            if milestone.preference_met
            else _("The preferred day is not met; that is no breach.")
        )
    wanted = {"weekday": weekday(milestone.rule.preference)}
    if milestone.preference_met:
        return _("The preferred weekday is met: %(weekday)s.") % wanted
    return _("The preferred weekday is not met: %(weekday)s.") % wanted


def explanation(milestone: Milestone, rules: Procedure | None = None) -> str:
    """Say in one sentence which days the rule allows, and what they are counted from.

    *rules*: the procedure, for its own names of what is counted from.
    """
    if milestone.anchor_day is None:
        return _("No date yet: it is counted from the %(anchor)s, which is not known.") % {
            "anchor": anchor_name(milestone.rule.anchor, rules)
        }
    days = {
        "earliest": day(milestone.earliest) if milestone.earliest else "",
        "latest": day(milestone.latest) if milestone.latest else "",
        "anchor": anchor_name(milestone.rule.anchor, rules),
        "anchor_day": day(milestone.anchor_day),
    }
    return _allowed(milestone) % days


def _allowed(milestone: Milestone) -> str:
    """Return the sentence for a bound: allowed days, and the anchor with its day."""
    match milestone.rule.bound:
        case Bound.PREFERENCE if milestone.earliest == milestone.latest:
            return _("Normally on %(latest)s. Counted from: %(anchor)s (%(anchor_day)s).")
        case Bound.PREFERENCE:
            return _(
                "Normally from %(earliest)s to %(latest)s. "
                "Counted from: %(anchor)s (%(anchor_day)s)."
            )
        case Bound.WINDOW:
            return _("From %(earliest)s to %(latest)s. Counted from: %(anchor)s (%(anchor_day)s).")
        case Bound.AT_LATEST:
            return _("On %(latest)s at the latest. Counted from: %(anchor)s (%(anchor_day)s).")
        case Bound.AT_EARLIEST:
            return _("On %(earliest)s at the earliest. Counted from: %(anchor)s (%(anchor_day)s).")
        case Bound.EXACTLY:
            return _("On %(latest)s. Counted from: %(anchor)s (%(anchor_day)s).")
        case Bound.MINIMUM:
            return _(
                "Not before %(earliest)s, and longer if wished. "
                "Counted from: %(anchor)s (%(anchor_day)s)."
            )


def no_day(typed: str) -> str:
    """Say that what was typed is no day that a rule can count with, and how to write one."""
    return _(
        "“%(text)s” is not a date; write an existing day as YYYY-MM-DD, between the years "
        "%(first)s and %(last)s."
    ) % {"text": typed[:80], **_years()}


def out_of_calendar() -> str:
    """Say that a date lies where no rule can be counted."""
    return _("A date lies outside the years %(first)s to %(last)s; choose nearer ones.") % _years()


def _years() -> dict[str, str]:
    return {"first": str(calendar.FIRST_YEAR), "last": str(calendar.LAST_YEAR)}


def finding(found: Finding, rules: Procedure | None = None) -> str:
    """Say a conflict or a note in one sentence; *rules*: the procedure, for its own names."""
    return SENTENCES[found.code](_written(found, rules))


Words = Mapping[str, str | int]


def _written(found: Finding, rules: Procedure | None) -> dict[str, str | int]:
    """Put the parameters into words: days and weekdays in the reader's language."""
    written: dict[str, str | int] = {"milestone": _named_in(found.milestone, rules)}
    for name, value in found.parameters.items():
        match value:
            case date():
                written[name] = day(value)
            case Weekday():
                written[name] = weekday(value)
            case str():
                written[name] = _named_in(value, rules)
            case _:
                written[name] = value
    return written


def _named_in(name: str, rules: Procedure | None) -> str:
    return milestone_name((named(name, rules) if rules else None) or name)


def _no_time(words: Words) -> str:
    return ngettext(
        "There is no time to respond: even if the consultation opens on the first day that the "
        "rule allows, that is %(days)d day after the last useful one, %(last)s.",
        "There is no time to respond: even if the consultation opens on the first day that the "
        "rule allows, that is %(days)d days after the last useful one, %(last)s.",
        int(words["days"]),
    ) % dict(words)


def _open_too_short(words: Words) -> str:
    days = max(0, int(words["days"]))
    return ngettext(
        "Opened on the last day that the rule allows, %(opens)s, the consultation is open for "
        "%(days)d day before responses are due on %(day)s; open it on %(last)s at the latest.",
        "Opened on the last day that the rule allows, %(opens)s, the consultation is open for "
        "%(days)d days before responses are due on %(day)s; open it on %(last)s at the latest.",
        days,
    ) % {**words, "days": days}


def _outside_rule(words: Words) -> str:
    if "earliest" not in words:
        return _(
            "%(milestone)s: %(day)s is after the last day that the rule allows, %(latest)s."
        ) % (dict(words))
    if "latest" not in words:
        return _(
            "%(milestone)s: %(day)s is before the first day that the rule allows, %(earliest)s."
        ) % dict(words)
    return _(
        "%(milestone)s: %(day)s is outside what the rule allows, %(earliest)s to %(latest)s."
    ) % dict(words)


def _rolled_past_rule(words: Words) -> str:
    return ngettext(
        "%(milestone)s: moved off the weekend to %(day)s, it misses the rule by %(days)d day.",
        "%(milestone)s: moved off the weekend to %(day)s, it misses the rule by %(days)d days.",
        int(words["days"]),
    ) % dict(words)


def _out_of_order(words: Words) -> str:
    return _(
        "The order is broken. First should come: %(other)s (%(other_day)s). "
        "Then: %(milestone)s (%(day)s)."
    ) % dict(words)


def _preference_impossible(words: Words) -> str:
    return _(
        "%(milestone)s: no %(preference)s lies between %(earliest)s and %(latest)s. The window is "
        "the rule and the start of the week a preference, so %(day)s stands."
    ) % dict(words)


def _preference_not_chosen(words: Words) -> str:
    return _(
        "%(milestone)s: %(day)s keeps the rule, but the start of the week is preferred; "
        "%(nearest)s would meet both."
    ) % dict(words)


def _rolled(words: Words) -> str:
    return _(
        "%(milestone)s: the last day, %(rolled_from)s, is on a weekend; %(day)s is proposed."
    ) % dict(words)


def _on_weekend(words: Words) -> str:
    return _("%(milestone)s: %(day)s is on a weekend.") % dict(words)


def _rolled_off_holiday(words: Words) -> str:
    return _(
        "%(milestone)s: the last day, %(rolled_from)s, is a public holiday; %(day)s is proposed."
    ) % dict(words)


def _on_holiday(words: Words) -> str:
    return _("%(milestone)s: %(day)s is a public holiday at the seat.") % dict(words)


def _hour_skipped(words: Words) -> str:
    return _(
        "%(milestone)s: on %(day)s the clocks are put forward and skip its hour, so it ends at the "
        "first instant after the change."
    ) % dict(words)


def _hour_repeated(words: Words) -> str:
    return _(
        "%(milestone)s: on %(day)s the clocks are put back and its hour comes twice, so it ends "
        "the second time."
    ) % dict(words)


def _not_yet_done(words: Words) -> str:
    return _(
        "%(milestone)s: %(day)s is still to come; it is judged as if done on that day."
    ) % dict(words)


SENTENCES: Mapping[Code, Callable[[Words], str]] = {
    Code.NO_TIME: _no_time,
    Code.OPEN_TOO_SHORT: _open_too_short,
    Code.OUTSIDE_RULE: _outside_rule,
    Code.ROLLED_PAST_RULE: _rolled_past_rule,
    Code.OUT_OF_ORDER: _out_of_order,
    Code.PREFERENCE_IMPOSSIBLE: _preference_impossible,
    Code.PREFERENCE_NOT_CHOSEN: _preference_not_chosen,
    Code.ROLLED: _rolled,
    Code.ROLLED_OFF_HOLIDAY: _rolled_off_holiday,
    Code.ON_HOLIDAY: _on_holiday,
    Code.HOUR_SKIPPED: _hour_skipped,
    Code.HOUR_REPEATED: _hour_repeated,
    Code.NOT_YET_DONE: _not_yet_done,
    Code.ON_WEEKEND: _on_weekend,
}


def _days(found: Verdict) -> int:
    return found.days or 0
