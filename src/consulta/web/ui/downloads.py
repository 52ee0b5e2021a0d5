"""Hand out stored bytes so that a browser never runs them in the institution's name."""

from django.http import FileResponse, Http404
from django.utils.http import content_disposition_header

from consulta.mailroom import spool

#: What a stored file may do in a browser: nothing.
SANDBOX = "default-src 'none'; sandbox"


def download(path: str, *, name: str, media_type: str) -> FileResponse:
    """Stream the kept file at *path* to be saved under *name*. Raises Http404 if it is not there."""
    try:
        found = spool.locate(path)
        stream = found.open("rb")
    except (ValueError, OSError) as error:
        raise Http404 from error
    response = FileResponse(stream, content_type=media_type or "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
