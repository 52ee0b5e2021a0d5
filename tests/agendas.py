"""Items of agendas that tests work with."""

from consulta.meetings import agenda
from consulta.meetings.models import AgendaItem, Meeting


def an_item(meeting: Meeting, number: str = "1", title: str = "A matter") -> AgendaItem:
    """Put an item on the agenda of *meeting*."""
    titles = {"en": {"text": title, "status": "original"}}
    item = AgendaItem(meeting=meeting, number=number, titles=titles, purpose="discussion")
    return agenda.add(item, by=None)
