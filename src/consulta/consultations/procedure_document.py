"""A procedure as one JSON document: every rule with its sentence, and what it says beyond dates."""

from collections.abc import Iterable, Mapping

from consulta.consultations import wording
from consulta.core.multilingual import choose
from consulta.core.regime import Choice, Contest, Extension, Phase, Responding, Texts, Tier
from consulta.core.rules import Anchor, MilestoneRule, Procedure

Json = dict[str, object]


def procedure(rules: Procedure, language: str) -> Json:
    """Return a procedure as JSON data, with the sentence of every rule; names in *language*.

    A text that the file does not have in *language* is given in one that it has.
    """
    words = _Words(language, rules.original_language)
    return {
        **_head(rules, words),
        "anchors": [_anchor(anchor, rules) for anchor in rules.anchors],
        "milestones": [_rule(rule, rules) for rule in rules.rules],
        "phases": [_phase(phase, words) for phase in rules.phases],
        "tiers": [_tier(tier, words) for tier in rules.tiers],
        "responses": _responses(rules.responses),
        "extension": _extension(rules.extension),
        "contest": _contest(rules.contest) if rules.contest else None,
        "stakeholder_groups": [group.slug for group in rules.stakeholder_groups],
        "grounds": [
            {"slug": ground.slug, "acts": list(ground.acts), "text": words(ground.text)}
            for ground in rules.grounds
        ],
    }


class _Words:
    """Picks, of words in several languages, those for the reader."""

    def __init__(self, language: str, original: str) -> None:
        self.language, self.original = language, original

    def __call__(self, texts: Texts) -> str:
        """Return the words in the reader's language, else the original's, else any."""
        return choose(texts, self.language, original=self.original).text


def _head(rules: Procedure, words: _Words) -> Json:
    seat = rules.seat
    return {
        "slug": rules.slug,
        "edition": rules.edition,
        "family": rules.family,
        "instrument": rules.instrument or None,
        "instrument_edition": rules.instrument_edition or None,
        "title": words(rules.title),
        "body": rules.body,
        "languages": list(rules.languages),
        "zone": rules.zone,
        "hour": rules.hour.isoformat(),
        "instant_source": rules.instant_source,
        "seat": {"country": seat.country or None, "subdivision": seat.subdivision or None},
        "choices": [_choice(choice, words, rules.chosen) for choice in rules.choices],
    }


def when(condition: Mapping[str, Iterable[str]]) -> Json:
    """Return a condition as JSON data; empty: it always holds."""
    return {name: list(options) for name, options in condition.items()}


def _choice(choice: Choice, words: _Words, chosen: Mapping[str, str]) -> Json:
    return {
        "name": choice.name,
        "label": words(choice.label),
        "default": choice.default,
        "chosen": chosen.get(choice.name, choice.default),
        "options": [{"name": one.name, "label": words(one.label)} for one in choice.options],
    }


def _anchor(anchor: Anchor, rules: Procedure) -> Json:
    return {
        "name": anchor.name,
        "label": wording.anchor_name(anchor.name, rules),
        "kind": anchor.kind.value,
        "required": anchor.required,
    }


def _rule(rule: MilestoneRule, rules: Procedure) -> Json:
    return {
        "name": rule.name,
        "label": wording.milestone_name(rule),
        "kind": rule.kind.value,
        "anchor": rule.anchor,
        "first": rule.offset.first,
        "last": rule.offset.last,
        "unit": rule.offset.unit.value,
        "bound": rule.bound.value,
        "modality": rule.modality.value,
        "roll": rule.roll.value,
        "roll_off": rule.roll_off.value,
        "preference": rule.preference.value if rule.preference else None,
        "optional": rule.optional,
        "when": when(rule.when),
        "applies": rule in rules.applying,
        "phase": rule.phase or None,
        "hour": rule.hour.isoformat() if rule.hour else None,
        "zone": rule.zone or None,
        "sign_off": rule.sign_off or None,
        "clause": rule.clause,
        "source": rule.source,
        "original": rule.original or None,
        "verified": rule.verified,
    }


def _phase(phase: Phase, words: _Words) -> Json:
    return {
        "name": phase.name,
        "label": words(phase.label),
        "opens": phase.opens,
        "closes": phase.closes,
        "content": phase.content.value,
        "when": when(phase.when),
        "source": phase.source,
        "verified": phase.verified,
    }


def _tier(tier: Tier, words: _Words) -> Json:
    return {
        "name": tier.name,
        "label": words(tier.label),
        "access": tier.access.value,
        "source": tier.source,
        "verified": tier.verified,
    }


def _responses(terms: Responding) -> Json:
    return {
        "publish": terms.publish.value,
        "late": terms.late.value,
        "confidential_twin": terms.confidential_twin,
        "paper_counts": terms.paper_counts.value,
        "source": terms.source or None,
        "verified": terms.verified,
    }


def _extension(extension: Extension) -> Json:
    return {
        "allowed": extension.allowed.value,
        "reopening": extension.reopening,
        "source": extension.source or None,
        "verified": extension.verified,
    }


def _contest(contest: Contest) -> Json:
    return {
        "days": contest.days,
        "answer_days": contest.answer_days,
        "source": contest.source,
        "verified": contest.verified,
    }
