"""Analysis: what officers find in many responses. Campaigns: responses that are one letter. Coding:
answers under the codes of a frame."""

from consulta.analysis.models.campaigns import Campaign, CampaignMember, CampaignSearch
from consulta.analysis.models.coding import Code, CodeChange, Coding, CodingFrame, NoCode

__all__ = [
    "Campaign",
    "CampaignMember",
    "CampaignSearch",
    "Code",
    "CodeChange",
    "Coding",
    "CodingFrame",
    "NoCode",
]
