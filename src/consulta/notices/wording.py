"""The words of notices: one title and one sentence for each kind, in the reader's language."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_name
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from consulta.core.multilingual import Text
from consulta.meetings import wording as meeting_wording
from consulta.notices.models import Notice
from consulta.notices.telling import Kind

TITLES: dict[str, Promise] = {
    Kind.ANNOUNCED: gettext_lazy("Announced: %(topic)s"),
    Kind.OPENED: gettext_lazy("Open for responses: %(topic)s"),
    Kind.EXTENDED: gettext_lazy("Deadline extended: %(topic)s"),
    Kind.CORRIGENDUM: gettext_lazy("Corrigendum: %(topic)s"),
    Kind.CLOSED: gettext_lazy("Closed for responses: %(topic)s"),
    Kind.CANCELLED: gettext_lazy("Cancelled: %(topic)s"),
    Kind.MEETING_MOVED: gettext_lazy("Meeting moved: %(topic)s"),
    Kind.REPORT: gettext_lazy("Report published: %(topic)s"),
    Kind.DELIVERED: gettext_lazy("Delivered to the group: %(topic)s"),
    Kind.SUMMARY_AGREED: gettext_lazy("Brief summary agreed: %(topic)s"),
    Kind.SUMMARY_NOT_AGREED: gettext_lazy("Brief summary not agreed: %(topic)s"),
    Kind.SUMMARY_CARRIED: gettext_lazy("Brief summary before the group: %(topic)s"),
    Kind.DECISION_AMENDED: gettext_lazy("Decision amended: %(topic)s"),
    Kind.DECISION_REVERSED: gettext_lazy("Decision reversed: %(topic)s"),
    Kind.CONTESTED: gettext_lazy("Report contested: %(topic)s"),
    Kind.CONTEST_ANSWERED: gettext_lazy("Answer to a contest of the report: %(topic)s"),
}

SENTENCES: dict[str, Promise] = {
    Kind.ANNOUNCED: gettext_lazy("Responses are taken from %(opens_at)s until %(closes_at)s."),
    Kind.OPENED: gettext_lazy("Responses are taken until %(closes_at)s."),
    Kind.WEEK_LEFT: gettext_lazy("Responses are taken until %(closes_at)s."),
    Kind.DAYS_LEFT: gettext_lazy("Responses are taken until %(closes_at)s."),
    Kind.EXTENDED: gettext_lazy("Responses are now due on %(new_at)s instead of %(old_at)s."),
    Kind.CORRIGENDUM: gettext_lazy("A correction of the published text was announced."),
    Kind.CLOSED: gettext_lazy(
        "Responses were taken until %(closes_at)s. The register lists every one that came in."
    ),
    Kind.CANCELLED: gettext_lazy("The consultation was cancelled. What came in stays on record."),
    Kind.MEETING_MOVED: gettext_lazy(
        "%(meeting)s: it now begins on %(new_on)s instead of %(old_on)s."
    ),
    Kind.MEETING_WEEK: gettext_lazy("The open meeting on this consultation begins on %(on)s."),
    Kind.MEETING_SOON: gettext_lazy("The open meeting on this consultation begins on %(on)s."),
    Kind.REPORT: gettext_lazy("The report on the responses can be read and downloaded."),
    Kind.DELIVERED: gettext_lazy("All responses and one compilation are before the group."),
    Kind.SUMMARY_AGREED: gettext_lazy(
        "The stakeholders present agreed on the brief summary of responses and discussion."
    ),
    Kind.SUMMARY_NOT_AGREED: gettext_lazy(
        "The stakeholders present did not agree on the brief summary. Their views are set out beside"
        " it."
    ),
    Kind.SUMMARY_CARRIED: gettext_lazy(
        "The brief summary is among the documents of the group's meeting, without edits."
    ),
    Kind.DECISION_AMENDED: gettext_lazy(
        "The group amended the decision that opened this consultation. Both stand on record."
    ),
    Kind.DECISION_REVERSED: gettext_lazy(
        "The group reversed the decision that opened this consultation. What came in stays on record."
    ),
    Kind.CONTESTED: gettext_lazy(
        "Contest %(number)s is published beside the report. The answer is due by %(due_on)s."
    ),
    Kind.CONTEST_ANSWERED: gettext_lazy(
        "Contest %(number)s is answered. Question and answer stand beside the report."
    ),
}

#: Which instant of a notice is also said in UTC.
DEADLINES = ("new_at", "closes_at")


def title(notice: Notice, topic: str) -> str:
    """Name what happened to the consultation on *topic*."""
    if notice.kind in (Kind.WEEK_LEFT, Kind.DAYS_LEFT):
        return _time_left(_days(notice)) % {"topic": topic, "days": _days(notice)}
    if notice.kind in (Kind.MEETING_WEEK, Kind.MEETING_SOON):
        return _meeting_in(_days(notice)) % {"topic": topic, "days": _days(notice)}
    return str(TITLES.get(notice.kind, TITLES[Kind.DELIVERED])) % {"topic": topic}


def sentence(notice: Notice) -> str:
    """Say in one sentence what happened; the institution's own reason is in :func:`reason`."""
    told, zone = notice.parameters, notice.consultation.timezone
    text = str(SENTENCES.get(notice.kind, SENTENCES[Kind.DELIVERED]))
    words = {name: _written(value, zone) for name, value in told.items()}
    is_move = notice.kind == Kind.MEETING_MOVED
    said = _moved(text, words | {"meeting": _which_meeting(told)}) if is_move else text % words
    if told.get("provisional"):
        return _("%(sentence)s The date is provisional.") % {"sentence": said}
    return said


def _moved(text: str, words: Mapping[str, str]) -> str:
    """Say which meeting moved from when to when, and that the deadline for responses stands."""
    if not words.get("old_on"):
        text = _("%(meeting)s: it now begins on %(new_on)s.")
    said = text % words
    if not words.get("closes_at"):
        return said
    stands = _("Responses are still taken until %(closes_at)s.") % words
    return f"{said} {stands}"


def _which_meeting(told: Mapping[str, str]) -> str:
    """Name the meeting; notices of earlier releases know its kind alone."""
    group, number = told.get("group", ""), told.get("number", "")
    return meeting_wording.usual_name(told.get("meeting_kind", ""), group=group, number=number)


def in_utc(notice: Notice) -> str:
    """Say the deadline that the notice tells of in UTC; empty where there is none, or it is in UTC."""
    given = next((notice.parameters[name] for name in DEADLINES if notice.parameters.get(name)), "")
    if "T" not in given or notice.consultation.timezone == "UTC":
        return ""
    return _("The deadline in UTC: %(instant)s.") % {"instant": _written(given, "UTC")}


def reason(notice: Notice) -> Text:
    """Return the reason or the text that the institution gave, in its own language; it may be empty."""
    told = notice.parameters
    return Text(told.get("reason", "") or told.get("text", ""), told.get("language", ""))


def _time_left(days: int) -> str:
    if days == 0:
        return _("Last day to respond: %(topic)s")
    return ngettext(
        "%(days)s day left to respond: %(topic)s", "%(days)s days left to respond: %(topic)s", days
    )


def _meeting_in(days: int) -> str:
    return ngettext(
        "Open meeting in %(days)s day: %(topic)s", "Open meeting in %(days)s days: %(topic)s", days
    )


def _days(notice: Notice) -> int:
    return int(notice.parameters.get("days") or 0)


def _written(value: str, zone: str) -> str:
    """Write an ISO instant or day as the language writes it; other words stay as they are."""
    try:
        if "T" in value:
            return _instant(datetime.fromisoformat(value), zone)
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    except ValueError:
        return value


def _instant(value: datetime, zone: str) -> str:
    there = value.astimezone(UTC if zone == "UTC" else ZoneInfo(zone))
    return _("%(date)s, %(time)s (%(zone)s)") % {
        "date": date_format(there, "DATE_FORMAT"),
        "time": f"{there:%H:%M}",
        "zone": _zone_name(there, zone),
    }


def _zone_name(there: datetime, zone: str) -> str:
    """Return the zone's name in the language being spoken (CLDR), e.g. "Central European Standard Time"."""
    if zone == "UTC":
        return "UTC"
    code = (get_language() or "en").split("-")[0]
    return str(get_timezone_name(there, width="long", locale=Locale.parse(code)))
