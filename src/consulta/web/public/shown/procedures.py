"""What pages show of a procedure: each sentence with what it binds, and what nobody has checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import time

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consulta.consultations import rule_wording as words
from consulta.consultations import wording
from consulta.core import instruments, shelf
from consulta.core import procedure as procedures
from consulta.core.instruments import Citation, Edition
from consulta.core.multilingual import Text, choose
from consulta.core.regime import Texts, When
from consulta.core.rules import MilestoneRule, Procedure
from consulta.web.ui.templatetags.ui import country, phrase

Pair = tuple[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One sentence of a procedure: what it is about, its words, what follows, and whether checked.

    *facts*: pairs of a term and what it is.
    """

    label: str
    source: Text
    clause: str = ""
    original: Text | None = None
    facts: Sequence[Pair] = ()
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of the norm that is stale: of what, where, why, and what to cite instead."""

    what: str
    where: str
    why: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """The edition of the norm that a file puts into data."""

    name: str
    title: Text
    edition: str
    status: str
    source: str
    verified: bool
    stale: Sequence[Cited] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A whole procedure, in the order in which a reader asks."""

    rules: Procedure
    title: Text
    facts: Sequence[Pair]
    choices: Sequence[Pair]
    milestones: Sequence[Part]
    phases: Sequence[Part]
    tiers: Sequence[Part]
    responses: Part
    extension: Part
    contest: Part | None
    norm: Norm | None
    editions: Sequence[Procedure] = field(default=())


def listed(language: str) -> list[tuple[Procedure, Text]]:
    """Return every procedure that can be read with its title, by body and title; those of no
    body first.
    """
    found = [(rules, choose(rules.title, language)) for rules in procedures.survey().readable]
    return sorted(found, key=lambda pair: (pair[0].body, pair[1].text))


def shown(rules: Procedure, language: str) -> Shown:
    """Put *rules* into the words of a page in *language*."""
    return Shown(
        rules=rules,
        title=choose(rules.title, language),
        facts=list(_facts(rules)),
        choices=[
            (_in(c.label, language), _options(c.name, rules, language)) for c in rules.choices
        ],
        milestones=[_milestone(rule, rules, language) for rule in rules.rules],
        phases=list(_phases(rules, language)),
        tiers=list(_tiers(rules, language)),
        responses=_responses(rules),
        extension=_extension(rules),
        contest=_contest(rules),
        norm=_norm(rules, language),
        editions=[r for r in procedures.families().get(rules.family, ()) if r.slug != rules.slug],
    )


def file_bytes(slug: str) -> bytes:
    """Return the file of the procedure called *slug* as it is; it exists."""
    paths = (folder / f"{slug}.toml" for folder in shelf.folders())
    return next(path for path in paths if path.is_file()).read_bytes()


def _in(texts: Texts, language: str) -> str:
    return choose(texts, language, original="en").text


def _facts(rules: Procedure) -> Iterator[Pair]:
    yield _("Body"), rules.body or _("Any body")
    yield _("Deadlines end at"), _hour(rules.hour, rules.zone)
    if rules.seat.country:
        yield _("Public holidays of"), _place(rules)
    yield _("Dates to give"), " · ".join(_anchor(a.name, rules) for a in rules.anchors)


def _anchor(name: str, rules: Procedure) -> str:
    return capfirst(wording.anchor_name(name, rules))


def _hour(hour: time, zone: str) -> str:
    """Write an hour with its zone as the tz database names it, left to right everywhere."""
    return phrase(f"{hour:%H:%M:%S}, {zone}", "en")


def _place(rules: Procedure) -> str:
    seat = rules.seat
    return (
        f"{country(seat.country)} ({seat.subdivision})"
        if seat.subdivision
        else country(seat.country)
    )


def _options(name: str, rules: Procedure, language: str) -> str:
    choice = next(choice for choice in rules.choices if choice.name == name)
    return " · ".join(_in(option.label, language) for option in choice.options)


def _milestone(rule: MilestoneRule, rules: Procedure, language: str) -> Part:
    said = rule.sentence(language, original_language=rules.original_language)
    differs = bool(rule.original) and rules.original_language != said.language
    return Part(
        label=wording.milestone_name(rule),
        source=said,
        clause=rule.clause,
        original=Text(rule.original, rules.original_language) if differs else None,
        facts=list(_bound_facts(rule, rules, language)),
        verified=rule.verified,
    )


def _bound_facts(rule: MilestoneRule, rules: Procedure, language: str) -> Iterator[Pair]:
    yield _("What it is"), words.KINDS[rule.kind]
    if rule.when:
        yield _("Only for"), _conditions(rule.when, rules, language)
    yield _("Counted from"), _anchor(rule.anchor, rules)
    yield _("How far"), words.distance(rule)
    yield _("How it binds"), words.BOUNDS[rule.bound]
    yield _("Force"), wording.modality(rule.modality)
    if rule.preference:
        yield _("Preferred"), wording.weekday(rule.preference)
    yield _("On a weekend"), " ".join(filter(None, (words.rolling(rule), words.whose_roll(rule))))
    if rule.hour or rule.zone:
        yield _("Ends at"), _hour(rule.hour or rules.hour, rule.zone or rules.zone)
    if rule.sign_off:
        yield _("Signed off by"), phrase(rule.sign_off, "en")
    if rule.optional:
        yield _("Optional"), _("Drawn up only when the institution chooses its number.")


def _conditions(when: When, rules: Procedure, language: str) -> str:
    named = {choice.name: choice for choice in rules.choices}
    return " · ".join(
        _in(option.label, language)
        for name, allowed in when.items()
        for option in named[name].options
        if option.name in allowed
    )


def _phases(rules: Procedure, language: str) -> Iterator[Part]:
    for phase in rules.phases:
        facts: list[Pair] = [
            (_("Begins with"), wording.milestone_name(rules.rule(phase.opens))),
            (_("Ends with"), wording.milestone_name(rules.rule(phase.closes))),
            (_("What is taken"), words.CONTENTS[phase.content]),
        ]
        if phase.when:
            facts.append((_("Only for"), _conditions(phase.when, rules, language)))
        yield Part(
            label=_in(phase.label, language),
            source=Text(phase.source, "en"),
            facts=facts,
            verified=phase.verified,
        )


def _tiers(rules: Procedure, language: str) -> Iterator[Part]:
    for tier in rules.tiers:
        yield Part(
            label=_in(tier.label, language),
            source=Text(tier.source, "en"),
            facts=[(_("How they are let in"), words.ACCESS[tier.access])],
            verified=tier.verified,
        )


def _responses(rules: Procedure) -> Part:
    said = rules.responses
    twin = _("A confidential response comes with a public version of itself.")
    facts: list[Pair] = [
        (_("When it is shown"), words.PUBLISH[said.publish]),
        (_("After the close"), words.LATE[said.late]),
        (_("On paper"), words.PAPER[said.paper_counts]),
    ]
    if said.confidential_twin:
        facts.append((_("Confidential"), twin))
    return Part(label="", source=Text(said.source, "en"), facts=facts, verified=said.verified)


def _extension(rules: Procedure) -> Part:
    said = rules.extension
    facts: list[Pair] = [(_("Lengthening a deadline"), words.EXTENDING[said.allowed])]
    if said.reopening:
        facts.append((_("After the close"), _("The period can be opened again.")))
    return Part(label="", source=Text(said.source, "en"), facts=facts, verified=said.verified)


def _contest(rules: Procedure) -> Part | None:
    if rules.contest is None:
        return None
    said = rules.contest
    facts: list[Pair] = [(_("Within which time"), words.contest(said))]
    return Part(label="", source=Text(said.source, "en"), facts=facts, verified=said.verified)


def _norm(rules: Procedure, language: str) -> Norm | None:
    if not rules.instrument:
        return None
    try:
        norm = instruments.load(rules.instrument)
        edition: Edition = norm.edition(rules.instrument_edition)
        found = instruments.stale(rules.instrument, rules.instrument_edition)
    except (instruments.UnknownInstrumentError, instruments.UnknownEditionError):
        return None
    return Norm(
        name=f"{norm.body}: {norm.number}" if norm.number else norm.body,
        title=choose(norm.title, language, original="en"),
        edition=edition.label,
        status=str(words.NORMS[edition.status]),
        source=edition.source,
        verified=edition.verified,
        stale=[
            Cited(
                _cited(stale.citation),
                stale.citation.where,
                str(words.STALE[stale.why]),
                _cited(stale.instead) if stale.instead else "",
            )
            for stale in found
        ],
    )


def _cited(citation: Citation) -> str:
    norm = instruments.load(citation.instrument)
    return " ".join(filter(None, (norm.number or norm.body, f"({citation.edition})")))
