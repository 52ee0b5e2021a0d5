"""Meetings: gatherings of a group or open to all, their documents, decisions and follow-ups."""

from consulta.meetings.models.decisions import Decision, FollowUp
from consulta.meetings.models.documents import Document, NumberSeries
from consulta.meetings.models.gatherings import Meeting, MeetingMove

__all__ = ["Decision", "Document", "FollowUp", "Meeting", "MeetingMove", "NumberSeries"]
