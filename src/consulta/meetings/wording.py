"""The words for meetings: what one is called where nobody gave it a title."""

from django.utils.translation import gettext as _

from consulta.core.multilingual import Text, choose
from consulta.meetings.models import Document, Meeting


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


def hours(meeting: Meeting) -> tuple[str, str, str] | None:
    """Return from when until when the meeting is held each day, and in which zone; None: not said."""
    if meeting.hours_from is None or meeting.hours_until is None:
        return None
    seat = meeting.group.body.timezone if meeting.group else ""
    begins, ends = f"{meeting.hours_from:%H:%M}", f"{meeting.hours_until:%H:%M}"
    return begins, ends, meeting.timezone or seat


def who_sees(audience: str) -> str:
    """Say in a sentence who can see a document, for whoever chooses its classification."""
    return {
        Document.Audience.PUBLIC.value: _("Everyone sees title and files, search engines too."),
        Document.Audience.LISTED.value: _(
            "Everyone sees number, title and source; members of the group have the files."
        ),
        Document.Audience.MEMBERS.value: _(
            "Members of the group and the desk see it; for everyone else it does not exist."
        ),
        Document.Audience.DESK.value: _("Only those who work at the desk see it."),
    }.get(audience, "")
