"""At the door: type a name or a number, press Enter, and the person is there. No script is needed."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.core.numbering import western
from consulta.live import attending, registration_queries
from consulta.live.models import Registration
from consulta.meetings.models import Meeting
from consulta.web.desk.access import person
from consulta.web.desk.meetings.doors import at_meeting
from consulta.web.desk.registration import doors
from consulta.web.ui import registration


@require_http_methods(["GET", "HEAD", "POST"])
@at_meeting
def door(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One match is marked at once; of several, one is chosen; the box is ready for the next person."""
    typed, said, done = request.POST.get("typed", "")[:100], "", ""
    matches = list(registration_queries.to_mark(meeting, typed))
    if request.method == "POST":
        chosen = _chosen(request, meeting, matches)
        if chosen is not None:
            said, done = _mark(request, chosen)
            typed, matches = ("", []) if not said else (typed, matches)
        elif typed.strip() and not matches:
            said = _("Nobody is registered under these words. Enter the person by hand.")
    context = {
        "typed": typed,
        "matches": [(row, doors.state(row)) for row in matches],
        "said": said,
        "done": done,
        "counts": registration_queries.counts(meeting),
        "refused": bool(said),
    }
    return doors.show(request, "door.html", meeting, context)


def _chosen(
    request: HttpRequest, meeting: Meeting, matches: list[Registration]
) -> Registration | None:
    pressed = western(request.POST.get("ordinal", ""))
    if pressed.isascii() and pressed.isdigit() and len(pressed) < 10:
        return doors.one(meeting, int(pressed))
    return matches[0] if len(matches) == 1 else None


def _mark(request: HttpRequest, found: Registration) -> tuple[str, str]:
    """Why it was refused, or what was done."""
    by, now, words = person(request), timezone.now(), {"name": found.name}
    try:
        if request.POST.get("act") == "take_back":
            attending.take_back(found, by=by, now=now)
            return "", _("%(name)s is not marked as present any more.") % words
        attending.arrive(found, by=by, now=now)
    except registration.REFUSED as error:
        return registration.refusal(error), ""
    return "", _("%(name)s is here.") % words
