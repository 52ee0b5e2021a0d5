"""The shapes of campaigns in the API's JSON. Every key is always there; what is absent is null."""

from typing import Any

from ninja import Schema

from consulta.web.api.shapes import Instant, Texts


class Passage(Schema):
    """Words under a question; null: to the whole."""

    question: int | None
    text: str


class Campaign(Schema):
    """One letter that several respondents sent. *method*: how it was found; *text*: the shared one."""

    number: int
    name: Texts
    url: str
    language: str | None
    responses: int
    text: list[Passage]
    shared_from: str | None
    proposed_at: Instant
    accepted_at: Instant | None
    method: dict[str, Any]


class Campaigns(Schema):
    """A page of the campaigns of a consultation, by their numbers; *next*: the cursor of the next."""

    items: list[Campaign]
    next: str | None


class CampaignMember(Schema):
    """A response in a campaign. *own_words*: what it says besides; *left_out*: sentences it does not say."""

    number: str
    similarity: float
    how: str
    own_words: list[Passage]
    left_out: int


class CampaignMembers(Schema):
    """A page of the members of a campaign, in the order of arrival."""

    campaign: Campaign
    items: list[CampaignMember]
    next: str | None
