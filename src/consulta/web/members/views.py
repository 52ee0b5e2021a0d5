"""Files of documents for members: one by one, and each meeting as one package."""

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from consulta.meetings import queries, reading
from consulta.meetings.models import Document, Meeting
from consulta.web.members.doors import at_meeting, member
from consulta.web.members.package import Entry, entries, packed
from consulta.web.ui import downloads


@require_safe
@member
def document_file(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """Stream one file of a document to a member of the meeting's group."""
    try:
        document = queries.document(pk)
    except Document.DoesNotExist as error:
        raise Http404 from error
    if document.audience == Document.Audience.DESK or not queries.may_read(document, request.user):
        raise Http404
    for file in document.files:
        if file["name"] == name:
            reading.note([document], request.user, name=name)
            kind = str(file.get("media_type", ""))
            return downloads.download(file["path"], name=name, media_type=kind)
    raise Http404


@require_safe
@at_meeting
def package(request: HttpRequest, found: Meeting) -> StreamingHttpResponse:
    """The whole meeting as one archive, written while it is sent."""
    documents = queries.for_members(found)
    held: list[Entry] = entries(documents)
    reading.note(documents, request.user)
    response = StreamingHttpResponse(packed(held), content_type="application/zip")
    name = f"{found.slug}.zip"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
