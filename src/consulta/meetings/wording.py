"""The words for meetings: what one is called where nobody gave it a title."""

from django.utils.translation import gettext as _

from consulta.core.multilingual import Text, choose
from consulta.meetings.models import Meeting


def name(meeting: Meeting, language: str) -> Text:
    """Return a meeting's title for a reader of *language*, else its kind, group and number."""
    titled = choose(meeting.titles, language)
    if titled.text:
        return titled
    group = meeting.group.short_name if meeting.group else ""
    return Text(usual_name(meeting.kind, group=group, number=meeting.number or ""), language)


def usual_name(kind: str, *, group: str, number: int | str) -> str:
    """Name a meeting without a title, in the language being spoken; empty: not known, or none."""
    if kind == Meeting.Kind.OPEN:
        return _("Open meeting")
    if group and number:
        return _("%(group)s, meeting %(number)s") % {"group": group, "number": number}
    return _("Meeting of the group")
