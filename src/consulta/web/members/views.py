"""Files of documents for members, one by one."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from consulta.meetings import queries, reading
from consulta.meetings.models import Document
from consulta.web.members.doors import member
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
