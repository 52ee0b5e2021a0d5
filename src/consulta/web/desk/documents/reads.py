"""Who read the files of a document that not everyone may have."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from consulta.accounts import access_log
from consulta.meetings import queries
from consulta.meetings.models import Document, Meeting
from consulta.web.desk import page
from consulta.web.desk.access import found
from consulta.web.desk.documents.views import at_meeting, trail

LIMIT = 500


@require_safe
@at_meeting
def reads(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    """Each reading of the document's files in the retention period: when, who, which file."""
    one: Document = found(lambda: queries.document_at_desk(meeting, pk))
    names = {str(file.get("sha256", "")): file["name"] for file in one.files}
    rows = [(r.read_at, r.user, names.get(r.sha256, "")) for r in access_log.of(one, limit=LIMIT)]
    context = {
        "meeting": meeting,
        "document": one,
        "rows": rows,
        "limit": LIMIT,
        "days": settings.ACCESS_LOG_DAYS,
    }
    return page.show(request, "documents/reads.html", context, trail=trail(meeting, one))
