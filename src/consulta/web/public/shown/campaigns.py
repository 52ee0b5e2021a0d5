"""What public pages show of campaigns, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.analysis.campaigns import queries
from consulta.analysis.campaigns.listing import Row
from consulta.analysis.campaigns.queries import Counted, Membership
from consulta.analysis.campaigns.shown import Shared
from consulta.analysis.models import Campaign
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core.multilingual import Text
from consulta.stakeholders import queries as stakeholders


@dataclass(frozen=True, slots=True)
class Line:
    """A campaign in a list, or the one of a response: its name, its page, how many sent it."""

    name: str
    href: str
    members: int
    language: str
    opening: Text | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the shared text answers to one question; *question* is NOTHING for the whole."""

    position: int
    question: Text | None
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class Member:
    """Who sent the letter, and the row that says what they add."""

    row: Row
    group: str


def name(campaign: Campaign, language: str) -> str:
    """What it is called for a reader of *language*, else by its number."""
    return queries.name(campaign, language).text or _("Campaign %(number)s") % {
        "number": campaign.ordinal
    }


def lines(counted: Sequence[Counted], language: str) -> list[Line]:
    """Campaigns of one consultation, each with the opening words of its text. Two queries."""
    openings = queries.openings(one.campaign for one in counted)
    return [replace(line(one, language), opening=openings.get(one.campaign.pk)) for one in counted]


def line(counted: Counted | Membership, language: str) -> Line:
    """A campaign with its page."""
    campaign = counted.campaign
    href = reverse("public:campaign", args=[campaign.consultation.slug, campaign.ordinal])
    return Line(name(campaign, language), href, counted.members, campaign.shared.language)


def shared(text: Shared | None, consultation: Consultation, language: str) -> list[Asked]:
    """The shared text under the questions that it answers."""
    if text is None:
        return []
    asked = {question.position: question for question in consultations.questions(consultation)}
    return [
        Asked(
            position or 0,
            consultations.question_text(asked[position], language) if position in asked else None,
            sentences,
        )
        for position, sentences in text.sentences.items()
        if sentences
    ]


def member(row: Row, language: str) -> Member:
    """One member with the name of its stakeholder group."""
    group = row.response.public_group
    return Member(row, stakeholders.name(group, language).text if group else "")


def method(campaigns: Sequence[Campaign]) -> dict[str, Any] | None:
    """How they were found, as it was kept with the one proposed last; None without any."""
    latest = max(campaigns, key=lambda one: one.proposed_at, default=None)
    if latest is None:
        return None
    told = dict(latest.method)
    return told | {"percent": round(float(told.get("threshold", 0)) * 100)}
