"""Files that came with a published response: the clean copy, never the original."""

from django.http import FileResponse, Http404, HttpRequest

from consulta.responses import attachments, reading
from consulta.responses.models import Attachment
from consulta.web.public import stored


def attachment(_request: HttpRequest, number: str, pk: int) -> FileResponse:
    """Stream a file of a published response, to be saved."""
    try:
        found = reading.published_file(number, pk)
    except Attachment.DoesNotExist as error:
        raise Http404 from error
    name = attachments.download_name(found)
    return stored.download(
        stored.path(found.clean_path), name=name, media_type=attachments.shown_type(found)
    )
