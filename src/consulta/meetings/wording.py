"""The words for meetings: what one is called where nobody gave it a title."""

from django.utils.translation import gettext as _

from consulta.core.multilingual import Text, choose
from consulta.meetings.models import Meeting


def name(meeting: Meeting, language: str) -> Text:
    """Return a meeting's title for a reader of *language*, else its kind, group and number."""
    titled = choose(meeting.titles, language)
    if titled.text:
        return titled
    known = {"group": meeting.group.short_name if meeting.group else "", "number": meeting.number}
    if meeting.kind == Meeting.Kind.OPEN:
        return Text(_("Open meeting"), language)
    if meeting.group and meeting.number:
        return Text(_("%(group)s, meeting %(number)s") % known, language)
    return Text(_("Meeting of the group"), language)
