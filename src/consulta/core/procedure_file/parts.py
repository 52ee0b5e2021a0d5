"""What a procedure's file says beyond its dates: choices, phases, tiers, terms, the seat."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from consulta.core import regime, rules
from consulta.core import seat as seats
from consulta.core.procedure_file.sections import Section
from consulta.core.regime import Choice, Contest, Extension, Option, Phase, Responding, Tier, When
from consulta.core.seat import Seat


@dataclass(frozen=True, slots=True)
class Frame:
    """What the milestones of a file refer to: its languages, choices and phases."""

    languages: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    phases: tuple[Phase, ...] = ()
    phase_ends: Mapping[str, str] = field(default_factory=dict)

    def counted_from(self, name: str) -> str:
        """Return the milestone that opens or closes a phase for ``PHASE.opens``, else *name*."""
        return self.phase_ends.get(name, name)


def frame(top: Section, languages: tuple[str, ...]) -> Frame:
    """Read the choices and phases of a file."""
    choices = tuple(_choice(section, languages) for section in top.tables("choices", []))
    known = Frame(languages, choices)
    phases = tuple(_phase(section, known) for section in top.tables("phases", []))
    ends = {f"{phase.name}.opens": phase.opens for phase in phases}
    ends |= {f"{phase.name}.closes": phase.closes for phase in phases}
    return Frame(languages, choices, phases, ends)


def when(section: Section, known: Frame) -> When:
    """Read ``when``: of which choices which options must be chosen; empty: always."""
    if "when" not in section.data:
        return MappingProxyType({})
    table, options = section.table("when"), {c.name: c.options for c in known.choices}
    found = {}
    for name in list(table.data):
        if name not in options:
            allowed = ", ".join(options) or "there are none: add [[choices]]"
            raise table.fail(name, f"is not a choice of this file; it has: {allowed}")
        found[name] = _options(table, name, options[name])
    return MappingProxyType(found)


def _options(table: Section, name: str, options: tuple[Option, ...]) -> tuple[str, ...]:
    allowed, wanted = [option.name for option in options], table.words(name)
    if not wanted or not set(wanted) <= set(allowed):
        raise table.fail(name, f"must list one or more of: {', '.join(allowed)}")
    return wanted


def _choice(section: Section, languages: tuple[str, ...]) -> Choice:
    choice = Choice(
        name=section.name(),
        label=section.texts("label", languages),
        default=section.take("default", str),
        options=tuple(_option(part, languages) for part in section.tables("options")),
    )
    names = [option.name for option in choice.options]
    if len(names) < 2 or len(set(names)) < len(names):
        raise section.fail("options", "a choice needs two options or more, each with its own name")
    if choice.default not in names:
        raise section.fail("default", f"{choice.default!r} is not one of {', '.join(names)}")
    section.done()
    return choice


def _option(section: Section, languages: tuple[str, ...]) -> Option:
    option = Option(section.name(), section.texts("label", languages))
    section.done()
    return option


def _phase(section: Section, known: Frame) -> Phase:
    phase = Phase(
        name=section.name(),
        label=section.texts("label", known.languages),
        opens=section.take("opens", str),
        closes=section.take("closes", str),
        content=section.choice("content", regime.Content),
        source=section.source(),
        verified=section.verified(),
        when=when(section, known),
    )
    section.done()
    return phase


def tier(section: Section, languages: tuple[str, ...]) -> Tier:
    """Read one tier of respondents."""
    found = Tier(
        name=section.name(),
        label=section.texts("label", languages),
        access=section.choice("access", regime.Access),
        source=section.source(),
        verified=section.verified(),
    )
    section.done()
    return found


def responding(top: Section) -> Responding:
    """Read ``[responses]``: what becomes of a response."""
    if "responses" not in top.data:
        return Responding()
    section = top.table("responses")
    found = Responding(
        publish=section.choice("publish", regime.Publish, Responding().publish.value),
        late=section.choice("late", regime.Late, Responding().late.value),
        confidential_twin=section.take("confidential_twin", bool, default=False),
        paper_counts=section.choice("paper_counts", regime.PaperCounts, "arrival"),
        source=section.source(),
        verified=section.verified(),
    )
    section.done()
    return found


def extension(top: Section) -> Extension:
    """Read ``[extension]``: how a deadline is lengthened."""
    if "extension" not in top.data:
        return Extension()
    section = top.table("extension")
    found = Extension(
        allowed=section.choice("allowed", regime.Extending, Extension().allowed.value),
        reopening=section.take("reopening", bool, default=False),
        source=section.source(),
        verified=section.verified(),
    )
    section.done()
    return found


def contest(top: Section) -> Contest | None:
    """Read ``[contest]``: the right to contest the summary."""
    if "contest" not in top.data:
        return None
    section = top.table("contest")
    found = Contest(
        days=section.count("days"),
        answer_days=section.count("answer_days"),
        source=section.source(),
        verified=section.verified(),
    )
    section.done()
    return found


def seat(top: Section) -> Seat:
    """Read ``[seat]``: whose public holidays are no working days."""
    if "seat" not in top.data:
        return Seat()
    section = top.table("seat")
    found = Seat(section.take("country", str), section.take("subdivision", str, default=""))
    try:
        seats.check(found)
    except seats.UnknownSeatError as error:
        key = "country" if error.place == found.country else "subdivision"
        allowed = ", ".join(error.allowed) or "none: leave it out"
        raise section.fail(
            key, f"{error.place!r} has no list of holidays; there are: {allowed}"
        ) from error
    section.done()
    return found


def terms(top: Section) -> rules.Terms:
    """Read ``[terms]``: what is public, and who may withhold what."""
    section = top.table("terms")
    found = rules.Terms(
        text_public=section.take("text_public", bool),
        name_withheld_by=section.words("name_withheld_by"),
        country_withheld_by=section.words("country_withheld_by"),
    )
    section.done()
    return found
