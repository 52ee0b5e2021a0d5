"""Meetings: gatherings of a group or open to all, their documents, decisions and follow-ups."""

from consulta.meetings.models.agendas import AgendaChange, AgendaItem
from consulta.meetings.models.contributions import (
    Contribution,
    JointMember,
    PostingRule,
)
from consulta.meetings.models.decisions import (
    Decision,
    Proposal,
    ProposalSupport,
    StatedView,
)
from consulta.meetings.models.documents import Document, NumberSeries
from consulta.meetings.models.extra import ExtraMeeting
from consulta.meetings.models.followups import (
    Advice,
    FollowUp,
    FollowUpReminder,
    Office,
    ReportPoint,
    StatusChange,
)
from consulta.meetings.models.gatherings import Meeting, MeetingMove, MeetingPart
from consulta.meetings.models.matters import AgendaMatter, AgendaPaper, StandingItem
from consulta.meetings.models.positions import (
    Position,
    PositionReminder,
    PositionRequest,
    PositionVersion,
)

__all__ = [
    "Advice",
    "AgendaChange",
    "AgendaItem",
    "AgendaMatter",
    "AgendaPaper",
    "Contribution",
    "Decision",
    "Document",
    "ExtraMeeting",
    "FollowUp",
    "FollowUpReminder",
    "JointMember",
    "Meeting",
    "MeetingMove",
    "MeetingPart",
    "NumberSeries",
    "Office",
    "Position",
    "PositionReminder",
    "PositionRequest",
    "PositionVersion",
    "PostingRule",
    "Proposal",
    "ProposalSupport",
    "ReportPoint",
    "StandingItem",
    "StatedView",
    "StatusChange",
]
