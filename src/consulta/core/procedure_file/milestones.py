"""The milestones of a procedure's file: anchors, offsets, and one rule for each sentence."""

from typing import Any

from consulta.core import rules
from consulta.core.calendar import Roll, RollOff, Unit, Weekday
from consulta.core.procedure_file.parts import Frame, when
from consulta.core.procedure_file.sections import FURTHEST, Section
from consulta.core.rules import Anchor, Bound, MilestoneKind, MilestoneRule, Offset


def anchor(section: Section, frame: Frame) -> Anchor:
    """Read one anchor."""
    found = Anchor(
        name=section.name(dotted=True),
        kind=section.choice("kind", rules.AnchorKind),
        required=section.take("required", bool, default=True),
        label=section.label(frame.languages),
    )
    section.done()
    return found


def milestone(section: Section, frame: Frame) -> MilestoneRule:
    """Read one milestone's rule."""
    bound = section.choice("bound", Bound)
    rule = MilestoneRule(
        name=section.name(),
        kind=section.choice("kind", MilestoneKind),
        anchor=frame.counted_from(section.take("anchor", str)),
        offset=_offset(section, bound),
        bound=bound,
        modality=section.choice("modality", rules.Modality),
        preference=section.choice("preference", Weekday) if "preference" in section.data else None,
        preference_source=section.take("preference_source", str, default=""),
        sets=section.take("sets", str, default=""),
        follows=section.take("follows", str, default=""),
        least_days=section.count("least_days", default=0),
        optional=section.take("optional", bool, default=False),
        label=section.label(frame.languages),
        when=when(section, frame),
        phase=section.take("phase", str, default=""),
        sign_off=section.take("sign_off", str, default=""),
        **_sentence(section),
        **_instant(section),
    )
    _check(section, rule)
    section.done()
    return rule


def _sentence(section: Section) -> dict[str, Any]:
    """Read where a rule stands, and in which words."""
    return {
        "clause": section.take("clause", str),
        "source": section.source(),
        "original": section.take("original", str, default=""),
        "translations": section.some_texts("translations"),
        "verified": section.verified(),
    }


def _instant(section: Section) -> dict[str, Any]:
    """Read at which hour a day ends, and off which days it moves."""
    return {
        "roll": section.choice("roll", Roll, default=Roll.EXACT),
        "roll_off": section.choice("roll_off", RollOff, default=RollOff.WEEKEND),
        "roll_in_rule": section.take("roll_in_rule", bool, default=False),
        "tolerance_days": section.count("tolerance_days", default=0),
        "hour": section.hour() if "hour" in section.data else None,
        "zone": section.zone(default=""),
    }


def _check(section: Section, rule: MilestoneRule) -> None:
    """Refuse what contradicts itself within one milestone."""
    if rule.sign_off and rule.kind is not MilestoneKind.OUTPUT:
        raise section.fail("sign_off", 'only a document has one; write kind = "output"')
    if rule.roll_in_rule and rule.roll is Roll.EXACT:
        raise section.fail("roll_in_rule", 'needs roll = "back" or "forward": which way it moves')


def _offset(section: Section, bound: Bound) -> Offset:
    """Read ``days``, ``weeks``, ``months`` or ``working_days``: one number, or two for a window."""
    units = [unit for unit in Unit if unit.value in section.data]
    if len(units) != 1:
        raise section.fail("days", f"give exactly one of {', '.join(Unit)}")
    key = units[0].value
    value = section.take(key, object)
    if bound is Bound.WINDOW or (bound is Bound.PREFERENCE and isinstance(value, list)):
        return _window(section, key, value)
    number = _whole(section, key, value)
    if bound is Bound.MINIMUM and number < 0:
        mend = 'a minimum is counted forward; "at least so long before" is bound = "at_latest"'
        raise section.fail(key, mend)
    first = None if bound is Bound.AT_LATEST else number
    last = None if bound in (Bound.AT_EARLIEST, Bound.MINIMUM) else number
    return Offset(first, last, units[0])


def _window(section: Section, key: str, value: object) -> Offset:
    match value:
        case [first, last]:
            days = Offset(_whole(section, key, first), _whole(section, key, last), Unit(key))
            if days.first is not None and days.last is not None and days.first <= days.last:
                return days
    raise section.fail(key, "a window needs two numbers, the smaller one first, e.g. [0, 15]")


def _whole(section: Section, key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise section.fail(key, "must be one whole number; two in brackets only for a window")
    if abs(value) > FURTHEST:
        raise section.fail(key, f"reaches too far; write a number from -{FURTHEST} to {FURTHEST}")
    return value
