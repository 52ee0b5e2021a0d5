"""The address of a plan: everything that is asked stands in it, so that it can be kept and sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from consulta.consultations import wording
from consulta.core import calendar
from consulta.core.calendar import NotADayError
from consulta.core.changes import DAYS_OPEN
from consulta.core.rules import Procedure

TRIED = ("if_name", "if_day", "if_days_open", "if_roll")


@dataclass(frozen=True, slots=True)
class Chosen:
    """One date that was set: in words, and the address without it."""

    words: str
    href: str


def asked(given: QueryDict, usual: dict[str, object]) -> QueryDict:
    """What is asked; where nothing is, what is usually chosen."""
    if given:
        return given
    filled = QueryDict(mutable=True)
    for name, value in usual.items():
        filled.setlist(name, value if isinstance(value, list) else [str(value)])
    return filled


def applying(data: QueryDict, pair: str) -> str:
    """The address with one more date set; the same name set before gives way."""
    changed = without_trial(data)
    name = pair.partition("=")[0]
    kept = [one for one in changed.getlist("set") if one.partition("=")[0] != name]
    changed.setlist("set", [*kept, pair])
    return f"?{changed.urlencode()}#proposals"


def trial_applied(data: QueryDict, dates: Sequence[str]) -> str:
    """The address in which what was tried is planned."""
    changed = without_trial(data)
    for field, tried in ((DAYS_OPEN, "if_days_open"), ("roll", "if_roll")):
        if wished := data.get(tried):
            changed[field] = str(wished)
    moved = {pair.partition("=")[0] for pair in dates}
    kept = [one for one in changed.getlist("set") if one.partition("=")[0] not in moved]
    changed.setlist("set", [*kept, *dates])
    return f"?{changed.urlencode()}#proposals"


def without_trial(data: QueryDict) -> QueryDict:
    """What is asked, without the what-if."""
    changed = data.copy()
    for name in TRIED:
        changed.pop(name, None)
    return changed


def fields(data: QueryDict) -> list[tuple[str, str]]:
    """What is asked, without the what-if, as the hidden fields of another form."""
    kept = without_trial(data)
    return [(name, value) for name in kept for value in kept.getlist(name)]


def chosen(data: QueryDict, rules: Procedure, names: dict[str, str]) -> list[Chosen]:
    """The dates that were set, each with the address without it."""
    return list(_chosen(data, rules, names))


def _chosen(data: QueryDict, rules: Procedure, names: dict[str, str]) -> Iterator[Chosen]:
    pairs = data.getlist("set")
    for pair in pairs:
        name, _equals, value = pair.partition("=")
        rest = without_trial(data)
        rest.setlist("set", [other for other in pairs if other != pair])
        words = {"what": _named(name, rules, names), "day": _written(value)}
        yield Chosen(_("%(what)s: on %(day)s") % words, f"?{rest.urlencode()}#proposals")


def _named(name: str, rules: Procedure, names: dict[str, str]) -> str:
    """Name a meeting, or a milestone with the number of its consultation."""
    plain, _at, number = name.partition("@")
    if name in names:
        return names[name]
    own = next((r.name for r in rules.rules if plain in (r.name, r.sets)), "")
    found = wording.named(own, rules) if own else None
    if found is None:
        return name
    words = {"number": number, "milestone": wording.milestone_name(found)}
    return _("Consultation %(number)s: %(milestone)s") % words if number else words["milestone"]


def _written(value: str) -> str:
    try:
        return wording.day(calendar.parse_day(value))
    except NotADayError:
        return value
