"""Meetings: gatherings of a group or open to all, their documents, decisions and follow-ups."""

from consulta.meetings.models.agendas import AgendaChange, AgendaItem
from consulta.meetings.models.contributions import PostingRule
from consulta.meetings.models.decisions import Decision, FollowUp
from consulta.meetings.models.documents import Document, NumberSeries
from consulta.meetings.models.gatherings import Meeting, MeetingMove, MeetingPart

__all__ = [
    "AgendaChange",
    "AgendaItem",
    "Decision",
    "Document",
    "FollowUp",
    "Meeting",
    "MeetingMove",
    "MeetingPart",
    "NumberSeries",
    "PostingRule",
]
