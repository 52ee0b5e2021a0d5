"""The words of notices: one title and one sentence for each kind, in the reader's language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consulta.core.multilingual import Text
from consulta.notices.models import Notice
from consulta.notices.telling import Kind


def title(notice: Notice, topic: str) -> str:
    """Name what happened to the consultation on *topic*."""
    match notice.kind:
        case Kind.OPENED:
            text = _("Open for responses: %(topic)s")
        case Kind.EXTENDED:
            text = _("Deadline extended: %(topic)s")
        case Kind.CORRIGENDUM:
            text = _("Corrigendum: %(topic)s")
        case Kind.CANCELLED:
            text = _("Cancelled: %(topic)s")
        case Kind.MEETING_MOVED:
            text = _("Meeting moved: %(topic)s")
        case Kind.REPORT:
            text = _("Report published: %(topic)s")
        case _kind:
            text = _("Delivered to the group: %(topic)s")
    return text % {"topic": topic}


def sentence(notice: Notice) -> str:
    """Say in one sentence what happened; the institution's own reason is in :func:`reason`."""
    told, zone = notice.parameters, notice.consultation.timezone
    match notice.kind:
        case Kind.OPENED:
            text = _("Responses are taken until %(closes_at)s.")
        case Kind.EXTENDED:
            text = _("Responses are now due on %(new_at)s instead of %(old_at)s.")
        case Kind.CORRIGENDUM:
            text = _("A correction of the published text was announced.")
        case Kind.CANCELLED:
            text = _("The consultation was cancelled. What came in stays on record.")
        case Kind.MEETING_MOVED:
            text = _("A meeting on which dates depend now begins on %(new_on)s.")
        case Kind.REPORT:
            text = _("The report on the responses can be read and downloaded.")
        case _kind:
            text = _("All responses and one compilation are before the group.")
    return text % {name: _written(value, zone) for name, value in told.items()}


def reason(notice: Notice) -> Text:
    """Return the reason or the text that the institution gave, in its own language; it may be empty."""
    told = notice.parameters
    return Text(told.get("reason", "") or told.get("text", ""), told.get("language", ""))


def _written(value: str, zone: str) -> str:
    """Write an ISO instant or day as the language writes it; other words stay as they are."""
    try:
        if "T" in value:
            there = datetime.fromisoformat(value).astimezone(ZoneInfo(zone))
            return f"{date_format(there, 'DATE_FORMAT')}, {there:%H:%M} ({zone})"
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    except ValueError:
        return value
