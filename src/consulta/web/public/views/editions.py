"""The stored bytes of released editions."""

from django.http import FileResponse, Http404, HttpRequest

from consulta.reports import released
from consulta.reports.models import EditionFile
from consulta.web.public import stored


def file(_request: HttpRequest, pk: int, name: str) -> FileResponse:
    """Stream one file of a released edition; HTML may be read in the browser, the rest is saved."""
    try:
        found = released.file(pk, name)
    except EditionFile.DoesNotExist as error:
        raise Http404 from error
    bytes_of = stored.path(found.path)
    if found.format == "html":
        return stored.readable(bytes_of, name=found.name)
    return stored.download(bytes_of, name=found.name, media_type=found.media_type)
