"""Campaigns as the API tells them."""

from django.conf import settings
from django.urls import reverse

from consulta.analysis.campaigns import shown
from consulta.analysis.campaigns.listing import Row
from consulta.analysis.campaigns.queries import Counted, Membership
from consulta.analysis.models import Campaign
from consulta.core.multilingual import choose, text_in

Json = dict[str, object]


def membership(found: Membership) -> Json:
    """The campaign of a response."""
    campaign = found.campaign
    original = campaign.consultation.original_language
    return {
        "number": campaign.ordinal,
        "name": choose(campaign.names, original).text or None,
        "responses": found.members,
        "url": _page(campaign),
    }


def campaign(counted: Counted) -> Json:
    """A campaign with its shared text."""
    one = counted.campaign
    text = shown.shared(one)
    names = {language: text_in(one.names, language).text for language in sorted(one.names)}
    sentences = text.sentences.items() if text else ()
    return {
        "number": one.ordinal,
        "name": names,
        "url": _page(one),
        "language": text.language if text else None,
        "responses": counted.members,
        "text": [{"question": q, "text": " ".join(some)} for q, some in sentences if some],
        "shared_from": text.version.response.number if text else None,
        "proposed_at": one.proposed_at.isoformat(),
        "accepted_at": one.decided_at.isoformat() if one.decided_at else None,
        "method": one.method,
    }


def member(row: Row) -> Json:
    """A response in a campaign, with what it adds."""
    return {
        "number": row.response.number,
        "similarity": round(row.member.similarity, 4),
        "how": row.member.how,
        "own_words": [{"question": each.question, "text": each.text} for each in row.own],
        "left_out": row.left_out,
    }


def _page(campaign: Campaign) -> str:
    path = reverse("public:campaign", args=[campaign.consultation.slug, campaign.ordinal])
    return f"{settings.BASE_URL}{path}"
